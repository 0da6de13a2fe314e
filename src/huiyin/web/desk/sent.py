"""What waits for whoever passed a matter on, as groups of their day: an objection to decide, a petitioner to tell, a result that is late."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases import senders
from huiyin.cases.models import Case
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions import edition
from huiyin.web.desk import words
from huiyin.web.desk.day_groups import Group, Row
from huiyin.web.ui.time_parts import said

STEPS = {"objected": "agree_return", "untold": "tell_transfer"}


def day(actor: Actor, *, today: date, calendar: Calendar, but: Collection[int] = ()) -> list[Group]:
    """One group, or none; `but` are the matters that the day lists anyway."""
    found = [(why, case) for why, case in senders.waiting_for(actor, today=today) if case.pk not in but]
    rows = [_row(why, case, actor, today, calendar) for why, case in found]
    count = ngettext("{n}件", "{n}件", len(rows)).format(n=len(rows))
    return [Group(_("我们转出去的"), count, rows)] if rows else []


def _row(why: str, case: Case, actor: Actor, today: date, calendar: Calendar) -> Row:
    step = edition(case.edition).action(STEPS.get(why, "urge"))
    todo = {"objected": _("核实异议"), "untold": said(step.label)}.get(why) or _("结果晚了，催一催")
    mine = bool(actor.roles & step.roles)
    return Row(case, todo, mine, words.petitioner(case), words.due(case, today=today, calendar=calendar))
