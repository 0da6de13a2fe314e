"""The way of a matter for the petitioner: what was done in plain words, what is being done, what is to come and by when.

Only steps that have plain words are told, and of what was found only that it was looked into; the answer says the rest.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases.models import Case, CaseEvent, Clock
from huiyin.cases.names import Names
from huiyin.kernel import clock
from huiyin.procedure.actions import Action
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.forms_2022 import CHANNELS
from huiyin.procedure.editions.guards_2022 import is_plea, nature
from huiyin.procedure.states import STATES
from huiyin.web.ui.parts import Step
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

UNTIL_ANSWERED = ("registered", "forwarded", "objected", "accepted", "duty", "handling", "drafted", "approved")
_NEXT = {
    "informed": lambda: _("告诉您归谁管、怎么找"),
    "led": lambda: _("告诉您走什么程序、到哪天为止"),
    "not_accepted": lambda: _("书面告诉您哪个单位在办、最晚哪天答复"),
    "not_again": lambda: _("把理由和接着能得到的帮助书面告诉您"),
    "agreed": lambda: _("按协议办到，再办结"),
    "reviewing": lambda: _("上一级给您书面的复查意见"),
    "review_drafted": lambda: _("上一级给您书面的复查意见"),
    "review_issued": lambda: _("把复查意见送给您"),
    "reviewed": lambda: _("不服的，您可以请再上一级复核；复核期到了，办结"),
    "rereviewing": lambda: _("给您书面的复核意见"),
    "rereview_drafted": lambda: _("给您书面的复核意见"),
    "rereview_issued": lambda: _("把复核意见送给您"),
}
_CHANNELS = {choice.code: choice.name for choice in CHANNELS}


def behind(case: Case, names: Names) -> list[Step]:
    """What was done, and as its last part what is being done now."""
    told = [(event, step) for event in case.events.all() if (step := _plain(case, event))]
    looked = [event for event, step in told if step.name == "investigate"]
    done = [_done(case, event, step, names) for event, step in told if step.name != "investigate"]
    at = _place_of(told, looked)
    if looked and case.state != "handling":
        done.insert(at, Step(_("调查核实"), _date(looked[0]), "", "done", _visits(looked)))
    return done + _now(case, looked)


def ahead(case: Case, *, notice: Clock | None, answer: Clock | None, today: date) -> list[Step]:
    """What is to come; dates where they are known, else what they depend on."""
    if not case.is_open:
        return []
    if case.marks.get("outcome") == "revoke" and case.state in {"reviewed", "concluded"}:
        return [Step(_("换人重新办，再给您书面答复"), "", "")]
    if nature(case.marks) == "accusation":
        return _sealed(notice, today)
    if case.state in _NEXT:
        return [Step(_NEXT[case.state](), "", "")]
    if case.state == "delivered":
        return [Step(_("办结，归档"), _("复查期到了，或者您评价以后") if is_plea(case.marks) else _("您看过答复以后"))]
    steps = [_notice(case, notice, today)] if notice and case.state in UNTIL_ANSWERED else []
    steps += [_answer(case, answer, today)] if case.state in UNTIL_ANSWERED else []
    review = _("不满意，30天以内可以请上一级复查。") if is_plea(case.marks) else ""
    return [*steps, Step(_("请您评价"), _("收到答复以后"), review)]


def plain(case: Case) -> str:
    """Where the matter stands, in plain words; of a review only where there is one."""
    if case.state == "delivered" and not is_plea(case.marks):
        return _("答复送到了，您可以评价")
    if case.state in {"reviewed", "concluded"} and case.marks.get("outcome") == "revoke":
        return _("原来的答复撤销了，要换人重新办")
    return said(STATES[case.state].plain)


def _plain(case: Case, event: CaseEvent) -> Action | None:
    step = edition(case.edition).actions.get(event.action)
    return step if step is not None and step.plain.zh else None


def _place_of(told: list[tuple[CaseEvent, Action]], looked: list[CaseEvent]) -> int:
    """How many other steps came before the first enquiry."""
    first = looked[0].seq if looked else 0
    return sum(event.seq < first for event, step in told if step.name != "investigate")


def _done(case: Case, event: CaseEvent, step: Action, names: Names) -> Step:
    return Step(said(step.plain), _date(event), _more(case, event, names), "done")


def _date(event: CaseEvent) -> str:
    """The day it happened: the one recorded for it, else the one it was recorded on."""
    recorded = event.facts.get("on") or (event.facts.get("received_on") if event.seq == 1 else None)
    return day_text(date.fromisoformat(recorded) if recorded else clock.on(event.at), "long")


def _more(case: Case, event: CaseEvent, names: Names) -> str:
    facts = event.facts
    if event.action == "register":
        return _("{channel}，已经登记。").format(channel=said(_CHANNELS[facts["channel"]]))
    if event.action in ("assign", "hand_over"):
        who = [names.offices.get(facts.get("office", 0), ""), names.staff.get(facts.get("staff", 0), "")]
        return _("交给{who}。").format(who=" ".join(filter(None, who)))
    if event.action == "accept":
        return _("给您出了《受理告知书》。")
    if event.action == "extend":
        return _("原因写在《延期告知书》里。")
    if event.action == "forward":
        return _("转给{office}，由它受理、告诉您。").format(office=names.offices.get(facts.get("office", 0), ""))
    if event.action in ("inform", "lead"):
        return _("该找{body}。").format(body=facts.get("body", ""))
    if event.action == "not_accepted":
        below = facts["under_way"]
        until = day_text(date.fromisoformat(below["until"]), "long")
        return _("{unit}正在办，最晚{until}答复您。").format(unit=below["unit"], until=until)
    if event.action == "not_again":
        return _("{unit}的复核意见答复过同样的事实和理由。有新的情况，随时可以再提。").format(
            unit=facts["concluded"]["unit"]
        )
    if event.action.startswith("request_") and facts.get("posted_on"):
        sent, came = (day_text(date.fromisoformat(facts[name]), "long") for name in ("posted_on", "received_on"))
        return _("您{sent}寄出，{came}收到；算不算晚，看寄出的日子。").format(sent=sent, came=came)
    return _early_or_late(case, event) if event.action == "issue" else ""


def _early_or_late(case: Case, event: CaseEvent) -> str:
    row = next(
        (row for row in case.clocks.all() if row.term in ("extend", "handle") and row.outcome in ("met", "late")), None
    )
    if row is None:
        return ""
    days = (row.due_on - clock.on(event.at)).days
    if days > 0:
        return ngettext("比最晚的日子早{days}天。", "比最晚的日子早{days}天。", days).format(days=days)
    return ngettext("比最晚的日子晚{days}天。", "比最晚的日子晚{days}天。", -days).format(days=-days) if days else ""


def _now(case: Case, looked: list[CaseEvent]) -> list[Step]:
    if not case.is_open:
        return []
    notes = _visits(looked) if case.state == "handling" else []
    rated = case.state == "delivered" and any(event.action == "evaluate" for event in case.events.all())
    words = _("答复送到了，您评过了；不满意还可以请上一级复查") if rated and is_plea(case.marks) else plain(case)
    return [Step(words, "", "", "now", notes)]


def _visits(looked: list[CaseEvent]) -> list[tuple[str, str]]:
    return [
        (_date(event), _("听您说了情况。") if event.facts.get("kind") == "hearing" else _("核实了一次情况。"))
        for event in looked
    ]


def notice_of(case: Case) -> str:
    """What the written notice within 15 days is to say (Art. 23)."""
    if nature(case.marks) == "accusation":
        return _("移送有权处理的机关")
    if case.state == "not_accepted":
        return _("告诉您哪个单位在办、最晚哪天答复")
    if case.state == "not_again":
        return _("告诉您为什么不再受理、接着有什么帮助")
    return _("告诉您该找谁、怎么找") if case.state in ("informed", "led") else _("告诉您谁来办、怎么办")


def _notice(case: Case, row: Clock, today: date) -> Step:
    return Step(notice_of(case), _by(row.due_on, today), _("条例规定收到后15天以内。"))


def _sealed(notice: Clock | None, today: date) -> list[Step]:
    """An accusation is passed on under seal (Art. 30); whoever takes it there tells the petitioner, and nothing is rated here."""
    when = _by(notice.due_on, today) if notice else ""
    secret = _("密封，由专人送，不让被反映的人和单位知道。")
    return [Step(_("移送有权处理的机关"), when, secret), Step(_("由受理的机关告诉您"), _("移送以后"))]


def _answer(case: Case, row: Clock | None, today: date) -> Step:
    if row is None and nature(case.marks) in ("suggestion", "enquiry"):
        return Step(_("给您书面答复"), _("研究以后"), _("建议和咨询，条例没有规定天数。"))
    if row is None:
        return Step(_("给您书面答复"), _("决定受理以后60天以内"), _("受理那天，我们告诉您到哪一天。"))
    return Step(_("给您书面答复"), _by(row.due_on, today))


def _by(day: date, today: date) -> str:
    words = _("最晚{day}") if day >= today else _("应该在{day}，晚了")
    return words.format(day=day_text(day, "long"))
