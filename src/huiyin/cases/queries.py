"""Reading cases: today, the list with its filters, one case with all that its page shows. How many queries that takes never
depends on how many cases, events or people there are (`tests/web/desk/test_query_counts.py`).

What an actor may see narrows the query itself; nothing outside is ever counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from huiyin.cases import holding, levels, people_steps, policy, senders, tasks
from huiyin.cases.models import Case, CaseFile, CaseTask, Clock, Draft, Petitioner, SavedView
from huiyin.cases.snapshots import situation, snapshot_of
from huiyin.cases.supervision.asked import nothing_asked, ringing_alarms
from huiyin.kernel.db.columns import beginning
from huiyin.kernel.db.counting import count_each
from huiyin.kernel.db.written import written_once
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.kernel.typed import storable
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import queries as people
from huiyin.people.models import Person
from huiyin.people.policy import SYSTEM, Actor
from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Situation
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.standing_2022 import IN_WORK
from huiyin.procedure.states import STATES
from huiyin.procedure.terms import TERMS
from huiyin.search import services as search

PAGE = 40
COUNT_TO = 1000
ROW = ("office", "responsible", "topic")
SUPERVISING = frozenset({"head", "leader", "supervisor"})
Offices = list[int] | None
ASK: Offices = [-1]  # stands for "not asked yet"
DECIDES = {
    "head": ("registered", "forwarded", "objected", "accepted", "drafted"),
    "leader": ("registered", "forwarded", "objected", "accepted", "approved", "review_drafted", "rereview_drafted"),
}
TO_REVIEW = ("reviewing", "rereviewing")
OFFICE_TERMS = tuple(term.code for term in TERMS.values() if term.duty == "office")


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty values narrow nothing. `scope` is open, closed or all; `relation` is mine,
    first_asked, asked, sent or reviewed; `unrated` keeps what the petitioner has not rated yet, `duty` what an office must do by its date."""

    q: str = ""
    scope: str = "open"
    state: str = ""
    channel: str = ""
    topic: int | None = None
    office: int | None = None
    responsible: int | None = None
    received_from: date | None = None
    received_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    relation: str = ""
    unrated: bool = False
    duty: bool = False


@dataclass(frozen=True)
class Page:
    """One page of a list. `count` is exact up to COUNT_TO, that of a search up to the end of its page, as whether a text holds the words
    must be looked at in every row; `more` says that there are further pages; `others` are the counts of the lists that were asked
    for along with it."""

    rows: list[Case]
    number: int
    more: bool
    count: int
    counted_all: bool
    others: dict[str, int] = field(default_factory=dict)


def visible(actor: Actor, *, offices: Offices = ASK) -> QuerySet[Case]:
    """The cases that an actor may see, as far as offices decide it; those first asked of them, and those on which
    they were asked to help, are other relations.

    `offices` is what `visible_offices` gave, where it was asked already.
    """
    if actor.kind == "system":
        return Case.objects.all()
    offices = visible_offices(actor) if offices is ASK else offices
    seen = Case.objects.filter(policy.knowable(actor))
    if offices is None:
        return seen
    return seen.filter(office_id__in=offices) if len(offices) != 1 else seen.filter(office_id=offices[0])


def listed(
    actor: Actor, filters: Filters, *, page: int = 1, reach: Offices = ASK,
    others: Mapping[str, Filters] | None = None,
) -> Page:  # fmt: skip
    """One page of the cases that the actor may see and the filters let through, by due date (open) or newest first.

    `reach` is what `visible_offices` gave for this actor, where it was asked already; `others` are lists to be counted along. Two
    queries: the rows, and all counts in one.
    """
    reach = visible_offices(actor) if reach is ASK else reach
    found = _narrowed(_related(actor, filters, reach), filters)
    start = (max(1, page) - 1) * PAGE
    # chosen and sorted as keys: a deep page reads no rows but its own
    keys = found.values("pk")[start : start + PAGE + 1]
    chosen = Case.objects.filter(pk__in=keys).order_by(*found.query.order_by)
    rows = list(chosen.select_related(*ROW).defer("text", "marks"))
    lists = {name: _narrowed(_related(actor, each, reach), each) for name, each in (others or {}).items()}
    counts = count_each(lists if filters.q else {"": found, **lists}, most=COUNT_TO + 1)
    more, rows = len(rows) > PAGE, rows[:PAGE]
    count = counts.pop("", start + len(rows) if rows else 0)
    shown = {name: min(number, COUNT_TO) for name, number in counts.items()}
    cut = count > COUNT_TO or (bool(filters.q) and more)
    return Page(rows, max(1, page), more, min(count, COUNT_TO), not cut, shown)


def narrowed(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """The cases of a list, in its order."""
    return _narrowed(_related(actor, filters), filters)


def _narrowed(found: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    found = found.filter(_conditions(filters) & _due(filters))
    if filters.q:
        found = found.filter(pk__in=search.find("open case" if filters.scope == "open" else "case", filters.q))
    if filters.scope == "open":
        # a state says whether it is open; engines take the two for independent and look for what is rare
        said = filters.state in STATES and STATES[filters.state].open
        return (found if said else found.filter(is_open=True)).order_by("due_on", "pk")
    if filters.scope == "closed":
        return found.filter(is_open=False).order_by("-received_on", "-pk")
    return found.order_by("-received_on", "-pk")


def today(actor: Actor, *, limit: int) -> list[Case]:
    """What the actor has to do, by date: the open cases that they are responsible for, each with its `internal_on`."""
    return _today(actor.staff_id, limit)


@written_once
def _today(staff_id: int | None, limit: int) -> QuerySet[Case]:
    return _by_date(Case.objects.filter(responsible_id=staff_id, is_open=True), limit)


def awaiting(actor: Actor, *, ending: tuple[date, date] | None = None, limit: int) -> list[Case]:
    """Open cases of others that wait for a decision of this actor's role: acceptance, assignment, sign-off, issue; and
    whether to extend, for what is in work and reaches the end of its 60 days between today and `ending` (two days)."""
    return _awaiting(actor, ending, limit)


@written_once
def _awaiting(actor: Actor, ending: tuple[date, date] | None, limit: int) -> QuerySet[Case]:
    decided = _decided_by(actor, ending)
    if not decided:
        return Case.objects.none()
    waiting = Case.objects.filter(_supervised(actor), policy.knowable(actor), decided)  # every such state is open
    return _by_date(waiting.exclude(responsible_id=actor.staff_id), limit)


def _by_date(cases: QuerySet[Case], limit: int) -> QuerySet[Case]:
    """The first by due date, each with the day to be done by (`internal_on`) of the term that it shows."""
    leading = Clock.objects.filter(case=OuterRef("pk"), term=OuterRef("due_term"), stopped_on=None)
    shown = cases.annotate(internal_on=Subquery(leading.values("internal_on")[:1]))
    return shown.select_related("office__parent__parent").defer("text").order_by("due_on", "pk")[:limit]


def open_of(actor: Actor, person: Person, *, limit: int = 5) -> list[Case]:
    """The open matters that somebody on the roster brought, as far as this actor may see them, the newest first."""
    found = visible(actor).filter(petitioners__person=person, petitioners__until=None, is_open=True).distinct()
    return list(found.defer("text", "marks").order_by("-received_on", "-pk")[:limit])


def open_count(actor: Actor) -> int:
    """How many open cases the actor is responsible for, counted up to COUNT_TO."""
    return Case.objects.filter(responsible_id=actor.staff_id, is_open=True)[:COUNT_TO].count()


def find(no: str) -> Case | None:
    """The case with that number, with all that its page shows prefetched (nine queries); policy is not asked."""
    cases = Case.objects.select_related("office__parent__parent", "responsible", "first_asked", "topic__parent__parent")
    return cases.annotate(stands_linked=holding.linked_as_same()).prefetch_related(
        "clocks", "events", "claims", "letters", "evaluations",
        Prefetch("petitioners", Petitioner.objects.select_related("person")),
        Prefetch("tasks", CaseTask.objects.select_related("office", "person", "asked_by")),
        Prefetch("files", CaseFile.objects.select_related("file")),
        Prefetch("alarms", ringing_alarms(), to_attr="ringing"),
    ).filter(no=storable(no)).first()  # fmt: skip


def seen_by(actor: Actor, no: str, what: str = "see") -> Case:
    """The case for its page, or for its whole file (`what="whole"`). Raises Refused (code not_found) if there is none, Forbidden if the actor may not see it."""
    case = find(no)
    if case is None:
        raise Refused(
            "没有这个编号的事项，请再看一眼。", "There is no matter with this number; check it.", code="not_found"
        )
    if not (decision := policy.may(actor, what, case)):
        raise Forbidden(decision.why.zh, decision.why.en)
    return case


@dataclass(frozen=True)
class Step:
    """An action on a case as the page offers it: possible now, or not yet with the reasons; `beside` is for other kinds of
    matters. `first` are the steps after which reasons of these are gone."""

    action: Action
    reasons: list[Any]
    beside: bool = False
    first: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        return not self.reasons


def steps(actor: Actor, case: Case, *, now: Any, calendar: Calendar | None = None) -> list[Step]:
    """The steps that the table holds for this state and that this actor's role and relation allow, in its order.

    `calendar` is the one in force, where it was asked already.
    """
    at = situation(snapshot_of(case), {}, by=actor, now=now, law=edition(case.edition), calendar=calendar)
    offered = policy.offered(actor, edition(case.edition).from_state(case.state), case)
    return [_step(action, at, case) for action in offered]


def open_to_anybody(case: Case, *, now: Any, calendar: Calendar | None = None) -> list[Action]:
    """The steps that may be taken in this state now by whoever the table names for them."""
    at = situation(snapshot_of(case), {}, by=SYSTEM, now=now, law=edition(case.edition), calendar=calendar)
    return [action for action in edition(case.edition).from_state(case.state) if _step(action, at, case).possible]


def _step(action: Action, at: Situation, case: Case) -> Step:
    broken, unasked = (
        engine.obstacles(action, at, early=True),
        nothing_asked(action.name, case) + holding.not_theirs(action, case) + people_steps.not_for(action.name, case),
    )
    reasons = [guard.words for guard in broken] + unasked
    first = tuple(guard.met_by for guard in broken if guard.met_by)
    return Step(action, reasons, bool(unasked) or any(guard.silent for guard in broken), first)


@dataclass(frozen=True)
class Choices:
    """What a list can be narrowed to for this actor: offices (id, name), people (id, name, office), topics (id, zh, en).

    `reach` is what `visible_offices` gives.
    """

    reach: Offices
    offices: list[tuple[int, str]]
    staff: list[tuple[int, str, str]]
    topics: list[tuple[int, str, str]]


def choices(actor: Actor) -> Choices:
    """The offices whose cases the actor sees, the people in them, and the topics. Plain rows: pages list hundreds of them."""
    tree = people.places()
    reach = visible_offices(actor, tree=[(place.pk, place.path, place.kind) for place in tree])
    places = [place for place in tree if reach is None or place.pk in reach]
    staff = [(pk, name, place.name) for place in places for pk, name in place.staff]
    topics = orgs.topics().values_list("pk", "name_zh", "name_en")
    return Choices(reach, [(place.pk, place.name) for place in places], staff, list(topics))


def saved_views(actor: Actor) -> list[SavedView]:
    """The filters that someone kept, by name."""
    return list(SavedView.objects.filter(staff_id=actor.staff_id or 0).order_by("name"))


def drafts(actor: Actor) -> list[Draft]:
    """What someone typed at the desk and has not registered yet, newest first."""
    return _drafts(actor.staff_id)


@written_once
def _drafts(owner_id: int | None) -> QuerySet[Draft]:
    return Draft.objects.filter(owner_id=owner_id, case=None).order_by("-updated_at")[:50]


def visible_offices(actor: Actor, *, tree: list[tuple[int, str, str]] | None = None) -> Offices:
    """The ids of the offices whose cases the actor sees; None for all of them, which spares the database a long list.

    `tree` holds id, path and kind of all offices, where that was asked already.
    """
    supervises = bool(actor.roles & SUPERVISING)
    if supervises and actor.whole:
        return None
    seen = {actor.office_id} if "handler" in actor.roles and actor.office_id else set()
    if supervises or "clerk" in actor.roles:
        tree = list(Office.objects.values_list("pk", "path", "kind")) if tree is None else tree
        seen.update(pk for pk, path, _ in tree if supervises and path.startswith(actor.office_path))
        seen.update(orgs.own_ids(tree, actor.unit_path) if "clerk" in actor.roles else ())
    return sorted(seen)


def _supervised(actor: Actor) -> Q:
    """What belongs to the actor's office or to one below it."""
    return Q() if actor.whole else Q(office__in=orgs.subtree(actor.office_path).values("pk"))


def _related(actor: Actor, filters: Filters, reach: Offices = ASK) -> QuerySet[Case]:
    relation = filters.relation
    if relation == "mine":
        return Case.objects.filter(responsible_id=actor.staff_id)
    if relation == "first_asked":
        return Case.objects.filter(first_asked_id=actor.staff_id)
    if relation == "asked":
        return tasks.asked_cases(actor)
    if relation == "reviewed":
        reach = visible_offices(actor) if reach is ASK else reach
        return levels.had_by(actor, offices=reach, only_open=filters.scope == "open")
    if relation == "sent":
        return senders.sent_cases(actor, only_open=filters.scope == "open")
    return visible(actor, offices=reach)


def _conditions(filters: Filters) -> Q:
    given: Mapping[str, Any] = {
        "state": filters.state if filters.state in STATES else "",
        "channel": filters.channel,
        "topic_id": filters.topic,
        "office_id": filters.office,
        "responsible_id": filters.responsible,
        "received_on__gte": filters.received_from,
        "received_on__lte": filters.received_to,
    }
    narrowed = Q(**{name: value for name, value in given.items() if value})
    return narrowed & Q(rated=False) if filters.unrated else narrowed


def _due(filters: Filters) -> Q:
    """Of all cases few have a due date: in lists that are not in its order those are found first. A closed one has no duty."""
    given = {"due_on__gte": filters.due_from, "due_on__lte": filters.due_to}
    dates: dict[str, Any] = {name: value for name, value in given.items() if value}
    if filters.duty:
        dates |= {"due_term__in": OFFICE_TERMS, "is_open": True}
    if not dates or filters.scope == "open":
        return Q(**dates)
    return Q(pk__in=Case.objects.filter(**{"is_open__in": (True, False), **dates}).values("pk"))


def _decided_by(actor: Actor, ending: tuple[date, date] | None) -> Q:
    """What waits for this actor's roles; empty for roles that decide nothing."""
    roles = actor.roles
    states = [state for role, states in DECIDES.items() if role in roles for state in states]
    if not states:
        return Q()
    waiting = Q(state__in=states) | _to_review(actor)
    if "leader" in roles and ending:
        waiting |= Q(state__in=IN_WORK, due_term="handle", due_on__range=ending)
    return waiting


def _to_review(actor: Actor) -> Q:
    """Requests for review of what a unit below answered, as long as nobody was named to handle them."""
    units = Office.objects.filter(beginning("path", actor.unit_path), kind=Office.Kind.UNIT).exclude(
        path=actor.unit_path
    )
    handled = ExpressionWrapper(OuterRef("office__path"), output_field=CharField())
    below = units.annotate(handled=handled).filter(handled__startswith=F("path"))
    return Q(Exists(below), state__in=TO_REVIEW, marks__review_taken=False)
