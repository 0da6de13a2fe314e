"""The list of meetings, one meeting with its agenda, and planning one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.coordination import access, queries, services
from huiyin.coordination import review as reviews
from huiyin.coordination.models import Meeting
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.kernel.typed import one_line, row_number
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor, may
from huiyin.web.desk.found import found
from huiyin.web.desk.meetings import people, words
from huiyin.web.desk.meetings.forms import PlanForm, initial_of
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.pages import Pages

KEY_LENGTH = 32


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first for anything that is no number."""
    return min(row_number(request.GET.get("page", "1")) or 1, 100_000)


@staff_page("meetings.see")
def listing(request: HttpRequest) -> HttpResponse:
    """The meetings that one may read, the latest first; the month's review is prepared from here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = queries.listed(actor, page=page_number(request))
    context = {
        "rows": seen.rows,
        "page": Pages(seen.number, queries.PAGE, len(seen.rows), None, seen.more),
        "may_plan": may(actor, "meetings.plan").ok,
        "month": f"{clock.today():%Y-%m}",
    }
    return render(request, "desk/meetings/list.html", context)


@staff_page("meetings.see")
def page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting: when and with whom, its agenda, what was decided, its papers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = found(lambda: queries.find(actor, meeting_id))
    return render(request, "desk/meetings/meeting.html", context_of(request, meeting, actor))


def context_of(request: HttpRequest, meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """All that the page of a meeting shows."""
    seen, planned = (
        queries.agenda(meeting, reader=actor, page=page_number(request)),
        meeting.state == Meeting.State.PLANNED,
    )
    return {
        "meeting": meeting,
        "people": list(meeting.participants.all()),
        "rows": words.rows(seen.rows, actor, today=clock.today(), calendar=orgs.calendar()),
        "counts": seen.counts,
        "hidden": seen.hidden,
        "page": Pages(seen.number, queries.PAGE, len(seen.rows), seen.counts["all"], seen.more),
        "planned": planned,
        "may_change": planned and access.changes(actor, meeting),
        "may_write": planned and access.takes_part(actor, meeting),
        "may_confirm": planned and access.confirms(actor, meeting),
        "may_carry": not planned and access.carries(actor, meeting, on=clock.today()) and bool(seen.counts["waiting"]),
        "may_add": not planned and access.takes_part(actor, meeting),
        "addenda": list(meeting.addenda.select_related("by")),
        "typed": "",
        "confirmed": getattr(meeting, "minutes", None),
        "undone": seen.counts["all"] - seen.counts["decided"],
    }


@staff_page("meetings.plan")
def new(request: HttpRequest) -> HttpResponse:
    """Plans a meeting; its agenda follows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initial = {"kind": Meeting.Kind.HUDDLE, "chair": str(actor.staff_id)}
    form = PlanForm(people.of(actor), clock.today(), refusing.sent(request), initial)
    if form.is_valid() and (meeting := _planned(request, form)):
        return redirect("desk-meeting-agenda", meeting.pk)
    key = request.POST.get("key") or uuid.uuid4().hex
    return render(request, "desk/meetings/plan.html", {"form": form, "meeting": None, "key": key})


def _planned(request: HttpRequest, form: PlanForm) -> Meeting | None:
    actor, key = request.actor, one_line(request.POST.get("key", "")[:KEY_LENGTH])  # type: ignore[attr-defined]
    try:
        return services.plan(
            by=actor, now=clock.now(), plan=form.plan(), key=f"{actor.staff_id}:{key}" if key else None
        )
    except Refused as refused:
        refusing.show(form, refused)
        return None


@staff_page("meetings.see")
def edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Changes time, place and people of a meeting that is not confirmed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = found(lambda: queries.find(actor, meeting_id))
    found(lambda: access.need(access.changes(actor, meeting), *words.ARRANGED))
    posted, kind = refusing.sent(request), meeting.kind != Meeting.Kind.REVIEW
    form = PlanForm(people.of(actor), clock.today(), posted, initial_of(meeting), kind)
    status = _changed(request, meeting, form) if form.is_valid() else 200
    if status == 302:
        messages.success(request, _("存好了。"))
        return redirect("desk-meeting", meeting.pk)
    context = {"form": form, "meeting": meeting, "version": request.POST.get("version", meeting.version)}
    return render(request, "desk/meetings/plan.html", context, status=status)


def _changed(request: HttpRequest, meeting: Meeting, form: PlanForm) -> int:
    version = row_number(request.POST.get("version", "")) or 0
    try:
        services.change(meeting, by=request.actor, plan=form.plan(), version=version)  # type: ignore[attr-defined]
    except Refused as refused:
        refusing.show(form, refused)
        return 409 if isinstance(refused, Conflict) else 200
    return 302


@staff_page("meetings.plan")
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Prepares the month's review of one's own office, or opens it if it is there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        month = reviews.month_of(request.POST.get("month", ""))
        office = orgs.office(actor.office_id or 0)
        meeting = reviews.prepare(office=office, month=month, by=actor, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
        return redirect("desk-meetings")
    messages.success(request, _("梳理册准备好了，可以打印。"))
    return redirect("desk-meeting", meeting.pk)
