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
from huiyin.cases.models import Case
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
    """The ratings of the answers of the last days, for each unit that the actor supervises: handling, procedure and result by the
    unit that has the matter, reception by the unit that received it. Six queries; never by person."""
    rows = queries.visible(actor).filter(state__in=ANSWERED, sealed=False)
    since = datetime.combine(today - timedelta(days=days), time.min, ZONE)
    rows = rows.filter(Q(is_open=True) | Q(closed_at__gte=since)).filter(marks__delivered_on__isnull=False)
    names, found = _units(), dict[str, Figures]()
    for office, kind, number in _counted(rows, today):
        of = found.setdefault(names[office], Figures(names[office]))
        setattr(of, kind, getattr(of, kind) + number)
    for aspect in ASPECTS:
        place = "first_asked__office_id" if aspect == "reception" else "office_id"
        for office, rating, number in (
            rows.exclude(evaluation=None).values_list(place, f"evaluation__{aspect}").annotate(n=Count("pk"))
        ):
            found.setdefault(names[office], Figures(names[office])).aspects[aspect][rating] += number
    return [found[name] for name in sorted(found)]


def _counted(rows: QuerySet[Case], today: date) -> Iterator[tuple[int, str, int]]:
    """For each office how many were rated, how many may still be and how many never were."""
    ended = (today - timedelta(days=settings.EVALUATION_DAYS)).isoformat()
    over = Q(marks__delivered_on__lt=ended)
    rated, waiting = Count("pk", filter=Q(rated=True)), Count("pk", filter=Q(rated=False) & ~over)
    silent = Count("pk", filter=Q(rated=False) & over)
    found = rows.order_by().values_list("office_id").annotate(rated_=rated, waiting=waiting, silent=silent)
    for office, *numbers in found:
        yield from (
            (office, name, number) for name, number in zip(("rated", "waiting", "silent"), numbers, strict=True)
        )


def _units() -> dict[int, str]:
    """The name of the unit of each office."""
    tree = list(Office.objects.values_list("pk", "path", "kind", "name"))
    units = {path: name for _, path, kind, name in tree if kind == Office.Kind.UNIT}
    return {
        pk: max(((above, unit) for above, unit in units.items() if path.startswith(above)), default=("", name))[1]
        for pk, path, _, name in tree
    }
