"""The page of calls, and what the desk sees of somebody who is dissatisfied."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tests.world import World

BAD = {"result": "dissatisfied", "comment": "标准还是算错了。"}


def test_the_list_says_whom_to_call_why_and_by_which_rule(world: World, at_desk: Any, read: Any) -> None:
    case = world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    page = read(at_desk("clerk").get("/desk/call-backs/"))
    assert case.title in page.words and "评了不满意" in page.words and "凭记忆，未与原文核对" in page.words
    assert f"按编号每{settings.CALL_BACK_EVERY}件问一件" in page.words and "各单位的评价" not in page.words
    page = read(at_desk("leader").get("/desk/call-backs/"))
    assert "今天没有要回访的" in page.words and "只按单位数，不数到人" in page.words and "云湖供电公司" in page.words


def test_the_number_of_queries_does_not_grow_with_the_list(
    world: World, at_desk: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    client = at_desk("supervisor")
    with django_assert_max_num_queries(26):
        assert client.get("/desk/call-backs/").status_code == 200


def test_who_is_dissatisfied_is_shown_with_their_words_in_the_request(world: World, at_desk: Any, read: Any) -> None:
    case = world.perform(world.case("delivered"), "evaluate", "petitioner", **BAD)
    client = at_desk("clerk")
    page = read(client.get(f"/desk/cases/{case.no}/"))
    assert "信访人不满意，还可以请求复查" in page.words and "替信访人登记请求" in page.words
    page = read(client.get(f"/desk/cases/{case.no}/do/request_review/"))
    assert page.fields["request"] == "标准还是算错了。" and "posted_on" in page.fields
