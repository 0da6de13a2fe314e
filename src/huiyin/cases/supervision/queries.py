"""Reading alarms: one's own on 我的一天, those of a case, and the supervisor's board with what is behind each of its numbers.

The board is two queries, whatever it shows; both read open alarms only, never the cases that are in time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from huiyin.cases import policy
from huiyin.cases.models import Case
from huiyin.cases.supervision.models import Alarm, AlarmEntry
from huiyin.kernel.db.written import written_once
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import STAFF, Actor
from huiyin.procedure.alarms import LATE, RULES, SOON, UNNOTICED

SUPERVISING = frozenset({"head", "leader", "supervisor"})
FOR_THE_PERSON = tuple(kind for kind, rule in RULES.items() if rule.first in ("person", "sender"))
ROWS = 50
COUNT_TO = 1000
SHOWN: dict[str, Q] = {
    "unread": Q(acknowledged_by=None),
    "late": Q(kind__in=LATE),
    "soon": Q(kind__in=SOON),
    "unnoticed": Q(kind__in=UNNOTICED),
    "nobody": Q(holder=None),
    "all": Q(),
}


@dataclass(frozen=True)
class Counts:
    """A row of the board: an office and how many of its alarms are of each sort."""

    office: int
    name: str
    shown: dict[str, int]


@dataclass(frozen=True)
class Board:
    """What a supervisor has before them; `rows` are at most ROWS alarms, the oldest first, `more` says there are others."""

    offices: list[Counts]
    rows: list[Alarm]
    more: bool


def board(actor: Actor, *, show: str = "unread", office: int | None = None) -> Board:
    """The open alarms of the offices that the actor supervises: counted by office, and those asked for, one by one."""
    within = _within(actor)
    found = within.filter(SHOWN.get(show, SHOWN["unread"]))
    found = found.filter(office_id=office) if office is not None else found
    keys = found.order_by("raised_on", "pk").values("pk")[: ROWS + 1]
    rows = _with_names(Alarm.objects.filter(pk__in=keys)).order_by("raised_on", "pk")
    listed = list(rows)
    return Board(_counts(actor), listed[:ROWS], len(listed) > ROWS)


def _counts(actor: Actor) -> list[Counts]:
    """Answered from the index `alarm_counts`: the few matters that the actor may not know of are left out by their ids."""
    hidden = Case.objects.exclude(policy.knowable(actor)).values("pk")
    known = _of_offices(actor).exclude(case__in=hidden.filter(sealed=True))
    known = known.exclude(case__in=hidden.filter(accused__isnull=False))
    sums: dict[str, Any] = {name: Count("pk", filter=condition) for name, condition in SHOWN.items() if condition}
    rows: Iterable[Any] = (
        known.values("office_id", "office__name", "office__path")
        .annotate(all=Count("pk"), **sums)
        .order_by("office__path")
    )
    return [Counts(row["office_id"], row["office__name"], {name: row[name] for name in SHOWN}) for row in rows]


def unread_count(actor: Actor) -> int:
    """How many alarms of the actor's offices nobody took note of, counted up to COUNT_TO."""
    return _within(actor).filter(acknowledged_by=None)[:COUNT_TO].count()


@written_once
def mine(actor: Actor, *, limit: int) -> QuerySet[Alarm]:
    """The alarms that this person is to take note of: told to them now, or about what they answer for."""
    told = Q(holder_id=actor.staff_id) | Q(responsible_id=actor.staff_id, kind__in=FOR_THE_PERSON)
    seen = _unsealed(actor) | Q(responsible_id=actor.staff_id)
    rows = Alarm.objects.filter(told, seen, ended_on=None, acknowledged_by=None).order_by("raised_on", "pk")
    return rows.select_related("case", "office", "responsible", "holder").defer("case__text", "case__marks")[:limit]


def of_case(case: Case) -> list[Alarm]:
    """The open alarms of a case, the oldest first."""
    return list(_with_names(Alarm.objects.filter(case=case, ended_on=None)).order_by("raised_on", "pk"))


def seen_by(actor: Actor, alarm_id: int) -> Alarm:
    """One alarm for its page. Refused (not_found) if there is none, Forbidden if it is not one's to know of."""
    alarm = _with_names(Alarm.objects.filter(pk=alarm_id)).first()
    if alarm is None:
        raise Refused("没有这条告警。", "There is no such alarm.", code="not_found")
    if not may_take_note(actor, alarm):
        raise Forbidden("这条告警不在您的范围内。", "This alarm is outside your range.")
    return alarm


def history(alarm: Alarm) -> list[AlarmEntry]:
    """What happened to an alarm, in order."""
    return list(alarm.entries.select_related("to", "by").order_by("pk"))


def may_take_note(actor: Actor, alarm: Alarm) -> bool:
    """The person told, the person responsible (of alarms that go to them), and whoever supervises the office."""
    if not actor.roles & STAFF:
        return False
    if alarm.case is not None and not _may_know(actor, alarm.case):
        return actor.staff_id == alarm.responsible_id
    if actor.staff_id == alarm.holder_id:
        return True
    if actor.staff_id == alarm.responsible_id:
        return alarm.kind in FOR_THE_PERSON
    return bool(actor.roles & SUPERVISING) and alarm.office.path.startswith(actor.office_path)


def _may_know(actor: Actor, case: Case) -> bool:
    if case.accused_id in policy.about_them(actor, sealed=case.sealed):
        return False
    return not case.sealed or "leader" in actor.roles


def nobody_told() -> list[str]:
    """The names of the offices with an open alarm that nobody is left to be told of: somebody has to be appointed."""
    rows = Alarm.objects.filter(ended_on=None, holder=None).order_by("office__path")
    return list(rows.values_list("office__name", flat=True).distinct())


def _within(actor: Actor) -> QuerySet[Alarm]:
    return _of_offices(actor).filter(_unsealed(actor))


def _of_offices(actor: Actor) -> QuerySet[Alarm]:
    found = Alarm.objects.filter(ended_on=None)
    return found if actor.whole else found.filter(office__in=orgs.subtree(actor.office_path).values("pk"))


def _unsealed(actor: Actor) -> Q:
    """Alarms are told of to those who may know of the matter (Art. 30)."""
    return Q(case=None) | policy.knowable(actor, "case__")


def _with_names(alarms: QuerySet[Alarm]) -> QuerySet[Alarm]:
    return alarms.select_related("case", "office", "responsible", "holder", "acknowledged_by").defer("case__text")
