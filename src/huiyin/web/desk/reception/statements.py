"""口头反映: take down, read back, correct, confirm, register – one page for each statement."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_exempt
from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.documents import services as documents
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.kernel.typed import row_number
from huiyin.people.policy import may
from huiyin.reception import papers, statements
from huiyin.reception.models import Confirmation, Statement
from huiyin.web.desk import keeping
from huiyin.web.desk.found import found
from huiyin.web.desk.reception.frame import asked_page, framed, once, pdf
from huiyin.web.ui import refusing
from huiyin.web.ui.access import actor, staff_page
from huiyin.web.ui.pages import Pages

TEXT = forms.Textarea(attrs={"class": "statement-text"})


class NewForm(forms.Form):
    """What is said, as it is said."""

    use_required_attribute = False
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("姓名"), required=False, help_text=gettext_lazy("不愿意说的可以空着"), max_length=60
    )
    via = forms.ChoiceField(
        label=gettext_lazy("怎样说的"), required=False, choices=Statement.Via.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("本人说的话"), required=False, strip=False, widget=TEXT,
        help_text=gettext_lazy("照原话记，用“我”来写；不删减，不替本人下判断"),
    )  # fmt: skip


class CorrectForm(forms.Form):
    """The words again, put right after reading them back."""

    use_required_attribute = False
    text = forms.CharField(label=gettext_lazy("改正以后的话"), required=False, strip=False, widget=TEXT)


class WithdrawForm(forms.Form):
    """What the person said when they did not want to bring the matter after all."""

    use_required_attribute = False
    why = forms.CharField(label=gettext_lazy("本人怎么说的"), required=False, max_length=100)


class ConfirmForm(forms.Form):
    """How it was read back, who was present, what is signed."""

    use_required_attribute = False
    how = forms.ChoiceField(
        label=gettext_lazy("怎样核对的"), required=False, choices=Confirmation.How.choices, widget=forms.RadioSelect
    )
    present = forms.CharField(
        label=gettext_lazy("在场的人"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("例如：本人、女儿、记录人"),
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("纸上有没有签"), required=False, choices=Confirmation.Mark.choices, widget=forms.RadioSelect
    )
    paper = forms.FileField(label=gettext_lazy("签了名的纸的照片或扫描件"), required=False)


@staff_page("reception.see")
def page(request: HttpRequest) -> HttpResponse:
    """The statements that wait for something, all of them; below, page by page, the others."""
    by, number = actor(request), asked_page(request)
    settled = statements.settled(by, page=number)
    pages = Pages(number, statements.PAGE, len(settled[: statements.PAGE]), None, len(settled) > statements.PAGE)
    rows = [*statements.open_ones(by), *settled[: statements.PAGE]]
    context = framed(request, "desk-reception-statements", rows=rows, page=pages)
    return render(request, "desk/reception/statements.html", context)


@staff_page("reception.work")
def new(request: HttpRequest) -> HttpResponse:
    """Takes a statement down."""
    context = framed(request, "desk-reception-statements")
    form = NewForm(refusing.sent(request), auto_id="new-%s", initial={"via": "visit", "key": context["key"]})
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("name", "via", "text")}
        try:
            made = statements.write_down(**facts, key=once(request), by=actor(request), now=clock.now())
            return redirect("desk-reception-statement", statement_id=made.pk)
        except Refused as refused:
            refusing.show(form, refused)
    return render(request, "desk/reception/statement_new.html", {**context, "form": form})


@staff_page("reception.see")
def one(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The words in large type to read back; below, correcting and confirming."""
    row = found(lambda: statements.one(actor(request), statement_id))
    does = {"correct": _correct, "confirm": _confirm, "withdraw": _withdraw}.get(request.POST.get("do", ""))
    if does is None or not may(actor(request), "reception.work"):
        return _shown(request, row)
    return does(request, row)


def _correct(request: HttpRequest, row: Statement) -> HttpResponse:
    form = CorrectForm(request.POST, auto_id="correct-%s")
    form.is_valid()
    given = {"statement_id": row.pk, "seen": _seen(request), "by": actor(request), "now": clock.now()}
    try:
        statements.correct(text=form.cleaned_data.get("text", ""), **given)  # type: ignore[arg-type]
    except Refused as refused:
        return _refused(request, row, refused, correct=form)
    messages.success(request, _("改好了，请再念一遍给本人听。"))
    return redirect("desk-reception-statement", statement_id=row.pk)


def _confirm(request: HttpRequest, row: Statement) -> HttpResponse:
    form, by, now = ConfirmForm(request.POST, request.FILES, auto_id="confirm-%s"), actor(request), clock.now()
    form.is_valid()
    taken = keeping.take(request.FILES.getlist("paper"), request.POST.getlist("kept"), by=by, now=now)
    given = {name: form.cleaned_data.get(name, "") for name in ("how", "present", "mark")}
    try:
        if taken.refused:
            raise taken.refused[0]
        statements.confirm(statement_id=row.pk, seen=_seen(request), paper_id=_paper(taken), by=by, now=now, **given)
    except Refused as refused:
        return _refused(request, row, refused, confirm=form, kept=taken.files)
    messages.success(request, _("本人确认了，现在可以登记。"))
    return redirect("desk-reception-statement", statement_id=row.pk)


def _paper(taken: keeping.Taken) -> int | None:
    return taken.files[-1].id if taken.files else None


def _withdraw(request: HttpRequest, row: Statement) -> HttpResponse:
    form = WithdrawForm(request.POST, auto_id="withdraw-%s")
    form.is_valid()
    why = form.cleaned_data.get("why", "")
    try:
        statements.withdraw(statement_id=row.pk, why=why, by=actor(request), now=clock.now())
    except Refused as refused:
        return _refused(request, row, refused, withdraw=form)
    messages.success(request, _("记下了：本人不提了。"))
    return redirect("desk-reception-statements")


def _seen(request: HttpRequest) -> int:
    return row_number(request.POST.get("seen", "")) or 0


def _refused(request: HttpRequest, row: Statement, refused: Refused, **forms_shown: Any) -> HttpResponse:
    form = next(forms_shown[name] for name in ("correct", "withdraw", "confirm") if name in forms_shown)
    refusing.show(form, refused, {"files": "paper"})
    fresh = statements.one(actor(request), row.pk)
    return _shown(request, fresh, status=409 if isinstance(refused, Conflict) else 200, **forms_shown)


def _shown(request: HttpRequest, row: Statement, *, status: int = 200, **forms_shown: Any) -> HttpResponse:
    version = statements.latest(row)
    done = row.state == Statement.State.CONFIRMED
    withdraw = forms_shown.get("withdraw") or WithdrawForm(auto_id="withdraw-%s")
    context = framed(
        request, "desk-reception-statements", row=row, version=version, done=done, kept=forms_shown.get("kept", []),
        correct=forms_shown.get("correct") or CorrectForm(initial={"text": version.text}, auto_id="correct-%s"),
        confirm=forms_shown.get("confirm") or ConfirmForm(initial={"how": "aloud"}, auto_id="confirm-%s"),
        correcting="correct" in forms_shown, withdraw=withdraw, older=[each for each in row.versions.all() if each.number < row.latest],
    )  # fmt: skip
    return render(request, "desk/reception/statement.html", context, status=status)


@staff_page("reception.work")
@require_POST
def register(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Opens the registration form with the confirmed words in it."""
    by = actor(request)
    found(lambda: statements.one(by, statement_id))
    try:
        draft = statements.begin_registration(statement_id=statement_id, by=by, now=clock.now())
    except Refused as refused:
        messages.warning(request, refused.say(get_language() or "zh"))
        return redirect("desk-reception-statement", statement_id=statement_id)
    if draft.case:
        return redirect("desk-registered", no=draft.case.no)
    return redirect("desk-register-draft", draft_id=draft.pk)


@csp_exempt()  # the browser's own PDF viewer does not work under our policy; nothing here is HTML
@staff_page("reception.see")
def sheet(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The sheet to be signed, in large print on A4."""
    row = found(lambda: statements.one(actor(request), statement_id))
    return pdf(papers.sheet_pdf(row, now=clock.now()), f"statement-{row.pk}.pdf")


@csp_exempt()
@staff_page("reception.see")
def scan(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The scan of the signed sheet, as it came."""
    row = found(lambda: statements.one(actor(request), statement_id))
    paper = row.confirmation.paper if row.state == Statement.State.CONFIRMED else None
    if paper is None:
        raise Http404
    content = found(lambda: documents.open_file(paper))
    return FileResponse(content, as_attachment=True, filename=paper.name, content_type=paper.mime)  # type: ignore[return-value]
