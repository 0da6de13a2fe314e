"""Every matter has a way to a lawful end; an edition that breaks this promise is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner

from huiyin.commands import procedure as page
from huiyin.procedure.actions import Action, Edition
from huiyin.procedure.checking import walk
from huiyin.procedure.editions import EDITIONS, edition
from huiyin.procedure.editions.regulations_2022 import EDITION
from huiyin.procedure.states import STATES


@pytest.mark.parametrize("code", EDITIONS)
def test_from_every_situation_an_end_can_be_reached_and_no_step_is_idle(code: str) -> None:
    found = walk(edition(code))
    assert [breach.zh for breach in found.breaches] == []
    assert found.states == list(STATES)
    assert found.paths > 1


def _without(name: str) -> Edition:
    return replace(EDITION, actions={key: action for key, action in EDITION.actions.items() if key != name})


def _with(name: str, change: Callable[[Action], Action]) -> Edition:
    return replace(EDITION, actions={**EDITION.actions, name: change(EDITION.actions[name])})


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (_without("archive"), "没有一条路能到“已归档”。"),
        (_without("issue"), "在“待签发”有走不出去的情形。"),
        (_with("close", lambda step: replace(step, sources=frozenset({"archived"}))), "在“已送达”有走不出去的情形。"),
        (_with("approve", lambda step: replace(step, sources=frozenset({"nowhere"}))), "“核签”永远轮不到head办。"),
    ],
)
def test_a_broken_table_is_found_out(broken: Edition, said: str) -> None:
    assert said in [breach.zh for breach in walk(broken).breaches]


def test_the_command_prints_the_numbers_and_fails_on_a_breach(monkeypatch: pytest.MonkeyPatch) -> None:
    good = CliRunner().invoke(page.command, ["check"])
    assert good.exit_code == 0
    assert "0 breaches" in good.output
    monkeypatch.setitem(page.EDITIONS, EDITION.code, _without("archive"))
    bad = CliRunner().invoke(page.command, ["check"])
    assert bad.exit_code == 1
    assert "已归档" in bad.output
