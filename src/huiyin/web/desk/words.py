"""Short words that several desk pages share: what a matter waits for, until when, and who is meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from huiyin.cases.holding import above_is_here, accuses_everybody
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.people.ids import mask_name
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action, Edition
from huiyin.procedure.articles import cite
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import urgency
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.forms_2022 import CHANNELS
from huiyin.procedure.editions.standing_2022 import FRESH
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words
from huiyin.web.ui.parts import Due
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import due_at, no_due, said

CHANNEL_NAMES: dict[str, Words] = {choice.code: choice.name for choice in CHANNELS}


def cited(article: str) -> str:
    """An article in the reader's language."""
    return said(cite(article))


def channel(case: Case) -> str:
    """How it came."""
    return said(CHANNEL_NAMES[case.channel])


def state(case: Case) -> str:
    """Where it stands."""
    return said(STATES[case.state].name)


def petitioner(case: Case) -> str:
    """The petitioner's name, masked for lists; a dash where nobody is named."""
    if not case.petitioner_name and case.people_count > 1:
        return _("{n}人").format(n=case.people_count)
    name = mask_name(case.petitioner_name) if case.petitioner_name else "—"
    return _("{name}等{count}人").format(name=name, count=case.people_count) if case.people_count > 1 else name


def next_action(case: Case) -> Action | None:
    """The step that leads on from here; before it what the petitioner is still to be told, while that term runs out first, and
    what was promised or revoked. None when all is done."""
    known = edition(case.edition)
    for name in _first(case):
        if case.state in known.action(name).sources:
            return known.action(name)
    return way_on(case)


def waits_sealed(case: Case) -> bool:
    """Whether it is an accusation that waits to be passed on (Art. 30); nothing else is done with it here."""
    return case.sealed and case.state in FRESH


def way_on(case: Case) -> Action | None:
    """The step of the table that leads on from where the case stands; None at the end of the way."""
    known = edition(case.edition)
    if waits_sealed(case):
        return known.action("send_up_sealed" if accuses_everybody(case) else "transfer_sealed")
    taken = bool(case.marks.get("review_taken"))
    from_outside = next((act for act in known.from_state(case.state) if act.outside), None)
    if from_outside and not taken and not above_is_here(case):
        return from_outside
    return leading_on(known, case.state, taken=taken)


def _first(case: Case) -> Iterator[str]:
    """What comes before the step that leads on."""
    marks = case.marks
    if marks.get("unbrought") and not marks.get("identity_unclear"):
        yield "bring_answer"
    if case.due_term == "notice" and marks.get("forwarded_on") and not marks.get("transfer_told_on"):
        yield "tell_transfer"
    if case.due_term in {"notice", "notice-passed"} and case.state not in FRESH:
        yield "notify"
    if case.state == "handling" and not marks.get("findings"):
        yield "investigate"
    if marks.get("outcome") == "revoke":
        yield "rehandle"
    if (
        marks.get("execution_due_on")
        and not marks.get("executed_on")
        and case.state not in {"drafted", "approved", "issued"}
    ):
        yield "carry_out"


def leading_on(known: Edition, state: str, *, taken: bool = True) -> Action | None:
    """The step of the table that leads on from a state; None at the end of the way. Until it is `taken`, a review is first given
    to somebody of the unit above."""
    steps = [act for act in known.from_state(state) if act.main]
    return next((act for act in steps if not (taken and act.receiver == "above")), None)


def to_do(case: Case, actor: Actor, *, deciding: bool = False) -> tuple[str, bool]:
    """What is to be done next, and whether this actor's role does it; else what the matter waits for.

    `deciding` asks for the decision that the state waits for, whatever else may be due.
    """
    action = _decision(case, actor) if deciding else next_action(case)
    waits = action is not None and action.name == "close" and not case.marks.get("evaluated")
    if action and actor.roles & action.roles and not waits:
        return _("是否延期") if deciding and action.name == "extend" else said(action.label), True
    if waits_sealed(case):
        return _("没有被反映的负责人密封移送"), False
    return _("等评价或复查期满") if case.state == "delivered" and waits else said(STATES[case.state].waits_for), False


def _decision(case: Case, actor: Actor) -> Action | None:
    """What this actor is asked to decide: the step that leads on; where others take that one, whether to extend."""
    action = way_on(case)
    return action if action and actor.roles & action.roles else edition(case.edition).action("extend")


def internal_of(case: Case) -> date | None:
    """The day to be done by (宜办完) of the term that a case shows, if it was fetched along."""
    return getattr(case, "internal_on", None)


def due(case: Case, *, today: date, calendar: Calendar) -> Due:
    """The due date of a case's row: words, date and article. Rings on the day to be done by, shows the statutory one."""
    if not case.is_open:
        return Due(_("已办结"), clock.on(case.closed_at) if case.closed_at else None, "", "done")
    if case.due_on is None or not case.due_term:
        return no_due(_("内部{day}").format(day=day_text(case.due_on)) if case.due_on else "")
    term = edition(case.edition).terms[case.due_term]
    article = said(term.citation)
    if term.duty == "petitioner":
        return Due(_("信访人可请求复查"), case.due_on, article)
    found = due_at(case.due_on, today=today, calendar=calendar, article=article, provisional=case.due_provisional)
    internal = internal_of(case)
    if internal and internal <= today < case.due_on and urgency(case.due_on, today, calendar) in {"soon", "calm"}:
        return Due(_("宜今天办完"), case.due_on, article, "today", found.note)
    return found
