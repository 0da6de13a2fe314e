"""Whoever is dissatisfied is offered the review that they may ask for: one press, their words already there, and their decision."""

from __future__ import annotations

from django.test import Client

from huiyin.cases.models import Case
from tests.web.portal.test_tracking import by_qr, of_days_ago, words
from tests.world import World

RATED = {
    "reception": "satisfied",
    "handling": "",
    "procedure": "",
    "result": "dissatisfied",
    "comment": "去年11月的补贴没有算进去",
}


def rate(client: Client, case: Case, **more: str) -> str:
    by_qr(client, case)
    return client.post(f"/matter/{case.no}/rate/", {**RATED, **more}).headers["Location"]


def test_who_is_dissatisfied_comes_to_the_review_with_their_words_there_and_one_press_sends_it(
    client: Client, world: World
) -> None:
    case = of_days_ago(world, "delivered")
    where = rate(client, case)
    assert where == f"/matter/{case.no}/review/"
    html = words(client.get(where))
    assert "您评了不满意" in html and "您自己定" in html and RATED["comment"] in html
    assert not case.events.filter(action="request_review").exists()  # nothing is asked for them
    assert client.post(where, {"request": RATED["comment"]}).headers["Location"] == f"/matter/{case.no}/"
    assert case.events.get(action="request_review").facts["request"] == RATED["comment"]


def test_who_is_satisfied_goes_back_to_the_matter(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    assert rate(client, case, result="mostly") == f"/matter/{case.no}/"


def test_who_wants_to_be_called_says_so_with_the_rating(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    by_qr(client, case)
    page = words(client.get(f"/matter/{case.no}/rate/"))
    assert "请打电话给我" in page and "30天以内评；晚了也收" in page
    rate(client, case, result="", reception="", comment="", call_me="on")
    case.refresh_from_db()
    assert case.marks["call_me"] is True


def test_a_review_is_spoken_of_only_while_it_can_be_asked_for(client: Client, world: World) -> None:
    for state, spoken in (("delivered", True), ("concluded", False)):
        case = of_days_ago(world, state)
        by_qr(client, case)
        page = words(client.get(f"/matter/{case.no}/rate/"))
        assert "评价交了就不能改" in page and ("复查或者复核" in page) is spoken
