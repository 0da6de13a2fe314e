"""`huiyin simulate`: an office of virtual days in a database of its own, with everything going wrong that can, and an audit.

The office's own data are never touched: the data folder is a new one, deleted at the end unless it is kept, and a database that
holds an office is refused. Several offices run side by side, as many as there are processors, each in a process, a folder and a
database of its own; in a kept folder whatever was interrupted goes on with the offices that are not finished.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import click

from huiyin.commands import prepare_database, screen, start_django
from huiyin.kernel.errors import Refused
from huiyin.simulation.report import Report, together

MOST_CASES, MOST_OFFICES = 5_000_000, 64
HEARD_EVERY = 1.0  # seconds
OURS = "simulation"  # a file that says what a kept folder is: nothing is deleted in any other
FINISHED = "report.json"  # in the folder of an office
Advance = Callable[[int], None]


@click.command(
    help="模拟几年的办理：宕机、时钟跳变、换人、请假、换日历、几个人同时办；最后核对有没有漏响、重响的告警 · "
    "Simulate years of work with everything going wrong that can, then audit every alarm.\n\n"
    "用自己的临时数据库，不会动真实单位的数据 · In a throw-away database of its own; real data are never touched."
)
@click.option(
    "--cases", type=click.IntRange(1, MOST_CASES), default=2000, show_default=True, help="多少件事项 · how many matters"
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="同一个数得到同样的结果 · the same number gives the same result",
)
@click.option("--years", type=click.IntRange(1, 5), default=3, show_default=True, help="几年 · how many virtual years")
@click.option(
    "--offices",
    type=click.IntRange(1, MOST_OFFICES),
    default=1,
    show_default=True,
    help="分到几个单位跑，每个有自己的库，有几个处理器同时跑几个 · share them out to so many offices, each with its own database",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="保留数据的新文件夹 · a new folder in which the data are kept",
)
@click.option(
    "--throw-away-database",
    is_flag=True,
    help="用DATABASE_URL指的空库 · use the empty database that DATABASE_URL names",
)
def command(cases: int, seed: int, years: int, offices: int, keep: Path | None, throw_away_database: bool) -> int:
    """Prints what happened, and as its last line one JSON object; exit code 1 if anything was missed, doubled, stuck or broken."""
    began = time.monotonic()
    if offices > 1 and throw_away_database:
        raise Refused(
            "--throw-away-database 只有一个库，不能同时用 --offices。",
            "--throw-away-database is one database; leave out --offices.",
        )
    with (
        _folder(keep, goes_on=offices > 1) as home,
        screen.bar("模拟和核对", "Simulating and auditing", 2 * cases) as advance,
    ):
        if offices == 1:
            report = simulated(home, cases, seed, years, in_database=throw_away_database, advance=advance)
        else:
            report = _side_by_side(home, _shares(cases, offices), seed, years, advance)
    for what, number in sorted(report.counts.items()):
        screen.row(what, str(number))
    for line in report.lines:
        click.echo(line)
    click.echo(json.dumps({**report.figures, "seconds": round(time.monotonic() - began, 1)}))
    return 0 if report.good else 1


def simulated(home: Path, cases: int, seed: int, years: int, *, in_database: bool = False, advance: Advance) -> Report:
    """One office in this process, with its data in `home`."""
    _prepare(home, in_database)
    from huiyin.simulation.outcome import simulate
    from huiyin.simulation.running import Plan

    gc.freeze()  # what is loaded by now stays
    gc.set_threshold(200_000)  # rows are many, and their cycles small
    return simulate(Plan(cases, seed, years), progress=advance).report()


def _shares(cases: int, offices: int) -> list[int]:
    """The cases of each office, as even as may be; no office without any."""
    each, over = divmod(cases, offices)
    return [share for number in range(offices) if (share := each + (number < over))]


def _side_by_side(home: Path, shares: list[int], seed: int, years: int, advance: Advance) -> Report:
    """Each office in a process of its own, the n-th with the n-th seed from `seed` on."""
    apart = multiprocessing.get_context("spawn")
    told: SimpleQueue[int] = apart.SimpleQueue()
    at_once = min(len(shares), os.cpu_count() or 1)
    with ProcessPoolExecutor(
        at_once, apart, max_tasks_per_child=1, initializer=_tell_to, initargs=(told,)
    ) as processes:
        running = [
            processes.submit(_apart, home / str(seed + number), share, seed + number, years)
            for number, share in enumerate(shares)
        ]
        _hear(told, running, advance)
    return together(each.result() for each in running)


def _hear(told: SimpleQueue[int], running: list[Future[Report]], advance: Advance) -> None:
    while wait(running, HEARD_EVERY).not_done:
        while not told.empty():
            advance(told.get())


_telling: list[SimpleQueue[int]] = []


def _tell_to(told: SimpleQueue[int]) -> None:
    _telling.append(told)


def _apart(home: Path, cases: int, seed: int, years: int) -> Report:
    """One office in this process; what an earlier run finished with the same numbers is told of again."""
    kept = home / FINISHED
    if kept.exists():
        plan, report = json.loads(kept.read_text())
        if plan == [cases, seed, years]:
            _telling[0].put(2 * cases)
            return Report.read(report)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    report = simulated(home, cases, seed, years, advance=_telling[0].put)
    aside = kept.with_suffix(".part")
    aside.write_text(json.dumps([[cases, seed, years], vars(report)]))
    aside.replace(kept)
    return report


@contextmanager
def _folder(keep: Path | None, *, goes_on: bool) -> Iterator[Path]:
    """The data folder of the simulation: the one that is kept, or one that is deleted."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="huiyin-simulation-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    if keep.exists() and any(keep.iterdir()) and not (goes_on and (keep / OURS).exists()):
        raise Refused(
            f"文件夹 {keep} 不是空的，请给一个新的。", f"The folder {keep} isn't empty; name a new one.", code="folder"
        )
    keep.mkdir(parents=True, exist_ok=True)
    (keep / OURS).touch()
    yield keep


def _prepare(home: Path, in_database: bool) -> None:
    os.environ["HUIYIN_HOME"] = str(home.resolve())
    if not in_database:
        os.environ.pop("DATABASE_URL", None)
    start_django()
    _wait_for_no_disk()
    prepare_database()
    from huiyin.orgs import queries as orgs

    if orgs.installation() is not None:
        raise Refused(
            "DATABASE_URL指的库里已经有单位，模拟只在空库里做。",
            "The database that DATABASE_URL names holds an office; a simulation needs an empty one.",
            code="not-empty",
        )


def _wait_for_no_disk() -> None:
    """SQLite doesn't wait for the disk: the data are thrown away, and what dies here is the process, never the machine."""
    from django.conf import settings

    options: Any = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] += "; PRAGMA synchronous=OFF"
