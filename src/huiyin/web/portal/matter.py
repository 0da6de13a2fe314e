"""The page of one matter for whoever brought it. With the code alone it tells how far it is; opened, letters and own words too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from huiyin.cases import new_facts as service
from huiyin.cases import queries, splitting
from huiyin.cases.models import Case
from huiyin.cases.names import names_in
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.orgs import remedies
from huiyin.people.policy import PETITIONER
from huiyin.procedure.editions.persons_2022 import OWN_PART
from huiyin.procedure.editions.standing_2022 import FRESH, IN_WORK
from huiyin.web.portal import keeping, opened, status, steps
from huiyin.web.portal.keeping import NotReached, personal, without_referrer
from huiyin.web.ui.time_parts import said

CLOSED: dict[str, Any] = {
    "letters": [],
    "results": [],
    "sentence": "",
    "rated": [],
    "papers": [],
    "words": "",
    "remedies": [],
}


@dataclass(frozen=True)
class Item:
    """A further matter of the same letter: where it stands and the date that counts for it."""

    case: Case
    plain: str
    until: status.Until | None


@dataclass(frozen=True)
class May:
    """What the petitioner can do now."""

    add: bool
    rate: bool
    review: bool
    take_back: bool
    own_part: bool
    new_facts: bool


def load(request: HttpRequest, no: str, *, opened: bool = False) -> Case:
    """The case if this browser got there (`opened`: with the second fact); NotReached else, which becomes a redirect."""
    how = keeping.shown(request, no)
    case = queries.find(no) if how else None
    if case is None:
        raise NotReached("portal-track")
    if opened and how != keeping.OPENED:
        raise NotReached("portal-open", no)
    return case


@personal
def page(request: HttpRequest, no: str) -> HttpResponse:
    """The status of a matter."""
    case = load(request, no)
    return without_referrer(shown(request, case, opened=keeping.shown(request, no) == keeping.OPENED))


def shown(request: HttpRequest, case: Case, *, opened: bool) -> HttpResponse:
    """The status page; the same behind the code and behind the QR code."""
    items = splitting.parts(case)
    keeping.show_items(request, case.no, [item.no for item in items])
    letter = {"items": [_item(item) for item in items], "letter_no": keeping.letter_of(request, case.no)}
    return render(request, "portal/matter.html", _context(case, opened=opened) | letter)


def _item(case: Case) -> Item:
    until = status.until_of(case, today=clock.today(), calendar=orgs.calendar())
    return Item(case, steps.plain(case), until)


def _context(case: Case, *, opened: bool) -> dict[str, Any]:
    now = clock.now()
    names = names_in(case)
    told = status.status_of(case, today=clock.on(now), calendar=orgs.calendar(), names=names)
    may = may_do(case, now=now)
    return {"case": case, "told": told, "may": may, "opened": opened, **(_own(case) if opened else CLOSED)}


def _own(case: Case) -> dict[str, Any]:
    """What only shows after the second fact."""
    return {
        "letters": opened.letters(case),
        "results": opened.results(case),
        "sentence": opened.sentence(case),
        "rated": opened.rated(case),
        "papers": opened.papers(case),
        "words": case.text,
        "remedies": _remedies(case),
    }


def _remedies(case: Case) -> list[str]:
    """Other routes that have a limit, while there is no answer; only those whose number was held against the text."""
    waiting = case.state in FRESH | IN_WORK | {"accepted"} and not case.sealed
    return [said(remedy.hint) for remedy in remedies.of(case.topic) if remedy.checked] if waiting else []


def may_do(case: Case, *, now: Any) -> May:
    """The steps that the table allows the petitioner now."""
    possible = {step.action.name for step in queries.steps(PETITIONER, case, now=now) if step.possible}
    review = bool(possible & {"request_review", "request_rereview"}) and status.window(case, clock.on(now)) is not None
    new_facts, own = service.may_petitioner(case), OWN_PART in possible
    return May("add_material" in possible, "evaluate" in possible, review, "take_back" in possible, own, new_facts)


@personal
def close(request: HttpRequest, no: str) -> HttpResponse:
    """Forgets the matter in this browser: for a telephone or computer that others use too."""
    if request.method == "POST":
        keeping.forget(request, no)
        answer = redirect("portal-home")
        keeping.forget_draft(answer)
        return answer
    return render(request, "portal/close.html", {"case": load(request, no)})
