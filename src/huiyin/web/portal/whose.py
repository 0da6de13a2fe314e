"""Whom the petitioner may turn to about a matter: who handles it here, which unit reviews it, or which body elsewhere is competent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.cases import holding, levels, tracking
from huiyin.cases.models import Case, CaseEvent
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people.models import Staff
from huiyin.procedure.editions.standing_2022 import REVIEWING
from huiyin.web.ui.tags.words import day_text

_DIRECTING = ("inform", "lead", "not_accepted")
ELSEWHERE = ("informed", "led", "not_accepted")
_SETTLED = ("closed", "archived")


@dataclass(frozen=True)
class Who:
    """Who has the matter and how to reach them; `over` says in what way it is theirs, `lines` what else to know."""

    over: str
    name: str
    lines: tuple[str, ...] = ()
    phone: str = ""


def who_of(case: Case) -> Who | None:
    """Who is to be asked about a matter; None where it is settled here and nobody else was named."""
    directed = _directed(case)
    if directed is not None:
        return _elsewhere(directed)
    if not case.is_open or case.responsible is None or case.office is None:
        return None
    if case.state in REVIEWING:
        return _reviewing(case)
    phone = case.responsible.phone or case.office.phone
    return Who(_("谁在办"), case.responsible.name, (case.office.name,), phone)


def _directed(case: Case) -> CaseEvent | None:
    """The decision that another body or procedure is competent, while the matter waits to be told of it and ever after."""
    events = list(case.events.all())
    told = case.state in _SETTLED and any(event.action == "tell_direction" for event in events)
    if case.state not in ELSEWHERE and not told:
        return None
    return next((event for event in reversed(events) if event.action in _DIRECTING), None)


def _elsewhere(event: CaseEvent) -> Who:
    if below := event.facts.get("under_way"):
        until = _("最晚{day}答复您。").format(day=day_text(date.fromisoformat(below["until"]), "long"))
        return Who(_("哪个单位在办"), below["unit"], (until,), below["phone"])
    facts = event.facts
    until = (
        _("最晚到{day}").format(day=day_text(date.fromisoformat(last), "year"))
        if (last := facts.get("limit_on"))
        else ""
    )
    lines = (facts.get("route"), facts.get("limit"), until, facts.get("body_address"))
    return Who(_("该找谁"), str(facts.get("body", "")), tuple(filter(None, lines)), str(facts.get("body_phone") or ""))


def _reviewing(case: Case) -> Who:
    """The unit above has it: named by its people once one of them took it, until then as the answer named it."""
    again = case.state.startswith("rereview")
    over = _("谁复查的") if case.state == "reviewed" else _("谁在复核") if again else _("谁在复查")
    since = _since(case, "request_rereview" if again else "request_review")
    found = _reviewer(case)
    if found is None:
        waiting = (_waits(case),) if case.state != "reviewed" else ()
        return Who(over, _outside(case) or tracking.reviewer(case) or _("上一级单位"), (*since, *waiting))
    office, person = found
    unit = orgs.unit_of(office)
    section = office.name if office.pk != unit.pk else ""
    return Who(
        over,
        unit.name,
        (" ".join(filter(None, (section, person.name))), *since),
        person.phone or office.phone or unit.phone,
    )


def _reviewer(case: Case) -> tuple[Office, Staff] | None:
    """The office and person here who review it, or who did; None where nobody here is named."""
    if case.state == "reviewed":
        row = levels.had_at(case, "review")
        return (row.office, row.person) if row else None
    if not case.marks.get("review_taken") or case.office is None or case.responsible is None:
        return None
    return case.office, case.responsible


def _waits(case: Case) -> str:
    """Who decides is named by the unit above, where that works in this system."""
    if holding.above_is_here(case):
        return _("正在指定由谁办；前面办过的人不能办。")
    return _("已请它办，等它的书面意见。")


def _outside(case: Case) -> str:
    """The unit outside that gave its opinion, or that the running request names; "" where the answer says it."""
    acts = {"reviewed": "record_review", "reviewing": "request_review", "rereviewing": "request_rereview"}
    found = (event for event in reversed(list(case.events.all())) if event.action == acts.get(case.state))
    return str(next((event.facts.get("body") or "" for event in found), ""))


def _since(case: Case, action: str) -> tuple[str, ...]:
    asked = next((event for event in reversed(list(case.events.all())) if event.action == action), None)
    received = asked.facts.get("received_on") if asked else None
    return (_("{day}收到您的请求。").format(day=day_text(date.fromisoformat(received), "long")),) if received else ()
