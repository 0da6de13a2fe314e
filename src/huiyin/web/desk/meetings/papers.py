"""The papers of a meeting: minutes as PDF and Word, the review book as PDF and as a table."""

from __future__ import annotations

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse

from huiyin.cases.letter_files import WORD
from huiyin.coordination import book as books
from huiyin.coordination import minutes as papers
from huiyin.coordination import queries
from huiyin.coordination.confirming import name_of
from huiyin.coordination.models import Meeting
from huiyin.kernel import clock
from huiyin.web.desk.found import found
from huiyin.web.desk.papers import download
from huiyin.web.ui.access import actor, staff_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


@csp_exempt()
@staff_page("meetings.see")
def minutes(request: HttpRequest, meeting_id: int, form: str) -> HttpResponse:
    """The minutes as they stand, or as they were confirmed."""
    meeting = found(lambda: queries.find(request.actor, meeting_id))  # type: ignore[attr-defined]
    if form not in ("pdf", "docx"):
        raise Http404
    name = f"{name_of(meeting)}纪要.{form}"  # data: a file's name
    return download(
        papers.made(meeting, form, reader=actor(request)), WORD if form == "docx" else PDF, name, save=form == "docx"
    )


@csp_exempt()
@staff_page("meetings.see")
def book(request: HttpRequest, meeting_id: int, form: str) -> HttpResponse:
    """The review book of a monthly review as it stands now."""
    meeting = found(lambda: queries.find(request.actor, meeting_id))  # type: ignore[attr-defined]
    if form not in ("pdf", "xlsx") or meeting.kind != Meeting.Kind.REVIEW:
        raise Http404
    made = books.of(meeting, reader=actor(request), now=clock.now())
    content, mime = (books.pdf(made), PDF) if form == "pdf" else (books.xlsx(made), XLSX)
    return download(content, mime, f"{made.title}.{form}", save=form == "xlsx")
