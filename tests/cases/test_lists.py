"""What lists are narrowed by beside the events: whether a matter was rated, and the index of the open ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.cases.queries import Filters
from huiyin.cases.verification import verify
from huiyin.procedure.states import STATES
from huiyin.search import services as search
from tests.world import NOW, World

LATER = NOW + timedelta(hours=1)


def among_open(word: str) -> list[str]:
    found = Case.objects.filter(pk__in=search.find("open case", word))
    return list(found.order_by("pk").values_list("no", flat=True))


def test_a_matter_is_rated_once_it_was_and_verifying_sees_a_column_that_says_otherwise(world: World) -> None:
    case = world.case("delivered")
    unrated = Filters(state="delivered", unrated=True)
    assert [found.no for found in queries.narrowed(world.actor("leader"), unrated)] == [case.no]
    world.perform(case, "evaluate", "petitioner", now=LATER, reception="satisfied", result="mostly")
    case.refresh_from_db()
    assert case.rated and list(queries.narrowed(world.actor("leader"), unrated)) == []
    assert list(verify()) == []
    Case.objects.update(rated=False)
    assert [(finding.no, finding.code) for finding in verify()] == [(case.no, "rated_differs")]


@pytest.mark.parametrize("state", ["registered", "handling", "delivered", "closed", "archived"])
def test_a_matter_is_found_among_the_open_ones_as_long_as_it_is_open(world: World, state: str) -> None:
    case = world.case(state)
    assert among_open(case.title) == ([case.no] if STATES[state].open else [])
    everywhere = queries.narrowed(world.actor("leader"), Filters(q=case.title, scope="all"))
    assert [found.no for found in everywhere] == [case.no]


def test_a_state_says_whether_a_matter_is_open(world: World) -> None:
    for state in ("handling", "closed"):
        world.case(state)
    leader = world.actor("leader")
    shown = {
        (state, scope): [case.state for case in queries.narrowed(leader, Filters(state=state, scope=scope))]
        for state in ("handling", "closed")
        for scope in ("open", "closed", "all")
    }
    assert {asked for asked, found in shown.items() if found} == {
        ("handling", "open"), ("handling", "all"), ("closed", "closed"), ("closed", "all"),
    }  # fmt: skip
