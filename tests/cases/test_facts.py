"""What is recorded at a step is clean: signs that nobody sees are nothing, and nothing is cut, guessed or made into text."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases.facts import LONGEST_CLAIM, clean, tidy
from huiyin.kernel.errors import Invalid
from huiyin.procedure.editions import CURRENT, edition
from tests.world import World

NOTHING = ["\ud800", "\u0001", "\u200b", "\u202e", "\u2066", " \u200b\u0001 "]
CLAIM = {"text": "补发", "result": "supported", "reason": "属实", "basis": "条例"}


def errors(action: str, **facts: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        clean(edition(CURRENT).action(action), facts)
    assert all(error.zh and error.en and name == error.field for name, error in refused.value.errors.items())
    return set(refused.value.errors)


@pytest.mark.parametrize("nothing", NOTHING)
def test_what_nobody_sees_fills_no_field(world: World, nothing: str) -> None:
    assert errors("note", words=nothing) == {"words"}
    assert {"title", "text", "channel"} <= errors("register", title=nothing, text=nothing, channel=nothing)
    with pytest.raises(Invalid):
        world.register(title=nothing)
    case = world.register(petitioners=[{"name": nothing}], claims=[nothing])
    assert not case.petitioners.exists() and not case.claims.exists()


def test_marks_go_and_what_names_are_made_of_stays() -> None:
    assert tidy("\u202e孟\u200b庆\ufeff兰\ufffe\uffff") == "孟庆兰"
    assert tidy("葛\U000e0100 👨\u200d👩") == "葛\U000e0100 👨\u200d👩"


@pytest.mark.parametrize("part", ["text", "reason", "basis"])
def test_a_request_that_is_too_long_is_told_and_not_cut_off(part: str) -> None:
    long = CLAIM | {part: "长" * (LONGEST_CLAIM + 1)}
    assert "claims" in errors("draft", claims=[long])
    assert "claims" not in errors("draft", claims=[CLAIM | {part: "长" * LONGEST_CLAIM}])


@pytest.mark.parametrize("thing", [{"a": 1}, ["a"], True, 1.5])
def test_what_is_no_text_is_not_made_into_text(thing: Any) -> None:
    assert errors("note", words=thing) == {"words"}


@pytest.mark.parametrize("claims", [{"text": "补发"}, True, 1.5, [None], [True], [["补发"]], [{"text": ["补发"]}]])
def test_what_is_no_request_is_not_made_into_one(claims: Any) -> None:
    assert "claims" in errors("draft", claims=claims)


@pytest.mark.parametrize(
    "day", ["2026-11-25<b>", "20261125", "2026-W48-3", "2026-11-25T10:00", 20261125, ["2026-11-25"]]
)
def test_only_a_whole_day_is_a_day(day: Any) -> None:
    assert "on" in errors("investigate", on=day)
    assert "on" not in errors("investigate", on="2026-11-25")
