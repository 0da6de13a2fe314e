"""The manual is made from the table: everything in the table stands in it, in both languages."""

from __future__ import annotations

import re

import pytest

from huiyin.people.models import Role
from huiyin.procedure.editions import CURRENT, EDITIONS
from huiyin.procedure.render import KINDS, RELATIONS, ROLES, markdown
from huiyin.procedure.states import STATES
from huiyin.procedure.terms import TERMS

PAGE = markdown(EDITIONS[CURRENT])
ACTIONS = EDITIONS[CURRENT].actions.values()


def test_every_state_term_and_step_is_there() -> None:
    for code in [*STATES, *TERMS]:
        assert f"| `{code}` |" in PAGE
    for action in ACTIONS:
        assert f"### {action.label.zh} {action.label.en} · `{action.name}`" in PAGE
        assert action.help.zh in PAGE and action.help.en in PAGE
        for guard in action.guards:
            assert guard.words.zh in PAGE and guard.words.en in PAGE


def test_the_diagram_has_every_move_once() -> None:
    moves = re.findall(r"^    (\S+) --> (\S+): \S+", PAGE, re.MULTILINE)
    expected = [(source, action.target) for action in ACTIONS if action.target for source in action.sources or {"[*]"}]
    assert sorted(moves) == sorted(expected)


def test_every_code_of_the_table_has_words() -> None:
    assert {role for action in ACTIONS for role in action.roles} <= ROLES.keys()
    assert {relation for action in ACTIONS for relation in action.relations} <= RELATIONS.keys()
    assert {field.kind for action in ACTIONS for field in action.fields} <= KINDS.keys()


@pytest.mark.parametrize("role", [role for role in Role.values if role in ROLES])
def test_roles_are_called_as_on_the_screen(role: str) -> None:
    assert ROLES[role].zh == Role(role).label


def test_tables_have_as_many_cells_as_their_heads() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        widths = {len(re.split(r"(?<!\\)\|", line)) for line in block.strip().splitlines()}
        assert len(widths) == 1, block[:200]
