"""反映一件事: four screens, each a plain form that is posted, saved and followed by a redirect. Back keeps everything.

The draft begins with the first words; whoever holds its cookie writes on. Only the last screen registers anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases import drafts
from huiyin.cases import filing as service
from huiyin.cases.models import Draft
from huiyin.cases.turns import turn_of
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.web.portal import keeping, matter, papers_page, summary
from huiyin.web.portal.forms import CheckForm, PapersForm, WhatForm, YouForm
from huiyin.web.portal.keeping import personal
from huiyin.web.ui.access import address

TYPED = {"what": ("text",), "you": ("who", *service.PERSON), "check": ("title",)}


@personal
def start(request: HttpRequest) -> HttpResponse:
    """To the first screen; whoever was writing already may go on or begin anew."""
    draft = keeping.open_draft(request)
    if request.method == "POST":
        return _anew(draft)
    if draft is not None and (draft.data.get("text") or draft.data.get("follows")):
        return render(request, "portal/file_again.html", summary.kept(draft))
    return redirect("portal-file-what")


def _anew(draft: Draft | None) -> HttpResponse:
    if draft is not None:
        drafts.discard(draft)
    answer = redirect("portal-file-what")
    keeping.forget_draft(answer)
    return answer


@personal
def what(request: HttpRequest) -> HttpResponse:
    """Screen 1: what happened."""
    draft = keeping.open_draft(request)
    known: dict[str, Any] = {"initial": draft.data, "earlier": drafts.followed(draft)} if draft else {}
    form = WhatForm(request.POST or None, **known)
    if request.method != "POST":
        return _screen(request, "what", form)
    return _turned(request, "what", form, draft, then="portal-file-papers")


@personal
def papers(request: HttpRequest) -> HttpResponse:
    """Screen 2: photos and papers; may be left empty."""
    draft = keeping.open_draft(request)
    if draft is None:
        return redirect("portal-file-what")
    form = PapersForm(request.POST, request.FILES) if request.method == "POST" else PapersForm()
    if request.method == "POST" and papers_page.take(request, draft, form):
        return redirect(papers_page.after(request))
    return _screen(request, "papers", form, {"photos": papers_page.rows(draft)})


@personal
def paper(request: HttpRequest, file_id: int) -> HttpResponse:
    """One of the draft's own files, for its small picture."""
    return papers_page.answer(keeping.draft_of(request), file_id)


@personal
def you(request: HttpRequest) -> HttpResponse:
    """Screen 3: who it is and how to answer."""
    draft = keeping.open_draft(request)
    if draft is None:
        return redirect("portal-file-what")
    _reached(request, "you", draft)
    form = YouForm(request.POST or None, initial=_typed_before(draft), before=service.before(draft))
    if request.method != "POST":
        return _screen(request, "you", form)
    return _turned(request, "you", form, draft, then="portal-file-check")


@personal
def check(request: HttpRequest) -> HttpResponse:
    """Screen 4: everything once more, then it is handed in. A second press gives the same matter."""
    draft = keeping.draft_of(request)
    if draft is not None and draft.case_id is not None:
        return redirect("portal-file-done")
    if draft is None or not draft.data.get("text"):
        return redirect("portal-file-what")
    _reached(request, "check", draft)
    form = CheckForm(request.POST or None, initial={"title": summary.title(draft)})
    if request.method == "POST" and (answer := _handed_in(request, form, draft)):
        return answer
    shown = {"facts": summary.facts(draft), "words": draft.data["text"], "earlier": drafts.followed(draft)}
    return _screen(request, "check", form, shown)


def _handed_in(request: HttpRequest, form: CheckForm, draft: Draft) -> HttpResponse | None:
    if not form.is_valid():
        return None
    drafts.save(draft, data=form.cleaned_data, now=clock.now())
    if request.POST.get("go") == "save":
        return redirect("portal-file-saved")
    try:
        case = service.hand_in(draft, title=form.cleaned_data["title"], address=address(request), now=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return None
    keeping.show(request, case.no, keeping.OPENED)
    return redirect("portal-file-done")


@personal
def saved(request: HttpRequest) -> HttpResponse:
    """Saved for later: until when, and where to go on."""
    draft = keeping.open_draft(request)
    return redirect("portal-file") if draft is None else render(request, "portal/file_saved.html", {"draft": draft})


@require_POST
@personal
def keep(request: HttpRequest, step: str) -> HttpResponse:
    """Keeps what is typed so far, without judging it."""
    answer = HttpResponse(status=204)
    try:
        _keep(request, answer, keeping.open_draft(request), _typed(request, step))
    except Refused:
        answer.status_code = 429
    return answer


def _reached(request: HttpRequest, step: str, draft: Draft) -> None:
    """New facts of an answered matter show who brought it, and are handed in in that name: NotReached where this browser has not shown the
    second fact of that matter, or not lately. What was typed is kept first."""
    no = str(draft.data.get("follows", ""))
    if not no or keeping.shown(request, no) == keeping.OPENED:
        return
    if request.method == "POST":
        drafts.save(draft, data=_typed(request, step), now=clock.now())
    asked = _(
        "请先再打开一次原来的那件事（{no}），这样别人不能用您的名义交。您写的都还在：打开以后，按“补充新的事实”接着写。"
    )
    messages.warning(request, asked.format(no=no))
    matter.load(request, no, opened=True)


def _turned(
    request: HttpRequest, step: str, form: WhatForm | YouForm, draft: Draft | None, *, then: str
) -> HttpResponse:
    """Saves a screen, also one that still lacks something, and goes on to the next."""
    good, later = form.is_valid(), request.POST.get("go") == "save"
    typed = _typed(request, step) | (form.cleaned_data if good else {})
    answer = redirect("portal-file-saved" if later else then) if good or later else _screen(request, step, form)
    try:
        _keep(request, answer, draft, typed)
    except Refused as refused:
        form.refuse(refused)
        return _screen(request, step, form, status=429)
    return answer


def _typed(request: HttpRequest, step: str) -> dict[str, str]:
    """What was typed; a choice that was left open stays open."""
    names = [name for name in TYPED.get(step, ()) if name in request.POST or name != "reply_by"]
    return {name: request.POST.get(name, "").replace("\0", "") for name in names}


def _typed_before(draft: Draft) -> dict[str, Any]:
    """What the third screen holds when it is opened again."""
    return {
        name: draft.data[name]
        for name in TYPED["you"]
        if name in draft.data and (draft.data[name] or name == "reply_by")
    }


def _keep(request: HttpRequest, answer: HttpResponse, draft: Draft | None, data: Mapping[str, Any]) -> None:
    if draft is not None:
        drafts.save(draft, data=data, now=clock.now(), turn=turn_of(request.POST))
        return
    if not any(str(value).strip() for value in data.values()):
        return
    secret = service.begin(address=address(request), now=clock.now(), data=data)[1]
    keeping.remember_draft(answer, request, secret)


def _screen(
    request: HttpRequest, step: str, form: Any, more: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    return render(request, f"portal/file_{step}.html", {"form": form, **(more or {})}, status=status)
