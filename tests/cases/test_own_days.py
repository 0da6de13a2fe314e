"""Days that the unit sets itself: they count for clocks that start from then on, and their explanation says whose number it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from huiyin.procedure.calendars import default
from huiyin.procedure.deadlines import compute
from huiyin.procedure.terms import DUTY_SET_BY_UNIT, SET_BY_UNIT, SETTABLE, TERMS, set_by_unit
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def shipped() -> Iterator[None]:
    """The numbers shipped, before and after."""
    kept = dict(TERMS)
    yield
    TERMS.update(kept)


def test_a_term_that_runs_keeps_its_days_and_a_new_one_takes_the_units(world: World) -> None:
    earlier = world.case("handling", purpose="suggestion")
    set_by_unit({"reply": 20})
    later = world.case("handling", purpose="suggestion", now=NOW + timedelta(hours=1))
    days = {case.pk: case.clocks.get(term="reply") for case in (earlier, later)}
    assert [days[case.pk].days for case in (earlier, later)] == [60, 20]
    assert days[later.pk].due_on < days[earlier.pk].due_on
    said = {rule.days: rule.note for rule in (TERMS["reply"].with_days(row.days) for row in days.values())}
    assert said[20] == SET_BY_UNIT and said[60] != SET_BY_UNIT


def test_the_explanation_says_whose_number_it_is_for_what_was_not_checked_too() -> None:
    set_by_unit({"simple-handle": 7})
    said = compute(TERMS["simple-handle"], date(2026, 3, 2), default()).explanation
    assert SET_BY_UNIT.zh in said.zh and SET_BY_UNIT.en in said.en and "未与原文核对" not in said.zh


def test_a_number_that_is_the_same_changes_nothing() -> None:
    before = dict(TERMS)
    set_by_unit({code: TERMS[code].days for code in SETTABLE})
    assert before == TERMS


def test_what_the_unit_had_set_is_still_its_own_when_it_set_another_number_since() -> None:
    assert TERMS["simple-handle"].with_days(7).note == SET_BY_UNIT
    set_by_unit({"duty": 45})
    assert TERMS["duty"].with_days(200).note == DUTY_SET_BY_UNIT != TERMS["handle"].with_days(50).note


def test_no_term_of_the_regulations_can_be_set_and_nonsense_is_refused() -> None:
    for code in set(TERMS) - set(SETTABLE):
        with pytest.raises(KeyError):
            set_by_unit({code: 10})
    for number in (0, -1, 366):
        with pytest.raises(ValueError, match="reply takes 1 to 365 days"):
            set_by_unit({"reply": number})
