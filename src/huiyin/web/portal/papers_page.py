"""The photos and papers of a draft: taken in one by one, so that a bad file never costs a good one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.cases import drafts
from huiyin.cases import filing as service
from huiyin.cases.models import Draft
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import row_number
from huiyin.web.portal.forms import PapersForm
from huiyin.web.ui.access import address

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True)
class Paper:
    """A paper in the list: the address of its small picture, its name, and the number to take it out by."""

    id: int
    src: str
    name: str


def rows(draft: Draft) -> list[Paper]:
    """The papers of a draft as the page shows them."""
    return [Paper(file.pk, _picture(file), file.name) for file in drafts.files(draft)]


def _picture(file: StoredFile) -> str:
    return reverse("portal-file-paper", args=[file.pk]) if file.mime in PICTURES else static("portal/paper.svg")


def take(request: HttpRequest, draft: Draft, form: PapersForm) -> bool:
    """Takes papers in or out as the page asks; True if nothing was wrong. Good files stay even where others are refused."""
    form.is_valid()
    if removed := row_number(request.POST.get("remove", "")):
        drafts.remove_file(draft, removed, now=clock.now())
    for upload in form.cleaned_data.get("files", []):
        try:
            service.add_paper(draft, upload, address=address(request), now=clock.now())
        except Refused as refused:
            form.add_error("files", refusal(str(upload.name), refused))
    return not form.errors


def refusal(name: str, refused: Refused) -> str:
    """Which paper was not taken, and why; a reason that names it already stands alone."""
    why = refused.say(get_language() or "zh")
    return why if name in why else _("“{name}”没有收下：{why}").format(name=name[-60:], why=why)


def after(request: HttpRequest) -> str:
    """Where to go after the papers were taken."""
    if request.POST.get("remove") or request.POST.get("go") == "add":
        return "portal-file-papers"
    return "portal-file-saved" if request.POST.get("go") == "save" else "portal-file-you"


def answer(draft: Draft | None, file_id: int) -> HttpResponse:
    """A picture of the draft; nothing else of it and nothing of others."""
    files = drafts.files(draft) if draft is not None else []
    found = next((file for file in files if file.pk == file_id and file.mime in PICTURES), None)
    if found is None:
        raise Http404
    try:
        content = documents.open_file(found)
    except Refused as lost:
        raise Http404(lost.zh) from lost
    return FileResponse(content, content_type=found.mime, headers={"X-Content-Type-Options": "nosniff"})  # type: ignore[return-value]
