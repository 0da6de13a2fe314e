"""The sheet of an office: its questions, what was found, and whose signature it waits for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.kernel import clock
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.kernel.typed import row_number
from huiyin.screening import queries, sheets
from huiyin.screening.models import Sheet
from huiyin.web.desk.found import found
from huiyin.web.desk.loading import NotYours
from huiyin.web.desk.screening.answering import Answering
from huiyin.web.desk.screening.fields import ComingDay, Kept, text
from huiyin.web.ui.access import staff_page

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "do"})


@staff_page("screening.see")
def page(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """The sheet; sent, it is saved, and filled or signed as the button says."""
    answering = Answering(request, _one(request, sheet_id))
    if answering.sent and (saved := answering.save()):
        messages.success(request, answering.done_words())
        return redirect("desk-screening-sheet", sheet_id=saved.pk)
    return render(request, "desk/screening/sheet.html", answering.context(), status=409 if answering.conflict else 200)


def _one(request: HttpRequest, sheet_id: int) -> Sheet:
    return found(lambda: queries.sheet(request.actor, sheet_id))  # type: ignore[attr-defined]


@staff_page("screening.see")
@require_POST
def draft(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Keeps what is typed so far for this person (204), or forgets it and opens the sheet as it is stored."""
    sheet, actor = _one(request, sheet_id), request.actor  # type: ignore[attr-defined]
    if request.POST.get("forget"):
        sheets.forget(sheet, by=actor)
        return redirect("desk-screening-sheet", sheet_id=sheet.pk)
    typed = {name: str(value) for name, value in request.POST.items() if name not in NOT_TYPED}
    version = row_number(request.POST.get("version", "")) or 0
    try:
        sheets.keep(sheet, by=actor, now=clock.now(), typed=typed, version=version)
    except Forbidden as refused:
        raise NotYours(refused) from refused
    return HttpResponse(status=204)


class ReturnForm(Kept):
    """Why a sheet goes back, and until when it comes again."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="return-%s")
        self.fields["reason"] = text(_("退回原因，要补充什么"))
        self.fields["due_on"] = ComingDay(label=_("哪天前再交"), today=clock.today())


@staff_page("screening.see")
def give_back(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """退回补充."""
    sheet = _one(request, sheet_id)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if not sheets.may_return(request.actor, sheet):  # type: ignore[attr-defined]
        messages.error(request, _("这张表现在不能由您退回。"))
        return redirect("desk-screening-sheet", sheet_id=sheet.pk)
    if form.is_bound and _returned(request, sheet, form):
        return redirect("desk-screening-sheet", sheet_id=sheet.pk)
    return render(request, "desk/screening/return.html", {"sheet": sheet, "form": form})


def _returned(request: HttpRequest, sheet: Sheet, form: ReturnForm) -> bool:
    try:
        sheets.give_back(sheet, by=request.actor, now=clock.now(), typed=form.typed)  # type: ignore[attr-defined]
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("退回了，原因写在表上。"))
    return True
