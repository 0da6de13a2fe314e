"""What stands in the tree of offices, whose installation this is, and which calendar counts.

Nothing is kept between calls but calendars, which never change under a version: several processes serve one
installation, and a changed office must show at once in all of them. Each function is one short indexed query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from django.db.models import Q, QuerySet

from huiyin.kernel.db.columns import beginning
from huiyin.kernel.errors import Refused
from huiyin.orgs.models import CalendarEdition, Installation, Office, Topic
from huiyin.procedure.calendars import Calendar, default, from_rows


def installation() -> Installation | None:
    """The row about this installation with `unit`, `counter` and `demo`; None before it is set up."""
    return Installation.objects.select_related("unit", "counter").first()


def unit_of(office: Office) -> Office:
    """The unit (机关、单位) that an office belongs to: itself, or the nearest one above it.

    Asks nothing where the offices above were fetched along (`office__parent__parent`).
    """
    fetched = next((near for near in _fetched(office) if near.kind == Office.Kind.UNIT), None)
    if fetched is not None:
        return fetched
    units = {found.pk: found for found in Office.objects.filter(pk__in=ids_above(office.path), kind=Office.Kind.UNIT)}
    nearest = next((pk for pk in reversed(ids_above(office.path)) if pk in units), None)
    return units[nearest] if nearest is not None else office


def is_bureau(path: str) -> bool:
    """Whether the unit with this path is a petition bureau (党委和政府信访部门, Art. 22)."""
    return Office.objects.filter(path=path, role=Office.Role.PETITION_BUREAU).exists()


def _fetched(office: Office) -> Iterator[Office]:
    """The office and those above it, as far as they are in memory."""
    above, near = Office._meta.get_field("parent"), office
    yield near
    while above.is_cached(near) and near.parent is not None:
        near = near.parent
        yield near


def ids_above(path: str) -> list[int]:
    """The ids in a path from the root down, the office's own last."""
    return [int(step) for step in path.split(".") if step]


def subtree(path: str) -> QuerySet[Office]:
    """The office with this path and all below it, whether in use or not."""
    return Office.objects.filter(beginning("path", path))


def subtree_ids(path: str) -> list[int]:
    """The ids of the office with this path and of all below it, whether in use or not."""
    return list(subtree(path).values_list("pk", flat=True))


def those_below(path: str, offices: Collection[int]) -> set[int]:
    """Those of the offices (ids) that are the office with this path or stand below it."""
    return set(subtree(path).filter(pk__in=offices).values_list("pk", flat=True))


def unit_ids(path: str) -> list[int]:
    """The ids of a unit and its own sections, given the unit's path; units below it and their sections are left out."""
    return own_ids(subtree(path).values_list("pk", "path", "kind"), path)


def own_ids(tree: Iterable[tuple[int, str, str]], path: str) -> list[int]:
    """What `unit_ids` gives, from the id, path and kind of offices that were asked already."""
    inside = [(pk, own, kind) for pk, own, kind in tree if own.startswith(path)]
    below = tuple(own for _, own, kind in inside if kind == Office.Kind.UNIT and own != path)
    return [pk for pk, own, _ in inside if not (below and own.startswith(below))]


def offices_below(office: Office, *, itself: bool = True) -> QuerySet[Office]:
    """The offices in use below an office, in the order of the tree."""
    found = Office.objects.filter(beginning("path", office.path), is_active=True).order_by("path")
    return found if itself else found.exclude(pk=office.pk)


def offices() -> QuerySet[Office]:
    """All offices in the order of the tree, closed ones included."""
    return Office.objects.select_related("parent").order_by("path")


def office(office_id: int) -> Office:
    """The office with that id, closed ones included. Refused (not_found) if there is none."""
    found = Office.objects.select_related("parent").filter(pk=office_id).first()
    if found is None:
        raise Refused("没有这个单位或科室。", "There is no such office.", code="not_found")
    return found


def competent_offices(topic: Topic) -> list[Office]:
    """Offices in use with authority over a topic or over one above it; the closest topic first."""
    distance = {code: steps for steps, code in enumerate(_codes_upwards(topic))}
    found = Office.objects.filter(competences__topic__code__in=distance, is_active=True)
    rows = found.values_list("pk", "competences__topic__code")
    closest: dict[int, int] = {}
    for pk, code in rows:
        closest[pk] = min(distance[code], closest.get(pk, len(distance)))
    return sorted(Office.objects.filter(pk__in=closest), key=lambda office: (closest[office.pk], office.path))


def _codes_upwards(topic: Topic) -> list[str]:
    codes, above = [topic.code], topic.parent
    while above is not None and above.code not in codes:
        codes.append(above.code)
        above = above.parent
    return codes


def topics() -> QuerySet[Topic]:
    """The topics in use with the one above each, in the order of their codes: each below the one that holds it."""
    return Topic.objects.filter(is_active=True).select_related("parent").order_by("code")


def topic(code: str) -> Topic | None:
    """The topic in use with that code; None if there is none."""
    return Topic.objects.filter(code=code, is_active=True).select_related("parent__parent").first()


def calendar() -> Calendar:
    """The calendar in force: the one shipped with every imported year laid over it, the latest import of a year winning.

    Its version names both, such as `2026-1+2027`, so that what was computed with another is known to be older.
    """
    return _laid_over(tuple(CalendarEdition.objects.order_by("pk").values_list("pk", "version", "imported_at")))


def calendar_editions() -> QuerySet[CalendarEdition]:
    """The calendars that were imported, the newest first."""
    return CalendarEdition.objects.defer("rows").order_by("-pk")


@lru_cache(maxsize=4)
def _laid_over(editions: tuple[tuple[int, str, object], ...]) -> Calendar:
    if not editions:
        return default()
    rows: dict[str, list[dict[str, str]]] = {}
    for edition in CalendarEdition.objects.filter(Q(pk__in=[pk for pk, *_ in editions])).order_by("pk"):
        rows |= _by_year(edition.rows)
    version = f"{default().version}+{editions[-1][1]}"
    return from_rows([row for year in rows.values() for row in year], version)


def _by_year(rows: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    years: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        years.setdefault(row["date"][:4], []).append(row)
    return years
