"""相关事项: how the page of a matter shows which others belong to it, and what was linked and undone in its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases import links
from huiyin.cases.links import Act
from huiyin.cases.models import Case, CaseLink
from huiyin.kernel import clock
from huiyin.people.policy import Actor
from huiyin.procedure.states import STATES
from huiyin.web.desk.history import when
from huiyin.web.ui.parts import Entry, Link
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

# How the other matter stands to this one: where this one came later, and where it came first.
SIDES: Mapping[str, tuple[Any, Any]] = {
    "same": (gettext_lazy("同一件事，并案办理"), gettext_lazy("同一件事，并案办理")),
    "repeat": (gettext_lazy("以前反映过"), gettext_lazy("后来又反映")),
    "split": (gettext_lazy("从这件分出来"), gettext_lazy("分出去办的")),
    "new_facts": (gettext_lazy("接着这件，有新的情况"), gettext_lazy("后来的新情况")),
    "review": (gettext_lazy("复查、复核的是这件"), gettext_lazy("对本件的复查、复核")),
    "related": (gettext_lazy("相关"), gettext_lazy("相关")),
}


@dataclass(frozen=True)
class Line:
    """A matter that belongs to this one: how, how far it is, why and by whom they were linked, the way to undo it ("" if not theirs)."""

    act: Act
    how: Any
    state: str
    given: str
    undo: str


def side(act: Act) -> Any:
    """How the other matter stands to this one."""
    return SIDES[act.row.kind][0 if act.later else 1]


def lines(case: Case, found: list[Act], actor: Actor) -> list[Line]:
    """The links that stand now."""
    may_undo = links.may(actor, case)
    return [_line(case, act, may_undo and links.may(actor, act.other)) for act in links.standing(found)]


def _line(case: Case, act: Act, may_undo: bool) -> Line:
    on = day_text(clock.on(act.row.at))
    undo = reverse("desk-link-undo", args=[case.no, act.other.no]) if may_undo else ""
    return Line(act, side(act), said(STATES[act.other.state].name), f"{on} · {by_whom(act.row)}", undo)


def with_links(case: Case, entries: list[Entry], found: list[Act], *, today: date) -> list[Entry]:
    """The record of a matter, newest first, with what was linked and undone at its place in time."""
    events = list(reversed(list(case.events.all())))
    merged, left = [], list(reversed(found))
    for event, entry in zip(events, entries, strict=True):
        while left and left[0].row.at >= event.at:
            merged.append(_entry(left.pop(0), today))
        merged.append(entry)
    return merged + [_entry(act, today) for act in left]


def _entry(act: Act, today: date) -> Entry:
    row = act.row
    what = _("连到另一件：{how}") if row.made else _("撤销关系：{how}")
    other = Link(f"{act.other.no} {act.other.title}", reverse("desk-case", args=[act.other.no]))
    return Entry(
        when(row.at, today), what.format(how=side(act)), by_whom(row), row.reason, "person", [other], f"link-{row.pk}"
    )


def by_whom(row: CaseLink) -> str:
    """Who linked or undid it."""
    return row.by.name if row.by else str(_("信访人（网上）"))


def kinds() -> list[tuple[str, Any]]:
    """The ways in which two matters can belong together, to choose from."""
    return list(CaseLink.Kind.choices)
