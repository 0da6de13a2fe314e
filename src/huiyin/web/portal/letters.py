"""Letters, the receipt and the petitioner's own papers as pages and files. All need the second fact."""

from __future__ import annotations

from csp.decorators import csp_exempt
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from huiyin.cases import letter_files, receipts, tracking
from huiyin.documents import services as documents
from huiyin.documents.letters.content import build
from huiyin.kernel.errors import Refused
from huiyin.web.portal import matter, opened
from huiyin.web.portal.keeping import personal, without_referrer

FORMS = frozenset({"pdf", "large"})
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf", "text/plain"})


@personal
def page(request: HttpRequest, no: str, letter_id: int) -> HttpResponse:
    """A letter to read on the screen or to have read aloud."""
    case = matter.load(request, no, opened=True)
    letter = next((one for one in case.letters.all() if one.pk == letter_id and opened.is_sent(case, one)), None)
    if letter is None:
        raise Http404
    context = {"case": case, "letter": letter, "words": build(letter.kind, letter.data)}
    return without_referrer(render(request, "portal/letter.html", context))


@csp_exempt()  # the browser's own PDF viewer does not work under our policy; nothing here is HTML
@personal
def file(request: HttpRequest, no: str, letter_id: int, form: str) -> HttpResponse:
    """A letter as official PDF or in large print."""
    case = matter.load(request, no, opened=True)
    if form not in FORMS:
        raise Http404
    try:
        letter = letter_files.of_case(case, letter_id)
    except Refused as missing:
        raise Http404(missing.zh) from missing
    if not opened.is_sent(case, letter):
        raise Http404
    made = letter_files.made(case, letter, form)
    return _pdf(made.content, made.name, save=False)


@csp_exempt()
@personal
def receipt(request: HttpRequest, no: str) -> HttpResponse:
    """The receipt on A5, to keep or to print."""
    case = matter.load(request, no, opened=True)
    return _pdf(receipts.pdf(case, language=get_language() or "zh"), f"{case.no}.pdf", save=True)


@csp_exempt()
@personal
def paper(request: HttpRequest, no: str, file_id: int) -> HttpResponse:
    """A paper that the petitioner handed in, as it came."""
    case = matter.load(request, no, opened=True)
    try:
        kept = tracking.own_paper(case, file_id)
        content = documents.open_file(kept)
    except Refused as missing:
        raise Http404(missing.zh) from missing
    answer = FileResponse(content, as_attachment=kept.mime not in SHOWN, filename=kept.name, content_type=kept.mime)
    return _closed(answer)  # type: ignore[arg-type]


def _pdf(content: bytes, name: str, *, save: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(save, name) or ""
    return _closed(answer)


def _closed(answer: HttpResponse) -> HttpResponse:
    answer["X-Content-Type-Options"] = "nosniff"
    return without_referrer(answer)
