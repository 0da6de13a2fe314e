"""`huiyin export`: takes what is about one case out of the installation."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from huiyin.commands import open_installation, screen
from huiyin.kernel.errors import Refused


@click.group(name="export", help="导出 · Export.")
def command() -> None:
    """Its commands follow."""


@command.command(name="case", help="导出一件事的档案包（zip）· Export the archive bundle of a case.")
@click.argument("no")
@click.option(
    "--out", type=click.Path(path_type=Path), help="写到哪里，默认是 编号.zip，- 是标准输出 · where to; - for stdout"
)
def case_(no: str, out: Path | None) -> None:
    """Writes the bundle whole or not at all. Exit code 1 if the store lost one of its papers."""
    open_installation()
    from huiyin.cases import archive, queries

    case = queries.find(no.strip())
    if case is None:
        raise Refused(f"没有编号是{no}的事项。", f"There is no matter with the number {no}.", code="not_found")
    if str(out) == "-":
        sys.stdout.buffer.write(archive.write(case))
        return
    target = out or Path(archive.file_name(case))
    if not target.absolute().parent.is_dir():
        raise Refused(f"没有文件夹{target.absolute().parent}。", f"There is no folder {target.absolute().parent}.")
    handle, unfinished = tempfile.mkstemp(dir=target.absolute().parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as writing:
            problems = archive.write_to(writing, case)
        Path(unfinished).replace(target)
    finally:
        Path(unfinished).unlink(missing_ok=True)
    screen.say(f"{case.no}已导出到{target}。", f"{case.no} was written to {target}.")
    for problem in problems:
        screen.say(problem.zh, problem.en)
    if problems:
        raise click.exceptions.Exit(1)
