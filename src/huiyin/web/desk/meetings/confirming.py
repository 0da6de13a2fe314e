"""Confirming the minutes, taking decisions to their matters, adding to what is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.coordination import access, confirming, queries
from huiyin.coordination.models import Meeting
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import row_number
from huiyin.web.desk.found import found
from huiyin.web.desk.meetings import words
from huiyin.web.desk.meetings.pages import context_of
from huiyin.web.ui.access import staff_page


@staff_page("meetings.see")
@require_POST
def confirm(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The chair confirms; then every decision goes to its matter."""
    meeting = _chaired(request, meeting_id)
    version, now = row_number(request.POST.get("version", "")) or 0, clock.now()
    try:
        confirming.confirm(meeting, by=request.actor, now=now, version=version)  # type: ignore[attr-defined]
        messages.success(request, _("纪要确认了，从现在起只增不改。"))
        _carry(request, meeting)
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
    return redirect("desk-meeting", meeting_id)


@staff_page("meetings.see")
@require_POST
def carry(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Takes to their matters what did not get there yet."""
    meeting = found(lambda: queries.find(request.actor, meeting_id))  # type: ignore[attr-defined]
    found(lambda: access.need(access.carries(request.actor, meeting, on=clock.today()), *words.CHAIR))  # type: ignore[attr-defined]
    try:
        _carry(request, meeting)
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
    return redirect("desk-meeting", meeting_id)


def _chaired(request: HttpRequest, meeting_id: int) -> Meeting:
    meeting = found(lambda: queries.find(request.actor, meeting_id))  # type: ignore[attr-defined]
    found(lambda: access.need(access.confirms(request.actor, meeting), *words.CHAIR))  # type: ignore[attr-defined]
    return meeting


def _carry(request: HttpRequest, meeting: Meeting) -> None:
    done, refused = confirming.carry(meeting, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    if done:
        sentence = ngettext("{n}项决定写到了事项上。", "{n}项决定写到了事项上。", done)
        messages.success(request, sentence.format(n=done))
    if refused:
        sentence = ngettext("{n}项没有写成，原因在下面。", "{n}项没有写成，原因在下面。", refused)
        messages.error(request, sentence.format(n=refused))


@staff_page("meetings.see")
@require_POST
def add(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Adds to confirmed minutes; what was typed stays on the page if it is refused."""
    actor = request.actor  # type: ignore[attr-defined]
    meeting = found(lambda: queries.find(actor, meeting_id))
    found(lambda: access.need(access.takes_part(actor, meeting), *words.NOT_IN_IT))
    typed = request.POST.get("words", "")
    try:
        confirming.add(meeting, by=actor, now=clock.now(), words=typed)
    except Refused as refused:
        context = context_of(request, meeting, actor)
        said = {"typed": typed, "refused": refused.say(get_language() or "zh")}
        return render(request, "desk/meetings/meeting.html", context | said)
    messages.success(request, _("补充记下了。"))
    return redirect("desk-meeting", meeting_id)
