"""为什么是这一天: a term of a case explained step by step, as a dialog on the case page and as a page that prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from huiyin.cases.archive.explaining import explain as explained
from huiyin.cases.models import Case, Clock
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import NOT_DONE, Deadline, broken_off_late, compute
from huiyin.procedure.terms import TERMS
from huiyin.procedure.words import Words
from huiyin.web.desk.loading import load
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.parts import Day, Due
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import due_at, ruler, said

LONGEST_RULER = 22


@dataclass(frozen=True)
class Why:
    """An explained term: its name, due date, steps, ruler and the calendar that it was computed with."""

    term: str
    title: str
    name: str
    article: str
    steps: list[str]
    days: list[Day]
    due: Due
    calendar: str


@staff_page("cases.see")
def page(request: HttpRequest, no: str, term: str) -> HttpResponse:
    """The explanation of one term, for reading and for printing."""
    case = load(request, no)
    row = latest(case, term)
    if row is None:
        raise Http404
    context = {"case": case, "why": explain(row, today=clock.today(), calendar=orgs.calendar())}
    return render(request, "desk/why.html", context)


def latest(case: Case, term: str) -> Clock | None:
    """The last clock of a term on a case, running or stopped."""
    rows = [row for row in case.clocks.all() if row.term == term]
    return max(rows, key=lambda row: row.pk, default=None)


def deadline_of(row: Clock, calendar: Calendar) -> Deadline:
    """The computation behind a clock's dates, with its own number of days."""
    return compute(row.rule, row.start_on, calendar)


def explain(row: Clock, *, today: date, calendar: Calendar) -> Why:
    """A clock's dates with their reasons, in words that stay true where the calendar has changed since it stopped."""
    term = row.rule
    return Why(
        row.term,
        _("为什么是{day}").format(day=day_text(row.due_on)),
        said(term.name),
        said(term.citation),
        [said(step) for step in explained(row, calendar)],
        _days(row, today, calendar),
        due_of_row(row, said(term.citation), today=today, calendar=calendar),
        row.calendar,
    )


def due_of_row(row: Clock, article: str, *, today: date, calendar: Calendar) -> Due:
    """The due words of a clock. What ended without being done is never said to be done, and says so where it was late by then."""
    on = row.stopped_on
    if on and row.outcome in NOT_DONE:
        late = broken_off_late(row.term, row.outcome, row.due_on, on)
        return Due(_("不再走，停的时候已经过期") if late else _("不再走"), on, article)
    return due_at(row.due_on, today=today, calendar=calendar, article=article, done_on=on, provisional=row.provisional)


def _days(row: Clock, today: date, calendar: Calendar) -> list[Day]:
    first = max(row.start_on, row.due_on - timedelta(days=LONGEST_RULER - 1))
    marks = {row.raw_on: "raw"} if row.raw_on != row.due_on else {}
    return ruler(calendar, first, row.due_on, today=today, marks=marks | {row.due_on: "due"})


def label(term: str) -> Words:
    """What a term's date is called in the head of a case."""
    return _LABELS.get(term, TERMS[term].name)


_LABELS = {
    "handle": Words("办结期限", "Handle by"),
    "extend": Words("延长后的办结期限", "Handle by, extended"),
    "notice": Words("书面告知", "Written notice"),
    "request-review": Words("可请求复查", "May ask for a review"),
    "request-rereview": Words("可请求复核", "May ask for a re-review"),
    "simple-handle": Words("简易办理期限", "Simple handling by"),
    "review": Words("复查期限", "Review by"),
    "rereview": Words("复核期限", "Re-review by"),
    "execute": Words("执行到位", "Carried out by"),
    "result": Words("反馈结果", "Result to be reported by"),
}
