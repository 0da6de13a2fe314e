"""The papers of the reception as PDF: the slip with a number, the sheet of an oral statement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from huiyin.documents.letters import slip, statement
from huiyin.kernel import clock
from huiyin.reception import queue, statements
from huiyin.reception.models import Statement, Ticket


def slip_pdf(ticket: Ticket, *, language: str) -> bytes:
    """The slip of a number, one page of A6."""
    made = slip.Slip(ticket.unit.name, ticket.number, ticket.taken_at, queue.before(ticket), language)
    return slip.render(made, folder=settings.FONTS)


def sheet_pdf(row: Statement, *, now: datetime) -> bytes:
    """The sheet of a statement as it stands now, in large print on A4: to be signed, or with its confirmation."""
    version = statements.latest(row)
    with translation.override("zh-hans"):  # the sheet is a document of the office
        facts: dict[str, Any] = {"via": str(row.get_via_display()), **_confirmed(row)}
    sheet = statement.Sheet(
        unit=row.unit.name, name=row.name, said_on=clock.on(row.began_at), taken_by=row.taken_by.name,
        version=version.number, text=version.text, **facts,
    )  # fmt: skip
    return statement.render(sheet, made_at=now, folder=settings.FONTS)


def _confirmed(row: Statement) -> dict[str, object]:
    if row.state != Statement.State.CONFIRMED:
        return {}
    done = row.confirmation
    how, mark = str(done.get_how_display()), str(done.get_mark_display())
    return {"how": how, "present": done.present, "mark": mark, "confirmed_at": done.at}
