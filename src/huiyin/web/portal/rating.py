"""请您说说，我们办得怎么样: four aspects, each of which may be left out, and words. Once; afterwards it shows what was said."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiyin.cases import queries, services
from huiyin.cases.facts import digest_of
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.people.policy import PETITIONER
from huiyin.web.portal import matter
from huiyin.web.portal.forms import RateForm
from huiyin.web.portal.keeping import personal


@personal
def page(request: HttpRequest, no: str) -> HttpResponse:
    """The form; sent, the rating is kept as it was given."""
    case = matter.load(request, no, opened=True)
    may = matter.may_do(case, now=clock.now())
    if not may.rate:
        if request.method == "POST":
            messages.info(request, _("评价只收一次，您的评价在下面。"))
        return redirect("portal-matter", no=no)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept(case, form):
        messages.success(request, _("谢谢您，评价收到了。"))
        return redirect("portal-review" if _may_ask(form, no) else "portal-matter", no=no)
    context = {"case": case, "form": form, "days": settings.EVALUATION_DAYS, "may_review": may.review}
    return render(request, "portal/rate.html", context)


def _may_ask(form: RateForm, no: str) -> bool:
    """Whether to offer a review: something was rated as not satisfying, and it can still be asked for. The petitioner decides."""
    fresh = queries.find(no)
    dissatisfied = "dissatisfied" in form.cleaned_data.values()
    return dissatisfied and fresh is not None and matter.may_do(fresh, now=clock.now()).review


def _kept(case: Case, form: RateForm) -> bool:
    facts = {**form.cleaned_data, "via": "portal"}
    key = f"portal-rating:{case.pk}:{_answer(case)}"
    try:
        services.perform(case, "evaluate", by=PETITIONER, now=clock.now(), facts=facts, key=key, asked=digest_of(facts))
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _answer(case: Case) -> int:
    """Which answer is rated: the number of the act that asked for a rating anew, 0 for the first answer."""
    marks = ((event.seq, event.effects.get("marks", {})) for event in case.events.all())
    return max((seq for seq, mark in marks if mark.get("evaluated", "") is None), default=0)
