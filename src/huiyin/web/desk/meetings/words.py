"""What a meeting's pages say: why a matter is suggested, what was decided about it, whether that reached its case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huiyin.cases import policy
from huiyin.cases.models import Case
from huiyin.coordination.models import AgendaItem
from huiyin.coordination.suggesting import Suggestion
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.web.desk import words
from huiyin.web.ui.parts import Due

WHY: dict[str, Any] = {
    "late": gettext_lazy("已超期"), "soon": gettext_lazy("快到期"), "offices": gettext_lazy("要几个科室一起办"),
    "returned": gettext_lazy("退回过两次以上"), "leader": gettext_lazy("等签发"),
}  # fmt: skip
ARRANGED = (
    "会议由召集人和主持人安排。",
    "The meeting is arranged by whoever called it and by its chair.",
)  # data: said by a refusal

CHAIR = (
    "由主持人确认纪要、把决定落到事项上。",
    "The chair confirms the minutes and takes the decisions to their matters.",
)  # data: said by a refusal
NOT_IN_IT = ("您没有参加这次会议。", "You don't take part in this meeting.")  # data: said by a refusal


@dataclass(frozen=True)
class Row:
    """A line of an agenda. `opens`: whether the reader may open the matter itself."""

    item: AgendaItem
    number: int
    opens: bool
    why: str
    whose: str
    due: Due
    refusal: str


@dataclass(frozen=True)
class Suggested:
    """A matter that might be taken up, with the reasons in words."""

    case: Case
    codes: list[str]
    why: str
    whose: str
    petitioner: str
    state: str
    due: Due


def why(codes: list[str]) -> str:
    """The reasons in words."""
    return _("、").join(str(WHY[code]) for code in codes if code in WHY)


def rows(items: list[AgendaItem], actor: Actor, *, today: date, calendar: Calendar) -> list[Row]:
    """An agenda's page in words."""
    return [_row(item, actor, today, calendar) for item in items]


def _row(item: AgendaItem, actor: Actor, today: date, calendar: Calendar) -> Row:
    case, refused = item.case, item.refusal or {}
    said = refused.get("en" if (get_language() or "").startswith("en") else "zh", "")
    number = getattr(item, "number", 0)
    due = words.due(case, today=today, calendar=calendar)
    return Row(item, number, policy.may(actor, "see", case).ok, why(item.why), _whose(case), due, said)


def suggested(found: list[Suggestion], *, today: date, calendar: Calendar) -> list[Suggested]:
    """What might be taken up, in words."""
    return [
        Suggested(
            each.case, each.why, why(each.why), _whose(each.case), words.petitioner(each.case), words.state(each.case),
            words.due(each.case, today=today, calendar=calendar),
        )
        for each in found
    ]  # fmt: skip


def _whose(case: Case) -> str:
    return f"{case.office.name if case.office else '—'} {case.responsible.name if case.responsible else ''}".strip()
