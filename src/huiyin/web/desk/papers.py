"""The papers of a case as files: what was handed in, letters, the receipt, the whole file as one archive.

Originals go out as they came in. Only pictures, PDF and plain text open in the browser; all else is offered for saving.
"""

from __future__ import annotations

from tempfile import TemporaryFile

from csp.decorators import csp_exempt
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from huiyin.cases import archive, copies, files, letter_files, receipts
from huiyin.cases.models import Copy
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel import clock
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.web.desk.case_page import knows_all
from huiyin.web.desk.loading import NotYours, load
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.time_parts import said

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf", "text/plain"})
FORMS = frozenset({"pdf", "docx", "large"})


@csp_exempt()  # the browser's own PDF viewer does not work under our policy; nothing here is HTML
@staff_page("cases.see")
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """A file as it came in, for whoever may see a case that it belongs to."""
    try:
        kept = files.seen_by(request.actor, file_id)  # type: ignore[attr-defined]
        content = documents.open_file(kept)
    except Forbidden as refused:
        raise NotYours(refused) from refused
    except Refused as missing:
        raise Http404(missing.zh) from missing
    return _guarded(FileResponse(content, as_attachment=not _shown(kept), filename=kept.name, content_type=kept.mime))


def _shown(kept: StoredFile) -> bool:
    return kept.mime in SHOWN


@csp_exempt()
@staff_page("cases.see")
def letter(request: HttpRequest, no: str, letter_id: int, form: str) -> HttpResponse:
    """A letter as official PDF, Word or large print."""
    case = load(request, no)
    if form not in FORMS:
        raise Http404
    try:
        one = letter_files.of_case(case, letter_id)
        if letter_files.needs_whole(one, form):
            load(request, no, "whole")
        made = letter_files.made(case, one, form)
    except Refused as missing:
        raise Http404(missing.zh) from missing
    return download(made.content, made.mime, made.name, save=form == "docx")


@csp_exempt()
@staff_page("cases.see")
def receipt(request: HttpRequest, no: str) -> HttpResponse:
    """The receipt again, on A5; who printed it is kept."""
    case = load(request, no, "whole")
    copies.record(case, Copy.Kind.RECEIPT, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    return download(receipts.pdf(case, language=get_language() or "zh"), "application/pdf", f"{case.no}.pdf")


@staff_page("cases.export")
def export(request: HttpRequest, no: str) -> HttpResponse:
    """The whole file of a case as one zip; papers that the store lost are named in it and on the next page. Numbers and addresses are
    masked but for those who see them in full, and once it is archived; who took it is kept."""
    case = load(request, no, "whole")
    full = knows_all(case, request.actor) or case.state == "archived"  # type: ignore[attr-defined]
    kind = Copy.Kind.WHOLE if full else Copy.Kind.MASKED
    copies.record(case, kind, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    out = TemporaryFile()  # noqa: SIM115 – the answer closes it
    for problem in archive.write_to(out, case, full=full):
        messages.error(request, said(problem))
    out.seek(0)
    return _guarded(
        FileResponse(out, as_attachment=True, filename=archive.file_name(case), content_type="application/zip")
    )


def download(content: bytes, mime: str, name: str, *, save: bool = False) -> HttpResponse:
    """An answer that opens in the browser, or is saved, under this name, and leaves no copy behind."""
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = content_disposition_header(save, name) or ""
    return _guarded(answer)


def _guarded(answer: HttpResponse | FileResponse) -> HttpResponse:
    """No guessing of types, no copy left in a shared computer's cache."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]
