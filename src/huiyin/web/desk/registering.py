"""登记: one page for a matter that comes in. Everything typed is kept as a draft from the first letter on."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases import drafts, holding, queries
from huiyin.cases.models import CaseFile, Draft
from huiyin.cases.turns import turn_of
from huiyin.documents import services as documents
from huiyin.jobs import scans
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.web.desk import following, registration
from huiyin.web.desk.loading import load
from huiyin.web.desk.registration import RegistrationForm
from huiyin.web.ui.access import actor, staff_page

CHANNELS_BY_KEY = {"letter", "visit", "phone", "fax", "superior", "hotline", "leader", "community"}
FOLLOWS = frozenset({"chosen", "dates", "remedies"})
ONLY_LOOKS = frozenset({"look", "upload", "someone-else"})


@staff_page("cases.register")
def start(request: HttpRequest) -> HttpResponse:
    """A fresh form under an id of its own; nothing is stored before something is typed."""
    channel = request.GET.get("channel", "letter")
    query = f"?channel={channel}" if channel in CHANNELS_BY_KEY else ""
    return redirect(f"/desk/register/{uuid.uuid4()}/{query}")


@staff_page("cases.register")
def page(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The form; sent, it keeps what was typed and then does what the button says."""
    if request.method != "POST":
        return _shown(request, draft_id, _mine(request, draft_id))
    draft = _kept(request, draft_id)
    if draft.case:
        return redirect("desk-registered", no=draft.case.no)
    answer = _answered(request, draft)
    drafts.discard_blank(draft, beside=registration.PRESET)
    return answer


def _answered(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What the button says, done with what was kept."""
    if request.FILES.getlist("scan"):
        return _take_scan(request, draft)
    if request.POST.get("do") == "someone-else":
        drafts.save(draft, data={"person": "", "person_q": ""}, now=clock.now())
    if request.POST.get("lookup") or request.POST.get("do") in ONLY_LOOKS:
        return _shown(request, draft.pk, draft)
    if request.POST.get("do") == "later":
        if drafts.is_blank(draft, beside=registration.PRESET):
            messages.info(request, _("还什么都没有填，没有存草稿。"))
        else:
            messages.success(request, _("存好了，在“我的一天”里可以接着登记。"))
        return redirect("desk-register")
    return _register(request, draft)


@staff_page("cases.register")
@require_POST
def save(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Keeps what is typed so far."""
    drafts.discard_blank(_kept(request, draft_id), beside=registration.PRESET)
    return HttpResponse(status=204)


@staff_page("cases.register")
@require_POST
def discard(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Throws a draft away at its owner's word."""
    if draft := _mine(request, draft_id):
        drafts.discard(draft)
        messages.success(request, _("这份草稿不要了。"))
    return redirect("desk-today")


@staff_page("cases.register")
@require_POST
def remove(request: HttpRequest, draft_id: uuid.UUID, file_id: int) -> HttpResponse:
    """Takes a scan out of the draft."""
    if draft := _mine(request, draft_id):
        drafts.remove_file(draft, file_id, now=clock.now())
    return redirect("desk-register-draft", draft_id=draft_id)


@staff_page("cases.register")
@require_POST
def people(request: HttpRequest) -> HttpResponse:
    """The retirees who fit what is typed, as options of the look-up."""
    typed, typing = request.POST.get("q", "")[:60], bool(request.POST.get("typing"))
    options = registration.found_people(typed, by=actor(request), typing=typing)
    return render(request, "desk/register_people.html", {"options": options})


@staff_page("cases.register")
@require_POST
def follow(request: HttpRequest, part: str) -> HttpResponse:
    """What follows from what is typed now, as a fragment: `chosen`, `dates` or `remedies`. Nothing is stored."""
    if part not in FOLLOWS:
        raise Http404
    return render(request, f"desk/register.html#{part}", _following(request, registration.typed_in(request.POST)))


@staff_page("cases.register")
def reading(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """How far the scan is read, as a fragment that asks for itself again until all pages are done."""
    draft = _mine(request, draft_id)
    return render(request, "desk/register.html#reading", {"scan": registration.scan_of(draft), "draft_id": draft_id})


@staff_page("cases.register")
def picture(request: HttpRequest, draft_id: uuid.UUID, page_id: int) -> HttpResponse:
    """The picture of a page of one's own draft."""
    draft = _mine(request, draft_id)
    found = next((one for one in drafts.scan_pages(draft) if one.pk == page_id), None) if draft else None
    if found is None:
        raise Http404
    with documents.open_content(found.picture_sha256) as kept:
        return HttpResponse(kept.read(), content_type="image/jpeg")


@staff_page("cases.register")
def registered(request: HttpRequest, no: str) -> HttpResponse:
    """What was registered: number, receipt, what comes next; the way to the next letter."""
    case = load(request, no, "whole")
    waiting, alone = queries.drafts(actor(request)), holding.accuses_everybody(case)
    return render(request, "desk/registered.html", {"case": case, "waiting": waiting, "accuses_everybody": alone})


def _mine(request: HttpRequest, draft_id: uuid.UUID) -> Draft | None:
    try:
        return drafts.mine(actor(request), draft_id)
    except Refused:
        return None


def _kept(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    try:
        draft = drafts.at_desk(actor(request), draft_id, now=clock.now())
    except Refused as refused:
        raise Http404 from refused
    data, turn = registration.typed_in(request.POST), turn_of(request.POST)
    drafts.save(draft, data=data, now=clock.now(), turn=turn)
    return draft


def _take_scan(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = None
    for upload in request.FILES.getlist("scan"):
        try:
            _take_one(request, draft, upload)
        except Refused as refused:
            form = form or RegistrationForm(draft.data)
            form.refuse(refused)
    return _shown(request, draft.pk, draft, form) if form else redirect("desk-register-draft", draft_id=draft.pk)


def _take_one(request: HttpRequest, draft: Draft, upload: object) -> None:
    now, by = clock.now(), actor(request)
    file = documents.keep_upload(upload, by=by.name, now=now, for_scan=True)  # type: ignore[arg-type]
    scans.queue(file)
    drafts.add_file(draft, file, purpose=CaseFile.Purpose.ORIGINAL, now=now)


def _register(request: HttpRequest, draft: Draft) -> HttpResponse:
    now = clock.now()
    facts = registration.facts_of(draft.data, today=clock.on(now))
    try:
        case = drafts.hand_in(draft, facts=facts, by=actor(request), now=now)
    except Refused as refused:
        form = RegistrationForm(draft.data)
        form.refuse(refused)
        return _shown(request, draft.pk, draft, form)
    return redirect("desk-registered", no=case.no)


def _shown(
    request: HttpRequest, draft_id: uuid.UUID, draft: Draft | None, form: RegistrationForm | None = None
) -> HttpResponse:
    now = clock.now()
    typed = dict(draft.data) if draft else registration.starting(clock.on(now), request.GET.get("channel", "letter"))
    scan = registration.scan_of(draft)
    if not typed.get("text", "").strip() and not scan["reading"]:
        typed["text"] = scan["read_text"]
    form = form or RegistrationForm(initial=typed)
    shown = typed.get("person_q", "")
    results = registration.found_people(shown, by=actor(request)) if request.POST.get("lookup") else None
    context = {
        "form": form,
        "scan": scan,
        "draft_id": draft_id,
        "draft": draft,
        "shown": shown,
        "results": results,
        "follows": typed.get("follows", ""),
    }
    return render(request, "desk/register.html", context | _following(request, typed))


def _following(request: HttpRequest, typed: dict[str, str]) -> dict[str, Any]:
    return {
        "chosen": following.chosen(typed, by=actor(request)),
        "dates": following.dates(typed, now=clock.now()),
        "remedies": following.remedies(typed),
    }
