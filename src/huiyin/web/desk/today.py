"""我的一天: what is due, in order, and what waits for one's decision. Administrators are led to their own pages."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lunar_python import Solar

from huiyin.cases import filing, queries
from huiyin.cases.models import Case
from huiyin.cases.supervision import queries as supervision
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people.policy import STAFF, Actor, may
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import SOON_WORKDAYS
from huiyin.procedure.editions.guards_2022 import WINDOWS
from huiyin.reception import duties, statements
from huiyin.web.desk import alarms, day_groups, joint, sent
from huiyin.web.desk.screening import day as screening
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.parts import Day
from huiyin.web.ui.time_parts import ruler

RULER_DAYS = 20
ROWS, ALARMS = 40, 20  # as many lines as anybody can take in; what is done makes room for the next
NOT_TASKS = frozenset({"", *WINDOWS})


@staff_page("desk")
def page(request: HttpRequest) -> HttpResponse:
    """The start page of everybody who signs in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.roles & STAFF:
        return redirect("admin-start")
    return render(request, "desk/today.html", _context(actor))


def _context(actor: Actor) -> dict[str, Any]:
    today, calendar = clock.today(), orgs.calendar()
    mine, decide, unread = queries.today(actor, limit=ROWS + 1), [], 0
    if may(actor, "cases.supervise"):
        unread = supervision.unread_count(actor)
        ending = (today, calendar.add_workdays(today, SOON_WORKDAYS))
        decide = queries.awaiting(actor, ending=ending, limit=ROWS + 1)
    cut = ROWS if max(len(mine), len(decide)) > ROWS else 0
    mine, decide = mine[:ROWS], decide[:ROWS]
    told = supervision.mine(actor, limit=ALARMS + 1)
    asked = joint.day(actor, today=today, calendar=calendar)
    asked += sent.day(actor, today=today, calendar=calendar, but={case.pk for case in decide})
    return {
        "today": today,
        "lunar": _lunar(today),
        "ahead": day_groups.ahead(day_groups.near_holiday(calendar, today), today),
        "days": _days([*mine, *decide], today, calendar),
        "groups": day_groups.groups(mine, decide, actor, today=today, calendar=calendar, asked=asked),
        "drafts": _drafts(actor),
        "cut": cut,
        "alarms": alarms.rows(told[:ALARMS], actor, today=today, calendar=calendar),
        "more_alarms": len(told) > ALARMS,
        "unread": unread,
        "screening": screening.rows(actor, today=today, calendar=calendar),
        "duty_gaps": duties.gaps_ahead(actor, today=today, calendar=calendar) if may(actor, "reception.work") else [],
        "unregistered": statements.waiting(actor) if may(actor, "reception.work") else 0,
        "may_register": may(actor, "cases.register").ok,
        "empty": not (mine or decide or asked),
    }


def _days(cases: list[Case], today: date, calendar: Calendar) -> list[Day]:
    last = today + timedelta(days=RULER_DAYS - 1)
    counts = Counter(case.due_on for case in cases if case.due_on and case.due_term not in NOT_TASKS)
    href = reverse("desk-cases") + "?due_from={day}&due_to={day}"
    return ruler(calendar, today, last, today=today, counts=counts, href=href)


def _lunar(day: date) -> str:
    """腊月廿五; only in Chinese, where people reckon with it."""
    if (get_language() or "").startswith("en"):
        return ""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


def _drafts(actor: Actor) -> list[dict[str, Any]]:
    if not may(actor, "cases.register"):
        return []
    return [
        {"title": _draft_title(draft.data), "saved_at": draft.updated_at, "href": f"/desk/register/{draft.pk}/"}
        for draft in queries.drafts(actor)
    ]


def _draft_title(data: dict[str, Any]) -> str:
    title = str(data.get("title") or filing.title_of(str(data.get("text") or "")) or data.get("name") or "").strip()
    return title.split("\n")[0][:24] or _("还没有标题")
