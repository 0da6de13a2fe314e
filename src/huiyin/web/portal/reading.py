"""Pages to read: home, help, the Regulations in plain words, data protection, accessibility."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.web.portal.keeping import DRAFT_AGE
from huiyin.web.ui.access import public

DAY = 24 * 3600


@public
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, and the telephone."""
    today, calendar = clock.today(), orgs.calendar()
    works = calendar.is_workday(today)
    context = {"today": today, "works": works, "next_workday": None if works else calendar.next_workday(today)}
    return render(request, "portal/home.html", context)


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """Help by people: by telephone, at home, by the family."""
    return render(request, "portal/help.html")


@public
def regulations(request: HttpRequest) -> HttpResponse:
    """What the Regulations mean for whoever brings a matter."""
    return render(request, "portal/regulations.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """How what people tell us is protected."""
    return render(request, "portal/privacy.html", {"days": DRAFT_AGE // DAY})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What these pages do for whoever sees, hears or moves less well, and whom to tell where they fail."""
    return render(request, "portal/accessibility.html")
