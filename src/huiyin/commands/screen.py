"""What commands show: lines in both languages, and a bar for work that takes a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

NAMES = 24  # columns of the terminal that a name takes


def say(zh: str, en: str) -> None:
    """A sentence in Chinese and in English, a line each."""
    click.echo(f"{zh}\n{en}")


def row(name: str, value: str) -> None:
    """A name and what it is, in columns."""
    click.echo(f"  {name}{' ' * max(2, NAMES - cell_len(name))}{value}")


@contextmanager
def bar(zh: str, en: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr; call what it gives with how much was done since the last call."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(elapsed_when_finished=True)
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(f"{zh} {en}", total=total)
        yield lambda done: shown.update(task, advance=done)


@contextmanager
def counter(zh: str, en: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for work whose size shows only on the way; call what it gives with (done, in all)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(f"{zh} {en}", total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
