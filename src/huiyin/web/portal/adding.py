"""我要补充: words and papers for a matter that is under way. Good papers stay on the page while a bad one is refused."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiyin.cases import filing, new_facts
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import one_line
from huiyin.web.portal import matter
from huiyin.web.portal.forms import AddForm
from huiyin.web.portal.keeping import personal
from huiyin.web.portal.papers_page import refusal
from huiyin.web.ui.access import address

SALT = "portal.adding"
SENT_BEFORE = Refused(
    "您先前交的已经收到。这次写的和上次不一样，还没有交上；要补这些，请再按一次“交上去”。",
    "What you sent before has arrived. This differs from it and was not sent yet; to add it, press “Send” once more.",
)
Kept = list[list[object]]  # [number, name] of papers that are in the store already


def _no_more(case: Case) -> str:
    if new_facts.may_petitioner(case):
        return _("这件事已经办结，这里不能再补了。有新的情况，请点“补充新的事实”，也可以打电话。")
    return _("这件事现在不能在这里补材料。有新的情况，请打电话，或者到接待室来。")


@personal
def page(request: HttpRequest, no: str) -> HttpResponse:
    """The form; sent, its words and papers go to whoever has the matter."""
    case = matter.load(request, no, opened=True)
    if not matter.may_do(case, now=clock.now()).add:
        messages.warning(request, _no_more(case))
        return redirect("portal-matter", no=no)
    form, kept = AddForm(request.POST or None, request.FILES or None), _kept(request)
    if request.method == "POST":
        form = AddForm(request.POST, request.FILES)
        form.is_valid()
        kept = kept + _new(request, form)
        if not form.errors and _added(request, case, form, kept):
            messages.success(request, _("收到了，已经交给办事的人，和原来的材料放在一起。"))
            return redirect("portal-matter", no=no)
    context = {"case": case, "form": form, "kept": kept, "sealed": signing.dumps(kept, salt=SALT), "key": uuid4().hex}
    return render(request, "portal/add.html", context)


def _kept(request: HttpRequest) -> Kept:
    try:
        return list(signing.loads(request.POST.get("kept", ""), salt=SALT))
    except signing.BadSignature:
        return []


def _new(request: HttpRequest, form: AddForm) -> Kept:
    taken: Kept = []
    for upload in form.cleaned_data.get("files", []):
        try:
            file = filing.keep_paper(upload, address=address(request), now=clock.now())
            taken.append([file.pk, file.name])
        except Refused as refused:
            form.add_error("files", refusal(str(upload.name), refused))
    return taken


def _added(request: HttpRequest, case: Case, form: AddForm, kept: Kept) -> bool:
    facts = {"words": form.cleaned_data["words"], "files": [number for number, _name in kept]}
    key = f"add:{case.pk}:{one_line(request.POST.get('key', '')[:32])}"
    try:
        filing.add(case, facts, key=key, address=address(request), now=clock.now())
    except Refused as refused:
        form.refuse(SENT_BEFORE if refused.code == "key_used" else refused)
        return False
    return True
