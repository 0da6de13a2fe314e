"""What is said to whoever answered or reviewed a matter that others have now: who has it, for what, by when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.cases.models import Case
from huiyin.orgs import queries as orgs
from huiyin.procedure.editions.requests_2022 import REREVIEW, REVIEW, Level
from huiyin.procedure.editions.standing_2022 import SETTLED
from huiyin.web.ui.tags.words import day_text


def sentence(case: Case) -> str:
    """One sentence; "" for a matter that was never given to the unit above for a review."""
    if not case.marks.get("had") or case.office is None or case.responsible is None:
        return ""
    level = next((each for each in (REREVIEW, REVIEW) if each.code in _running(case)), None)
    whose = {"unit": orgs.unit_of(case.office).name, "person": case.responsible.name}
    return _under_review(case, level, whose) if level else _given_back(case, whose)


def _running(case: Case) -> dict[str, str]:
    """The last day of each term that runs."""
    return {row.term: day_text(row.due_on, "week") for row in case.clocks.all() if row.stopped_on is None}


def _under_review(case: Case, level: Level, whose: dict[str, str]) -> str:
    told = {**whose, "day": _running(case)[level.code]}
    if not case.marks.get("review_taken"):
        return _("信访人请求了复核，等{unit}的上一级指定由谁办，复核意见不晚于{day}。").format(**told)
    if level is REVIEW:
        return _("{unit}（{person}）正在复查，复查意见不晚于{day}。").format(**told)
    return _("{unit}（{person}）正在复核，复核意见不晚于{day}。").format(**told)


def _given_back(case: Case, whose: dict[str, str]) -> str:
    if case.state in SETTLED:
        return _("{unit}（{person}）办的，已经办结。").format(**whose)
    return _("意见已经送达，事项回到{unit}（{person}），由原办理单位执行。").format(**whose)
