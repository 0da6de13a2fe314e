"""Steps by the thousand give what the one door gives, refuse what it refuses, and leave numbers without gaps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from huiyin.cases import petitioners, queries, verification
from huiyin.cases.bulk import Batch, House, Matter
from huiyin.cases.facts import clean
from huiyin.cases.models import Alarm, Case, CaseEvent, CaseLetter
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.kernel.models import Counter
from huiyin.procedure.editions import CURRENT, edition
from huiyin.procedure.states import STATES
from tests import ways
from tests.search.keys import keys_of
from tests.world import NOW, REGISTER, World

DERIVED = {"id", "no", "receipt_code", "receipt_digest", "receipt_secret"}
REGISTERING = edition(CURRENT).action("register")


def begin(batch: Batch, world: World, by: str = "clerk", **facts: Any) -> Matter:
    given = clean(REGISTERING, REGISTER | facts)
    people = petitioners.read(given.pop("petitioners"))
    clerk = world.staff["clerk"]
    return batch.begin(by=world.actor(by), now=NOW, facts=given, people=people, office=clerk.office_id, staff=clerk.pk)


def walk(batch: Batch, world: World, matter: Matter, until: str) -> None:
    for minute, (reached, action, by, facts) in enumerate(world.path(NOW, until), start=1):
        if matter.case.state == until:
            return
        batch.step(matter, action, by=world.actor(by), now=NOW + timedelta(minutes=minute), facts=facts)
        assert matter.case.state == reached


def load(world: World, until: str, count: int = 1) -> list[Case]:
    world.path(NOW, until)  # whoever it needs is there before the house is looked at
    with transaction.atomic():
        batch, by = Batch(House()), "petitioner" if until == "withdrawn" else "clerk"
        for _ in range(count):
            walk(batch, world, begin(batch, world, by, **ways.BEGUN.get(until, {})), until)
        return batch.write()


def rows(case: Case) -> dict[str, Any]:
    """Everything kept of a case but its keys and numbers."""
    plain = {name: value for name, value in vars(case).items() if not name.startswith("_") and name not in DERIVED}
    parts = {
        name: [
            unsalted({key: value for key, value in row.items() if key not in {"id", "case_id", "number", "label"}})
            for row in getattr(case, name).order_by("pk").values()
        ]
        for name in ("petitioners", "events", "clocks", "claims", "files")
    }
    letters = [(row.kind, row.seq, row.dated_on, unnumbered(row)) for row in case.letters.order_by("seq", "pk")]
    return {"case": plain, "letters": letters, **parts}


def unsalted(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the digest of the people, which each case makes with its own secret."""
    return row | {"effects": {**row["effects"], "people": ""}} if "people" in row.get("effects", ()) else row


def unnumbered(letter: CaseLetter) -> dict[str, Any]:
    numbers = {"case_number", "number_label", "document_number", "label"}
    data = {name: value for name, value in letter.data.items() if name not in numbers}
    earlier = [{name: value for name, value in row.items() if name not in numbers} for row in data.get("earlier", [])]
    return data | {"earlier": earlier}


# Not taken again, nor accepted beside a unit below, is only what a person linked to another matter; nothing that is loaded is linked.
@pytest.mark.parametrize("state", [code for code in STATES if code not in {"not_again", "not_accepted"}])
def test_a_case_taken_along_in_memory_is_the_one_that_the_door_makes(world: World, state: str) -> None:
    by_door = world.case(state)
    in_memory = load(world, state)[0]
    assert rows(Case.objects.get(pk=in_memory.pk)) == rows(Case.objects.get(pk=by_door.pk))
    assert list(verification.verify()) == []


def test_cases_and_letters_are_numbered_on_without_a_gap(world: World) -> None:
    before = world.case("accepted")
    loaded = load(world, "issued", count=3)
    after = world.case("accepted")
    assert [case.no for case in (before, *loaded, after)] == [f"2026-{number:04d}" for number in range(1, 6)]
    numbers = CaseLetter.objects.exclude(number=None).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 9))
    assert Counter.objects.get(name="case:2026").value == 5


def test_what_was_loaded_is_found_and_can_be_carried_on_at_the_desk(world: World) -> None:
    case = load(world, "handling")[0]
    assert keys_of("case", "暖气费补贴", 10) == [case.pk]
    found = queries.find(case.no)
    assert found is not None
    moved = world.perform(found, "note", "handler", words="电话告知进展。")
    assert moved.version == case.version + 1


@pytest.mark.parametrize(
    ("action", "by", "facts", "error"),
    [
        ("accept", "clerk", {"recusal_checked": True, "route": "核实。"}, Forbidden),
        ("accept", "sister_leader", {"recusal_checked": True, "route": "核实。"}, Forbidden),
        ("draft", "handler", {}, Forbidden),
        ("issue", "leader", {}, Conflict),
        ("accept", "leader", {"route": "核实。"}, Invalid),
        ("accept", "leader", {"recusal_checked": True}, Invalid),
        ("no_such_step", "leader", {}, Refused),
        ("split", "clerk", {"title": "另一件"}, Refused),  # that registers a matter
    ],
)
def test_a_step_is_refused_just_as_at_the_door(
    world: World, action: str, by: str, facts: dict[str, Any], error: type[Refused]
) -> None:
    batch = Batch(House())
    matter = begin(batch, world)
    with pytest.raises(error):
        batch.step(matter, action, by=world.actor(by), now=NOW, facts=facts)
    assert matter.case.version == 1


def test_nobody_is_made_responsible_who_does_not_work_there(world: World) -> None:
    batch = Batch(House())
    matter = begin(batch, world)
    batch.step(matter, "accept", by=world.actor("leader"), now=NOW, facts={"recusal_checked": True, "route": "核实。"})
    wrong = {"office": world.section.pk, "staff": world.staff["other_handler"].pk}
    with pytest.raises(Refused, match="不在所选的科室"):
        batch.step(matter, "assign", by=world.actor("leader"), now=NOW, facts=wrong)


def test_a_day_before_all_calendars_is_refused_in_words(world: World) -> None:
    with pytest.raises(Refused, match="1998"):
        begin(Batch(House()), world, received_on="1998-05-04")


def test_a_batch_that_fails_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(Forbidden), transaction.atomic():
        batch = Batch(House())
        begin(batch, world)
        batch.write()
        begin(batch, world, by="auditor")
    assert not Case.objects.exists() and not CaseEvent.objects.exists() and not Counter.objects.exists()
    assert load(world, "registered")[0].no == "2026-0001"


def test_a_load_gives_a_matter_only_to_those_who_may_get_it(world: World) -> None:
    batch = Batch(House())
    matter = begin(batch, world)
    passed = {"mode": "forward", "office": world.section.pk, "staff": world.staff["handler"].pk}
    with pytest.raises(Invalid) as refused:  # a section of one's own unit is no other unit
        batch.step(matter, "forward", by=world.actor("leader"), now=NOW, facts=passed)
    assert "staff" in refused.value.errors
    over = {"office": world.unit.pk, "staff": world.staff["auditor"].pk, "reason": "换人。"}
    with pytest.raises(Invalid):
        batch.step(matter, "hand_over", by=world.actor("clerk"), now=NOW, facts=over)
    asked = {"office": world.unit.pk, "staff": world.staff["auditor"].pk, "words": "请查。", "due_on": "2026-03-09"}
    with pytest.raises(Invalid):
        batch.step(matter, "ask", by=world.actor("leader"), now=NOW, facts=asked)
    about = begin(batch, world, accused=world.section.pk)
    over = {"office": world.section.pk, "staff": world.staff["handler"].pk, "reason": "换人。"}
    with pytest.raises(Invalid):
        batch.step(about, "hand_over", by=world.actor("leader"), now=NOW, facts=over)


def test_a_load_rings_what_its_acts_ring_while_the_matter_is_open(world: World) -> None:
    with transaction.atomic():
        batch = Batch(House())
        urged, explained = begin(batch, world), begin(batch, world)
        batch.step(urged, "urge", by=world.actor("leader"), now=NOW, facts={"words": "请抓紧。"})
        asked = {"words": "为什么还没有告知？", "answer_by": "2026-03-05"}
        batch.step(explained, "ask_explanation", by=world.actor("leader"), now=NOW, facts=asked)
        batch.step(explained, "explain", by=world.actor("clerk"), now=NOW, facts={"words": "正在写。"})
        loaded = batch.write()
    rung = Alarm.objects.values_list("case_id", "kind", "occurrence", "holder__username")
    assert list(rung) == [(loaded[0].pk, "urged", 2, "clerk")]
