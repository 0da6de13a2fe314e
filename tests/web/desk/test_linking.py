"""Linking two matters at the desk: from the page of one, shown on both, undone with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.cases import links
from huiyin.cases.models import Case, CaseLink
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
TYPED = {"kind": "repeat", "reason": "两封信说的是同一笔补贴。"}


def join(world: World, case: Case, other: Case, by: str = "handler") -> CaseLink:
    return links.join(case, other.no, by=world.actor(by), now=NOW, **TYPED)


def test_a_handler_links_two_matters_and_both_pages_show_it(world: World, at_desk: Any, read: Any) -> None:
    first, second, client = world.case("handling"), world.case("handling"), at_desk("handler")
    sent = client.post(f"/desk/cases/{second.no}/links/", {"other": f" {first.no} ", **TYPED}, follow=True)
    assert "连在一起了" in read(sent).words
    for case, other, how in ((first, second, "后来又反映"), (second, first, "以前反映过")):
        words = read(client.get(f"/desk/cases/{case.no}/")).words
        assert other.no in words and TYPED["reason"] in words and how in words
        assert f"连到另一件：{how}" in words


def test_it_is_undone_with_a_reason_and_stays_in_the_record(world: World, at_desk: Any, read: Any) -> None:
    first, second, client = world.case("handling"), world.case("handling"), at_desk("head")
    join(world, first, second)
    address = f"/desk/cases/{first.no}/links/{second.no}/undo/"
    assert "请写为什么" in read(client.post(address, {"seq": "1", "reason": ""})).words
    assert client.post(address, {"seq": "1", "reason": "是两笔钱。"}).status_code == 302
    page = client.get(f"/desk/cases/{first.no}/")
    assert page.context["links"] == [] and "撤销关系" in read(page).words and "是两笔钱。" in read(page).words
    late = client.post(address, {"seq": "1", "reason": "我也撤一次。"})
    assert late.status_code == 409 and "我也撤一次。" in late.content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"other": "2026-9999", **TYPED}, {"other": "\0", "kind": "x", "reason": "写了很多"}]
)
def test_what_was_typed_stays_when_it_is_refused(world: World, at_desk: Any, typed: dict[str, str]) -> None:
    case = world.case("handling")
    answer = at_desk("handler").post(f"/desk/cases/{case.no}/links/", typed)
    assert answer.status_code == 200 and typed.get("reason", "") in answer.content.decode()
    assert not CaseLink.objects.exists()


def test_a_pair_that_is_linked_already_says_so_and_keeps_what_was_typed(world: World, at_desk: Any) -> None:
    first, second = world.case("handling"), world.case("handling")
    join(world, first, second)
    given = {"other": second.no, "kind": "related", "reason": "同一个政策。"}
    answer = at_desk("head").post(f"/desk/cases/{first.no}/links/", given)
    assert answer.status_code == 409 and "同一个政策。" in answer.content.decode()


def test_a_page_does_not_betray_a_matter_that_its_reader_may_not_see(world: World, at_desk: Any) -> None:
    first, second = world.case("handling"), world.case("handling")
    world.perform(second, "hand_over", "head", **world.to("other_handler"), reason="归医保。")
    join(world, first, second, by="leader")
    client = at_desk("handler")
    plain = client.get(f"/desk/cases/{first.no}/").content.decode()
    assert second.no not in plain and TYPED["reason"] not in plain
    assert len(client.get(f"/desk/cases/{first.no}/").context["entries"]) == first.events.count()
    assert client.get(f"/desk/cases/{first.no}/links/{second.no}/undo/").status_code == 404


def test_a_case_page_asks_the_same_for_one_link_and_for_many(world: World, at_desk: Any) -> None:
    first, client, numbers = world.case("handling"), at_desk("handler"), []
    for _ in range(3):
        join(world, first, world.case("handling"))
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/desk/cases/{first.no}/")
        numbers.append(len(captured))
    assert len(set(numbers)) == 1
