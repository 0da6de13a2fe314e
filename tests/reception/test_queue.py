"""The waiting queue: numbers of the day without gaps, each called once, whoever presses and however often."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.reception import queue
from huiyin.reception.models import Ticket, Visit
from tests.world import NOW, World

AT_ONCE = 8


def take(world: World, name: str = "", *, key: str = "", by: str = "clerk", now: Any = NOW) -> Ticket:
    return queue.take(called_as=name, key=key, by=world.actor(by), now=now)


def call(world: World, *, key: str = "", by: str = "clerk", now: Any = NOW) -> Ticket:
    return queue.call_next(key=key, by=world.actor(by), now=now)


def move(world: World, ticket: Ticket, step: str, *, by: str = "clerk", minutes: int = 0) -> Ticket:
    return queue.move(ticket_id=ticket.pk, step=step, by=world.actor(by), now=NOW + timedelta(minutes=minutes))


def test_numbers_begin_at_one_each_day_and_in_each_unit(world: World) -> None:
    assert [take(world).number for _ in range(3)] == [1, 2, 3]
    assert take(world, by="sister_clerk").number == 1
    assert take(world, now=NOW + timedelta(days=1)).number == 1


def test_a_number_taken_twice_with_one_key_is_one_number_and_leaves_no_gap(world: World) -> None:
    assert [take(world, key="a").number, take(world, key="a").number, take(world, key="b").number] == [1, 1, 2]


def test_how_somebody_is_called_is_forgotten_with_the_next_day(world: World) -> None:
    take(world, "张老师")
    assert Ticket.objects.get().called_as == "张老师"
    take(world, now=NOW + timedelta(days=1))
    assert not Ticket.objects.exclude(called_as="").exists()


@pytest.mark.parametrize("name", ["来问取暖补贴为什么少发了三个月", "13800000000"])
def test_nothing_but_how_to_call_somebody_fits_on_a_number(world: World, name: str) -> None:
    with pytest.raises(Refused) as refused:
        take(world, name)
    assert refused.value.field == "called_as" and not Ticket.objects.exists()
    assert take(world).number == 1


def test_a_number_goes_its_way_with_its_moments_and_becomes_a_visit(world: World) -> None:
    take(world)
    ticket = call(world)
    move(world, ticket, "again", minutes=2)
    move(world, ticket, "seen", minutes=3)
    ticket = move(world, ticket, "done", minutes=20)
    assert (ticket.state, ticket.calls, ticket.seen_at, ticket.ended_at) == (
        "done", 2, NOW + timedelta(minutes=3), NOW + timedelta(minutes=20),
    )  # fmt: skip
    visit = Visit.objects.get()
    assert (visit.came_at, visit.left_at, visit.people) == (NOW, NOW + timedelta(minutes=20), 1)
    assert visit.received_by == world.staff["clerk"] and visit.ticket == ticket


def test_whoever_left_is_not_called_and_leaves_no_visit(world: World) -> None:
    first, second = take(world), take(world)
    move(world, first, "left")
    assert call(world).pk == second.pk
    assert not Visit.objects.exists()


def test_who_did_not_come_goes_back_behind_the_others_and_only_who_was_called_is_called_again(world: World) -> None:
    first, second = take(world), take(world)
    move(world, call(world), "back")
    assert queue.unanswered(key="", by=world.actor("clerk"), now=NOW) is None
    assert [row.pk for row in queue.hall(world.unit.pk, NOW.date()).waiting] == [second.pk, first.pk]
    with pytest.raises(Conflict):
        move(world, second, "again")  # never called: not out of its turn
    assert move(world, first, "again").calls == 2
    assert queue.unanswered(key="", by=world.actor("clerk"), now=NOW) == first


def test_nobody_waiting_is_said_and_changes_nothing(world: World) -> None:
    with pytest.raises(Refused, match="没有人在等"):
        call(world)


def test_pressing_twice_calls_one_number(world: World) -> None:
    for _ in range(3):
        take(world)
    assert [call(world, key="k").number, call(world, key="k").number, call(world, key="l").number] == [1, 1, 2]


def test_a_step_on_a_number_that_moved_on_says_who_was_faster(world: World) -> None:
    take(world)
    ticket = call(world)
    move(world, ticket, "seen", by="counter_head")
    with pytest.raises(Conflict, match="counter_head"):
        move(world, ticket, "left")
    assert move(world, ticket, "seen").state == "seen"  # the same press again
    with pytest.raises(Conflict):
        move(world, ticket, "again")


def test_another_units_number_is_not_found_and_supervisors_only_look(world: World) -> None:
    ticket = take(world)
    with pytest.raises(Refused, match="没有这个号"):
        move(world, ticket, "left", by="sister_clerk")
    with pytest.raises(Forbidden):
        take(world, by="supervisor")


def test_the_database_keeps_a_state_and_its_moments_together(world: World) -> None:
    ticket = take(world)
    for changes in ({"state": "called"}, {"state": "done"}, {"state": "flown"}, {"ended_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ticket.objects.filter(pk=ticket.pk).update(**changes)


def at_once(many: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of so many threads gets that act at the same moment: the result or the refusal."""
    start = Barrier(many)

    def one(place: int) -> Any:
        start.wait()
        try:
            return act(place)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


@pytest.mark.django_db(transaction=True)
def test_clerks_who_call_at_the_same_moment_never_get_the_same_number(transactional_world: World) -> None:
    world = transactional_world
    for _ in range(AT_ONCE - 2):
        take(world)
    actors = [world.actor("clerk"), world.actor("counter_head")]
    got = at_once(AT_ONCE, lambda place: queue.call_next(key="", by=actors[place % 2], now=NOW))
    called = [each.number for each in got if isinstance(each, Ticket)]
    assert sorted(called) == list(range(1, AT_ONCE - 1))
    assert [each.code for each in got if isinstance(each, Refused)] == ["nobody"] * 2


@pytest.mark.django_db(transaction=True)
def test_one_press_that_arrives_many_times_at_once_calls_one_number(transactional_world: World) -> None:
    world = transactional_world
    for _ in range(AT_ONCE):
        take(world)
    clerk = world.actor("clerk")
    got = at_once(AT_ONCE, lambda _: queue.call_next(key="one", by=clerk, now=NOW))
    assert {each.number for each in got} == {1}
    assert Ticket.objects.filter(state="called").count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_the_same_moment_have_no_gap_and_no_double(transactional_world: World) -> None:
    clerk = transactional_world.actor("clerk")
    got = at_once(AT_ONCE, lambda place: queue.take(called_as="", key=f"{place // 2}", by=clerk, now=NOW))
    assert sorted(each.number for each in got) == [1, 1, 2, 2, 3, 3, 4, 4]
    assert take(transactional_world).number == AT_ONCE // 2 + 1
