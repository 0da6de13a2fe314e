"""撤回这件事, within ten minutes of handing it in: asked once more, then done. One of several takes back their own part alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from huiyin.cases import services, tracking
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.people.policy import PETITIONER
from huiyin.procedure.editions.persons_2022 import OWN_PART
from huiyin.web.portal import keeping, matter
from huiyin.web.portal.forms import OwnPartForm, TakeBackForm
from huiyin.web.portal.keeping import personal
from huiyin.web.ui.access import address


@personal
def page(request: HttpRequest, no: str) -> HttpResponse:
    """The question and its answer."""
    case = matter.load(request, no, opened=True)
    if case.state == "withdrawn":
        return redirect("portal-matter", no=no)
    may = matter.may_do(case, now=clock.now())
    if may.own_part:
        return _own_part(request, case)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.perform(case, "take_back", by=PETITIONER, now=clock.now(), facts=form.cleaned_data)
            return redirect("portal-matter", no=no)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "portal/take_back.html", {"case": case, "form": form, "possible": may.take_back})


def _own_part(request: HttpRequest, case: Case) -> HttpResponse:
    """What it means for the others, and who it is. Afterwards this browser doesn't know the matter any more: it is the others'."""
    form = OwnPartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            now = clock.now()
            services.perform(
                case, OWN_PART, by=PETITIONER, now=now, facts=_facts(case, form.cleaned_data, address(request), now)
            )
            return _done(request, case)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "portal/take_back_own.html", {"case": case, "form": form, "done": False})


def _done(request: HttpRequest, case: Case) -> HttpResponse:
    keeping.forget(request, case.no)
    answer = render(request, "portal/take_back_own.html", {"case": case, "done": True})
    keeping.forget_draft(answer)
    return answer


def _facts(case: Case, typed: dict[str, Any], source: str, now: datetime) -> dict[str, Any]:
    who = tracking.which(case, name=typed["name"], tail=typed["tail"], address=source, now=now)
    return {"who": who, "way": "web", "on": clock.on(now), "freely": True, "reason": typed["reason"]}
