"""事项: what is listed, narrowed, counted and kept as a view."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from huiyin.cases.models import SavedView
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


def numbers(response: Any) -> list[str]:
    """The case numbers of a list, in order."""
    return re.findall(r'href="/desk/cases/([^/"]+)/" data-open', response.content.decode())


def test_open_cases_stand_in_the_order_of_their_dates(world: World, at_desk: Any) -> None:
    later, sooner = world.register(now=NOW), world.register(now=NOW - 9 * DAYS)
    closed = world.case("closed", now=NOW - 2 * DAYS)
    assert numbers(at_desk("clerk").get("/desk/cases/")) == [sooner.no, later.no]
    assert numbers(at_desk("clerk").get("/desk/cases/?scope=closed")) == [closed.no]


def test_each_sees_what_policy_lets_them_see(world: World, at_desk: Any) -> None:
    case = world.case("handling")
    for name in ("clerk", "handler", "head", "leader", "supervisor"):
        assert numbers(at_desk(name).get("/desk/cases/")) == [case.no], name
    for name in ("other_handler", "other_head", "sister_clerk", "sister_leader"):
        assert numbers(at_desk(name).get("/desk/cases/")) == [], name


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("channel=visit", True), ("channel=letter", False), ("state=handling", True), ("state=closed", False),
        ("relation=first_asked", True), ("relation=mine", False), ("received_from=2.10&received_to=今天", True),
        ("received_from=昨天", False), ("due=late", False), ("due=today", False), ("due=soon", True), ("due_to=2026-03-04", True),
        ("due_to=2026-03-03", False), ("due_from=2026-06-01", False), ("unrated=on", True), ("q=取暖", True),
        ("q=没有的词", False), ("topic=", True), ("scope=all", True), ("scope=closed", False),
    ],
)  # fmt: skip
def test_a_list_can_be_narrowed(world: World, at_desk: Any, query: str, found: bool) -> None:
    case = world.case("accepted", now=NOW - 13 * DAYS, channel="visit")
    world.perform(case, "assign", "leader", office=world.section.pk, staff=world.staff["handler"].pk)
    response = at_desk("clerk").get(f"/desk/cases/?{quote(query, safe='=&.-')}")
    assert numbers(response) == ([case.no] if found else [])


def test_chips_say_the_filters_and_lead_to_the_list_without_them(world: World, at_desk: Any, read: Any) -> None:
    page = read(at_desk("clerk").get(f"/desk/cases/?channel=letter&person={world.staff['handler'].pk}"))
    assert "渠道 来信" in page.words and "承办人 handler · 待遇核发科" in page.words
    assert "/desk/cases/?channel=letter" in page.links
    assert f"/desk/cases/?person={world.staff['handler'].pk}" in page.links


def test_an_empty_list_names_the_filters_that_made_it_empty(world: World, at_desk: Any, read: Any) -> None:
    words = read(at_desk("clerk").get("/desk/cases/?channel=fax&state=issued")).words
    assert "没有符合这2个条件的事项" in words and "去掉“传真”" in words and "全部清除" in words
    assert "这里还没有在办的事项" in read(at_desk("clerk").get("/desk/cases/")).words


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense", "channel=%00", "topic=abc", "office=99999999999999999999", "person=-1", "due=never", "scope=x", "page=0",
        "page=-3", "page=abc", "page=999999999", "page=" + "1" * 5000, "received_from=2026-02-30", "due_to=昨天的昨天", "q=" + "长" * 3000, "q=%F0%A0%AE%B7",
        "q=%22%27%28%29%2A%3A", "relation=all", "unrated=maybe",
    ],
)  # fmt: skip
def test_what_cannot_be_read_in_the_address_breaks_nothing(world: World, at_desk: Any, read: Any, query: str) -> None:
    world.register()
    response = at_desk("clerk").get(f"/desk/cases/?{query}")
    assert response.status_code == 200
    read(response)


def test_a_date_that_cannot_be_read_is_said_and_kept(world: World, at_desk: Any, read: Any) -> None:
    page = read(at_desk("clerk").get("/desk/cases/?received_from=二月三十"))
    assert "“二月三十”不是一个日期" in page.words and page.fields["received_from"] == "二月三十"


def test_names_are_masked_and_groups_counted(world: World, at_desk: Any, read: Any) -> None:
    world.register(people_count=5)
    words = read(at_desk("clerk").get("/desk/cases/")).words
    assert "孟*兰等5人" in words and "孟庆兰" not in words


def test_the_part_for_htmx_is_the_same_as_in_the_whole_page(world: World, at_desk: Any) -> None:
    world.register()
    client = at_desk("clerk")
    whole = client.get("/desk/cases/?channel=letter").content.decode()
    part = client.get("/desk/cases/?channel=letter&state=", headers={"HX-Request": "true"})
    assert part["HX-Push-Url"] == "/desk/cases/?channel=letter"
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", part.content.decode()).strip() in token.sub("", whole)


def test_pages_are_turned_and_keep_their_filters(world: World, at_desk: Any, read: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("huiyin.cases.queries.PAGE", 2)
    cases = [world.register() for _ in range(5)]
    client = at_desk("clerk")
    first = client.get("/desk/cases/?channel=letter")
    assert numbers(first) == [cases[0].no, cases[1].no]
    assert "?channel=letter&page=2" in read(first).links and "第1–2件，共5件" in read(first).words
    assert numbers(client.get("/desk/cases/?channel=letter&page=3")) == [cases[4].no]
    assert "这一页没有事项" in read(client.get("/desk/cases/?channel=letter&page=9")).words


def test_a_search_is_counted_as_far_as_its_page(world: World, at_desk: Any, read: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("huiyin.cases.queries.PAGE", 2)
    for _ in range(3):
        world.register(title="取暖补贴没有发")
    said = [read(at_desk("clerk").get(f"/desk/cases/?q=取暖补贴{page}")).words for page in ("", "&page=2", "&page=3")]
    assert "共2多件" in said[0] and "共3件" in said[1] and "这一页没有事项" in said[2]


def test_a_filter_is_kept_as_a_view_replaced_and_dropped(world: World, at_desk: Any, read: Any) -> None:
    client = at_desk("clerk")
    kept = client.post("/desk/cases/views/", {"name": " 来信的 ", "query": "channel=letter"}, follow=True)
    assert kept.redirect_chain[-1][0] == "/desk/cases/?channel=letter" and "来信的" in read(kept).words
    client.post("/desk/cases/views/", {"name": "来信的", "query": "channel=visit"})
    view = SavedView.objects.get()
    assert view.query == "channel=visit"
    at_desk("handler").post(f"/desk/cases/views/{view.pk}/drop/")
    assert SavedView.objects.exists()
    client.post(f"/desk/cases/views/{view.pk}/drop/")
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused_in_words(world: World, at_desk: Any, read: Any) -> None:
    client = at_desk("clerk")
    for name in ("", "   ", "很" * 31):
        assert (
            "给视图起个名字"
            in read(client.post("/desk/cases/views/", {"name": name, "query": "channel=fax"}, follow=True)).words
        )


def test_the_number_of_queries_does_not_grow_with_the_list(
    world: World, at_desk: Any, django_assert_num_queries: Any
) -> None:
    client = at_desk("clerk")
    world.register()
    client.get("/desk/cases/")
    with django_assert_num_queries(8) as few:
        client.get("/desk/cases/")
    for _ in range(12):
        world.register()
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/desk/cases/")
