"""信访事项简易办理办法: what is filed for the first time and clear is handled within ten working days; what isn't takes the ordinary way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases import links
from huiyin.cases.models import Case
from huiyin.documents.letters.content import build
from huiyin.kernel.errors import Invalid, Refused
from tests.ways import DUTY, SIMPLE
from tests.world import ANSWERS, NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date().isoformat()
FOUND = {"kind": "files", "on": TODAY, "source": "名册", "found": "少录面积。"}


def clocks(case: Case) -> dict[str, tuple[date, str]]:
    return {clock.term: (clock.due_on, clock.outcome) for clock in case.clocks.order_by("pk")}


def kinds(case: Case) -> list[str]:
    return [letter.kind for letter in case.letters.order_by("seq", "pk")]


def simple(world: World, **facts: Any) -> Case:
    return world.perform(world.register(**facts), "simple_accept", "leader", **SIMPLE, **world.to("handler"))


def test_a_simple_matter_has_ten_working_days(world: World) -> None:
    case = simple(world)
    assert case.state == "handling" and clocks(case)["simple-handle"][0] == date(2026, 3, 16)
    assert "handle" not in clocks(case) and kinds(case) == ["simple_acceptance"]


def test_an_enquiry_that_is_handled_simply_has_its_notice_too(world: World) -> None:
    case = simple(world, purpose="enquiry")
    assert clocks(case)["simple-handle"][0] == date(2026, 3, 16) and "reply" not in clocks(case)
    letter = case.letters.get(kind="simple_acceptance")
    assert letter.data["due_on"] == "2026-03-16"
    text = build(letter.kind, letter.data).text
    assert "《信访事项简易办理办法》，最迟2026年3月16日" in text and "复查" not in text
    case = world.perform(case, "convert", "handler", now=NOW + 9 * DAY, reason="要调研。", route="按普通程序办理。")
    assert clocks(case)["reply"][0] == date(2026, 5, 6) and clocks(case)["simple-handle"][1] == "replaced"


def test_what_turns_ordinary_owes_its_new_notice_where_the_first_was_told(world: World) -> None:
    told = world.perform(simple(world), "notify", "clerk", mode="hand", on=TODAY, received_by="孟庆兰")
    assert clocks(told)["notice"][1] == "met"
    later, turned = NOW + 9 * DAY, {"reason": "要细查。", "route": "按普通程序办理。"}
    told = world.perform(told, "convert", "handler", now=later, **turned)
    assert told.clocks.get(term="notice", stopped_on=None).due_on == date(2026, 3, 26)
    told = world.perform(
        told, "notify", "clerk", now=later, mode="hand", on=later.date().isoformat(), received_by="孟庆兰"
    )
    assert not told.clocks.filter(term="notice", stopped_on=None).exists()
    untold = world.perform(simple(world), "convert", "handler", now=later, **turned)
    assert untold.clocks.get(term="notice").start_on == NOW.date()  # the first one is owed still


@pytest.mark.parametrize("kind", ["same", "repeat"])
def test_what_repeats_an_earlier_matter_is_not_handled_simply_but_the_earlier_one_may_be(
    world: World, kind: str
) -> None:
    first, second = world.register(), world.register(now=NOW + DAY)
    links.join(second, first.no, by=world.actor("leader"), now=NOW + DAY, kind=kind, reason="一样。")
    for step, by, facts in (("propose_simple", "clerk", {"ground": "clear"}), ("simple_accept", "leader", SIMPLE | world.to("handler"))):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            world.perform(second, step, by, now=NOW + DAY, **facts)
        assert "初次" in str(refused.value.errors["ground"])
    assert world.perform(first, "simple_accept", "leader", now=NOW + DAY, **SIMPLE, **world.to("handler")).marks[
        "simple"
    ]


@pytest.mark.parametrize(
    ("step", "letter"), [("simple_accept", "信访事项简易办理告知书"), ("take_duty", "依法履职告知书")]
)
def test_the_written_notice_brings_the_letter_that_was_made(world: World, step: str, letter: str) -> None:
    facts = SIMPLE if step == "simple_accept" else {**DUTY, "limit_on": "2026-04-01"}
    case = world.perform(world.register(), step, "leader", **facts, **world.to("handler"))
    case = world.perform(case, "notify", "clerk", mode="hand", on=TODAY, received_by="孟庆兰")
    assert clocks(case)["notice"][1] == "met"
    assert letter[-7:] in case.letters.get(kind="service").data["document"]


@pytest.mark.parametrize("facts", [{"channel": "superior"}, {"people_count": 3}, {"purpose": "accusation"}])
def test_what_the_measures_exclude_is_not_handled_simply(world: World, facts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        simple(world, **facts)


def test_nothing_is_refused_in_simple_handling_and_the_sixty_days_count_from_the_simple_acceptance(
    world: World,
) -> None:
    case = world.perform(simple(world), "investigate", "handler", **FOUND)
    refusing = [ANSWERS[1], {**ANSWERS[0], "result": "not_supported", "ground": "rules"}]
    drafted = {"claims": refusing, "facts": "查明。", "superior": "省公司"}
    with pytest.raises(Invalid) as refused:
        world.perform(case, "draft", "handler", **drafted)
    assert "claims" in refused.value.errors
    later = NOW + 9 * DAY
    case = world.perform(case, "convert", "handler", now=later, reason="可能不支持。", route="按普通程序办理。")
    assert clocks(case)["handle"][0] == date(2026, 5, 6) and clocks(case)["simple-handle"][1] == "replaced"
    assert world.perform(case, "draft", "handler", now=later, **drafted).state == "drafted"
    with pytest.raises(Refused):
        world.perform(case, "convert", "handler", now=later, reason="再转。", route="x")
