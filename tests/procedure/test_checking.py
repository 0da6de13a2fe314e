"""Every matter has a way to a lawful end; an edition that breaks this promise is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner

from huiyin.commands import procedure as page
from huiyin.procedure import checking
from huiyin.procedure.actions import Action, Edition, Guard, Situation
from huiyin.procedure.checking import walk
from huiyin.procedure.editions import EDITIONS, ordinary_2022, review_2022, tasks_2022
from huiyin.procedure.editions.regulations_2022 import EDITION
from huiyin.procedure.situations import PLACE
from huiyin.procedure.states import STATES
from huiyin.procedure.walking import Walk
from huiyin.procedure.words import Words


def test_the_command_walks_every_edition_and_finds_no_step_idle_and_no_matter_stuck() -> None:
    told = CliRunner().invoke(page.command, ["check"])
    assert told.exit_code == 0, told.output
    for line, code in zip(told.output.splitlines(), EDITIONS, strict=True):
        said = line.removeprefix(f"{code}: ").split(", ")
        numbers = {words: int(number) for number, words in (part.split(" ", 1) for part in said)}
        assert numbers["states"] == len(STATES) and numbers["breaches"] == 0
        assert numbers["moves"] > numbers["situations"] > 1 and numbers["paths from registration to an end"] > 1


# The ordinary path alone, with the execution of what was supported: quick to walk, and what is broken in it is told apart from
# states that it doesn't reach.
SHORT = replace(
    EDITION,
    actions={step.name: step for step in (*ordinary_2022.ACTIONS, EDITION.actions["carry_out"])},
)
REVIEWED = replace(SHORT, actions={**SHORT.actions, **{step.name: step for step in review_2022.ACTIONS}})
# Where somebody's name becomes known later, and the answer is brought after all.
KNOWN_LATER = replace(
    SHORT, actions={**SHORT.actions, **{name: EDITION.actions[name] for name in ("identify", "bring_answer")}}
)


# Where other offices are asked, and the answer is reviewed.
WITH_TASKS = replace(REVIEWED, actions={**REVIEWED.actions, **{step.name: step for step in tasks_2022.ACTIONS}})

# Where a letter that was led elsewhere, and taken back, is split.
WITH_ITEMS = replace(
    SHORT,
    actions={
        **SHORT.actions,
        **{name: EDITION.actions[name] for name in ("lead", "tell_direction", "recall_direction", "split")},
    },
)


def _without(name: str, edition: Edition = SHORT) -> Edition:
    return replace(edition, actions={key: action for key, action in edition.actions.items() if key != name})


def _with(name: str, change: Callable[[Action], Action], edition: Edition = SHORT) -> Edition:
    return replace(edition, actions={**edition.actions, name: change(edition.actions[name])})


def _and(name: str, *, but: str) -> Edition:
    """With one step more, but without another."""
    return replace(SHORT, actions={**_without(but).actions, name: EDITION.actions[name]})


def _guarded(edition: Edition, name: str, holds: Callable[[Situation], bool]) -> Edition:
    step = edition.actions[name]
    planted = replace(step, guards=(*step.guards, Guard("planted", holds, Words("", ""))))
    return replace(edition, actions={**edition.actions, name: planted})


def _handled_in_time(situation: Situation) -> bool:
    clock = situation.running("handle")
    return clock is None or situation.today <= clock.due


def _settled_before_it_was_brought() -> Edition:
    """What was settled without a period to ask in can't be archived when one begins."""
    told = _with(
        "close", lambda step: replace(step, marks=lambda s: {"told": bool(s.running("request-review"))}), KNOWN_LATER
    )
    return _guarded(told, "archive", lambda s: not s.running("request-review") or bool(s.mark("told")))


def _forgets_a_revocation() -> Edition:
    """What a re-review maintains counts as maintained, though the review had revoked it."""
    drafted = _with(
        "draft_rereview", lambda step: replace(step, marks=lambda s: {"outcome": s.facts["outcome"]}), REVIEWED
    )
    return _guarded(drafted, "rehandle", lambda s: s.mark("outcome") == "revoke")


def _since(mark: str, situation: Situation) -> int:
    return (situation.today - (situation.date_mark(mark) or situation.today)).days


def _left(situation: Situation) -> int:
    clock = situation.running("handle")
    return (clock.due - situation.today).days if clock else 0


def _noted_before_the_end() -> Edition:
    """What was noted on the fifth to third day before the term of handling ends can't be archived."""
    noted = _with(
        "note", lambda step: replace(step, marks=lambda s: {"noted": True} if _left(s) in range(3, 6) else {})
    )
    return _guarded(noted, "archive", lambda s: not s.mark("noted"))


def _unseen_until_noted() -> Edition:
    """Papers that were added are seen, what was seen and noted can't be archived."""
    seen = _with("add_material", lambda step: replace(step, marks=lambda s: {"seen": True}))
    noted = replace(SHORT.actions["note"], marks=lambda s: {"noted": True} if s.mark("seen") else {})
    both = replace(seen, actions={**seen.actions, "note": noted})
    return _guarded(both, "archive", lambda s: not s.mark("noted"))


def _lost_only_as_an_item() -> Edition:
    """An accepted letter is back for another way only by a step that notes it; its item has the acceptance, and not that note."""
    led = _with("lead", lambda step: replace(step, marks=lambda s: {"led": True}), WITH_ITEMS)
    for name in ("accept", "lead"):
        led = _guarded(
            led, name, lambda s: not s.mark("accepted_on") or bool(s.mark("led")) or s.snapshot.state != "registered"
        )
    return led


BROKEN = [
    (_without("archive"), "没有一条路能到“已归档”。"),
    (_without("issue"), "在“待签发”有走不出去的情形。"),
    (_without("carry_out"), "在“已送达”有走不出去的情形。"),
    (_with("close", lambda step: replace(step, sources=frozenset({"archived"}))), "在“已送达”有走不出去的情形。"),
    (_with("approve", lambda step: replace(step, sources=frozenset({"nowhere"}))), "“核签”永远轮不到head办。"),
    # Concluded matters are no longer open, but what was revoked is not at its end.
    (_without("rehandle", REVIEWED), "在“终结”有走不出去的情形。"),
    # Taken back by the petitioner is no way for the office to be rid of a matter.
    (_and("withdraw", but="assign"), "在“已受理”有走不出去的情形。"),
    # Stuck only when a day has passed.
    (_guarded(SHORT, "issue", _handled_in_time), "在“待签发”有走不出去的情形。"),
    # Stuck only after two steps that lead nowhere, the one of which matters through the other alone.
    (_unseen_until_noted(), "在“办结”有走不出去的情形。"),
    # Known by name in the end, and the answer can't be brought; or it is, and what begins then leads nowhere.
    (_without("bring_answer", KNOWN_LATER), "在“已送达”有走不出去的情形。"),
    (_settled_before_it_was_brought(), "在“办结”有走不出去的情形。"),
    # Without a clock nothing moves the system, and nobody else is there.
    (_with("close", lambda step: replace(step, roles=frozenset({"system"}))), "在“已送达”有走不出去的情形。"),
    # Open at first and in the end, but not on some days in between; or not where too many days lie between two things.
    (
        _guarded(SHORT, "assign", lambda s: _since("accepted_on", s) not in range(40, 50)),
        "在“已受理”有走不出去的情形。",
    ),
    (
        _guarded(SHORT, "close", lambda s: _since("issued_on", s) - _since("delivered_on", s) < 90),
        "在“已送达”有走不出去的情形。",
    ),
    # Settled, and a term runs on that nothing ends: its alarm would ring for ever. Once a re-review that left a revocation as it
    # was did so.
    (_with("issue", lambda step: replace(step, stops=())), "到了“办结”，“办结”还可能一直欠着，没有一步能了结。"),
    (_forgets_a_revocation(), "到了“终结”，“安排重新办理”还可能一直欠着，没有一步能了结。"),
    # A task left open, where nobody can answer it any more.
    (
        _with("archive", lambda step: replace(step, guards=()), WITH_TASKS),
        "到了“已归档”，“协办的回复”还可能一直欠着，没有一步能了结。",
    ),
    # Stuck only as an item that was split off.
    (_lost_only_as_an_item(), "在“已登记”有走不出去的情形。"),
    # Too many days between two things, but not far too many.
    (
        _guarded(SHORT, "close", lambda s: _since("issued_on", s) - _since("delivered_on", s) not in range(25, 35)),
        "在“已送达”有走不出去的情形。",
    ),
    # Come to only on some days in between.
    (_noted_before_the_end(), "在“办结”有走不出去的情形。"),
]


@pytest.fixture(scope="module")
def sound() -> list[str]:
    return [
        breach.zh
        for edition in (SHORT, REVIEWED, KNOWN_LATER, WITH_TASKS, WITH_ITEMS)
        for breach in walk(edition).breaches
    ]


@pytest.mark.parametrize(("broken", "said"), BROKEN)
def test_a_broken_table_is_found_out(broken: Edition, said: str, sound: list[str]) -> None:
    assert said in [breach.zh for breach in walk(broken).breaches]
    assert said not in sound


def test_what_is_lost_as_an_item_alone_is_not_found_where_nothing_is_split() -> None:
    alone = walk(_without("split", _lost_only_as_an_item()))
    assert "在“已登记”有走不出去的情形。" not in [breach.zh for breach in alone.breaches]


@pytest.fixture(scope="module")
def found() -> Walk:
    return walk(WITH_ITEMS)


def test_what_is_left_out_of_the_moves_leads_nowhere_else(found: Walk) -> None:
    for number, onward in found.moves.items():
        whole = found.wholes[number]
        every = {whole & kept | put for step in found.following[number & PLACE] for kept, put in step.leads(whole).may}
        assert {found.told_apart(each) for each in every} <= onward | {number}
        assert onward - {found.told_apart(each) for each in every} <= _passed(found, number)


def _passed(found: Walk, number: int) -> set[int]:
    whole = found.wholes[number]
    gone = (passing.change for passing in found.passing[number & PLACE] if passing.touches(number))
    return {found.told_apart(whole + change) for change in gone}


def test_what_is_left_out_of_the_choices_leaves_a_matter_where_it_is(found: Walk) -> None:
    for number in found.moves:
        whole, (ones, others) = found.wholes[number], checking._choices(found, number)
        own = [step for step in found.following[number & PLACE] if "petitioner" not in step.action.roles]
        every = {
            frozenset(found.told_apart(whole & kept | put) for kept, put in choice)
            for step in own
            for choice in step.leads(whole).sure
        }
        kept = {frozenset([one]) for one in ones} | others
        assert all(number in choice for choice in every - kept)


def test_an_open_state_that_names_nobody_to_wait_for_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STATES, "issued", replace(STATES["issued"], waits_for=Words("", "")))
    assert [breach.zh for breach in walk(SHORT).breaches if "等谁" in breach.zh] == ["“待送达”没有写明等谁。"]


def test_a_condition_that_looks_at_all_marks_at_once_is_refused_for_what_it_looks_at_is_not_known() -> None:
    greedy = _guarded(SHORT, "close", lambda s: not any(mark == "x" for mark in s.snapshot.marks))
    with pytest.raises(TypeError, match="names the marks"):
        walk(greedy)


def test_the_command_names_every_breach_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(page.EDITIONS, EDITION.code, _without("archive"))
    bad = CliRunner().invoke(page.command, ["check"])
    assert bad.exit_code == 1
    assert "已归档" in bad.output
