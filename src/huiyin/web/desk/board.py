"""督办: the alarms of one's offices, counted by office, and behind each count the matters; urging those that were ticked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases.supervision import queries, services
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import one_line, row_number
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.web.desk import alarms
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.parts import Tab

COLUMNS = (
    ("late", gettext_lazy("已超期"), "late"),
    ("soon", gettext_lazy("快到期"), "soon"),
    ("unnoticed", gettext_lazy("没有书面告知"), ""),
    ("unread", gettext_lazy("没有人知悉"), ""),
    ("all", gettext_lazy("全部告警"), ""),
)
KEY_LENGTH = 32


@dataclass(frozen=True)
class Cell:
    """A number of the board with the matters behind it; zero leads nowhere."""

    number: int
    href: str
    kind: str
    current: bool


@dataclass(frozen=True)
class OfficeRow:
    """An office and its numbers, in the order of COLUMNS."""

    name: str
    cells: list[Cell]
    current: bool = False


@staff_page("cases.supervise")
def page(request: HttpRequest) -> HttpResponse:
    """The board of whoever supervises."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    show, office = _asked(request)
    return render(request, "desk/board.html", _context(actor, show, office))


def _asked(request: HttpRequest) -> tuple[str, int | None]:
    asked = request.GET.get("show", "unread")
    return (asked if asked in queries.SHOWN else "unread"), row_number(request.GET.get("office", ""))


def _context(actor: Actor, show: str, office: int | None) -> dict[str, Any]:
    found = queries.board(actor, show=show, office=office)
    today, calendar = clock.today(), orgs.calendar()
    totals = {name: sum(row.shown[name] for row in found.offices) for name in queries.SHOWN}
    return {
        "columns": [name for _code, name, _kind in COLUMNS],
        "offices": [_office_row(row, show, office) for row in found.offices],
        "office_name": next((row.name for row in found.offices if row.office == office), ""),
        "all_offices": _address(show, None),
        "tabs": [Tab(name, _address(code, office), totals[code], code == show) for code, name, _kind in COLUMNS],
        "totals": totals,
        "rows": alarms.rows(found.rows, actor, today=today, calendar=calendar),
        "more": found.more,
        "most": queries.ROWS,
        "asked": _address(show, office).removeprefix(reverse("desk-board")),
        "key": uuid.uuid4().hex,
    }


def _office_row(row: queries.Counts, show: str, office: int | None) -> OfficeRow:
    here = row.office == office
    cells = [
        Cell(row.shown[code], _address(code, row.office), kind, here and code == show) for code, _name, kind in COLUMNS
    ]
    return OfficeRow(row.name, cells, here)


def _address(show: str, office: int | None) -> str:
    asked = {"show": show} | ({"office": str(office)} if office is not None else {})
    return f"{reverse('desk-board')}?{urlencode(asked)}"


@staff_page("cases.supervise")
@require_POST
def urge(request: HttpRequest) -> HttpResponse:
    """Urges the matters that were ticked, or the one whose button was pressed; each through the one door."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    only, words = request.POST.get("only", ""), request.POST.get("words", "")
    numbers = [only] if only else request.POST.getlist("no")
    key = one_line(request.POST.get("key", "")[:KEY_LENGTH])
    urged = services.urge(numbers, by=actor, now=clock.now(), words=words, key=key)
    _tell(request, urged)
    show, office = _asked(request)
    return HttpResponseRedirect(_address(show, office))


def _tell(request: HttpRequest, urged: services.Urged) -> None:
    if urged.done:
        many = ngettext("催办了{n}件，承办人马上看到。", "催办了{n}件，承办人马上看到。", len(urged.done))
        messages.success(request, many.format(n=len(urged.done)))
    for no, refused in urged.refused:
        messages.error(request, f"{no}　{_refusal(refused)}")
    if not (urged.done or urged.refused):
        messages.error(request, _("没有选事项。在左边勾上要催的，再按“催办”。"))


def _refusal(refused: Refused) -> str:
    return refused.say(get_language() or "zh")
