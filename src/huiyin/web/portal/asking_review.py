"""请上一级复查、复核: until when, of whom, and how – here in a few words, on paper or by phone. The right is the petitioner's;
late with good reason is still in time, which the office records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiyin.cases import services, tracking, wishes
from huiyin.cases.facts import digest_of
from huiyin.cases.models import Case
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
    form = ReviewForm(request.POST or None, initial=wishes.initial(case))
    if not _running(case) and not form["request"].data:
        return redirect("portal-matter", no=no)
    if request.method == "POST" and form.is_valid() and _asked(case, form):
        messages.success(request, _("您的请求收到了，登记好了。最晚的日子写在下面。"))
        return redirect("portal-matter", no=no)
    return render(request, "portal/review.html", _context(request, case, form))


def _running(case: Case) -> bool:
    return any(status.running(case, name) for name in status.WINDOWS)


def _context(request: HttpRequest, case: Case, form: ReviewForm) -> dict[str, Any]:
    today = clock.today()
    again = status.running(case, "request-rereview") is not None
    return {
        "case": case,
        "form": form,
        "until": status.until_of(case, today=today, calendar=orgs.calendar()) if status.window(case, today) else None,
        "offered": wishes.dissatisfied(case),
        "again": again,
        "superior": tracking.reviewer(case) or (_("看复查意见书最后写的单位") if again else ""),
        "over": _is_over(case),
        "opened": keeping.shown(request, case.no) == keeping.OPENED,
    }


def _asked(case: Case, form: ReviewForm) -> bool:
    window = status.window(case, clock.today())
    if window is None:
        if _sent_before(case, form):
            return True
        form.refuse(_too_late(case))
        return False
    action = window.term.replace("request-", "request_")
    facts = {"received_on": clock.today().isoformat(), "request": form.cleaned_data["request"]}
    key = f"portal-{action}:{window.pk}"
    try:
        services.perform(case, action, by=PETITIONER, now=clock.now(), facts=facts, key=key, asked=digest_of(facts))
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _sent_before(case: Case, form: ReviewForm) -> bool:
    """Whether the same words were handed in already, by a second click on the button."""
    words = form.cleaned_data["request"]
    return any(event.facts.get("request") == words for event in case.events.all())


def _too_late(case: Case) -> Refused:
    if _is_over(case):
        return Refused(
            "复查期已经过了，这里交不上去。请打电话给我们，您写的还在下面。",
            "The time to ask has passed, so it can't be sent here. Please phone us; what you wrote is below.",
        )
    return Refused(
        "已经请求过了，这次没有再交。有要补充的，请打电话给我们，您写的还在下面。",
        "A review was asked for already; this was not sent again. To add something, please phone us; what you wrote is below.",
    )


def _is_over(case: Case) -> bool:
    """Whether the last period to ask in ran out, rather than being used."""
    windows = sorted((row for row in case.clocks.all() if row.term in status.WINDOWS), key=lambda row: row.pk)
    last = windows[-1] if windows else None
    return last is not None and (last.outcome == "lapsed" or (last.stopped_on is None and last.due_on < clock.today()))
