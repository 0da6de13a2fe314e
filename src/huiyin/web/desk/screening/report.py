"""The report of a campaign: as a page that prints, and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.documents.table_writing import write_table
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.screening import queries
from huiyin.screening import report as figures
from huiyin.screening.models import Campaign, Finding, Question
from huiyin.screening.questions import NO, YES
from huiyin.web.desk.found import found
from huiyin.web.desk.screening import words
from huiyin.web.desk.screening.answering import said
from huiyin.web.ui.access import actor, staff_page
from huiyin.web.ui.tags.words import day_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_page("screening.run")
def page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Coverage, answers, findings by topic and outcome, the early cases."""
    campaign = _one(request, campaign_id)
    return render(
        request, "desk/screening/report.html", _context(campaign, figures.of(campaign, reader=actor(request)))
    )


@staff_page("screening.run")
def table(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The same figures as .xlsx, every cell plain text."""
    campaign = _one(request, campaign_id)
    headers = (_("部分"), _("项目"), _("数"), _("说明"))
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.xlsx")
        write_table(path, headers, _lines(campaign, figures.of(campaign, reader=actor(request))))
        answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    name = _("{title}-报告.xlsx").format(title=campaign.title[:60])
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer


def _one(request: HttpRequest, campaign_id: int) -> Campaign:
    return found(lambda: queries.campaign(request.actor, campaign_id))  # type: ignore[attr-defined]


def _context(campaign: Campaign, made: figures.Report) -> dict[str, Any]:
    today, calendar = clock.today(), orgs.calendar()
    return {
        "campaign": campaign,
        "facts": words.facts(campaign),
        "report": made,
        "coverage": [
            (row, words.how(row.how), words.sheet_due(row.sheet, today=today, calendar=calendar))
            for row in made.coverage
        ],
        "answers": [(row, _answers(row)) for row in made.answers],
        "outcomes": list(_outcomes(made.outcomes)),
        "topics": [(words.topic(row.name), row, words.people(row.people)) for row in made.topics],
        "places": [(words.written(row.name), row, words.people(row.people)) for row in made.places],
        "people": words.people(made.people),
        "open": [(each, words.finding_due(each, today=today, calendar=calendar)) for each in made.open],
        "fewest": figures.FEWEST,
        "today": today,
    }


def _answers(row: figures.Answered) -> list[tuple[Any, Any]]:
    """What was answered to a question, as pairs of words and number."""
    if row.total is not None:
        total = words.people(row.total, about=False) if row.question.counts_people else row.total.number
        return [(_("合计"), total)]
    if row.question.kind == Question.Kind.TEXT:
        return []
    return [(said(answer), number) for answer, number in row.counts]


def _outcomes(counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    yield _("还没有着落"), counts[""]
    for outcome in Finding.Outcome:
        yield str(outcome.label), counts[outcome]


def _lines(campaign: Campaign, made: figures.Report) -> Iterator[tuple[str, str, str, str]]:
    """The rows of the spreadsheet."""
    for fact in words.facts(campaign):
        yield _("排查"), str(fact.key), "", _plain(fact.value)
    for name, number in made.counts.items():
        yield _("交表"), words.how(name), str(number), ""
    for row in made.coverage:
        signed = day_text(row.sheet.signed_on, "year") if row.sheet.signed_on else ""
        yield _("单位"), row.sheet.office.name, words.how(row.how), signed
    for answer in made.answers:
        for name, number in _answers(answer):
            yield _("问题"), f"{answer.question.number}. {answer.question.text}", str(number), _plain(name)
    yield from _finding_lines(made)


def _finding_lines(made: figures.Report) -> Iterator[tuple[str, str, str, str]]:
    for name, number in _outcomes(made.outcomes):
        yield _("发现的着落"), name, str(number), ""
    for row in made.topics:
        yield _("发现按分类"), words.topic(row.name), str(row.findings), words.people(row.people)
    for row in made.places:
        yield _("发现按地点"), str(row.name), str(row.findings), words.people(row.people)
    for each in made.cases:
        if each.case:
            yield _("早期事项"), each.case.no, _("在办") if each.case.is_open else _("办结了"), each.place
    for each in made.open:
        yield _("还没有着落"), each.description, each.owner.name, day_text(each.due_on, "year")


def _plain(value: Any) -> str:
    """Words without the marks of a page."""
    fixed = {YES: _("是"), NO: _("否")}
    return fixed.get(str(value), strip_tags(str(value)) if hasattr(value, "__html__") else str(value))
