"""One finding: written, mended, made an early case with one button, settled, or handed on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.kernel.typed import one_line, row_number
from huiyin.screening import findings, policy, queries, sheets
from huiyin.screening.models import Finding, Sheet
from huiyin.web.desk.found import found
from huiyin.web.desk.loading import NotYours
from huiyin.web.desk.screening import finding_page
from huiyin.web.desk.screening.fields import Kept
from huiyin.web.desk.screening.finding_page import FindingForm, HandForm, SettleForm
from huiyin.web.ui.access import staff_page


@staff_page("screening.see")
def page(request: HttpRequest, finding_id: int) -> HttpResponse:
    """What it is, who owns it, what came of it or may come of it now."""
    one, actor = _one(request, finding_id), request.actor  # type: ignore[attr-defined]
    return render(request, "desk/screening/finding.html", finding_page.context(one, actor))


def _one(request: HttpRequest, finding_id: int) -> Finding:
    return found(lambda: queries.finding(request.actor, finding_id))  # type: ignore[attr-defined]


@staff_page("screening.see")
def new(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Writes a finding on a sheet."""
    sheet, actor = found(lambda: queries.sheet(request.actor, sheet_id)), request.actor  # type: ignore[attr-defined]
    if not policy.may_fill(actor, sheet) or sheet.state not in sheets.EDITABLE:
        messages.error(request, _("这张表现在不能由您写发现。"))
        return redirect("desk-screening-sheet", sheet_id=sheet.pk)
    form = FindingForm(sheet, _sent(request), finding_page.first(sheet, actor, request.GET.get("question", "")))
    key = one_line(request.POST.get("key", "")[:32]) or uuid.uuid4().hex
    saved, status = _tried(form, lambda: _added(sheet, actor, form, key))
    if saved:
        messages.success(request, _("发现写好了。"))
        return redirect("desk-screening-sheet", sheet_id=sheet.pk)
    return render(
        request, "desk/screening/finding_edit.html", {"form": form, "sheet": sheet, "key": key}, status=status
    )


def _added(sheet: Sheet, actor: Any, form: FindingForm, key: str) -> Any:
    return findings.add(sheet, by=actor, now=clock.now(), typed=form.typed, key=f"desk:{actor.staff_id}:{key}")


@staff_page("screening.see")
def edit(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Mends a finding, its owner and its date while nothing has come of it."""
    one = _changeable(request, finding_id)
    form = FindingForm(one.sheet, _sent(request), finding_page.initial(one))
    saved, status = _tried(form, lambda: _changed(request, one, form))
    if saved:
        messages.success(request, _("改好了。"))
        return redirect("desk-screening-finding", finding_id=one.pk)
    version = _one(request, finding_id).version if status == 409 else one.version
    here = {"form": form, "sheet": one.sheet, "finding": one, "version": version}
    return render(request, "desk/screening/finding_edit.html", here, status=status)


def _changed(request: HttpRequest, one: Finding, form: FindingForm) -> Any:
    version = row_number(request.POST.get("version", "")) or 0
    return findings.change(one, by=request.actor, now=clock.now(), typed=form.typed, version=version)  # type: ignore[attr-defined]


@staff_page("screening.see")
def settle(request: HttpRequest, finding_id: int) -> HttpResponse:
    """当场解决."""
    return _ended(request, finding_id, SettleForm(_sent(request)), findings.settle, _("当场解决"))


@staff_page("screening.see")
def hand(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Handed to a body outside."""
    return _ended(request, finding_id, HandForm(_sent(request)), findings.hand, _("转给别的单位"))


def _ended(request: HttpRequest, finding_id: int, form: Kept, act: Callable[..., Any], title: str) -> HttpResponse:
    one, actor = _changeable(request, finding_id), request.actor  # type: ignore[attr-defined]
    saved, status = _tried(form, lambda: act(one, by=actor, now=clock.now(), typed=form.typed))
    if saved:
        messages.success(request, _("记下了，这条发现有着落了。"))
        return redirect("desk-screening-finding", finding_id=one.pk)
    here = {"form": form, "finding": one, "title": title}
    return render(request, "desk/screening/outcome.html", here, status=status)


@staff_page("screening.see")
@require_POST
def case(request: HttpRequest, finding_id: int) -> HttpResponse:
    """立为早期事项, with one button."""
    one = _changeable(request, finding_id)
    try:
        made = findings.make_case(one, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    except Forbidden as refused:
        raise NotYours(refused) from refused
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
        return redirect("desk-screening-finding", finding_id=one.pk)
    messages.success(request, _("立为事项{no}，由{name}负责。").format(no=made.no, name=one.owner.name))
    return redirect("desk-screening-finding", finding_id=one.pk)


def _changeable(request: HttpRequest, finding_id: int) -> Finding:
    """The finding, for whoever may change it; 403 for the others who see it."""
    one = _one(request, finding_id)
    if not policy.may_handle(request.actor, one):  # type: ignore[attr-defined]
        raise NotYours(Forbidden("这条发现不归您处理。", "This finding is not yours to handle."))
    return one


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _tried(form: Kept, act: Callable[[], Any]) -> tuple[Any, int]:
    """What `act` gives for a form that was sent, and the status of the page that shows it again if it was refused."""
    if not form.is_bound:
        return None, 200
    try:
        return act(), 200
    except Forbidden as refused:
        raise NotYours(refused) from refused
    except Refused as refused:
        form.refuse(refused)
        return None, 409 if isinstance(refused, Conflict) else 200
