"""Linking matters at the desk, and undoing it: each with a reason, on a page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases import links
from huiyin.cases import new_facts as beginning
from huiyin.cases.links import Act
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.people.policy import Actor
from huiyin.web.desk import linked
from huiyin.web.desk.loading import NotYours, load
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page


class LinkForm(forms.Form):
    """Which matter, how it belongs to this one, and why; what is missing the service says."""

    use_required_attribute = False
    other = forms.CharField(label=gettext_lazy("另一件的编号"), required=False)
    kind = forms.CharField(label=gettext_lazy("是什么关系"), required=False, widget=forms.Select)
    reason = forms.CharField(label=gettext_lazy("为什么"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "link-%s", **options})
        self.fields["kind"].widget.choices = [("", _("请选")), *linked.kinds()]


class UndoForm(forms.Form):
    """Why the two do not belong together after all."""

    use_required_attribute = False
    reason = forms.CharField(label=gettext_lazy("为什么撤销"), required=False, widget=forms.Textarea)


@staff_page("cases.link")
def join(request: HttpRequest, no: str) -> HttpResponse:
    """The form that links this matter to another; what was typed stays where it is refused."""
    case, actor = load(request, no, "whole"), request.actor  # type: ignore[attr-defined]
    form = LinkForm(refusing.sent(request), initial={"other": request.GET.get("other", "")[:20]})
    status = _joined(form, case, actor) if form.is_valid() else 200
    if status == 302:
        messages.success(request, _("连在一起了，两件的页面上都看得到。"))
        return redirect("desk-case", no=no)
    offered = links.offered(case, actor, links.acts(case, actor))
    return render(request, "desk/links/join.html", {"form": form, "case": case, "offered": offered}, status=status)


def _joined(form: LinkForm, case: Case, by: Actor) -> int:
    given = form.cleaned_data
    try:
        links.join(case, given["other"], by=by, now=clock.now(), kind=given["kind"], reason=given["reason"])
    except Refused as refused:
        return _refused(form, refused)
    return 302


def _refused(form: forms.Form, refused: Refused) -> int:
    if isinstance(refused, Forbidden):
        raise NotYours(refused) from refused
    refusing.show(form, refused)
    return 409 if isinstance(refused, Conflict) else 200


@staff_page("cases.register")
@require_POST
def new_facts(request: HttpRequest, no: str) -> HttpResponse:
    """补充新情况: opens the registration of a new matter, filled in as far as known and linked to this one when it is sent."""
    case, actor = load(request, no, "whole"), request.actor  # type: ignore[attr-defined]
    try:
        draft = beginning.begin(case, by=actor, now=clock.now())
    except Forbidden as refused:
        raise NotYours(refused) from refused
    except Refused as refused:
        messages.warning(request, refused.say(get_language() or "zh"))
        return redirect("desk-case", no=no)
    return redirect("desk-register-draft", draft_id=draft.pk)


@staff_page("cases.link")
def undo(request: HttpRequest, no: str, other: str) -> HttpResponse:
    """Asks why, and undoes the link; what was recorded of it stays in both records."""
    case, actor = load(request, no, "whole"), request.actor  # type: ignore[attr-defined]
    act = _standing(case, other, actor)
    form = UndoForm(refusing.sent(request), auto_id="undo-%s")
    status = _undone(request, form, case, act) if form.is_valid() else 200
    if status == 302:
        messages.success(request, _("撤销了。经过里还看得到。"))
        return redirect("desk-case", no=no)
    shown = {"form": form, "case": case, "act": act, "how": linked.side(act), "by": linked.by_whom(act.row)}
    return render(request, "desk/links/undo.html", shown, status=status)


def _standing(case: Case, other: str, actor: Actor) -> Act:
    """The last act on the two matters that this actor may see, whether the link still stands or not; 404 if there is none."""
    found = [act for act in links.acts(case, actor) if act.other.no == other and links.may(actor, act.other)]
    if not found:
        raise Http404
    return found[-1]


def _undone(request: HttpRequest, form: UndoForm, case: Case, act: Act) -> int:
    seq = request.POST.get("seq", "")
    try:
        links.part(
            case, act.other.no, by=request.actor, now=clock.now(), reason=form.cleaned_data["reason"],  # type: ignore[attr-defined]
            seq=int(seq) if seq.isascii() and seq.isdigit() and len(seq) < 9 else 0,
        )  # fmt: skip
    except Refused as refused:
        return _refused(form, refused)
    return 302
