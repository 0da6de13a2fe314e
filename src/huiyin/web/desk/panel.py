"""现在可以做: the lawful next steps for this person, from the procedure's table, and what can't be done yet and why."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.people.models import Role
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions import edition
from huiyin.procedure.words import Words
from huiyin.web.desk import words
from huiyin.web.ui import parts
from huiyin.web.ui.time_parts import said

FIXED_KEYS = {"note": "m", "hand_over": "h", "add_material": "t"}
RARE = frozenset(
    {"withdraw", "withdraw_own", "succeed", "recall_direction", "reroute_duty", "break_agreement", "urge", "ask_explanation", "supervise",
     "dispute", "urgent", "report_urgent", "resume", "reclassify", "name_accused", "not_again", "not_accepted", "take_duty", "propose_simple",
     "authorise", "revoke_authority", "end_guardianship", "split"}
)  # fmt: skip
ACCEPTING = frozenset({"accept", "simple_accept"})
GIVING = frozenset({"take_review", "take_rereview"})
ONCE = {"notify": "notified_on", "evaluate": "evaluated"}
LATER = 3


def panel(
    case: Case, actor: Actor, *, now: datetime, calendar: Calendar
) -> tuple[list[parts.Action], list[parts.NotYet]]:
    """The steps that are possible now, the main one first in key order, and the others with their reasons."""
    offered = queries.steps(actor, case, now=now, calendar=calendar)
    main = _main(case, [step.action for step in offered if step.possible])
    possible = sorted((step.action for step in offered if step.possible), key=lambda each: _place(case, each, main))
    keys = iter("123456789")
    actions = [_action(case, each, FIXED_KEYS.get(each.name) or next(keys, ""), main) for each in possible]
    waiting = [step for step in offered if not step.possible and not step.beside and not _done(case, step.action)]
    not_yet = [parts.NotYet(said(step.action.label), " ".join(map(said, step.reasons))) for step in waiting]
    return actions, not_yet + _of_others(case, [step.action for step in offered]) + _later(case)


def _main(case: Case, possible: list[Action]) -> Action | None:
    """What is most needed now, if this reader can do it; else what leads on."""
    wanted = (words.next_action(case), words.way_on(case))
    return next((action for action in wanted if action in possible), None)


def _place(case: Case, action: Action, main: Action | None) -> tuple[bool, bool, bool]:
    return action.name in FIXED_KEYS, _is_rare(case, action, main), action is not main


def _is_rare(case: Case, action: Action, main: Action | None) -> bool:
    """Whether a step is seldom taken here, so that the others come first and keep the digits."""
    given = action.name in GIVING and bool(case.marks.get("review_taken"))
    alone = action.name == "represent" and case.people_count == 1
    astray = words.waits_sealed(case) and action.name in ACCEPTING  # only where it was registered wrongly
    return action is not main and (action.name in RARE or given or alone or astray)


def _done(case: Case, action: Action) -> bool:
    """A step that is taken once and was: nothing to wait for."""
    return bool(case.marks.get(ONCE.get(action.name, "")))


def _of_others(case: Case, offered: list[Action]) -> list[parts.NotYet]:
    """The step that leads on, where other roles take it."""
    action = words.way_on(case) if case.is_open else None
    if action is None or action in offered:
        return []
    roles = _("、").join(str(Role(role).label) for role in Role.values if role in action.roles)
    return [parts.NotYet(said(action.label), _("由{roles}办").format(roles=roles))]


def _later(case: Case) -> list[parts.NotYet]:
    """The steps further along the way, each with the one that comes before it."""
    if not case.is_open or words.waits_sealed(case):
        return []
    way = _way_of(case)[: LATER + 1]
    return [
        parts.NotYet(said(then.label), _("先要“{step}”").format(step=said(first.label)))
        for first, then in pairwise(way)
    ]


def _way_of(case: Case) -> list[Action]:
    """The chain of steps that lead on from where a case stands to the end; what is given to somebody is a step beside it."""
    way: list[Action] = []
    first = words.way_on(case)
    if first and first.outside:
        way.append(first)
    known, state = edition(case.edition), first.target if way and first and first.target else case.state
    while action := words.leading_on(known, state):
        way.append(action)
        state = action.target or state
    return way


def _action(case: Case, action: Action, key: str, main: Action | None) -> parts.Action:
    return parts.Action(
        said(action.label),
        reverse("desk-do", args=[case.no, action.name]),
        key,
        "" if action.name in FIXED_KEYS else first_sentence(action.help),
        words.cited(action.article),
        action is main,
        _is_rare(case, action, main),
    )


def first_sentence(help_words: Words) -> str:
    """The first sentence of a step's help."""
    text = said(help_words)
    found = re.match(r".*?(?:[。；]|[.;](?=\s|$))", text)
    return found[0].rstrip("；;") if found else text
