"""Times whole requests at a large number of cases: `python bench/pages.py [--cases N] [--engine sqlite|postgres]`.

Loads a demonstration with N cases (100 000 unless said) into a data folder and a database of its own, then asks each page
100 times through Django's test client (middleware, session, view, queries, template) as the person named. Prints for each
the median and the 95th percentile in milliseconds, the processor's share of the median, and the number of queries, which
must be the same every time. The target is 50 ms at the 95th percentile; who misses it is marked FAIL and the exit is 1.

Both engines are measured unless one is named or DATABASE_URL is set. PostgreSQL is a throw-away one of `scripts/postgres`.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

TARGET = 50.0  # milliseconds at the 95th percentile
POSTGRES = Path(__file__).parent.parent / "scripts" / "postgres"
Ask = Callable[[], Any]
TYPED = {
    "person_q": "庄晓梅", "phone": "13900000000", "channel": "letter", "received_on": "今天", "title": "补贴少发",
    "text": "补贴少发了三个月，请补发。" * 20, "claims": "补发", "purpose": "request", "people_count": "1", "do": "register",
}  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
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
        return with_postgres(wanted, again)
    return max([again(wanted, engine) for engine in ("sqlite", "postgres")])


def again(wanted: argparse.Namespace, engine: str, **environment: str) -> int:
    return once_more(__file__, wanted, f"--cases={wanted.cases}", engine, **environment)


def once_more(program: str, wanted: argparse.Namespace, size: str, engine: str, **environment: str) -> int:
    """A program once more, for one engine."""
    command = [sys.executable, program, size, f"--rounds={wanted.rounds}", f"--engine={engine}"]
    command += [f"--home={wanted.home}"] if wanted.home else []
    return subprocess.run(command, env=os.environ | environment, check=False).returncode


def with_postgres(wanted: argparse.Namespace, again: Callable[..., int]) -> int:
    folder = f"/tmp/huiyin-bench-postgres-{os.getpid()}"
    started = subprocess.run([POSTGRES, "start", folder], check=True, stdout=subprocess.PIPE, text=True)
    try:
        wanted.home = wanted.home or Path(folder + "-home")
        return again(wanted, "postgres", DATABASE_URL=started.stdout.strip())
    finally:
        subprocess.run([POSTGRES, "stop", folder], check=True)


def measure(wanted: argparse.Namespace, engine: str) -> int:
    """Prints the table of one engine; 1 if anything misses the target, else 0."""
    home = wanted.home or Path(f"/tmp/huiyin-bench-{engine}-{wanted.cases}")
    prepare(home, wanted.cases)
    from huiyin.cases.models import Case

    return table(f"{Case.objects.count()} cases", everything(), wanted.rounds)


def table(what: str, asked: Iterator[tuple[str, Ask]], rounds: int) -> int:
    """Prints a line for everything that is asked; 1 if anything misses the target, else 0."""
    from django.db import connection

    print(f"\n{connection.vendor} · {what} · {rounds} requests each · load {os.getloadavg()[0]:.1f}")
    print(f"{'':44} {'median':>7} {'p95':>7} {'cpu':>7} {'queries':>7}")
    good = [show(name, *timed(ask, rounds)) for name, ask in asked]
    print(f"{sum(good)} of {len(good)} under {TARGET:.0f} ms at the 95th percentile · load {os.getloadavg()[0]:.1f}")
    return 0 if all(good) else 1


def prepare(home: Path, cases: int) -> None:
    """Fills the database, once, and starts Django."""
    os.environ |= {"HUIYIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "huiyin.settings"}
    home.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    command = [sys.executable, "-m", "huiyin", "demo", "--seed", "1", "--cases", str(cases)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    if (spent := time.monotonic() - began) > 20:
        print(f"demo --cases {cases}: {spent:.0f} s")
    import django

    django.setup()
    settle()


def settle() -> None:
    """Waits for PostgreSQL to tidy up what was loaded: in life it did so the night before."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def timed(ask: Ask, rounds: int) -> tuple[list[float], list[float], set[int]]:
    """Milliseconds by the clock and of the processor (after three to warm up), and the numbers of queries that were seen."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    queries, clock, cpu = set(), [], []
    for _ in range(3):
        with CaptureQueriesContext(connection) as seen:
            ask()
        queries.add(len(seen))
    gc.collect()
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        clock.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    return clock, cpu, queries


def show(name: str, clock: list[float], cpu: list[float], queries: set[int]) -> bool:
    """Prints a line; whether the target is met."""
    p95 = sorted(clock)[int(len(clock) * 0.95) - 1]
    good = p95 < TARGET and len(queries) == 1
    number = "/".join(map(str, sorted(queries)))
    middle, worked = statistics.median(clock), statistics.median(cpu)
    print(f"{name:44} {middle:7.1f} {p95:7.1f} {worked:7.1f} {number:>7}  {'PASS' if good else 'FAIL'}", flush=True)
    return good


def everything() -> Iterator[tuple[str, Ask]]:
    """What is asked, by name."""
    clients = {role: client_of(person) for role, person in people().items()}
    for role, client in clients.items():
        yield f"today, {role}", reading(client, "/desk/")
    for name, query in lists().items():
        yield f"list, {name}", reading(clients["leader"], f"/desk/cases/?{query}")
    for column in ("unread", "late", "soon", "all"):
        for role in ("supervisor", "head"):
            yield f"board, {column}, {role}", reading(clients[role], f"/desk/board/?show={column}")
    for name in ("open", "closed", "all", "state", "words"):
        for role in ("clerk", "handler"):
            yield f"list, {name}, {role}", reading(clients[role], f"/desk/cases/?{lists()[name]}")
    for state, no in cases().items():
        yield f"case page, {state}", reading(clients["leader"], f"/desk/cases/{no}/")
    yield "portal, tracking", tracking()
    yield "registering, without a scan", registering(clients["clerk"])
    yield "a step: a note", noting(clients["handler"])


def people() -> dict[str, Any]:
    """One person for each role; of the handlers the busiest. The leader sees every case of the unit."""
    from django.db.models import Count

    from huiyin.cases.models import Case
    from huiyin.people.models import Staff

    busy = Case.objects.filter(is_open=True, responsible__role_rows__role="handler").values("responsible")
    busiest = busy.annotate(n=Count("pk")).order_by("-n")[0]["responsible"]
    roles = ("clerk", "head", "leader", "supervisor")
    first = {role: Staff.objects.filter(role_rows__role=role).order_by("office__path", "pk")[0] for role in roles}
    return {"handler": Staff.objects.get(pk=busiest), **first}


def lists() -> dict[str, str]:
    """The list's address for each filter alone, and for pairs that are used or were slow once."""
    from huiyin.cases.models import Case

    case = Case.objects.filter(state="delivered").exclude(topic=None).order_by("-pk")[0]
    office, person, topic = f"office={case.office_id}", f"person={case.responsible_id}", f"topic={case.topic_id}"
    return {
        "open": "", "closed": "scope=closed", "all": "scope=all", "state": "state=handling", "channel": "channel=letter",
        "topic": topic, "office": office, "person": person, "late": "due=late", "due today": "due=today", "due soon": "due=soon",
        "mine": "relation=mine", "first asked of me": "relation=first_asked", "not rated": "unrated=on",
        "received": "received_from=2026-01-01&received_to=2026-03-01", "due dates": "due_from=2026-01-01&due_to=2026-12-31",
        "words": "q=取暖补贴", "rare words": "q=护理费核定", "a name": f"q={case.petitioner_name}", "number": f"q={case.no}",
        "page 20": "page=20", "page 200 of all": "scope=all&page=200",
        "office, all": f"{office}&scope=all", "person, closed": f"{person}&scope=closed", "topic, all": f"{topic}&scope=all",
        "channel, all": "channel=fax&scope=all", "archived": "state=archived&scope=all", "closed and not rated": "unrated=on&scope=closed",
        "office and state": f"{office}&state=archived&scope=all", "topic and channel": f"{topic}&channel=leader&scope=all",
        "late, all": "due=late&scope=all", "due dates, closed": "due_to=2024-03-01&scope=closed",
        "first asked of me, all": "relation=first_asked&scope=all", "words, all": "q=补贴&scope=all",
        "words, state and channel": "state=handling&channel=letter&q=补贴",
        "words and office, closed": f"q=补贴&{office}&scope=closed",
        "words and received, all": "q=补贴&received_from=2024-06-01&received_to=2024-07-01&scope=all",
    }  # fmt: skip


def cases() -> dict[str, str]:
    """The number of one case in each state, the newest."""
    from huiyin.cases.models import Case

    states = ("registered", "accepted", "handling", "drafted", "approved", "issued", "delivered", "closed", "archived")
    newest = {state: Case.objects.filter(state=state).order_by("-pk").first() for state in states}
    return {state: case.no for state, case in newest.items() if case}


def client_of(person: Any) -> Any:
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    if person is not None:
        client.force_login(person)
    return client


def reading(client: Any, address: str) -> Ask:
    """The page at an address."""

    def ask() -> None:
        assert client.get(address).status_code == 200, address

    return ask


def tracking() -> Ask:
    """The petitioner's page of an answered case, opened by the secret of its receipt."""
    from huiyin.cases.models import Case

    case, client = Case.objects.filter(state="delivered").order_by("-pk")[0], client_of(None)
    answer = client.get(f"/t/{case.receipt_secret}/")
    return reading(client, answer.url if answer.status_code == 302 else f"/t/{case.receipt_secret}/")


def registering(client: Any) -> Ask:
    """One registration through the page, as the browser sends it."""

    def ask() -> None:
        answer = client.post(f"/desk/register/{uuid.uuid4()}/", TYPED)
        assert answer.status_code == 302, answer.content[:2000]

    return ask


def noting(client: Any) -> Ask:
    """A note on one of the handler's own cases after another."""
    from huiyin.cases.models import Case

    mine = Case.objects.filter(responsible_id=client.session["_auth_user_id"], state="handling").order_by("pk")
    versions = dict(mine.values_list("no", "version")[:200])
    numbers = cycle(list(versions))

    def ask() -> None:
        no = next(numbers)
        typed = {"words": "打了电话，约好明天来。", "version": versions[no], "key": uuid.uuid4().hex}
        answer = client.post(f"/desk/cases/{no}/do/note/", typed)
        assert answer.status_code == 302, answer.content[:2000]
        versions[no] += 1

    return ask


if __name__ == "__main__":
    sys.exit(main())
