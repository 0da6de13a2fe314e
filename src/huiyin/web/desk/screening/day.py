"""What a person's day holds of screenings: sheets to fill in, to sign or overdue, and findings that wait for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.people.policy import Actor, may
from huiyin.procedure.calendars import Calendar
from huiyin.screening import policy, queries
from huiyin.screening.models import Finding, Sheet
from huiyin.web.desk.screening import words


def rows(actor: Actor, *, today: date, calendar: Calendar) -> list[dict[str, Any]]:
    """One line each, the earliest first: what it is, where it leads, until when, what is to be done. Two queries."""
    if not may(actor, "screening.see"):
        return []
    sheets = [_sheet(each, actor, today, calendar) for each in queries.waiting(actor, today=today)]
    found = [_finding(each, actor, today, calendar) for each in queries.owed(actor, today=today)]
    return sorted([*sheets, *found], key=lambda row: row["on"])


def _sheet(sheet: Sheet, actor: Actor, today: date, calendar: Calendar) -> dict[str, Any]:
    return {
        "title": words.written(sheet.campaign.title),
        "href": reverse("desk-screening-sheet", args=[sheet.pk]),
        "due": words.sheet_due(sheet, today=today, calendar=calendar),
        "todo": f"{sheet.office.name} · {_todo(sheet, actor, today)}",
        "on": sheet.due_on,
    }


def _todo(sheet: Sheet, actor: Actor, today: date) -> str:
    if sheet.state == Sheet.State.FILLED and policy.may_sign(actor, sheet):
        return _("等您签字")
    if sheet.state == Sheet.State.RETURNED:
        return _("退回补充")
    return _("还没有交") if sheet.due_on < today else _("要填的排查表")


def _finding(finding: Finding, actor: Actor, today: date, calendar: Calendar) -> dict[str, Any]:
    mine = finding.owner_id == actor.staff_id
    return {
        "title": words.written(finding.description[:40]),
        "href": reverse("desk-screening-finding", args=[finding.pk]),
        "due": words.finding_due(finding, today=today, calendar=calendar),
        "todo": _("发现，等您给着落") if mine else _("发现，{name}还没有给着落").format(name=finding.owner.name),
        "on": finding.due_on,
    }
