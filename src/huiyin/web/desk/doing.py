"""Taking a step: the page generated from the procedure's table, its drafts, its previews, and the one door behind it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases import policy, queries, step_drafts
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.procedure.actions import Action
from huiyin.procedure.editions import edition
from huiyin.web.desk.loading import NotYours, load
from huiyin.web.desk.opinion import OpinionSheet
from huiyin.web.desk.sheets import Sheet
from huiyin.web.desk.splitting import SplitSheet
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.time_parts import said

SHEETS: dict[str, type[Sheet]] = {"draft": OpinionSheet, "split": SplitSheet}
LOOKS = {"effects": "desk/do.html#effects", "letter": "desk/opinion.html#letter"}


@staff_page("cases.see")
def page(request: HttpRequest, no: str, action: str) -> HttpResponse:
    """The form of a step; sent, it takes the step or says what stands in the way and keeps what was typed."""
    sheet = _sheet(request, no, action)
    if look := request.POST.get("look", ""):
        return _look(sheet, look)
    if sheet.sent and not request.POST.get("add") and not request.POST.get("lookup") and (taken := _taken(sheet)):
        return taken
    return render(request, sheet.template, sheet.context(), status=409 if sheet.conflict else 200)


def _taken(sheet: Sheet) -> HttpResponse | None:
    try:
        event = sheet.take()
    except Forbidden as refused:
        raise NotYours(refused) from refused
    if event is None:
        return None
    messages.success(sheet.request, _("已记下：{step}。").format(step=said(sheet.step.done)))
    return HttpResponseRedirect(_after(sheet))


def _after(sheet: Sheet) -> str:
    """The page of the case; one's day, if the step took the case out of one's reach."""
    try:
        queries.seen_by(sheet.actor, sheet.case.no)
    except Forbidden:
        return reverse("desk-today")
    return reverse("desk-case", args=[sheet.case.no])


def _look(sheet: Sheet, look: str) -> HttpResponse:
    """A preview: the effects or the letter as a fragment, the letter as PDF, or the whole page again without a script."""
    if look == "pdf" and isinstance(sheet, OpinionSheet):
        return _pdf(sheet)
    template = LOOKS.get(look, sheet.template) if getattr(sheet.request, "htmx", False) else sheet.template
    return render(sheet.request, template, sheet.context())


def _pdf(sheet: OpinionSheet) -> HttpResponse:
    try:
        return HttpResponse(sheet.paper(), content_type="application/pdf")
    except Refused as refused:
        sheet.refuse(refused)
        return render(sheet.request, sheet.template, sheet.context())


@staff_page("cases.see")
@require_POST
def draft(request: HttpRequest, no: str, action: str) -> HttpResponse:
    """Keeps what is typed so far (204), or forgets it and opens the empty form."""
    sheet = _sheet(request, no, action)
    if request.POST.get("forget"):
        step_drafts.drop(sheet.case, sheet.step.name, by=sheet.actor)
        return HttpResponseRedirect(reverse("desk-do", args=[no, action]))
    sheet.keep_typed()
    return HttpResponse(status=204)


def _sheet(request: HttpRequest, no: str, action: str) -> Sheet:
    case = load(request, no)
    step = _step(request, case, action)
    return SHEETS.get(action, Sheet)(request, case, step, moment=clock.now())


def _step(request: HttpRequest, case: Case, name: str) -> Action:
    step = edition(case.edition).actions.get(name)
    if step is None or not step.sources:
        raise Http404
    if not (decision := policy.may(request.actor, step, case)):  # type: ignore[attr-defined]
        raise NotYours(Forbidden(decision.why.zh, decision.why.en))
    return step
