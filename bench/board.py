"""Times the supervisor's board at many OPEN cases: `python bench/board.py [--open N] [--engine sqlite|postgres]`.

Loads a small demonstration and copies its open cases, with their clocks and open alarms, until there are N of them (100 000 unless
said). Then asks every column of the board as the supervisor and as a head, and prints what `bench/pages.py` prints; the same target
and the same exit code. Both engines are measured unless one is named or DATABASE_URL is set.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pages

SMALL, AT_ONCE = 4000, 2000


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--engine", choices=("sqlite", "postgres"))
    parser.add_argument("--home", type=Path, help="data folder to use; made and filled if missing")
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    if "DATABASE_URL" in os.environ:
        return measure(wanted, "DATABASE_URL")
    if wanted.engine == "sqlite":
        return measure(wanted, "sqlite")
    if wanted.engine == "postgres":
        return pages.with_postgres(wanted, again)
    return max([again(wanted, engine) for engine in ("sqlite", "postgres")])


def again(wanted: argparse.Namespace, engine: str, **environment: str) -> int:
    return pages.once_more(__file__, wanted, f"--open={wanted.open}", engine, **environment)


def measure(wanted: argparse.Namespace, engine: str) -> int:
    """Prints the table of one engine; 1 if anything misses the target, else 0."""
    pages.prepare(wanted.home or Path(f"/tmp/huiyin-bench-{engine}-board-{wanted.open}"), SMALL)
    from huiyin.cases.models import Alarm, Case

    multiply(wanted.open)
    pages.settle()
    ringing = Alarm.objects.filter(ended_on=None).count()
    what = f"{Case.objects.filter(is_open=True).count()} open cases, {ringing} open alarms"
    return pages.table(what, asked(), wanted.rounds)


def asked() -> Iterator[tuple[str, pages.Ask]]:
    people = pages.people()
    for role in ("supervisor", "head"):
        client = pages.client_of(people[role])
        for column in ("unread", "late", "soon", "unnoticed", "all"):
            yield f"board, {column}, {role}", pages.reading(client, f"/desk/board/?show={column}")
        yield f"today, {role}", pages.reading(client, "/desk/")


def multiply(wanted: int) -> None:
    """Copies open cases until there are so many."""
    from huiyin.cases.models import Alarm, Case, Clock
    from huiyin.kernel.db import statistics

    models = list(Case.objects.filter(is_open=True).order_by("pk"))
    clocks, alarms = by_case(Clock.objects.all()), by_case(Alarm.objects.filter(ended_on=None).exclude(case=None))
    number = len(models)
    source = islice(cycle(models), max(0, wanted - number))
    while part := list(islice(source, AT_ONCE)):
        made = [copy(case, no=f"M{(number := number + 1)}", **names(number)) for case in part]
        Case.objects.bulk_create(made)
        for rows in (clocks, alarms):
            copies = [copy(row, case=case) for case, old in zip(made, part, strict=True) for row in rows[old.pk]]
            if copies:
                type(copies[0])._default_manager.bulk_create(copies)
    statistics.renew(written=wanted)


def names(number: int) -> dict[str, str]:
    """What is one case's own."""
    return {"receipt_code": f"M{number:010d}", "receipt_digest": f"m{number}", "external_id": ""}


def by_case(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def copy(row: Any, **changed: Any) -> Any:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    new = type(row)(**kept)
    for name, value in changed.items():
        setattr(new, name, value)
    return new


if __name__ == "__main__":
    sys.exit(main())
