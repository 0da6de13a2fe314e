"""The rail: which pages a person finds at the left, in which order, with which key after `g`.

A page that is not built yet is not listed; a page that one may not open neither. Counts come from whoever registers them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.people.policy import may


@dataclass(frozen=True)
class Place:
    """A page of the rail. `group` makes the hairlines; `under` is the address below which it counts as current."""

    key: str
    words: Any
    href: str
    verb: str
    group: int = 0


PLACES = (
    Place("t", _("我的一天"), "/desk/", "cases.see"),
    Place("n", _("登记"), "/desk/register/", "cases.register"),
    Place("l", _("事项"), "/desk/cases/", "cases.see"),
    Place("r", _("接待"), "/desk/reception/", "reception.see"),
    Place("b", _("督办"), "/desk/board/", "cases.supervise", 1),
    Place("v", _("回访"), "/desk/call-backs/", "cases.call_back", 1),
    Place("p", _("排查"), "/desk/screening/", "screening.see", 1),
    Place("m", _("会议"), "/desk/meetings/", "meetings.see", 1),
    Place("o", _("名册"), "/desk/roster/", "roster.see", 2),
    Place("h", _("手册"), "/desk/manual/", "cases.see", 2),
)
ADMIN_PLACES = (
    Place("t", _("概况"), "/admin/", "desk"),
    Place("u", pgettext_lazy("page", "单位"), "/admin/offices/", "admin.offices", 1),
    Place("c", _("放假日历"), "/admin/calendar/", "admin.calendar", 1),
    Place("s", _("人员和岗位"), "/admin/staff/", "admin.staff", 1),
    Place("a", _("审计"), "/admin/audit/", "admin.audit", 1),
)
_counters: list[Callable[[HttpRequest], Mapping[str, int]]] = []


def count_with(counter: Callable[[HttpRequest], Mapping[str, int]]) -> None:
    """Register a function that answers {key: number} for the rail; call it from an AppConfig's `ready`."""
    _counters.append(counter)


def places(request: HttpRequest, which: str = "desk") -> list[dict[str, Any]]:
    """The rows of the rail for this person: place, whether current, count (None: no number)."""
    listed = [place for place in (ADMIN_PLACES if which == "admin" else PLACES) if _open(request, place)]
    counts = {key: number for counter in _counters for key, number in counter(request).items()}
    here = max((place.href for place in listed if request.path.startswith(place.href)), key=len, default="")
    rows: list[dict[str, Any]] = []
    for place in listed:
        first = bool(rows) and rows[-1]["place"].group != place.group
        rows.append({"place": place, "current": place.href == here, "count": counts.get(place.key), "line": first})
    return rows


def _open(request: HttpRequest, place: Place) -> bool:
    return _built(place.href) and may(getattr(request, "actor", None), place.verb).ok


@cache
def _built(href: str) -> bool:
    try:
        resolve(href)
    except Resolver404:
        return False
    return True
