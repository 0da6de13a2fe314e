"""How fast the full-text index is filled and asked: `python bench/search.py [--cases 100000]`.

Fills a house of its own (a temporary folder, or the empty database named by DATABASE_URL) with cases of about 200 invented
characters, in which some words are common and some rare, and asks for the first 50 of the open list, of all by date, and for
the count up to 1001, as the desk's list does. Times are the median of seven, in milliseconds.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
SHARES = {
    "退休": 0.6, "养老金": 0.25, "医疗": 0.15, "独生子女": 0.03, "取暖费": 0.01, "丧葬": 0.002, "䶮": 0.0005, "𠮷田": 0.0002,
}  # fmt: skip
QUERIES = [*SHARES, "退", "养老金 丧葬", "退休 取暖费", "老金退", "1380", "138000", "没有这样的话"]


def texts(count: int, seed: int = 7) -> Iterator[str]:
    """Invented text: words of two to four characters, some far more frequent than others, and the words of SHARES."""
    dice = random.Random(seed)
    words = ["".join(dice.choices(LETTERS, k=dice.choice((1, 2, 2, 2, 3, 4)))) for _ in range(6000)]
    weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(words))))
    for _ in range(count):
        clauses = [dice.choices(words, cum_weights=weights, k=dice.randint(3, 9)) for _ in range(dice.randint(8, 20))]
        for word, share in SHARES.items():
            if dice.random() < share:
                dice.choice(clauses).insert(dice.randint(0, 3), word)
        yield "，".join(map("".join, clauses)) + f"。电话138{dice.randrange(10**8):08d}"


def fill(count: int) -> tuple[float, float]:
    """Makes the cases and enters them; gives the seconds for either."""
    from huiyin.cases.models import Case
    from huiyin.search import services as search

    offices, staff = _house()
    began = time.perf_counter()
    letters = enumerate(texts(count), start=1)
    while rows := [_case(number, text, offices, staff) for number, text in itertools.islice(letters, 2000)]:
        Case.objects.bulk_create(rows)
    made = time.perf_counter()
    search.put_many("case", Case.objects.values_list("pk", "text"))
    return made - began, time.perf_counter() - made


def _house() -> tuple[list[Any], Any]:
    from huiyin.orgs.models import Office
    from huiyin.people.models import Staff

    unit = Office.objects.create(name="演示单位", kind="unit", path="0001/")
    offices = [Office.objects.create(name=f"{n}科", parent=unit, path=f"0001/{n:04d}/") for n in range(20)]
    return offices, Staff.objects.create(username="bench", name="测试", office=offices[0])


def _case(number: int, text: str, offices: list[Any], staff: Any) -> Any:
    from huiyin.cases.models import Case

    day = date(2020, 1, 1) + timedelta(days=number * 7919 % 2400)
    is_open = number % 5 == 0
    return Case(
        no=f"B{number}", edition="regulations_2022", state="handling" if is_open else "archived", is_open=is_open,
        channel="letter", title=text[:20], text=text, received_on=day, registered_at=datetime.now(UTC),
        office=offices[number % 20], responsible=staff, due_on=day, next_alert_on=day if is_open else None,
        closed_at=None if is_open else datetime.now(UTC), receipt_code=f"{number:012d}", receipt_digest=str(number),
        receipt_secret=str(number),
    )  # fmt: skip


def measure(query: str) -> list[float]:
    """Milliseconds for: the newest 50 keys; 50 of the open list; 50 of one office; 50 of all, newest first; the count."""
    from huiyin.cases.models import Case
    from huiyin.search import services as search

    def found() -> Any:
        return Case.objects.filter(pk__in=search.find("case", query))

    office = Case.objects.values_list("office_id", flat=True)[0]
    return [
        _milliseconds(lambda: search.find_keys("case", query, 50)),
        _milliseconds(lambda: list(found().filter(is_open=True).order_by("due_on", "pk")[:50])),
        _milliseconds(lambda: list(found().filter(is_open=True, office=office).order_by("due_on", "pk")[:50])),
        _milliseconds(lambda: list(found().order_by("-received_on", "-pk")[:50])),
        _milliseconds(lambda: found()[:1001].count()),
        _milliseconds(lambda: found().count()),
    ]


def _milliseconds(ask: Callable[[], Any]) -> float:
    taken = []
    for _ in range(7):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    arguments = parser.parse_args()
    os.environ["HUIYIN_HOME"] = os.environ.get("HUIYIN_BENCH_HOME") or tempfile.mkdtemp(prefix="huiyin-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from huiyin.cases.models import Case

    call_command("migrate", verbosity=0)
    if not Case.objects.exists():
        print("cases %.1f s, index %.1f s" % fill(arguments.cases))  # noqa: UP031
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    print(f"{'query':<14}{'found':>8}   keys50  open50  office50  all50  count1001  count")
    for query in QUERIES:
        from huiyin.search import services as search

        found = Case.objects.filter(pk__in=search.find("case", query)).count()
        print(f"{query:<14}{found:>8}", *(f"{taken:8.1f}" for taken in measure(query)))


if __name__ == "__main__":
    sys.exit(main())
