"""Letters are numbered without gaps and without doubles, however many people issue them at once and whatever fails on the way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from huiyin.cases.models import Case, CaseLetter
from huiyin.kernel import numbers
from tests.world import NOW, World

AT_ONCE, EACH = 8, 25
ACCEPT = {"recusal_checked": True, "route": "由待遇科调查核实。"}


class PowerCutError(Exception):
    """Stands for whatever ends a step after its letter was numbered."""


def at_once(work: Callable[[int], None]) -> None:
    """`work` in eight threads that begin at the same moment; an error in any of them is raised."""
    start = Barrier(AT_ONCE)

    def one(place: int) -> None:
        start.wait()
        try:
            work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_two_hundred_letters_issued_by_eight_at_once_bear_the_numbers_one_to_two_hundred(
    transactional_world: World,
) -> None:
    world = transactional_world
    cases = [world.register() for _ in range(AT_ONCE * EACH)]

    def accept(place: int) -> None:
        for turn, case in enumerate(cases[place * EACH : (place + 1) * EACH]):
            if turn % 5 == 0:
                cut_short(world, case)
            world.perform(case, "accept", "leader", **ACCEPT)

    at_once(accept)
    issued = CaseLetter.objects.order_by("number")
    assert [letter.number for letter in issued] == list(range(1, AT_ONCE * EACH + 1))
    assert [letter.label for letter in issued] == [
        f"云供信〔2026〕{number}号" for number in range(1, AT_ONCE * EACH + 1)
    ]
    assert Case.objects.filter(state="accepted").count() == AT_ONCE * EACH


def cut_short(world: World, case: Case) -> None:
    """The step is taken, its letter numbered, and all of it undone."""
    with pytest.raises(PowerCutError), transaction.atomic():
        world.perform(case, "accept", "leader", **ACCEPT)
        assert CaseLetter.objects.filter(case=case, number__isnull=False).exists()
        raise PowerCutError


@pytest.mark.django_db(transaction=True)
def test_a_counter_that_many_begin_at_once_counts_each_once(transactional_db: None) -> None:
    taken: list[int] = []

    def take(place: int) -> None:
        for _ in range(EACH):
            with transaction.atomic():
                taken.append(numbers.take("letter:7:2027"))

    at_once(take)
    assert sorted(taken) == list(range(1, AT_ONCE * EACH + 1))


@pytest.mark.django_db
def test_each_unit_and_each_year_counts_from_one(world: World) -> None:
    later = NOW.replace(year=2027)
    case = world.perform(world.register(), "accept", "leader", **ACCEPT)
    world.perform(world.register(), "accept", "leader", **ACCEPT)
    world.perform(world.register(now=later), "accept", "leader", now=later, **ACCEPT)
    assert [letter.label for letter in CaseLetter.objects.order_by("pk")] == [
        "云供信〔2026〕1号", "云供信〔2026〕2号", "云供信〔2027〕1号",
    ]  # fmt: skip
    assert case.letters.get().unit == world.unit
