"""请上一级复查、复核: until when, of whom, and how – here in a few words, on paper or by phone. The right is the petitioner's;
late with good reason is still in time, which the office records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiyin.cases import services, tracking
from huiyin.cases.models import Case, Clock
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import PETITIONER
from huiyin.web.portal import keeping, matter, status
from huiyin.web.portal.forms import ReviewForm
from huiyin.web.portal.keeping import personal


@personal
def page(request: HttpRequest, no: str) -> HttpResponse:
    """The page; its form, for whoever opened the matter with the second fact, sends the request."""
    case = matter.load(request, no, opened=request.method == "POST")
    if not any(status.running(case, name) for name in status.WINDOWS):
        return redirect("portal-matter", no=no)
    window = status.window(case, clock.today())
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and window and form.is_valid() and _asked(case, window, form):
        messages.success(request, _("您的请求收到了，登记好了。最晚的日子写在下面。"))
        return redirect("portal-matter", no=no)
    return render(request, "portal/review.html", _context(request, case, form))


def _context(request: HttpRequest, case: Case, form: ReviewForm) -> dict[str, Any]:
    today = clock.today()
    return {
        "case": case,
        "form": form,
        "until": status.until_of(case, today=today, calendar=orgs.calendar()) if status.window(case, today) else None,
        "again": status.running(case, "request-rereview") is not None,
        "superior": tracking.reviewer(case),
        "opened": keeping.shown(request, case.no) == keeping.OPENED,
    }


def _asked(case: Case, window: Clock, form: ReviewForm) -> bool:
    action = window.term.replace("request-", "request_")
    facts = {"received_on": clock.today().isoformat(), "request": form.cleaned_data["request"]}
    try:
        services.perform(case, action, by=PETITIONER, now=clock.now(), facts=facts, key=f"portal-{action}:{window.pk}")
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
