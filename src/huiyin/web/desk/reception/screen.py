"""The screen of the waiting room: numbers only, for everybody in the room. Its address is a secret of the unit."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.kernel import clock
from huiyin.reception import queue
from huiyin.web.ui.access import public

FRESH = 10  # seconds after which a browser without scripts loads the page again


@public
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Who is called, who is being seen, how many wait; htmx asks for the part `numbers`."""
    room = queue.room_of(token)
    if room is None:
        raise Http404
    now = clock.now()
    context = {"unit": room.unit, "hall": queue.hall(room.unit_id, clock.on(now)), "now": now, "fresh": FRESH}
    part = "#numbers" if getattr(request, "htmx", False) else ""
    return render(request, f"desk/reception/screen.html{part}", context)
