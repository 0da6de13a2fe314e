"""补充新的事实 in the portal: behind the second fact, by the plain screens of filing, once, linked, and honest about what may follow."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from huiyin.cases import links
from huiyin.cases.models import Case, CaseLink, Draft
from huiyin.cases.verification import verify
from huiyin.kernel import clock
from huiyin.people.policy import PETITIONER
from tests.web.portal.reading import words
from tests.web.portal.test_filing import STORY
from tests.world import World

pytestmark = pytest.mark.django_db
FACTS = "我找到了1998年的工资单，标准写错了。请重新核对。"


def answered(world: World, state: str = "closed", **facts: object) -> Case:
    return world.case(state, now=clock.now() - timedelta(days=3), **facts)


def opened(client: Client, case: Case) -> str:
    client.get(f"/t/{case.receipt_secret}/")
    return f"/file/new-facts/{case.no}/"


def key_of(page: str) -> str:
    return re.findall(r'name="key" value="([^"]+)"', page)[0]


def begin(client: Client, case: Case) -> None:
    address = opened(client, case)
    sent = client.post(address, {"key": key_of(client.get(address).content.decode())})
    assert sent.headers["Location"] == "/file/what/"


def hand_in(client: Client, **you: str) -> Case:
    assert client.post("/file/what/", {"text": FACTS, "go": "next"}).status_code == 302
    client.post("/file/papers/", {"go": "next"})
    typed = {"who": "self", "name": "孟庆兰", "phone": "", "address": "", "reply_by": "phone", **you}
    assert client.post("/file/you/", {**typed, "go": "next"}).headers["Location"] == "/file/check/"
    assert client.post("/file/check/", {"title": "找到了工资单", "go": "hand-in"}).headers["Location"] == "/file/done/"
    return Case.objects.latest("pk")


def test_new_facts_of_a_settled_matter_become_a_linked_matter_that_may_be_taken_back(
    client: Client, world: World
) -> None:
    case = answered(world, accused=world.sister.pk)
    address = opened(client, case)
    assert f'href="{address}"' in client.get(f"/matter/{case.no}/").content.decode()
    begin(client, case)
    assert "有了什么新的事实" in words(client.get("/file/what/")) and case.no in words(client.get("/file/what/"))
    you = client.get("/file/you/").content.decode()
    assert 'value="孟庆兰"' in you and "13800000000" not in you and "湖滨路2号" not in you
    made = hand_in(client)
    (link,) = CaseLink.objects.all()
    assert (link.low, link.high, link.kind, link.by) == (case, made, "new_facts", None)
    assert (made.text, made.channel, made.accused_id) == (FACTS, "web", world.sister.pk)
    one = made.petitioners.get()
    assert (one.name, one.phone, one.address) == ("孟庆兰", "13800000000", "湖滨路2号")
    assert made.receipt_code != case.receipt_code and Case.objects.get(pk=case.pk).version == case.version
    assert case.no in words(client.get("/file/done/")) and made.no in words(client.get(address))
    client.post(f"/matter/{made.no}/take-back/", {"reason": ""})
    made.refresh_from_db()
    assert made.state == "withdrawn" and list(verify()) == []


def test_the_desk_sees_that_the_petitioner_linked_it_and_may_undo_it(client: Client, world: World) -> None:
    case = answered(world)
    begin(client, case)
    made, desk = hand_in(client), Client()
    desk.force_login(world.staff["clerk"])
    page = words(desk.get(f"/desk/cases/{made.no}/"))
    assert "接着这件，有新的情况" in page and "信访人（网上）" in page
    assert "信访人（网上）" in words(desk.get(f"/desk/cases/{made.no}/links/{case.no}/undo/"))
    assert [link.high for link in links.brought_after(case)] == [made]
    links.part(made, case.no, by=world.actor("clerk"), now=clock.now(), reason="其实是另一件事。", seq=1)
    assert links.standing(links.acts(case, world.actor("clerk"))) == [] and links.brought_after(case) == []


def test_pressed_twice_it_is_one_draft_and_handed_in_twice_one_matter(client: Client, world: World) -> None:
    case = answered(world)
    address = opened(client, case)
    key = key_of(client.get(address).content.decode())
    for _ in range(2):
        assert client.post(address, {"key": key}).headers["Location"] == "/file/what/"
    other = Client()  # the second press before the first was answered: no cookie yet
    opened(other, case)
    assert other.post(address, {"key": key}).headers["Location"] == "/file/what/"
    assert Draft.objects.count() == 1
    hand_in(client)
    assert client.post("/file/check/", {"title": "找到了工资单", "go": "hand-in"}).headers["Location"] == "/file/done/"
    assert client.post(address, {"key": key}).headers["Location"] == address
    assert (Case.objects.count(), CaseLink.objects.count(), Draft.objects.count()) == (2, 1, 1)


def test_somebody_else_who_writes_under_the_receipt_gets_nothing_of_what_was_left(client: Client, world: World) -> None:
    begin(client, answered(world))
    client.post("/file/what/", {"text": FACTS, "go": "next"})
    typed = {"who": "self", "name": "孟小兰", "phone": "", "address": "", "reply_by": "phone", "go": "next"}
    assert "要我们打电话" in words(client.post("/file/you/", typed))
    one = hand_in(client, name="孟小兰", reply_by="").petitioners.get()
    assert (one.name, one.phone, one.address, one.id_number) == ("孟小兰", "", "", "")


@pytest.mark.parametrize("state", ["registered", "handling", "reviewing", "withdrawn"])
def test_what_is_under_way_or_was_taken_back_begins_no_other_matter(client: Client, world: World, state: str) -> None:
    case = answered(world, state)
    address = opened(client, case)
    assert client.get(address).headers["Location"] == client.post(address).headers["Location"] == f"/matter/{case.no}/"
    assert address not in client.get(f"/matter/{case.no}/").content.decode() and not Draft.objects.exists()


def test_an_accusation_that_was_passed_on_begins_no_open_matter(client: Client, world: World) -> None:
    case = answered(world)
    Case.objects.filter(pk=case.pk).update(sealed=True)
    assert client.get(opened(client, case)).headers["Location"] == f"/matter/{case.no}/"


def test_the_code_alone_is_not_enough(client: Client, world: World) -> None:
    case = answered(world)
    assert client.get(f"/file/new-facts/{case.no}/").headers["Location"] == "/track/"
    client.post("/track/", {"code": case.receipt_code})
    for ask in (client.get, client.post):
        assert ask(f"/file/new-facts/{case.no}/").headers["Location"] == f"/matter/{case.no}/open/"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("state, told", [("concluded", True), ("closed", False), ("delivered", False)])
def test_after_a_re_review_it_is_said_what_may_happen(client: Client, world: World, state: str, told: bool) -> None:
    case = answered(world, state)
    page = words(client.get(opened(client, case)))
    assert ("不再受理" in page) == ("第三十六条" in page) == told
    client.cookies["django_language"] = "en"
    assert ("Art. 36" in words(client.get(f"/file/new-facts/{case.no}/"))) == told


def test_what_was_being_written_is_only_thrown_away_where_the_page_says_so(client: Client, world: World) -> None:
    client.post("/file/what/", {"text": STORY, "go": "next"})
    case = answered(world)
    address = opened(client, case)
    page = client.get(address).content.decode()
    assert "您还有一件没写完" in page and "那件不要了" in page and Draft.objects.get().data["text"] == STORY
    going = Draft.objects.get()
    client.post(address, {"key": key_of(page)})  # a page that knew of no other
    assert Draft.objects.get() == going
    client.post(address, {"key": key_of(page), "going": going.pk})
    assert Draft.objects.get().data["follows"] == case.no
    again = words(client.get("/file/"))  # who wants to write of something else is asked first
    assert f"给编号 {case.no} 补充的新事实" in again
    client.post("/file/")
    assert not Draft.objects.exists() and "有了什么新的事实" not in words(client.get("/file/what/"))


def test_new_facts_begun_for_another_matter_and_not_written_yet_are_named_too(client: Client, world: World) -> None:
    first, second = answered(world), answered(world)
    begin(client, first)
    address, going = opened(client, second), Draft.objects.get()
    page = client.get(address).content.decode()
    assert "您还有一件没写完" in page
    sent = client.post(address, {"key": key_of(page), "going": going.pk})
    assert sent.headers["Location"] == "/file/what/" and Draft.objects.get().data["follows"] == second.no


def test_an_old_page_whose_facts_were_handed_in_throws_nothing_away(client: Client, world: World) -> None:
    case = answered(world)
    address = opened(client, case)
    key = key_of(client.get(address).content.decode())
    client.post(address, {"key": key})
    hand_in(client)
    client.cookies.pop("huiyin_draft")
    client.post("/file/what/", {"text": STORY, "go": "next"})
    going = Draft.objects.get(case=None)
    assert client.post(address, {"key": key, "going": going.pk}).headers["Location"] == address
    assert Draft.objects.get(case=None) == going


def test_nobody_makes_a_draft_follow_a_matter_by_typing(client: Client, world: World) -> None:
    case = answered(world)
    client.post("/file/what/", {"text": FACTS, "follows": case.no, "go": "next"})
    hand_in(client, phone="13900000000")
    assert not CaseLink.objects.exists() and Draft.objects.get().data.get("follows") is None


def test_only_new_facts_are_linked_by_nobody_of_the_staff(world: World) -> None:
    first, second = answered(world), world.register()
    for change in ({"kind": "same"}, {"seq": 2}):
        row = {"low": first, "high": second, "seq": 1, "kind": "new_facts", "reason": "新", "at": clock.now(), **change}
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseLink.objects.create(**row)
    assert links.follow(second, first.no, by=PETITIONER, now=clock.now())


def test_who_has_not_shown_the_second_fact_any_more_is_led_back_to_it_and_loses_nothing(
    client: Client, world: World
) -> None:
    case = answered(world)
    begin(client, case)
    client.post("/file/what/", {"text": FACTS, "go": "next"})
    del client.cookies["sessionid"]  # it lasts 14 days, the draft 30
    typed = {"who": "self", "name": "孟庆兰", "phone": "13900000001", "address": "", "reply_by": "phone", "go": "next"}
    for address, sent in (("/file/you/", typed), ("/file/check/", {"title": "工资单", "go": "hand-in"})):
        for answer in (client.get(address), client.post(address, sent)):
            assert answer.headers["Location"] == "/track/"
    assert "您写的都还在" in words(client.get("/track/")) and Case.objects.count() == 1
    client.post("/track/", {"code": case.receipt_code})
    assert client.get("/file/check/").headers["Location"] == f"/matter/{case.no}/open/"
    assert "您写的都还在" in words(client.get(f"/matter/{case.no}/open/"))
    address = opened(client, case)
    assert (
        client.post(address, {"key": key_of(client.get(address).content.decode())}).headers["Location"] == "/file/what/"
    )
    assert 'value="13900000001"' in client.get("/file/you/").content.decode()
    assert "工资单" in words(client.get("/file/check/"))
    assert hand_in(client, phone="13900000001").petitioners.get().phone == "13900000001"
