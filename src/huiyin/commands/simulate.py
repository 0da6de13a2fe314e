"""`huiyin simulate`: an office of virtual days in a database of its own, with everything going wrong that can, and an audit.

The office's own data are never touched: the data folder is a new one, deleted at the end unless it is kept, and a database that
holds an office is refused.
"""

from __future__ import annotations

import gc
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from huiyin.commands import prepare_database, screen, start_django
from huiyin.kernel.errors import Refused

MOST_CASES = 5_000_000
SHOWN = 20


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
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="保留数据的新文件夹 · a new folder in which the data are kept",
)
@click.option(
    "--throw-away-database",
    is_flag=True,
    help="用DATABASE_URL指的空库 · use the empty database that DATABASE_URL names",
)
def command(cases: int, seed: int, years: int, keep: Path | None, throw_away_database: bool) -> int:
    """Prints what happened, and as its last line one JSON object; exit code 1 if anything was missed, doubled, stuck or broken."""
    began = time.monotonic()
    with _folder(keep) as home:
        _prepare(home, throw_away_database)
        from huiyin.simulation.outcome import Outcome, simulate
        from huiyin.simulation.running import Plan

        gc.freeze()  # what is loaded by now stays
        gc.set_threshold(200_000)  # rows are many, and their cycles small
        with screen.bar("模拟和核对", "Simulating and auditing", 2 * cases) as advance:
            outcome: Outcome = simulate(Plan(cases, seed, years), progress=advance)
    _print_counts(outcome.diary.counts)
    _print_counts({f"matters in state {state}": number for state, number in outcome.found.reached.items()})
    _print_counts({f"matters with step {step}": number for step, number in outcome.found.taken.items()})
    for line in [*outcome.diary.failures, *outcome.stuck, *outcome.broken][:SHOWN] + outcome.found.lines:
        click.echo(line)
    click.echo(json.dumps(outcome.figures() | {"seconds": round(time.monotonic() - began, 1)}))
    return 0 if outcome.good else 1


def _print_counts(counts: Mapping[str, int]) -> None:
    for what, number in sorted(counts.items()):
        screen.row(what, str(number))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """The data folder of the simulation: the one that is kept, or one that is deleted."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="huiyin-simulation-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    if keep.exists() and any(keep.iterdir()):
        raise Refused(
            f"文件夹 {keep} 不是空的，请给一个新的。", f"The folder {keep} isn't empty; name a new one.", code="folder"
        )
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
