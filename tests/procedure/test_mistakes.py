"""What usually goes wrong: every step that a person takes warns of something, in both languages, and not in the words of a refusal."""

from __future__ import annotations

import pytest

from huiyin.procedure.actions import Action
from huiyin.procedure.editions import EDITIONS
from huiyin.procedure.editions.mistakes_2022 import MISTAKES

TAKEN = [step for edition in EDITIONS.values() for step in edition.actions.values() if step.fields]


@pytest.mark.parametrize("step", TAKEN, ids=lambda step: step.name)
def test_a_step_with_a_form_warns_of_one_to_three_mistakes_in_whole_sentences(step: Action) -> None:
    refusals = {guard.words for guard in step.guards}
    assert 1 <= len(set(step.mistakes)) == len(step.mistakes) <= 3
    for mistake in step.mistakes:
        assert mistake.zh.endswith("。") and mistake.en.endswith(".") and mistake.zh != mistake.en
        assert mistake not in refusals


def test_no_mistake_is_written_for_a_step_that_is_not_there() -> None:
    assert set(MISTAKES) <= {step.name for step in TAKEN}
