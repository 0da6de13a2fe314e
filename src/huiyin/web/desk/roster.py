"""名册: the retirees of one's unit, found and kept. A person's page says nothing of what that person petitioned for.

What is searched for goes by POST and waits in the session, so that no name or number stands in an address or a log.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.orgs import queries as orgs
from huiyin.people import listing, persons
from huiyin.people import queries as people
from huiyin.people.ids import mask_id, mask_phone
from huiyin.people.models import Person
from huiyin.people.policy import Actor, may
from huiyin.web.desk import roster_words as words
from huiyin.web.desk.found import found
from huiyin.web.desk.roster_forms import PersonForm, initial_of
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.pages import Pages

TYPED = "roster_typed"
LONGEST = 60


@staff_page("roster.see")
def page(request: HttpRequest) -> HttpResponse:
    """The roster page by page, or what was found; htmx asks for the part `found`."""
    if request.method == "POST":
        request.session[TYPED] = request.POST.get("typed", "")[:LONGEST].strip()
        if not getattr(request, "htmx", False):
            return redirect("/desk/roster/?found=1" if request.session[TYPED] else "/desk/roster/")
    wanted = request.method == "POST" or request.GET.get("found")
    typed = request.session.get(TYPED, "") if wanted else ""
    template = "desk/roster.html#found" if getattr(request, "htmx", False) else "desk/roster.html"
    return render(request, template, _context(request, typed))


def _context(request: HttpRequest, typed: str) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 9 else 1
    seen, refused = _seen(actor, typed, page)
    return {
        "typed": typed,
        "refused": refused,
        "rows": [_row(person, why) for person, why in seen.rows],
        "page": Pages(seen.number, listing.PAGE, len(seen.rows), seen.count, seen.more and not typed),
        "more": seen.more,
        "may_edit": may(actor, "roster.edit").ok,
        "may_import": may(actor, "roster.import").ok,
    }


def _seen(actor: Actor, typed: str, page: int) -> tuple[listing.Listed, str]:
    """Who is shown, and why nobody may be looked for."""
    if not typed:
        return listing.listed(actor, page=page), ""
    try:
        return listing.found(actor, typed, now=clock.now()), ""
    except Refused as refused:
        return listing.Listed([], 1, 0, False), refused.say(get_language() or "zh")


def _row(person: Person, why: Any) -> dict[str, Any]:
    return {
        "person": person,
        "why": why,
        "age": words.age(person, clock.today()),
        "id_number": mask_id(person.id_number) if person.id_number else "—",
        "phone": mask_phone(person.phone) if person.phone else "—",
    }


@staff_page("roster.see")
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: facts, masked unless one keeps the roster, and what was changed."""
    one = found(lambda: listing.person_for(request.actor, person_id))  # type: ignore[attr-defined]
    keeps = may(request.actor, "roster.edit").ok  # type: ignore[attr-defined]
    return render(request, "desk/roster_person.html", {
        "person": one, "may_edit": keeps, "age": words.age(one, clock.today()),
        "identity": words.facts(one, words.IDENTITY, masked=not keeps),
        "contact": words.facts(one, words.CONTACT, masked=not keeps),
        "work": words.facts(one, words.WORK, masked=not keeps),
        "history": words.history(people.changes_of(one), _office_names(), masked=not keeps),
    })  # fmt: skip


def _office_names() -> dict[str, str]:
    return {str(office.pk): office.name for office in orgs.offices()}


@staff_page("roster.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Enters somebody."""
    return _edited(request, None, {"lives_elsewhere": "no"})


@staff_page("roster.edit")
def edit(request: HttpRequest, person_id: int) -> HttpResponse:
    """Changes somebody's facts."""
    one = found(lambda: listing.person_for(request.actor, person_id))  # type: ignore[attr-defined]
    return _edited(request, one, initial_of(one))


def _edited(request: HttpRequest, one: Person | None, initial: dict[str, Any]) -> HttpResponse:
    offices = listing.offices_for(request.actor)  # type: ignore[attr-defined]
    form = PersonForm(list(offices), refusing.sent(request), initial)
    if form.is_valid():
        saved = _saved(request, one, form)
        if saved is not None:
            messages.success(request, _("{name}的记录存好了。").format(name=saved.name))
            return redirect("desk-roster-person", person_id=saved.pk)
    return render(request, "desk/roster_edit.html", {"form": form, "person": one})


def _saved(request: HttpRequest, one: Person | None, form: PersonForm) -> Person | None:
    given: dict[str, Any] = {"by": request.actor, "now": clock.now(), "office": form.office}  # type: ignore[attr-defined]
    try:
        return persons.save_person(person=one, data=form.typed, seen_at=form.cleaned_data["seen_at"], **given)
    except Refused as refused:
        refusing.show(form, refused)
        if isinstance(refused, Conflict) and one is not None:
            form.data = {**form.data.dict(), "seen_at": initial_of(one)["seen_at"]}  # type: ignore[attr-defined]
    return None
