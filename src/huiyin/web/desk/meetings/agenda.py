"""Setting the agenda – suggested matters are ticked by a person, others named by their number – and writing the minutes of an item."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.coordination import access, queries, services
from huiyin.coordination.models import AgendaItem, Meeting
from huiyin.coordination.suggesting import suggestions
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.kernel.typed import one_line, row_number
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.web.desk.found import found
from huiyin.web.desk.meetings import people, words
from huiyin.web.desk.meetings.forms import ItemForm
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page

LONGEST_NUMBER = 20


@staff_page("meetings.see")
def page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What the meeting might take up; what is ticked, and what is named by number, goes to the end of the agenda."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = found(lambda: queries.find(actor, meeting_id))
    found(lambda: access.need(access.changes(actor, meeting), *words.ARRANGED))
    if request.method == "POST" and (number := _added(request, meeting)) is not None:
        done = ngettext("加了{n}件。", "加了{n}件。", number).format(n=number)
        messages.success(request, done)
        return redirect("desk-meeting", meeting.pk)
    try:
        chair = services.chair_of(meeting)
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
        return redirect("desk-meeting-edit", meeting.pk)
    today, calendar = clock.today(), orgs.calendar()
    rows = words.suggested(
        suggestions(meeting, chair=chair, today=today, calendar=calendar), today=today, calendar=calendar
    )
    typed = request.POST.get("no", "")
    return render(request, "desk/meetings/agenda.html", {"meeting": meeting, "rows": rows, "typed": typed})


def _added(request: HttpRequest, meeting: Meeting) -> int | None:
    """How many were put on the agenda; None where that was refused, with the sentence as a message."""
    actor = request.actor  # type: ignore[attr-defined]
    chosen = [pk for typed in request.POST.getlist("case") if (pk := row_number(typed))]
    reasons = {pk: request.POST.getlist(f"why-{pk}") for pk in chosen}
    try:
        if no := one_line(request.POST.get("no", "")[:LONGEST_NUMBER]):
            chosen.append(services.case_by_number(no, chair=services.chair_of(meeting)).pk)
        return services.put_on(meeting, by=actor, cases=chosen, why=reasons)
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
        return None


@staff_page("meetings.see")
def item(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """What was said and decided about one matter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = found(lambda: queries.find(actor, meeting_id))
    one = found(lambda: queries.item_of(meeting, item_id, reader=actor))
    form = ItemForm(people.of(actor), clock.today(), one, refusing.sent(request))
    status = _written(request, one, form) if request.method == "POST" and form.is_valid() else 200
    if status == 302:
        messages.success(request, _("存好了。"))
        following = queries.next_to(one, reader=actor) if request.POST.get("next") else None
        return (
            redirect("desk-meeting-item", meeting.pk, following) if following else redirect("desk-meeting", meeting.pk)
        )
    return render(request, "desk/meetings/item.html", _context(meeting, item_id, form, actor, status), status=status)


def _context(meeting: Meeting, item_id: int, form: ItemForm, actor: Actor, status: int) -> dict[str, Any]:
    fresh, planned = queries.item_of(meeting, item_id, reader=actor), meeting.state == Meeting.State.PLANNED
    return {
        "meeting": meeting,
        "row": words.rows([fresh], actor, today=clock.today(), calendar=orgs.calendar())[0],
        "item": fresh,
        "form": form,
        "may_write": planned and access.takes_part(actor, meeting),
        "conflict": status == 409,
        "version": fresh.version,
    }


def _written(request: HttpRequest, one: AgendaItem, form: ItemForm) -> int:
    version = row_number(request.POST.get("version", "")) or 0
    try:
        found(lambda: access.need(access.takes_part(request.actor, one.meeting), *words.NOT_IN_IT))  # type: ignore[attr-defined]
        services.write(one, by=request.actor, now=clock.now(), version=version, typed=form.typed)  # type: ignore[attr-defined]
    except Refused as refused:
        refusing.show(form, refused)
        return 409 if isinstance(refused, Conflict) else 200
    return 302


@staff_page("meetings.see")
@require_POST
def move(request: HttpRequest, meeting_id: int, item_id: int, way: str) -> HttpResponse:
    """One place up or down."""
    one = _item(request, meeting_id, item_id)
    return _try(request, meeting_id, lambda: services.move(one, by=request.actor, up=way == "up"))  # type: ignore[attr-defined]


@staff_page("meetings.see")
@require_POST
def off(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Takes a matter off the agenda."""
    one = _item(request, meeting_id, item_id)
    return _try(request, meeting_id, lambda: services.take_off(one, by=request.actor))  # type: ignore[attr-defined]


def _item(request: HttpRequest, meeting_id: int, item_id: int) -> AgendaItem:
    meeting = found(lambda: queries.find(request.actor, meeting_id))  # type: ignore[attr-defined]
    found(lambda: access.need(access.changes(request.actor, meeting), *words.ARRANGED))  # type: ignore[attr-defined]
    return found(lambda: queries.item_of(meeting, item_id, reader=request.actor))  # type: ignore[attr-defined]


def _try(request: HttpRequest, meeting_id: int, act: Any) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
    return redirect("desk-meeting", meeting_id)
