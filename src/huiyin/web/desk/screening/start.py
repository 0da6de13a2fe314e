"""排查: the sheets of one's own office, the campaigns that one runs, and every finding that nothing has come of yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.kernel import clock
from huiyin.kernel.typed import row_number
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor, may
from huiyin.screening import queries, report
from huiyin.screening.models import Campaign, Sheet
from huiyin.web.desk.screening import words
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.pages import Pages

MOST_PAGES = 100_000


@staff_page("screening.see")
def page(request: HttpRequest) -> HttpResponse:
    """The way in to everything about screenings."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    number = min(row_number(request.GET.get("page", "1")) or 1, MOST_PAGES)
    return render(request, "desk/screening/start.html", _context(actor, number))


def _context(actor: Actor, number: int) -> dict[str, Any]:
    today, calendar = clock.today(), orgs.calendar()
    runs = may(actor, "screening.run").ok
    found, _more = queries.campaigns(actor) if runs else ([], False)
    waiting = queries.open_findings(actor, page=number)
    return {
        "sheets": [(each, words.sheet_due(each, today=today, calendar=calendar)) for each in queries.own_sheets(actor)],
        "campaigns": [_row(each) for each in found],
        "findings": [(each, words.finding_due(each, today=today, calendar=calendar)) for each in waiting.rows],
        "page": Pages(waiting.number, queries.PAGE, len(waiting.rows), None, waiting.more),
        "may_run": runs,
    }


def _row(campaign: Campaign) -> dict[str, Any]:
    sheets, today = list(campaign.sheets.all()), clock.today()
    return {
        "campaign": campaign,
        "signed": sum(each.state == Sheet.State.SIGNED for each in sheets),
        "all": len(sheets),
        "late": sum(report.late_by(each, today) for each in sheets) if campaign.state == Campaign.State.RUNNING else 0,
    }
