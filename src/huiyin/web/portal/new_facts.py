"""补充新的事实: from an answered matter to the screens of filing, whose draft follows it. What happens then is said before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from huiyin.cases import drafts, links
from huiyin.cases import new_facts as service
from huiyin.cases.models import Case, Draft
from huiyin.kernel import clock, ids
from huiyin.kernel.errors import Refused
from huiyin.web.portal import keeping, matter, summary
from huiyin.web.portal.forms import PlainForm
from huiyin.web.portal.keeping import personal
from huiyin.web.ui.access import address

SALT = "portal.new-facts"


@personal
def page(request: HttpRequest, no: str) -> HttpResponse:
    """What becomes of new facts; one press leads to the first screen, in a draft that is theirs."""
    case, form = matter.load(request, no, opened=True), PlainForm(request.POST or None)
    writing, key = keeping.open_draft(request), _key(request, no)
    if not service.may_petitioner(case):
        return redirect("portal-matter", no=no)
    if request.method == "POST":
        try:
            return _begun(request, case, writing, key)
        except Refused as refused:
            messages.warning(request, refused.say(get_language() or "zh"))
    return render(request, "portal/new_facts.html", _context(case, form, writing) | {"key": _signed(key, no)})


def _begun(request: HttpRequest, case: Case, writing: Draft | None, key: str) -> HttpResponse:
    """To the draft that follows this matter, begun now or before; another one in this browser is thrown away, as the page said,
    unless this one was handed in already: then the page tells of it."""
    if writing is not None and writing.data.get("follows") == case.no:
        return redirect("portal-file-what")
    if writing is not None and str(writing.pk) != request.POST.get("going"):
        raise Refused("您还有一件没写完，请看下面。", "There is another letter that you haven't finished; see below.")
    draft = service.begin_in_portal(case, secret=key, address=address(request), now=clock.now())
    if draft.case_id is not None:
        return redirect("portal-new-facts", no=case.no)
    if writing is not None:
        drafts.discard(writing)
    answer = redirect("portal-file-what")
    keeping.remember_draft(answer, request, key)
    return answer


def _context(case: Case, form: PlainForm, writing: Draft | None) -> dict[str, Any]:
    mine = writing is not None and writing.data.get("follows") == case.no
    other = writing if not mine else None
    may = matter.may_do(case, now=clock.now())
    return {
        "case": case,
        "form": form,
        "mine": mine,
        "other": other,
        "title": summary.title(other) if other else "",
        "brought": links.brought_after(case),
        "again": service.told_no_more(case),
        "may_add": may.add,
        "may_review": may.review,
    }


def _key(request: HttpRequest, no: str) -> str:
    """The secret of the draft to come: the page's, so that a second press opens the same draft; else a new one."""
    try:
        return str(signing.loads(request.POST.get("key", ""), salt=f"{SALT}:{no}"))
    except signing.BadSignature:
        return ids.new_secret()


def _signed(key: str, no: str) -> str:
    return signing.dumps(key, salt=f"{SALT}:{no}")
