"""The one door: for every state, action and person, a step is taken just where the procedure's table allows it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from huiyin.cases import policy, queries, services
from huiyin.cases.models import Case, CaseEvent
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action
from huiyin.procedure.editions import EDITIONS, edition
from huiyin.procedure.states import STATES
from tests.ways import NEW_STAFF, REVIEWS
from tests.world import ANSWERS, NOW, STAFF, World

EDITION = EDITIONS["regulations-2022"]
LATER = NOW + timedelta(hours=1)
ROLES = {name: set(roles) for name, (_, roles) in (STAFF | NEW_STAFF).items()} | {
    "petitioner": {"petitioner"}, "system": {"system"},
}  # fmt: skip
# The tree of offices, each with the one above it; those in UNITS are units of their own.
ABOVE = {"unit": "", "counter": "unit", "section": "unit", "other": "unit", "sister": "unit", "station": "sister"}
UNITS = {"unit", "sister", "station"}
# Who answers for a matter in each state, where it is not the section's handler. The clerk took it in.
ANSWERS_FOR = dict.fromkeys(("registered", "accepted", "informed", "led", "not_again", "not_accepted", "transferred", "withdrawn"), "clerk") | {
    "forwarded": "sister_leader", "objected": "sister_leader", "reviewing": "station_handler",
    "review_drafted": "sister_handler", "review_issued": "sister_handler", "reviewed": "station_handler", "rereviewing": "sister_handler",
    "concluded": "station_handler",
}  # fmt: skip
# Passed on by the leader from the counter where it came in; who passed it on, works there or above stands to it as its sender.
SENT = {"forwarded", "objected", *REVIEWS}
LENT = {"asked", "sender"}
# Who answered, reviewed and re-reviewed it by then, once it went on from them.
HAD = dict.fromkeys(("review_drafted", "review_issued"), ("station_handler",)) | {
    **dict.fromkeys(("reviewed", "rereviewing", "rereview_drafted", "rereview_issued"), ("station_handler", "sister_handler")),
    "concluded": ("station_handler", "sister_handler", "handler"),
}  # fmt: skip
SEES = {"clerk": {"unit"}, "handler": set(), "head": {"above"}, "leader": {"above"}, "supervisor": {"above"}}
OVERSEES = {"head", "leader", "supervisor"}
SEES_SEALED = {"leader": {"above", "office"}}


# Who would not see it any more, had nobody of theirs answered or reviewed it.
OF_STATION = {"station_handler", "station_head", "station_leader"}
READ_ONLY = {
    **dict.fromkeys(("review_drafted", "review_issued", "rereviewing"), OF_STATION), "reviewed": {"sister_handler", "sister_clerk"},
    **dict.fromkeys(("rereview_drafted", "rereview_issued"), OF_STATION | {"sister_handler", "sister_head", "sister_leader", "sister_clerk"}),
    "concluded": {"sister_handler", "sister_clerk", "handler", "head"},
}  # fmt: skip


def offices_above(office: str) -> list[str]:
    above = ABOVE[office]
    return [above, *offices_above(above)] if above else []


def unit_of(office: str) -> str:
    return office if office in UNITS else unit_of(ABOVE[office])


def stands(name: str, state: str) -> set[str]:
    """How a person stands to a matter in that state."""
    if name not in STAFF | NEW_STAFF:
        return {"owner", "any"} if name == "petitioner" else {"any"}
    holder = ANSWERS_FOR.get(state, "handler")
    place, mine = (STAFF | NEW_STAFF)[holder][0], (STAFF | NEW_STAFF)[name][0]
    found = {
        "self": name == holder, "first_asked": name == "clerk", "office": mine == place,
        "above": mine in offices_above(place), "unit": unit_of(mine) == unit_of(place), "any": True,
        "sender": state in SENT and (name in {"leader", "clerk"} or mine == "counter" or (mine == "unit" and bool(ROLES[name] & OVERSEES))),
        "reviewed": any(had(name, (STAFF | NEW_STAFF)[each][0]) for each in HAD.get(state, ())),
    }  # fmt: skip
    return {relation for relation, holds in found.items() if holds}


def had(name: str, place: str) -> bool:
    """Whether the matters of that place are those of this person's office, of one below it, or for a clerk of their unit."""
    mine = (STAFF | NEW_STAFF)[name][0]
    below = mine in offices_above(place) and bool(ROLES[name] & OVERSEES)
    return mine == place or below or ("clerk" in ROLES[name] and unit_of(mine) == unit_of(place))


def opens(name: str, state: str) -> bool:
    """Whether that person may open the whole matter: what they were asked for, or sent, opens only a part."""
    if name in {"petitioner", "system"}:
        return True
    near = {"self", "first_asked"}
    if state == "transferred":
        return any(stands(name, state) & (near | SEES_SEALED.get(role, set())) for role in ROLES[name] if role in SEES)
    return any(stands(name, state) & (near | {"office"} | SEES[role]) for role in ROLES[name] if role in SEES)


def attempt(case: Case, action: str, world: World, name: str) -> Exception | None:
    try:
        with transaction.atomic():
            services.perform(case, action, by=world.actor(name), now=LATER)
            transaction.set_rollback(True)
    except Refused as refusal:
        return refusal
    return None


def may_act(action: Action, name: str, state: str, asked: frozenset[str]) -> bool:
    """Whoever was asked for help, or passed it on, and would not see the matter otherwise has those relations alone."""
    if name == "system":
        return bool(ROLES[name] & action.roles)
    related = stands(name, state) | ({"asked"} if name in asked else set())
    if not opens(name, state):
        related &= LENT if ROLES[name] & set(SEES) else set()
    return bool(ROLES[name] & action.roles and related & action.relations)


def refusal(case: Case, action: str, actor: Actor) -> Exception | None:
    """What the door says at once, without anything recorded."""
    try:
        services.check_door(case, EDITION.actions[action], action, by=actor)
    except Refused as told:
        return told
    return None


@pytest.mark.parametrize("state", STATES)
def test_every_action_by_every_person_is_taken_just_where_the_table_allows_it(world: World, state: str) -> None:
    walk_all(world, world.case(state), state)


@pytest.mark.parametrize("state", [code for code, known in STATES.items() if known.open])
def test_who_was_asked_for_help_does_that_and_nothing_else(world: World, state: str) -> None:
    case = world.case(state)
    for person in ("sister_clerk", "other_handler"):
        world.ask(case, person)
    walk_all(
        world,
        case,
        state,
        asked=frozenset(
            {"sister_clerk", "sister_leader", "sister_handler", "sister_head", "other_handler", "other_head"}
        ),
    )


@pytest.mark.parametrize("state", REVIEWS)
def test_who_answered_or_reviewed_it_reads_all_of_it_and_does_nothing(world: World, state: str) -> None:
    case, reading = world.case(state), set()
    for name in world.staff:
        actor, reads = world.actor(name), "reviewed" in stands(name, state)
        assert policy.may(actor, "whole", case).ok == (opens(name, state) or reads), name
        if reads and not opens(name, state):
            reading.add(name)
            assert queries.steps(actor, case, now=LATER) == [], name
    assert reading == READ_ONLY.get(state, set())


def walk_all(world: World, case: Case, state: str, *, asked: frozenset[str] = frozenset()) -> None:
    actors = {name: world.actor(name) for name in [*world.staff, "petitioner", "system"]}
    for action in EDITION.actions.values():
        for name, actor in actors.items():
            here = state in action.sources
            outcome = attempt(case, action.name, world, name) if here else refusal(case, action.name, actor)
            allowed = may_act(action, name, state, asked)
            if not action.sources:
                assert getattr(outcome, "code", "") == "unknown_action", (action.name, name)
            elif not allowed:
                assert isinstance(outcome, Forbidden), (action.name, name, outcome)
            elif not here:
                assert isinstance(outcome, Conflict), (action.name, name, outcome)
            else:
                assert not isinstance(outcome, Forbidden | Conflict), (action.name, name, outcome)
    case.refresh_from_db()
    assert case.state == state


@pytest.mark.parametrize("state", STATES)
def test_the_page_offers_exactly_what_the_door_lets_through(world: World, state: str) -> None:
    case = world.case(state)
    for name in [*world.staff, "petitioner", "system"]:
        offered = {step.action.name for step in queries.steps(world.actor(name), case, now=LATER)}
        for action in EDITION.from_state(state):
            outcome = refusal(case, action.name, world.actor(name))
            assert (action.name in offered) == (not isinstance(outcome, Forbidden)), (name, action.name)


@pytest.mark.parametrize("state", STATES)
def test_an_open_matter_has_someone_and_a_day_on_which_it_is_looked_at(world: World, state: str) -> None:
    case = world.case(state)
    assert case.is_open == STATES[state].open
    if case.is_open:
        assert case.office_id and case.responsible_id and case.next_alert_on and case.due_on


def test_two_people_on_the_same_page_one_acts_and_the_other_is_told(world: World) -> None:
    case = world.case("accepted")
    seen = case.version
    facts = {"office": world.section.pk, "staff": world.staff["handler"].pk}
    services.perform(case, "assign", by=world.actor("leader"), now=LATER, facts=facts, version=seen)
    with pytest.raises(Conflict) as told:
        services.perform(
            case, "hand_over", by=world.actor("leader"), now=LATER, facts={**facts, "reason": "忙"}, version=seen
        )
    assert told.value.code in {"moved_on", ""}
    assert CaseEvent.objects.filter(case=case, action="hand_over").count() == 0


def test_the_same_key_takes_a_step_once_and_registers_once(world: World) -> None:
    case = world.register(key="double")
    assert world.register(key="double").pk == case.pk
    actor, facts = world.actor("clerk"), {"words": "补交发票复印件"}
    first = services.perform(case, "add_material", by=actor, now=LATER, facts=facts, key="again")
    second = services.perform(case, "add_material", by=actor, now=LATER, facts=facts, key="again")
    assert first.pk == second.pk and case.events.count() == 2


def test_every_field_to_be_mended_is_named_at_once(world: World) -> None:
    case = world.case("handling")
    with pytest.raises(Invalid) as refused:
        services.perform(
            case, "investigate", by=world.actor("handler"), now=LATER, facts={"on": "2026-02-30", "kind": "guess"}
        )
    assert set(refused.value.errors) == {"kind", "on", "source", "found"}


@pytest.mark.parametrize(
    ("claims", "what"),
    [([], "claims"), ([{"text": "补发"}], "claims"), ([{**ANSWERS[0], "basis": ""}], "claims")],
)
def test_an_opinion_that_leaves_a_request_unanswered_is_not_drafted(
    world: World, claims: list[dict[str, str]], what: str
) -> None:
    case = world.case("handling")
    world.perform(case, "investigate", "handler", kind="files", on="2026-03-02", source="名册", found="有误")
    facts = {"claims": claims, "facts": "查明", "superior": "省公司"}
    with pytest.raises(Invalid) as refused:
        services.perform(case, "draft", by=world.actor("handler"), now=LATER, facts=facts)
    assert what in refused.value.errors


def test_the_drafter_cannot_sign_off_even_with_the_role(world: World) -> None:
    case = world.case("drafted")
    from huiyin.people import services as people

    people.grant_role(staff=world.staff["handler"], role="head")
    with pytest.raises(Refused) as refused:
        services.perform(case, "approve", by=world.actor("handler"), now=LATER)
    assert refused.value.code == "not_the_drafter"


def test_events_can_neither_be_changed_nor_deleted(world: World) -> None:
    from django.db import DatabaseError

    case = world.case("accepted")
    for change in (lambda: case.events.update(action="note"), lambda: case.events.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_letters_own_words_stay_out_of_the_events(world: World) -> None:
    case = world.register()
    event = case.events.get()
    assert "暖气费" not in str(event.facts) and "13800000000" not in str(event.facts)


def test_nobody_takes_a_step_on_a_matter_that_they_may_not_open(world: World) -> None:
    for state in ("registered", "issued", "closed"):
        case = world.case(state)
        for name in world.staff:
            actor = world.actor(name)
            steps = policy.offered(actor, edition(case.edition).from_state(state), case)
            assert not steps or policy.may(actor, "see", case), (state, name, [step.name for step in steps])
            told = [policy.may(actor, step, case).ok for step in edition(case.edition).from_state(state)]
            assert sum(told) == len(steps)
