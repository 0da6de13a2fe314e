"""The one door: `register` begins a case and `perform` is the only way to change one.

Each checks the policy, the state and the guards, then writes the event and everything that follows from it in one
transaction. Of two people acting on the same state of a case, one succeeds and the other is told; nothing is overwritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.cases import (
    below,
    claims,
    commitments,
    holding,
    indexing,
    letters,
    levels,
    links,
    people_steps,
    petitioners,
    policy,
    recording,
    senders,
    splitting,
    tasks,
)
from huiyin.cases.facts import clean, ticks_asked_for
from huiyin.cases.models import Case, CaseEvent, Petitioner
from huiyin.cases.snapshots import situation, snapshot_of
from huiyin.cases.supervision import ringing
from huiyin.kernel import clock as time
from huiyin.kernel import ids, numbers
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office, Topic
from huiyin.people import queries as people
from huiyin.people.policy import Actor
from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Situation, Snapshot
from huiyin.procedure.deadlines import OutsideCalendar
from huiyin.procedure.editions import edition, in_force
from huiyin.procedure.states import STATES

NEVER_IN_EVENTS = ("text", "petitioners")


def register(
    *, by: Actor, now: datetime, facts: Mapping[str, Any], action: str = "register", key: str | None = None,
    asked: str = "", source: str = "", external_id: str = "", letter: splitting.Letter | None = None,
) -> Case:  # fmt: skip
    """Begins a case with the facts of `register` (see `forms_2022.REGISTER`) and gives it a number and a receipt.

    The same `key` again gives the same case, so that a double click registers once; with something else `asked` (a digest)
    it is a Conflict. `office` and `staff` may name who is responsible; else it is whoever registers, or who takes intake.
    An item that is split off takes people and terms from its `letter`. Raises Invalid, Forbidden, Refused.
    """
    if done := kept_under(key, action, asked):
        return done.case
    law = in_force(time.on(now))
    step = law.action(action)
    check_begin(step, by=by)
    recorded = clean(step, facts)
    typed = recorded.pop("petitioners")
    people_rows = letter.people if letter else petitioners.read(typed, by=by)
    speakers = [row for row in petitioners.rows_of(None, people_rows) if row.is_representative]
    petitioners.check_representatives(len(speakers), recorded["channel"])
    petitioners.check_once(speakers)
    recorded |= first_responsible(by, facts) | {"identity_unclear": petitioners.unclear(people_rows)}
    recorded |= {"at_bureau": True} if at_bureau(recorded["office"]) else {}
    at = situation(Snapshot(), recorded, by=by, now=now, law=law)
    check_guards(step, at)
    try:
        with transaction.atomic():
            effects = splitting.begun(letter, effects_of(step, at))
            return _begin(
                step,
                at,
                effects,
                people_rows,
                law=law.code,
                by=by,
                key=key,
                asked=asked,
                source=source,
                external_id=external_id,
            )
    except IntegrityError:
        if done := kept_under(key, action, asked):
            return done.case
        return _already_registered(source, external_id)


def perform(
    case: Case, action: str, *, by: Actor, now: datetime, facts: Mapping[str, Any] | None = None,
    version: int | None = None, key: str | None = None, asked: str = "", origin: str = "",
) -> CaseEvent:  # fmt: skip
    """Takes one step on a case and gives its event.

    `version` is the one the actor saw: if the case moved since, nothing is changed (Conflict). The same `key` again gives the
    event already made, if the same was `asked`. `origin` names the meeting whose confirmed minutes decided the step; nobody can
    type it, since it lifts guards. Raises Forbidden, Invalid, Refused, Conflict – each with a sentence for the person.
    """
    with transaction.atomic():
        fresh = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=case.pk)
        if done := kept_under(key, action, asked, case=fresh):
            return done
        step, snapshot = edition_of(fresh).actions.get(action), snapshot_of(fresh)
        check_door(fresh, step, action, by=by, version=version)
        assert step is not None
        with ticks_asked_for(step, facts or {}):
            recorded = _recorded(fresh, step, facts or {}, by=by, now=now)
        recorded |= {"origin": origin} if origin else {}
        at = situation(snapshot, recorded, by=by, now=now, law=edition_of(fresh))
        check_guards(step, at)
        if action == "split":
            at = replace(at, facts=_split(fresh, at, by=by))
        return _record(fresh, step, at, by=by, key=key, asked=asked)


def _recorded(case: Case, step: Action, facts: Mapping[str, Any], *, by: Actor, now: datetime) -> dict[str, Any]:
    """The clean facts of a step, with what is known besides; everything is checked but the table's guards."""
    recorded = clean(step, facts)
    if step.assigns:
        holding.check_receiver(case, step, recorded, by=by)
    if step.name == "ask":
        holding.check_asked(case, recorded)
    if step.name == "reclassify":
        splitting.check_letters_sealed(case, step, by=by, now=now)
    recorded |= below.known(case, step.name, recorded, by=by, on=time.on(now))
    holding.check_place_of(case, step, by=by)
    recorded |= people_steps.known(case, step, recorded) | holding.known_of(case, step)
    recorded |= claims.known(recorded, case.events.order_by("seq"))
    people_steps.check(case, step, recorded, today=time.on(now))
    return recorded


def _split(case: Case, at: Situation, *, by: Actor) -> dict[str, Any]:
    """Registers a further item of a letter and links it to the first; gives the facts that the first one's event keeps."""
    letter = splitting.letter_of(case, at)
    part = register(by=by, now=at.now, facts=splitting.facts_of(case, at.facts), letter=letter)
    splitting.check_holder(part)
    Case.objects.filter(pk=part.pk).update(first_asked=case.first_asked_id)
    links.split(case, part, by=by, now=at.now)
    for authority in splitting.authorities_of(case, on=at.today):
        _authorise_too(part, authority, by=by, now=at.now)
    return splitting.left(case, part, at.facts)


def _authorise_too(part: Case, authority: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Part of the split, which was allowed: whoever splits off what is about their own office may take no step on it any more."""
    step = edition_of(part).action("authorise")
    at = situation(snapshot_of(part), clean(step, authority), by=by, now=now, law=edition_of(part))
    check_guards(step, at)
    _record(part, step, at, by=by, key=None, asked="")


def effects_of(step: Action, at: Situation) -> dict[str, Any]:
    """What a step changes. Raises Refused for a day on which no calendar speaks, such as one before 2004."""
    try:
        return engine.effects_of(step, at)
    except OutsideCalendar as error:
        raise Refused(error.words.zh, error.words.en, code="outside_calendar") from error


def edition_of(case: Case) -> Any:
    """The edition of the procedure that the case began under."""
    return edition(case.edition)


def check_begin(step: Action, *, by: Actor) -> None:
    """Raises Forbidden if this actor may not begin a case with this step, Refused if the step begins none."""
    if step.sources:
        raise Refused(
            f"不能从“{step.label.zh}”开始。", f"Nothing begins with “{step.label.en}”.", code="unknown_action"
        )
    if not by.roles & step.roles:
        raise Forbidden("您的岗位不办登记。", "Registering is not part of your role.")


def check_door(
    case: Case, step: Action | None, name: str, *, by: Actor, version: int | None = None, may: Any = policy.may
) -> None:
    """Raises if this actor may not take this step on the case as it stands: unknown step, Forbidden, or Conflict."""
    if step is None or not step.sources:
        raise Refused(f"没有“{name}”这一步。", f"There is no step “{name}”.", code="unknown_action")
    if not (decision := may(by, step, case)):
        raise Forbidden(decision.why.zh, decision.why.en)
    if version is not None and version != case.version:
        raise _moved_on()
    if case.state not in step.sources:
        raise Conflict(
            f"现在是“{_state(case).zh}”，不能做“{step.label.zh}”。您填的还在。",
            f"The matter is “{_state(case).en}” now; “{step.label.en}” can't be done. What you typed is kept.",
            code="wrong_state",
        )


def _moved_on() -> Conflict:
    return Conflict(
        "您打开以后，有人在这件事上办了一步。您填的还在，请看过新的情况再交。",
        "Someone took a step on this matter after you opened it. What you typed is kept; look at what changed, then send again.",
        code="moved_on",
    )


def _key_used() -> Conflict:
    return Conflict(
        "这一页（这个幂等键）先前已经交过，内容和这次的不一样；这次的没有办。",
        "This page (this idempotency key) was sent before with other content; nothing was done this time.",
        code="key_used",
    )


def _state(case: Case) -> Any:
    return STATES[case.state].name


def check_guards(step: Action, at: Situation) -> None:
    """Raises Invalid or Refused for the conditions of a step that do not hold."""
    broken = engine.obstacles(step, at, early=False)
    if not broken:
        return
    errors = {
        guard.field or guard.code: Refused(guard.words.zh, guard.words.en, field=guard.field, code=guard.code)
        for guard in broken
    }
    raise Invalid(errors) if any(guard.field for guard in broken) else next(iter(errors.values()))


def first_responsible(by: Actor, facts: Mapping[str, Any]) -> dict[str, Any]:
    """首问负责: whoever takes a matter in answers for it until it is handed on; what comes by itself goes to who takes intake."""
    if facts.get("office") and facts.get("staff"):
        return {"office": int(facts["office"]), "staff": int(facts["staff"])}
    if by.kind == "staff" and by.staff_id:
        return {"office": by.office_id, "staff": by.staff_id}
    person = people.intake()
    return {"office": person.office_id, "staff": person.pk}


def at_bureau(office_id: int) -> bool:
    """Whether the matter came in at a petition bureau, which passes it on (Art. 22)."""
    return orgs.is_bureau(orgs.unit_of(Office.objects.get(pk=office_id)).path)


def _begin(
    step: Action, at: Situation, effects: dict[str, Any], people_rows: list[Any], *, law: str, by: Actor, key: str | None, asked: str,
    source: str, external_id: str,
) -> Case:  # fmt: skip
    holding.keep_on_duty(at.facts["staff"])
    case = new_case(
        at, effects, people_rows, law=law, topic=_topic(at.facts["topic"]), source=source, external_id=external_id
    )
    case.no = case_no(at.today.year, numbers.take(f"case:{at.today.year}"))
    case.save(force_insert=True)
    people = Petitioner.objects.bulk_create(petitioners.rows_of(case, people_rows))
    effects |= {"people": petitioners.digest(case, people)}
    _follow(case, _save_event(case, step, at, effects, by=by, key=key, asked=asked, seq=1), at)
    return case


def case_no(year: int, number: int) -> str:
    """The number that people say and write: 2026-0042."""
    return f"{year}-{number:04d}"


def new_case(
    at: Situation, effects: Mapping[str, Any], people_rows: list[Any], *, law: str, topic: Topic | None,
    receipt: tuple[str, str] | None = None, source: str = "", external_id: str = "",
) -> Case:  # fmt: skip
    """The row of a case that begins (not yet saved, no number yet); `receipt` are its code and secret, else random ones."""
    facts, snapshot = at.facts, engine.apply(at.snapshot, effects)
    first = petitioners.addressee(petitioners.rows_of(None, people_rows), ())
    code, secret = receipt or (ids.new_receipt_code(), ids.new_secret())
    return Case(
        edition=law, channel=facts["channel"], purpose=facts["purpose"] or "request", topic=topic,
        title=facts["title"], text=facts["text"], place=facts["place"], people_count=facts["people_count"] or max(1, len(people_rows)),
        petitioner_name=first.name if first else "", received_on=date.fromisoformat(facts["received_on"]),
        registered_at=at.now, first_asked_id=snapshot.responsible, receipt_code=code, receipt_secret=secret,
        receipt_digest=ids.digest(secret), source=source, external_id=external_id,
        **recording.columns_of(snapshot, now=at.now, was_closed_at=None, calendar=at.calendar),
    )  # fmt: skip


def _topic(code: str) -> Topic | None:
    if not code:
        return None
    found = Topic.objects.filter(code=code, is_active=True).first()
    if found is None:
        error = Refused(
            "没有这个内容分类，请从表里选。", "There is no such topic; choose one from the list.", field="topic"
        )
        raise Invalid({"topic": error})
    return found


def kept_under(key: str | None, action: str, asked: str, *, case: Case | None = None) -> CaseEvent | None:
    """The event kept under this key, if any. Raises Conflict if the key was used for another act. Asked by the key alone,
    which SQLite answers from its index, although most events of a bulk load have no key."""
    found = CaseEvent.objects.filter(key=key).select_related("case").order_by("key").first() if key else None
    if found is None:
        return None
    if (found.action, found.effects.get("asked", "")) != (action, asked) or found.case != (case or found.case):
        raise _key_used()
    return found


def _already_registered(source: str, external_id: str) -> Case:
    """Someone else registered the same thing from the same source a moment ago."""
    if external_id and (same := Case.objects.filter(source=source, external_id=external_id).first()):
        return same
    raise Conflict(
        "刚才没有登记成，请再交一次，您填的还在。", "It was not registered; please send again. What you typed is kept."
    )


def _record(case: Case, step: Action, at: Situation, *, by: Actor, key: str | None, asked: str) -> CaseEvent:
    change = people_steps.change(case, step.name, at.facts, by=by)
    effects = effects_of(step, at)
    effects |= holding.on_duty(effects, step) | holding.taken_up_again(case, step, effects, by=by) | change.proof
    event = _save_event(case, step, at, effects, by=by, key=key, asked=asked, seq=case.version + 1)
    snapshot = engine.apply(at.snapshot, event.effects)
    columns = recording.columns_of(snapshot, now=at.now, was_closed_at=case.closed_at, calendar=at.calendar)
    columns |= ringing.not_put_off(case, step.name, columns["next_alert_on"]) | change.columns
    moved = Case.objects.filter(pk=case.pk, version=case.version).update(version=event.seq, **columns)
    if moved != 1:
        raise _moved_on()
    case.refresh_from_db()
    people_steps.write(case, change)
    _follow(case, event, at)
    if change.columns:
        indexing.renamed(case)
    ringing.after_act(case, event, at, snapshot)
    return event


def _save_event(
    case: Case, step: Action, at: Situation, effects: dict[str, Any], *, by: Actor, key: str | None, asked: str, seq: int
) -> CaseEvent:  # fmt: skip
    """`asked`, the digest of what came under the key, stands with the effects, so that no later request passes for it."""
    effects = effects | {"asked": asked} if asked else effects
    event = recording.event_of(case, step, kept_facts(step, at.facts), effects, seq=seq, by=by, now=at.now, key=key)
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:
        if seq == 1:
            raise
        raise (_key_used() if CaseEvent.objects.filter(key=key or "").exists() else _moved_on()) from None
    return event


def kept_facts(step: Action, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What an event keeps for ever: the letter's own words stay with the case, the event holds their SHA-256; so does who the
    people are."""
    never = {*NEVER_IN_EVENTS, *(field.name for field in step.fields if field.private)}
    kept = {name: value for name, value in facts.items() if name not in never and value not in ("", None, [])}
    if "text" in facts:
        kept["text_sha256"] = hashlib.sha256(str(facts["text"]).encode()).hexdigest()
    return kept


def _follow(case: Case, event: CaseEvent, at: Situation) -> None:
    """Everything that follows from an event, by name and in its transaction."""
    facts = at.facts
    commitments.write([event])
    recording.write_clocks(case, event.effects.get("clocks", []))
    recording.write_papers(case, event, facts)
    if facts.get("claims"):
        recording.write_claims(case, facts["claims"])
    if event.seq > 1 and facts.get("purpose"):
        recording.write_purpose(case, facts["purpose"])
    if recording.rates(event):
        recording.write_evaluation(case, facts, at.snapshot, now=at.now)
    tasks.write(case, event)
    senders.write(case, event)
    levels.write(case, event)
    letters.write_for(case, event, on=time.on(at.now))
    indexing.follow(case, event)
