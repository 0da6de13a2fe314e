"""The leaders' reception days, for everybody to read: which day, where, who hears people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.kernel import clock
from huiyin.reception import leaders
from huiyin.web.ui.access import public


@public
def page(request: HttpRequest) -> HttpResponse:
    """The days to come, those that were called off with their reason."""
    return render(request, "portal/reception_days.html", {"days": leaders.announced(today=clock.today())})
