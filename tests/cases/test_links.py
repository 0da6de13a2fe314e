"""Matters that belong together: linked and undone by a person with a reason, known only to who may see both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from huiyin.cases import links
from huiyin.cases.models import Case, CaseLink
from huiyin.cases.verification import verify
from huiyin.kernel.errors import Conflict, Forbidden, Invalid
from huiyin.people.persons import save_person
from tests.world import NOW, World

LATER = NOW + timedelta(days=1)
WHY = "两件说的是同一笔取暖补贴。"


def two(world: World) -> tuple[Case, Case]:
    return world.case("handling"), world.case("handling", now=LATER)


def join(
    world: World, case: Case, other: Case, by: str = "handler", kind: str = "repeat", reason: str = WHY
) -> CaseLink:
    return links.join(case, other.no, by=world.actor(by), now=LATER, kind=kind, reason=reason)


def seen(world: World, case: Case, by: str) -> list[str]:
    return [act.other.no for act in links.standing(links.acts(case, world.actor(by)))]


def test_a_link_shows_on_both_sides_and_says_which_came_later(world: World) -> None:
    first, second = two(world)
    join(world, second, first)
    for case, other, later in ((first, second, False), (second, first, True)):
        (act,) = links.standing(links.acts(case, world.actor("handler")))
        assert (act.other, act.later, act.row.reason, act.row.by) == (other, later, WHY, world.staff["handler"])


def test_a_link_moves_neither_matter(world: World) -> None:
    first, second = two(world)
    before = list(Case.objects.order_by("pk").values())
    clocks = [list(case.clocks.values()) for case in (first, second)]
    join(world, second, first, kind="same")
    assert list(Case.objects.order_by("pk").values()) == before
    assert [list(case.clocks.values()) for case in (first, second)] == clocks


def test_undoing_keeps_the_record_and_a_link_may_be_made_again(world: World) -> None:
    first, second = two(world)
    made = join(world, first, second)
    links.part(second, first.no, by=world.actor("head"), now=LATER, reason="其实是两笔钱。", seq=made.seq)
    assert seen(world, first, "handler") == []
    assert [act.row.made for act in links.acts(first, world.actor("handler"))] == [True, False]
    join(world, first, second, kind="related", reason="同一个人反映的两件。")
    assert seen(world, first, "handler") == [second.no]
    assert list(verify()) == []


def test_pressed_twice_it_is_one_link_and_undone_once(world: World) -> None:
    first, second = two(world)
    assert join(world, first, second) == join(world, first, second)
    undone = [
        links.part(first, second.no, by=world.actor("handler"), now=LATER, reason="连错了。", seq=1) for _ in range(2)
    ]
    assert undone[0] == undone[1] and CaseLink.objects.count() == 2


def test_a_second_link_of_the_pair_and_an_undoing_of_an_old_one_are_conflicts(world: World) -> None:
    first, second = two(world)
    join(world, first, second)
    with pytest.raises(Conflict):
        join(world, second, first, by="head", kind="related")
    links.part(first, second.no, by=world.actor("handler"), now=LATER, reason="连错了。", seq=1)
    join(world, second, first, by="head", kind="related")
    with pytest.raises(Conflict):
        links.part(first, second.no, by=world.actor("handler"), now=LATER, reason="再撤一次。", seq=1)


def test_nobody_learns_of_a_link_who_may_not_see_the_other_matter(world: World) -> None:
    first, second = two(world)
    elsewhere = world.perform(second, "hand_over", "head", now=LATER, **world.to("other_handler"), reason="归医保。")
    join(world, first, elsewhere, by="leader")
    assert seen(world, first, "leader") == [second.no]
    assert seen(world, first, "handler") == []
    assert links.acts(first, world.actor("handler")) == []


def test_an_accusation_stays_sealed_from_the_other_side(world: World) -> None:
    first = world.case("handling")
    accusation = world.register(purpose="accusation", title="反映违纪")
    Case.objects.filter(pk=accusation.pk).update(sealed=True)
    join(world, first, accusation, by="leader", kind="related")
    assert seen(world, first, "handler") == [] and seen(world, first, "supervisor") == []
    assert seen(world, first, "leader") == [accusation.no]


def test_missing_and_hidden_matters_are_refused_in_the_same_words(world: World) -> None:
    first, second = two(world)
    world.perform(second, "hand_over", "head", now=LATER, **world.to("other_handler"), reason="归医保。")
    said = []
    for no in (second.no, "2026-9999", "\0"):
        with pytest.raises(Invalid) as refused:
            links.join(first, no, by=world.actor("handler"), now=LATER, kind="same", reason=WHY)
        said.append(refused.value.errors["other"].zh)
    assert len(set(said)) == 1


@pytest.mark.parametrize(("changed", "field"), [
    ({"kind": "wrong"}, "kind"), ({"reason": " "}, "reason"), ({"reason": "长" * 1001}, "reason"),
])  # fmt: skip
def test_what_is_missing_is_said_at_its_field(world: World, changed: dict[str, str], field: str) -> None:
    first, second = two(world)
    with pytest.raises(Invalid) as refused:
        join(world, first, second, **changed)
    assert set(refused.value.errors) == {field}
    with pytest.raises(Invalid) as itself:
        join(world, first, first)
    assert set(itself.value.errors) == {"other"}


@pytest.mark.parametrize("by", ["other_handler", "sister_clerk", "system_admin", "auditor"])
def test_who_may_not_see_a_matter_can_not_link_it(world: World, by: str) -> None:
    first, second = two(world)
    with pytest.raises(Forbidden):
        join(world, first, second, by=by)


@pytest.mark.parametrize("change", [
    lambda rows: rows.update(reason="别的"), lambda rows: rows.delete(),
])  # fmt: skip
def test_links_only_grow(world: World, change: object) -> None:
    join(world, *two(world))
    with pytest.raises(DatabaseError), transaction.atomic():
        change(CaseLink.objects.all())  # type: ignore[operator]


def test_other_matters_of_the_same_person_are_offered_until_linked(world: World) -> None:
    person = save_person(
        person=None,
        data={"name": "孟庆兰", "phone": "13800000000"},
        office=world.unit,
        by=world.actor("clerk"),
        now=NOW,
    )
    first, second = two(world)
    for case in (first, second):
        case.petitioners.update(person=person)
    actor = world.actor("handler")
    assert links.offered(first, actor, links.acts(first, actor)) == [second]
    join(world, first, second)
    assert links.offered(first, actor, links.acts(first, actor)) == []
