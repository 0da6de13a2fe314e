"""The roster as a member of staff sees it: page by page, one person, the imports of the own unit. Others' people don't exist here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from huiyin.kernel.errors import Forbidden, Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import queries
from huiyin.people.looking_up import look_up
from huiyin.people.models import Person, RosterImport
from huiyin.people.policy import Actor
from huiyin.procedure.words import Words

PAGE = 50
LAST_PAGE = 2000
LATEST_IMPORTS = 20
MANY = 5000


@dataclass(frozen=True)
class Listed:
    """A page of the roster: people with the reason why each was found, if something was typed; how many there are in all.

    `more`: there are further ones; on the next page, or, if something was typed, for those who type more of it.
    """

    rows: list[tuple[Person, Words | None]]
    number: int
    count: int
    more: bool


def found(actor: Actor, typed: str, *, now: datetime) -> Listed:
    """The best matches for what somebody typed, one page of them. Raises Refused (see `look_up`)."""
    matches = look_up(typed, by=actor, now=now, limit=PAGE + 1)
    rows = [(match.person, match.why if match.matched not in ("name", "pinyin") else None) for match in matches[:PAGE]]
    return Listed(rows, 1, len(rows), len(matches) > PAGE)


def listed(actor: Actor, *, page: int = 1) -> Listed:
    """Everybody in the order of their pinyin, page by page (from 1)."""
    office_ids, number = queries.reach(actor), min(max(1, page), LAST_PAGE)
    people = Person.objects.filter(office_id__in=office_ids)
    count, start = people.count(), (number - 1) * PAGE
    if count > MANY:  # + 0: or the engine sorts them all instead of walking along the names
        people = Person.objects.alias(place=F("office_id") + 0).filter(place__in=office_ids)
    ids = list(people.order_by("pinyin", "pk").values_list("pk", flat=True)[start : start + PAGE])
    known = Person.objects.select_related("office").in_bulk(ids)
    return Listed([(known[pk], None) for pk in ids], number, count, start + PAGE < count)


def person_for(actor: Actor, person_id: int) -> Person:
    """A person on the roster of the actor's unit. Refused (not_found) if there is none, Forbidden elsewhere."""
    person = Person.objects.select_related("office").filter(pk=person_id).first()
    if person is None:
        raise Refused("名册上没有这个人。", "There is no such person on the roster.", code="not_found")
    if person.office_id not in queries.reach(actor):
        raise Forbidden("这个人不在您单位的名册上。", "This person is not on your unit's roster.")
    return person


def offices_for(actor: Actor) -> QuerySet[Office]:
    """The offices in use whose roster the actor may keep, in the order of the tree."""
    return orgs.offices().filter(pk__in=queries.reach(actor), is_active=True)


def imports_for(actor: Actor) -> list[RosterImport]:
    """The latest imports of the actor's unit, the newest first."""
    found = RosterImport.objects.filter(office_id__in=queries.reach(actor)).select_related("office", "by")
    return list(found.order_by("-pk")[:LATEST_IMPORTS])


def import_for(actor: Actor, import_id: int) -> RosterImport:
    """An import of the actor's unit. Refused (not_found) if there is none, Forbidden elsewhere."""
    found = RosterImport.objects.select_related("office", "by").filter(pk=import_id).first()
    if found is None:
        raise Refused("没有这次导入。", "There is no such import.", code="not_found")
    if found.office_id not in queries.reach(actor):
        raise Forbidden("这次导入不是您单位的。", "This import is not your unit's.")
    return found
