"""回访 and 评价: who is called today, and what the ratings of each unit are. The rule looks at matters, never at what kind of person somebody is.

Called are: whoever asked for it with their rating, whoever was dissatisfied, and of all others every n-th matter by its number
(HUIYIN_CALL_BACK_EVERY). They are called by somebody who had no part in the matter, within the days in which a rating is waited for
(HUIYIN_EVALUATION_DAYS), at most TRIES times. The Regulations set no such days: a late rating is taken all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from huiyin.cases import queries
from huiyin.cases.models import Case, Evaluation
from huiyin.kernel.clock import ZONE
from huiyin.orgs.models import Office
from huiyin.people.policy import Actor
from huiyin.procedure.editions.guards_2022 import ASPECTS
from huiyin.procedure.words import Words

ANSWERED = frozenset({"delivered", "reviewed", "concluded", "closed", "archived"})
TRIES = 3
FEWEST = 5  # ratings, below which a unit's figures would speak of single people
MOST = 200
SOURCE = Words(
    "条例第二十一条：信访人可以评价，没有规定天数。通行的做法是答复送达后30日，凭记忆，未与原文核对，可以在设置里改；晚了的评价照样收。",
    "Art. 21 of the Regulations lets petitioners rate and names no number of days. 30 days from delivery are customary; this is from memory, not "
    "checked against a text, and can be changed in the settings. A late rating is taken all the same.",
)


@dataclass(frozen=True)
class Call:
    """A matter whose petitioner is called: why (asked, dissatisfied, turn), until when, and on which day nobody was reached."""

    case: Case
    why: str
    until: date
    tried_on: date | None


@dataclass
class Figures:
    """The ratings of one unit: of its answers those that were rated, those that may still be, and those that never were."""

    unit: str
    rated: int = 0
    waiting: int = 0
    silent: int = 0
    aspects: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in ASPECTS})

    @property
    def few(self) -> bool:
        return self.rated < FEWEST


def last_day(case: Case) -> date | None:
    """The last day on which a rating of the answer is waited for; None where none was brought yet."""
    days = [kept for name in ("delivered_on", "review_delivered_on") if (kept := case.marks.get(name))]
    return date.fromisoformat(max(days)) + timedelta(days=settings.EVALUATION_DAYS) if days else None


def calls(actor: Actor, *, today: date) -> list[Call]:
    """Whom this actor may call today, those who asked for it first; one query."""
    found = [call for case in _answered(actor, today) if (call := _call(case, actor, today))]
    order = ("asked", "dissatisfied", "turn")
    return sorted(found, key=lambda call: (order.index(call.why), call.until, call.case.pk))[:MOST]


def _answered(actor: Actor, today: date) -> QuerySet[Case]:
    since = datetime.combine(today - timedelta(days=settings.EVALUATION_DAYS + 1), time.min, ZONE)
    rows = (
        queries.visible(actor)
        .filter(state__in=ANSWERED, sealed=False)
        .filter(Q(is_open=True) | Q(closed_at__gte=since))
    )
    return rows.select_related("office").defer("text")


def _call(case: Case, actor: Actor, today: date) -> Call | None:
    marks, until = case.marks, last_day(case)
    if until is None or until < today or marks.get("called_back") or marks.get("identity_unclear"):
        return None
    tried = marks.get("call_tried_on")
    if actor.staff_id in _hands(case) or (marks.get("call_tries") or 0) >= TRIES or tried == today.isoformat():
        return None
    why = _why(case)
    return Call(case, why, until, date.fromisoformat(tried) if tried else None) if why else None


def _why(case: Case) -> str:
    """Which part of the rule names a matter; "" for none."""
    if case.marks.get("call_me"):
        return "asked"
    if case.marks.get("evaluated") == "dissatisfied":
        return "dissatisfied"
    every, number = settings.CALL_BACK_EVERY, case.no.rpartition("-")[2]
    return "turn" if every and number.isdecimal() and int(number) % every == 0 else ""


def _hands(case: Case) -> set[int | None]:
    marks = case.marks
    return {case.responsible_id, marks.get("drafted_by"), marks.get("approved_by"), *(marks.get("hands") or ())}


def figures(actor: Actor, *, today: date, days: int) -> list[Figures]:
    """The ratings of the last days, each by itself, and the answers of these days that have none, for each unit that the actor supervises:
    handling, procedure and result by the unit whose answer it was, reception by the unit that received it. Three queries; never by
    person."""
    units = _Units()
    since = today - timedelta(days=days)
    rows = queries.visible(actor).filter(sealed=False)
    for office, received, number, ratings in _given(rows, since):
        units.of(office).rated += number
        for aspect, rating in ratings.items():
            units.of(received if aspect == "reception" else office).aspects[aspect][rating] += number
    for office, waiting, all_told in _unrated(rows.filter(state__in=ANSWERED), since, today):
        units.of(office).waiting += waiting
        units.of(office).silent += all_told - waiting
    return units.in_order()


class _Units:
    """The figures of each unit, found by its offices; of what a unit outside answered nothing is shown."""

    def __init__(self) -> None:
        self._names, self._found = _units(), dict[str, Figures]()

    def of(self, office: int | None) -> Figures:
        name = self._names.get(office or 0, "")
        return self._found.setdefault(name, Figures(name))

    def in_order(self) -> list[Figures]:
        return [self._found[name] for name in sorted(self._found) if name]


def _given(rows: QuerySet[Case], since: date) -> Iterator[tuple[int | None, int | None, int, dict[str, str]]]:
    """Ratings since a day: whose answer, who received the matter, how many, and what was said."""
    given = Evaluation.objects.filter(case__in=rows, at__gte=datetime.combine(since, time.min, ZONE)).order_by()
    alike = given.values_list("office_id", "case__first_asked__office_id", *ASPECTS).annotate(n=Count("pk"))
    for office, received, *said, number in alike:
        yield office, received, number, {name: rating for name, rating in zip(ASPECTS, said, strict=True) if rating}


def _unrated(rows: QuerySet[Case], since: date, today: date) -> Iterator[tuple[int | None, int, int]]:
    """For the office of each last answer since a day: how many may still be rated, and how many are not."""
    waited = Count("pk", filter=_answered_since(today - timedelta(days=settings.EVALUATION_DAYS)))
    rows = rows.filter(_answered_since(since), rated=False).order_by()
    by_office = rows.values_list("office_id", "marks__answered_by").annotate(waited=waited, n=Count("pk"))
    for office, by, waiting, number in by_office:
        yield office if by is None else by, waiting, number


def _answered_since(day: date) -> Q:
    """Whose last answer was brought on that day or later."""
    return Q(marks__delivered_on__gte=day.isoformat()) | Q(marks__review_delivered_on__gte=day.isoformat())


def _units() -> dict[int, str]:
    """The name of the unit of each office."""
    tree = list(Office.objects.values_list("pk", "path", "kind", "name"))
    units = {path: name for _, path, kind, name in tree if kind == Office.Kind.UNIT}
    return {
        pk: max(((above, unit) for above, unit in units.items() if path.startswith(above)), default=("", name))[1]
        for pk, path, _, name in tree
    }
