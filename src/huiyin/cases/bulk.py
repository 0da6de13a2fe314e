"""Cases by the thousand: the same steps through the same table and the same checks, carried out in memory, written at once.

For takeovers and for the demonstration; whoever acts on one case uses `services`. A batch belongs to one transaction: its
numbers are held by that until it ends. What was read of offices and people stays as it was when the `House` was made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from huiyin.cases import (
    claims,
    commitments,
    holding,
    indexing,
    letters,
    levels,
    people_steps,
    petitioners,
    policy,
    recording,
    senders,
    services,
    tasks,
)
from huiyin.cases import facts as reading
from huiyin.cases.dossiers import Dossier
from huiyin.cases.models import Case, CaseEvent, CaseFile, CaseLetter, Claim, Clock, Evaluation, Petitioner
from huiyin.cases.snapshots import situation
from huiyin.cases.supervision import ringing
from huiyin.kernel import clock as time
from huiyin.kernel import numbers
from huiyin.kernel.db import bulk
from huiyin.kernel.errors import Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office, Topic
from huiyin.people.ladders import Ladders
from huiyin.people.models import Staff, StaffRole
from huiyin.people.policy import Actor, Decision
from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Situation, Snapshot
from huiyin.procedure.editions import in_force
from huiyin.procedure.states import STATES
from huiyin.search import services as search

AT_ONCE = 500  # cases in one statement
# Steps that write more than a case's own rows, or look at other matters; those are taken through the one door.
ONLY_BY_THE_DOOR = frozenset(
    {"identify", "represent", "succeed", "withdraw_own", "authorise", "split", "not_again", "not_accepted"}
)


class House:
    """Offices, staff, topics and the calendar, read once; and what `policy` answered, which depends on nothing else."""

    def __init__(self) -> None:
        self.offices = {office.pk: office for office in Office.objects.all()}
        self.staff = {person.pk: person for person in Staff.objects.all()}
        self.topics = {topic.code: topic for topic in Topic.objects.filter(is_active=True)}
        self.calendar = orgs.calendar()
        self._units: dict[int, Office] = {}
        self._answers: dict[tuple[Any, ...], Decision] = {}
        self._carry_on = set(StaffRole.objects.filter(role__in=holding.CARRIES_ON).values_list("staff_id", flat=True))
        self._reach: dict[tuple[Any, ...], frozenset[int]] = {}

    def unit_of(self, office: Office) -> Office:
        """The unit that an office belongs to."""
        if office.pk not in self._units:
            self._units[office.pk] = orgs.unit_of(office)
        return self._units[office.pk]

    def may(self, by: Actor, step: Action, case: Case) -> Decision:
        """`policy.may`, asked once for each kind of relation."""
        about, tasks = (
            (case.marks.get("accused"), case.sealed),
            str([case.marks.get(name) for name in ("tasks", "senders", "had")]),
        )
        asked = (by, step.name, case.office_id, case.responsible_id, case.first_asked_id, about, tasks)
        if asked not in self._answers:
            self._answers[asked] = policy.may(by, step, case)
        return self._answers[asked]

    def topic(self, code: str) -> Topic | None:
        """The topic in use with that code; None without a code. Refused if there is none."""
        if code and code not in self.topics:
            raise Refused(f"没有“{code}”这个内容分类。", f"There is no topic {code}.", field="topic")
        return self.topics.get(code)

    def check_place(self, office_id: int, staff_id: int) -> None:
        """Refused unless this person is on duty in that office."""
        office, person = self.offices.get(office_id), self.staff.get(staff_id)
        if not (office and person and office.is_active and person.is_active and person.office_id == office.pk):
            raise Refused(
                "这个人不在所选的科室。", "This person does not work in that section.", field="staff", code="place"
            )

    def check_people(
        self, case: Case, step: Action, facts: Mapping[str, Any], *, by: Actor, running: Collection[str]
    ) -> None:
        """Invalid or Refused for whoever may not get the case, or be asked for help with it, as at the one door."""
        if step.assigns and not (facts["office"] in self.in_reach(case, step, by) and facts["staff"] in self._carry_on):
            raise holding.not_to_them(step)
        if step.name == "ask" and facts["staff"] not in self._carry_on:
            raise holding.not_to_be_asked()
        if (step.assigns or step.name == "ask") and case.marks.get("accused"):
            holding.check_not_accused(case, Staff.objects.select_related("office").get(pk=facts["staff"]))
        holding.check_place_of(case, step, by=by, running=running)

    def in_reach(self, case: Case, step: Action, by: Actor) -> frozenset[int]:
        """`holding.in_reach`, asked once for each place that it can follow from."""
        from_case = step.receiver == "above" or (step.target is None and case.marks.get("review_taken"))
        key = (step.receiver, by.unit_path, case.office_id if from_case else None, bool(from_case))
        if key not in self._reach:
            self._reach[key] = frozenset(holding.in_reach(case, step, by=by))
        return self._reach[key]


@dataclass
class Matter:
    """A case on its way through the steps, with all rows that will be written for it."""

    case: Case
    snapshot: Snapshot
    last_at: datetime
    closed_at: datetime | None = None
    petitioners: list[Petitioner] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    papers: list[CaseFile] = field(default_factory=list)
    letters: list[CaseLetter] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    rung: list[tuple[CaseEvent, ringing.Rung]] = field(default_factory=list)


class Batch:
    """Begins cases and takes steps on them; `write` puts them all down. Make one inside `transaction.atomic()`.

    Without `proof` letters are not laid out to see whether they are complete: for invented data that tests have proved.
    """

    def __init__(self, house: House, *, proof: bool = True) -> None:
        self.house, self._proof = house, proof
        self.matters: list[Matter] = []
        self._numbers = _Numbers()

    def begin(
        self, *, by: Actor, now: datetime, facts: Mapping[str, Any], people: list[dict[str, Any]], office: int, staff: int,
        action: str = "register", receipt: tuple[str, str] | None = None, source: str = "", external_id: str = "",
    ) -> Matter:  # fmt: skip
        """A case that begins with `facts` (as read by `cases.facts`) and `people` (as read by `cases.petitioners`).

        `office` and `staff` are responsible for it. Raises what `services.register` raises.
        """
        law = in_force(time.on(now))
        step = law.action(action)
        self.house.check_place(office, staff)
        known = {**facts, "office": office, "staff": staff, "identity_unclear": petitioners.unclear(people)}
        if self.house.unit_of(self.house.offices[office]).role == Office.Role.PETITION_BUREAU:
            known["at_bureau"] = True
        at = situation(Snapshot(), known, by=by, now=now, law=law, calendar=self.house.calendar)
        services.check_begin(step, by=by)
        services.check_guards(step, at)
        effects = services.effects_of(step, at)
        case = services.new_case(
            at,
            effects,
            people,
            law=law.code,
            topic=self.house.topic(known["topic"]),
            receipt=receipt,
            source=source,
            external_id=external_id,
        )
        case.no = services.case_no(at.today.year, self._numbers.take(f"case:{at.today.year}"))
        case.version = 0
        matter = Matter(case, Snapshot(), now, petitioners=petitioners.rows_of(case, people))
        proof = {"people": petitioners.digest(case, matter.petitioners)}
        self._follow(matter, step, at, effects | proof, by=by)
        self.matters.append(matter)
        return matter

    def step(
        self, matter: Matter, action: str, *, by: Actor, now: datetime, facts: Mapping[str, Any] | None = None
    ) -> CaseEvent:
        """Takes one step, as `services.perform` does. Raises Forbidden, Invalid, Refused, Conflict."""
        if action in ONLY_BY_THE_DOOR:
            raise Refused(f"“{action}”不能成批办。", f"“{action}” is not taken in bulk.", code="not_in_bulk")
        step = services.edition_of(matter.case).actions.get(action)
        services.check_door(matter.case, step, action, by=by, may=self.house.may)
        recorded = self._clean(step, facts or {}) | holding.known_of(matter.case, step)
        self.house.check_people(matter.case, step, recorded, by=by, running=matter.snapshot.clocks)
        people_steps.check(
            matter.case, step, recorded, today=time.on(now), people=matter.petitioners, running=matter.snapshot.clocks
        )
        recorded |= claims.known(recorded, matter.events)
        law = services.edition_of(matter.case)
        at = situation(matter.snapshot, recorded, by=by, now=now, law=law, calendar=self.house.calendar)
        services.check_guards(step, at)
        return self._follow(matter, step, at, services.effects_of(step, at), by=by)

    def write(self) -> list[Case]:
        """Writes everything; gives the cases, now with their keys."""
        self._numbers.settle()
        for matter in self.matters:
            self._settle(matter)
        cases = Case.objects.bulk_create([matter.case for matter in self.matters], batch_size=AT_ONCE)
        for rows in ("petitioners", "events", "clocks", "claims", "papers", "letters", "evaluations"):
            bulk.insert_objects([row for matter in self.matters for row in getattr(matter, rows)])
        commitments.write(event for matter in self.matters for event in matter.events)
        bulk.insert_objects([row for matter in self.matters for row in tasks.rows_of(matter.case, matter.events)])
        bulk.insert_objects([row for matter in self.matters for row in senders.rows_of(matter.case)])
        bulk.insert_objects([row for matter in self.matters for row in levels.rows_of(matter.case)])
        self._ring()
        told = {
            each.case.pk: indexing.searchable(each.case, [row.name for row in each.petitioners])
            for each in self.matters
        }
        search.put_many("case", list(told.items()))
        search.put_many("open case", [(case.pk, told[case.pk]) for case in cases if case.is_open])
        return cases

    def _ring(self) -> None:
        """Rings what the acts rang by themselves; of settled matters what still waits: the rest was read at the time."""
        for matter in self.matters:
            left = ringing.not_answered(matter.rung, matter.events)
            for event, rung in left if matter.case.is_open else ringing.left_when_settled(left, matter.events):
                ringing.ring_for(
                    matter.case, rung, event, ladders=Ladders(time.on(event.at)), calendar=self.house.calendar
                )

    def _clean(self, step: Action, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Facts read as the door reads them; places and people are looked up in the house instead of the database."""
        recorded = reading.clean(_without_places(step), raw)
        if step.assigns:
            self.house.check_place(raw["office"], raw["staff"])
            recorded |= {"office": raw["office"], "staff": raw["staff"]}
        return recorded

    def _follow(
        self, matter: Matter, step: Action, at: Situation, effects: Mapping[str, Any], *, by: Actor
    ) -> CaseEvent:
        """Everything that follows from a step, as in `services`."""
        case, seq = matter.case, matter.case.version + 1
        kept = services.kept_facts(step, at.facts)
        event = recording.event_of(case, step, kept, effects, seq=seq, by=by, now=at.now, key=None)
        matter.snapshot, matter.last_at = engine.apply(matter.snapshot, effects), at.now
        self._move(matter, seq)
        matter.events.append(event)
        _change_clocks(matter, effects.get("clocks", ()))
        known = {row.file_id for row in matter.papers}
        matter.papers += [row for row in recording.papers(case, event, at.facts) if row.file_id not in known]
        if at.facts.get("claims"):
            matter.claims = recording.claims(case, at.facts["claims"])
        if recording.rates(event):
            matter.evaluations.append(recording.evaluation(case, at.facts, at.snapshot, now=at.now))
        refused = ringing.turns_down(matter.snapshot.marks, (claim.result for claim in matter.claims))
        returns = sum(each.action in ringing.RETURNING for each in matter.events)
        matter.rung += [(event, rung) for rung in ringing.raised(event, refused=refused, returns=returns)]
        if purpose := at.facts.get("purpose"):
            case.purpose = purpose
        if step.papers:
            day, take = time.on(at.now), self._numbers.take
            matter.letters += letters.letters_of(self._dossier(matter), event, on=day, take=take, proof=self._proof)
        return event

    def _move(self, matter: Matter, seq: int) -> None:
        case, snapshot, house = matter.case, matter.snapshot, self.house
        case.version, case.state, case.marks = seq, snapshot.state, dict(snapshot.marks)
        case.accused_id = snapshot.marks.get("accused")
        if snapshot.office and snapshot.responsible:
            case.office, case.responsible = house.offices[snapshot.office], house.staff[snapshot.responsible]
        if STATES[snapshot.state].open:
            matter.closed_at = None
        elif matter.closed_at is None:
            matter.closed_at = recording.closed_at(snapshot, now=matter.last_at)

    def _dossier(self, matter: Matter) -> Dossier:
        assert matter.case.office is not None
        unit = self.house.unit_of(matter.case.office)
        first = petitioners.addressee(matter.petitioners, petitioners.gone(matter.case))
        late = petitioners.late(matter.case, matter.petitioners)
        return Dossier(matter.case, unit, first, matter.clocks, matter.events, matter.letters, late=late)

    def _settle(self, matter: Matter) -> None:
        """The columns of the case as its last step left them."""
        columns = recording.columns_of(
            matter.snapshot, now=matter.last_at, was_closed_at=matter.closed_at, calendar=self.house.calendar
        )
        for name, value in columns.items():
            if getattr(matter.case, name) != value:
                setattr(matter.case, name, value)


class _Numbers:
    """Numbers without gaps: the first of a name locks its counter until the transaction ends, the rest are counted here."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._given: dict[str, int] = {}

    def take(self, name: str) -> int:
        if name not in self._first:
            self._first[name], self._given[name] = numbers.take(name), 0
        self._given[name] += 1
        return self._first[name] + self._given[name] - 1

    def settle(self) -> None:
        for name, given in self._given.items():
            if given > 1:
                numbers.take(name, count=given - 1)
        self._first.clear()
        self._given.clear()


def _without_places(step: Action) -> Action:
    if not step.assigns:
        return step
    kept = tuple(known for known in step.fields if known.kind not in ("office", "staff"))
    return replace(step, fields=kept, assigns=False)


def _change_clocks(matter: Matter, changes: Iterable[Mapping[str, Any]]) -> None:
    for change in changes:
        running = next((row for row in matter.clocks if row.term == change["term"] and row.stopped_on is None), None)
        if change["op"] == "stop":
            if running:
                running.stopped_on, running.outcome = date.fromisoformat(change["on"]), change["outcome"]
            continue
        if running:
            matter.clocks.remove(running)
        matter.clocks.append(recording.clock_row(matter.case, change))
