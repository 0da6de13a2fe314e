"""Alarms in words, for those who supervise: which case, whose, and what rang."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.cases.models import Alert
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.terms import TERMS
from huiyin.web.ui.parts import Due
from huiyin.web.ui.time_parts import due_at, no_due, said

MOST = 8


@dataclass(frozen=True)
class AlarmRow:
    """One alarm as the side column shows it."""

    alert: Alert
    due: Due
    whose: str


def rows(raised: list[Alert], *, today: date, calendar: Calendar) -> list[AlarmRow]:
    """The latest alarm of each case, in the order given, at most MOST."""
    latest: dict[int, Alert] = {}
    for alert in raised:
        latest.setdefault(alert.case_id, alert)
    shown = list(latest.values())[:MOST]
    return [AlarmRow(alert, _due(alert, today, calendar), f"{alert.office} {alert.responsible}") for alert in shown]


def _due(alert: Alert, today: date, calendar: Calendar) -> Due:
    if alert.due_on is None:
        return no_due(_("停着没有动"))
    return due_at(alert.due_on, today=today, calendar=calendar, article=said(TERMS[alert.term].citation))
