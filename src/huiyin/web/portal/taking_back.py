"""撤回这件事, within ten minutes of handing it in: asked once more, then done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from huiyin.cases import services
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.people.policy import PETITIONER
from huiyin.web.portal import matter
from huiyin.web.portal.forms import TakeBackForm
from huiyin.web.portal.keeping import personal


@personal
def page(request: HttpRequest, no: str) -> HttpResponse:
    """The question and its answer."""
    case, form = matter.load(request, no, opened=True), TakeBackForm(request.POST or None)
    if case.state == "withdrawn":
        return redirect("portal-matter", no=no)
    if request.method == "POST" and form.is_valid():
        try:
            services.perform(case, "take_back", by=PETITIONER, now=clock.now(), facts=form.cleaned_data)
            return redirect("portal-matter", no=no)
        except Refused as refused:
            form.refuse(refused)
    possible = matter.may_do(case, now=clock.now()).take_back
    return render(request, "portal/take_back.html", {"case": case, "form": form, "possible": possible})
