"""`huiyin review-book`: prepares the month's review of an office – the meeting with its agenda, and the book as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from huiyin.commands import open_installation, screen
from huiyin.kernel.errors import Refused


@click.command(help="准备局务会梳理册：在办事项全部列入会议议程，写成 PDF 和 xlsx · Prepare the monthly review book.")
@click.option("--month", required=True, help="哪个月，如 2026-11 · which month, like 2026-11")
@click.option(
    "--office",
    "named",
    help="哪个单位或科室（名称或编号），默认是本单位 · which office (name or id); the own unit by default",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="写到哪个文件夹 · into which folder",
)
def command(month: str, named: str | None, out: Path) -> None:
    """Again for the same month it adds what came in since, and writes the files anew."""
    open_installation()
    from huiyin.coordination import book as books
    from huiyin.coordination import review
    from huiyin.kernel import clock
    from huiyin.people.policy import SYSTEM

    now = clock.now()
    meeting = review.prepare(office=_office(named), month=review.month_of(month), by=SYSTEM, now=now)
    book = books.of(meeting, reader=SYSTEM, now=now)
    for ending, made in (("pdf", books.pdf(book)), ("xlsx", books.xlsx(book))):
        target = out / f"{book.unit} {book.title}.{ending}"
        target.write_bytes(made)
        screen.row(ending, str(target))
    screen.say(
        f"{book.title}：{len(book.lines)}件，由{meeting.chair.name}主持。",
        f"The review of {meeting.month:%Y-%m}: {len(book.lines)} matters, chaired by {meeting.chair.name}.",
    )


def _office(named: str | None) -> Any:
    from huiyin.orgs import queries as orgs

    if named is None:
        installed = orgs.installation()
        assert installed is not None  # open_installation() refuses where there is none
        return installed.unit
    found = [office for office in orgs.offices() if named in (office.name, str(office.pk)) and office.is_active]
    if len(found) != 1:
        raise Refused(
            f"叫“{named}”的单位或科室有{len(found)}个；重名的请写编号。",
            f"{len(found)} offices are called “{named}”; of several give the id.",
            code="office",
        )
    return found[0]
