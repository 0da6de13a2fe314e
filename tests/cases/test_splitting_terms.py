"""分件: what is split off stands where the letter stands. No term begins anew by it, and none is late that was kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from huiyin.cases import services
from huiyin.cases.models import Case
from huiyin.cases.verification import verify
from tests import ways
from tests.world import NOW, World

LATER = NOW + timedelta(days=30)
ITEM = {"title": "医药费没有报", "text": "去年的医药费还没有报。", "part_claims": "报销医药费", "purpose": "request"}


def split(world: World, case: Case, by: str = "clerk", **facts: Any) -> Case:
    event = services.perform(case, "split", by=world.actor(by), now=LATER, facts={**ITEM, **facts})
    return Case.objects.select_related("office").get(no=event.facts["part"])


def running(case: Case) -> dict[str, tuple[date, date]]:
    """The running terms: first day and last day of each."""
    return {row.term: (row.start_on, row.due_on) for row in case.clocks.filter(stopped_on=None)}


def led_and_recalled(world: World) -> Case:
    """A matter accepted on NOW, led elsewhere by mistake and taken back: its 60 days run on."""
    ((_, action, by, facts),) = ways.beside(world, "led", NOW)
    case = world.perform(world.case("handling"), action, by, **facts)
    return world.perform(case, "recall_direction", "leader", now=LATER, reason="定错了。")


def test_the_sixty_days_of_an_item_run_since_the_letter_was_accepted(world: World) -> None:
    letter = led_and_recalled(world)
    item = split(world, letter)
    assert running(item) == running(letter) and "handle" in running(item)
    accepted = world.perform(item, "accept", "leader", now=LATER, **ways.RECUSAL, route="接着办。")
    assert running(accepted)["handle"] == running(letter)["handle"]
    assert list(verify()) == []


def test_an_item_of_a_letter_that_turned_out_to_be_an_accusation_keeps_its_sixty_days(world: World) -> None:
    letter = world.case("handling")
    sixty = running(letter)["handle"]
    letter = world.perform(letter, "reclassify", "leader", now=LATER, reason="还反映截留补贴。", accused="outside")
    assert "handle" not in running(letter)
    assert running(split(world, letter))["handle"] == sixty
    assert not running(split(world, letter, purpose="suggestion")).keys() & {"handle", "extend"}
    assert list(verify()) == []


def test_an_extended_letter_gives_its_item_the_extended_day(world: World) -> None:
    letter = world.perform(world.case("handling"), "extend", "leader", days=20, reason="要调档案。")
    ends = running(letter)["extend"]
    letter = world.perform(letter, "reclassify", "leader", now=LATER, reason="还反映截留补贴。", accused="outside")
    item = split(world, letter)
    assert running(item)["extend"] == ends and "handle" not in running(item)
    assert list(verify()) == []


def test_what_the_petitioner_was_told_of_the_letter_is_not_late_for_its_item(world: World) -> None:
    letter = world.case("handling")
    letter = world.perform(letter, "reclassify", "leader", now=LATER, reason="还反映截留补贴。", accused="outside")
    assert "notice" not in running(letter)
    assert "notice" not in running(split(world, letter))


def test_the_notice_of_a_letter_taken_up_again_counts_for_its_item_from_that_day(world: World) -> None:
    letter = world.register()
    asked = {"way": "visit", "on": NOW.date().isoformat(), "reason": "先等等。"}
    letter = world.perform(letter, "withdraw", "counter_head", **asked, freely=True)
    again = {"way": "phone", "on": LATER.date().isoformat(), "reason": "请接着办。"}
    letter = world.perform(letter, "resume", "clerk", now=LATER, **again)
    item = split(world, letter)
    assert running(item) == running(letter)
    assert running(item)["notice"][0] == LATER.date()


def test_an_item_taken_back_and_brought_again_counts_from_its_own_day_and_its_letter_from_its_own(world: World) -> None:
    letter = world.register()
    event = services.perform(letter, "split", by=world.actor("clerk"), now=NOW, facts=ITEM)
    item, stood = Case.objects.select_related("office").get(no=event.facts["part"]), running(letter)
    asked = {"way": "visit", "on": NOW.date().isoformat(), "reason": "先等等。"}
    item = world.perform(item, "withdraw", "counter_head", **asked, freely=True)
    again = {"way": "phone", "on": LATER.date().isoformat(), "reason": "请接着办。"}
    item = world.perform(item, "resume", "clerk", now=LATER, **again)
    assert (running(item)["notice"][0], running(letter)) == (LATER.date(), stood)
    accepted = world.perform(item, "accept", "leader", now=LATER, **ways.RECUSAL, route="接着办。")
    assert running(accepted)["handle"][0] == LATER.date()
    assert list(verify()) == []


def test_what_the_sender_outside_answered_counts_for_the_item_too(world: World) -> None:
    letter, today = world.register(channel="hotline"), NOW.date().isoformat()
    raised = {"sender": "12345", "on": today, "reason": "医保归医保局。", "how": "函"}
    letter = world.perform(letter, "object_outside", "clerk", **raised)
    letter = world.perform(letter, "answer_outside", "clerk", answer="agreed", on=today, reference="12345来电")
    item = split(world, letter)
    assert item.marks["outside"] == "agreed" and "object" not in running(item)
    assert list(verify()) == []


def test_verify_tells_of_an_item_that_its_letter_names_and_that_is_not_there(world: World) -> None:
    letter = world.register()
    item = split(world, letter)
    assert list(verify()) == []
    Case.objects.filter(pk=item.pk).update(no="2026-9999")
    assert [(each.no, each.code, each.detail) for each in verify()] == [(letter.no, "item_missing", item.no)]
