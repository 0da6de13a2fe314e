"""The reception's pages: what one types is kept, who was faster is said, the screen shows numbers only, counts stay fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.cases.models import Case
from huiyin.documents.letters import slip
from huiyin.reception import events, leaders, queue, statements, visits
from huiyin.reception.models import Duty, EventNote, LeaderDay, Statement, StatementVersion, Ticket, Visit
from huiyin.web.desk.reception.times import read_coming, read_moment, read_time
from tests.documents.paper import size, words
from tests.web.markup import part
from tests.web.reception import FIGHT, SAID, a_reception
from tests.world import NOW, World

SignedIn = Callable[[str], Client]
Read = Callable[[Any], Any]
ROOM = "/desk/reception/"
TODAY = NOW.date()
QUERIES = {"": 8, "visits/": 5, "statements/": 5, "events/": 5, "rota/": 7, "rota/swap/": 5, "leaders/": 6}


def keys(answer: Any) -> str:
    return answer.content.decode().partition('name="key" value="')[2].partition('"')[0]


def test_one_key_gives_a_number_and_the_page_offers_its_slip(world: World, at_desk: SignedIn, read: Read) -> None:
    clerk = at_desk("clerk")
    key = keys(clerk.get(ROOM))
    for _ in range(2):
        answer = clerk.post(f"{ROOM}take/", {"called_as": "张老师", "key": key}, follow=True)
    assert Ticket.objects.get().number == 1
    page = read(answer)
    assert "刚取的号" in page.words and f"{ROOM}tickets/{Ticket.objects.get().pk}/slip/" in page.links


def test_a_matter_typed_into_the_name_is_refused_and_kept_in_the_field(
    world: World, at_desk: SignedIn, read: Read
) -> None:
    answer = at_desk("clerk").post(f"{ROOM}take/", {"called_as": "来问取暖补贴为什么少发了三个月"})
    page = read(answer)
    assert answer.status_code == 200 and "来意都不写在这里" in page.words
    assert page.fields["called_as"] == "来问取暖补贴为什么少发了三个月" and not Ticket.objects.exists()


def test_the_slip_is_one_sheet_with_the_number_and_how_many_wait(world: World, at_desk: SignedIn) -> None:
    for _ in range(3):
        ticket = queue.take(called_as="李阿姨", key="", by=world.actor("clerk"), now=NOW)
    answer = at_desk("clerk").get(f"{ROOM}tickets/{ticket.pk}/slip/")
    assert answer["Content-Type"] == "application/pdf" and size(answer.content) == (105.0, 148.0)
    assert (
        "3" in words(answer.content)
        and "前面还有2位在等" in words(answer.content)
        and "李阿姨" not in words(answer.content)
    )
    english = words(slip.render(slip.Slip("云湖供电公司", 1, NOW, 0, "en")))
    assert "Nobodywaitsbeforeyou" in english and "2March2026" in english


def test_a_number_walks_through_the_buttons_to_its_line_in_the_log(world: World, at_desk: SignedIn, read: Read) -> None:
    clerk = at_desk("clerk")
    clerk.post(f"{ROOM}take/")
    assert "叫1号。" in read(clerk.post(f"{ROOM}next/", follow=True)).words
    ticket = Ticket.objects.get()
    clerk.post(f"{ROOM}tickets/{ticket.pk}/seen/")
    answer = clerk.post(f"{ROOM}tickets/{ticket.pk}/done/", follow=True)
    case = world.register()
    page = read(answer)
    assert page.fields["people"] == "1" and page.fields["left_at"] == "09:30"
    sent = {**page.fields, "people": "2", "case": case.no, "done": "登记取暖补贴一件"}
    log = read(clerk.post(f"{ROOM}visits/{Visit.objects.get().pk}/", sent, follow=True))
    assert case.no in log.words and "登记取暖补贴一件" in log.words
    assert "现在没有人在等" in read(clerk.post(f"{ROOM}next/", follow=True)).words
    assert clerk.post(f"{ROOM}tickets/{ticket.pk}/fly/").status_code == 404


ONE_PRESS = "0b8d6f2e-4c1a-4f6e-9a63-2f1d0c7e5b11"


def test_while_a_number_that_was_called_has_not_come_the_next_is_not_called_without_a_question(
    world: World, at_desk: SignedIn, read: Read
) -> None:
    clerk = at_desk("clerk")
    for _ in range(3):
        clerk.post(f"{ROOM}take/")
    clerk.post(f"{ROOM}next/")
    asked = clerk.post(f"{ROOM}next/")
    assert asked.status_code == 409 and "1号叫过，还没有来" in read(asked).words
    assert not Ticket.objects.exclude(number=1).exclude(state="waiting").exists()
    assert "叫2号。" in read(clerk.post(f"{ROOM}next/", {"first": "back", "key": ONE_PRESS}, follow=True)).words
    assert (
        "叫2号。" in read(clerk.post(f"{ROOM}next/", {"first": "back", "key": ONE_PRESS}, follow=True)).words
    )  # twice is once
    first = Ticket.objects.get(number=1)
    assert first.state == "waiting" and "叫过，没有来" in read(clerk.get(ROOM)).words
    assert "叫3号。" in read(clerk.post(f"{ROOM}next/", {"first": "left"}, follow=True)).words  # 1 waits behind 3
    clerk.post(f"{ROOM}tickets/{first.pk}/again/")
    assert Ticket.objects.get(pk=first.pk).state == "called"


def test_whoever_is_slower_is_told_and_keeps_what_they_typed(world: World, at_desk: SignedIn, read: Read) -> None:
    a_reception(world, now=NOW)
    visit, clerk = Visit.objects.get(), at_desk("clerk")
    address = f"{ROOM}visits/{visit.pk}/"
    sent = read(clerk.get(address)).fields
    clerk.post(address, {**sent, "done": "先存的"})
    answer = clerk.post(address, {**sent, "done": "后存的"})
    page = read(answer)
    assert answer.status_code == 409 and "别人刚改过" in page.words and page.fields["done"] == "后存的"
    clerk.post(address, page.fields)
    assert Visit.objects.get().done == "后存的"


def test_a_time_that_is_none_is_said_and_nothing_is_lost(world: World, at_desk: SignedIn, read: Read) -> None:
    answer = at_desk("clerk").post(
        f"{ROOM}visits/new/", {"came_at": "早上", "left_at": "晚上", "people": "2", "done": "补材料"}
    )
    page = read(answer)
    assert "请写时间" in page.words and page.fields["done"] == "补材料" and page.fields["came_at"] == "早上"


def test_statements_are_corrected_confirmed_and_registered_from_one_page(
    world: World, at_desk: SignedIn, read: Read
) -> None:
    clerk = at_desk("clerk")
    new = read(clerk.get(f"{ROOM}statements/new/"))
    clerk.post(f"{ROOM}statements/new/", {**new.fields, "text": SAID, "name": "孟庆兰"})
    row = Statement.objects.get()
    address = f"{ROOM}statements/{row.pk}/"
    page = read(clerk.post(address, {"do": "correct", "seen": "1", "text": f"{SAID}谢谢。"}, follow=True))
    assert "请再念一遍" in page.words and "第2稿" in page.words
    late = clerk.post(address, {"do": "correct", "seen": "1", "text": "晚了一步的话"})
    assert late.status_code == 409 and read(late).fields["text"] == "晚了一步的话"
    given = {"do": "confirm", "seen": "2", "how": "aloud", "present": "本人", "mark": "none"}
    assert "登记这件事" in read(clerk.post(address, given, follow=True)).words
    late = clerk.post(address, {"do": "correct", "seen": "2", "text": "确认以后才交的话"})
    assert late.status_code == 409 and read(late).fields["text"] == "确认以后才交的话"
    form = read(clerk.post(f"{address}register/", follow=True))
    assert form.fields["text"] == f"{SAID}谢谢。" and form.fields["channel"] == "visit"
    assert StatementVersion.objects.count() == 2


def test_a_confirmation_without_its_facts_is_refused_with_all_that_is_missing(
    world: World, at_desk: SignedIn, read: Read
) -> None:
    row = statements.write_down(name="", via="phone", text=SAID, key="", by=world.actor("clerk"), now=NOW)
    page = read(at_desk("clerk").post(f"{ROOM}statements/{row.pk}/", {"do": "confirm", "seen": "1", "present": "女儿"}))
    assert "请选怎样核对的" in page.words and "请选有没有签名" in page.words and page.fields["present"] == "女儿"
    assert Statement.objects.get().state == "writing"


def test_a_statement_that_is_not_to_be_registered_says_why(world: World, at_desk: SignedIn, read: Read) -> None:
    row = statements.write_down(name="", via="phone", text=SAID, key="", by=world.actor("clerk"), now=NOW)
    clerk, address = at_desk("clerk"), f"{ROOM}statements/{row.pk}/"
    for place in (ROOM, "/desk/"):
        assert "1份口头反映还没登记" in read(clerk.get(place)).words
    assert "请写本人怎么说的" in read(clerk.post(address, {"do": "withdraw"})).words
    clerk.post(address, {"do": "withdraw", "why": "已经收到钱了"})
    assert "已经收到钱了" in read(clerk.get(address)).words
    assert "还没登记" not in read(clerk.get(ROOM)).words


def test_long_lists_are_turned_page_by_page_and_open_statements_stay_on_the_first(
    world: World, at_desk: SignedIn, read: Read, monkeypatch: Any
) -> None:
    monkeypatch.setattr(statements, "PAGE", 2)
    monkeypatch.setattr(events, "PAGE", 2)
    given: dict[str, Any] = {"key": "", "by": world.actor("clerk"), "now": NOW}
    rows = [statements.write_down(name="", via="visit", text=SAID, **given) for _ in range(4)]
    for row in rows[1:]:
        statements.withdraw(statement_id=row.pk, why="不提了", by=given["by"], now=NOW)
        events.note(facts={**FIGHT, "happened_at": NOW}, **given)
    for place in ("statements", "events"):
        first, second = (read(at_desk("clerk").get(f"{ROOM}{place}/?page={number}")) for number in (1, 2))
        assert "?page=2" in first.links and "?page=1" in second.links and "?page=3" not in second.links
    assert f"{ROOM}statements/{rows[0].pk}/" in read(at_desk("clerk").get(f"{ROOM}statements/")).links


def test_an_event_is_written_added_to_and_never_edited(world: World, at_desk: SignedIn, read: Read) -> None:
    clerk = at_desk("clerk")
    page = read(clerk.post(f"{ROOM}events/new/", {"kind": "violence", "what": "推倒了牌子"}))
    assert "请选第二十六条的哪一项" in page.words and page.fields["what"] == "推倒了牌子"
    clerk.post(f"{ROOM}events/new/", {**FIGHT, "day": "今天", "at": "9:10"})
    event = EventNote.objects.get()
    assert event.happened_at == NOW - timedelta(minutes=20)
    address = f"{ROOM}events/{event.pk}/"
    assert "还没有告知当事人" in read(clerk.get(address)).words
    page = read(clerk.post(address, {"kind": "reply", "text": "是我碰倒的。"}, follow=True))
    assert "当事人的说明" in page.words and "是我碰倒的。" in page.words


def test_the_month_lists_every_gap_and_plans_ticked_days(world: World, at_desk: SignedIn, read: Read) -> None:
    head = at_desk("counter_head")
    page = read(head.get(f"{ROOM}rota/?month=2026-03"))
    assert "3月2日没有人值班" in page.words and "3月7日没有人值班" not in page.words
    who = str(world.staff["clerk"].pk)
    sent = {"do": "plan", "staff": who, "part": "day", "day": ["2026-03-02", "2026-03-03"]}
    page = read(head.post(f"{ROOM}rota/?month=2026-03", sent, follow=True))
    assert "排好了4个半天" in page.words and "3月2日没有人值班" not in page.words
    answer = head.post(f"{ROOM}rota/?month=2026-03", {**sent, "day": ["2026-03-07", "2026-03-04"]})
    assert "3月7日不上班" in read(answer).words and 'value="2026-03-04" id="day-4" checked' in answer.content.decode()
    page = read(head.post(f"{ROOM}rota/?month=2026-03", {"do": "copy:2026-03-09", "part": "day"}, follow=True))
    assert "3月9日没有人值班" not in page.words and "3月11日没有人值班" in page.words
    assert at_desk("clerk").post(f"{ROOM}rota/?month=2026-03", {**sent, "do": "clear"}).status_code == 200
    assert Duty.objects.count() == 8


def test_a_swap_is_chosen_from_the_turns_to_come(world: World, at_desk: SignedIn, read: Read) -> None:
    a_reception(world, now=NOW)
    clerk = at_desk("clerk")
    first, second = f"2026-03-03:{world.staff['clerk'].pk}", f"2026-03-05:{world.staff['counter_head'].pk}"
    assert "两边都要选" in read(clerk.post(f"{ROOM}rota/swap/", {"first": first})).words
    empty = clerk.post(f"{ROOM}rota/swap/", {}).content.decode()
    assert 'href="#swap-first"' in empty and 'href="#swap-second"' in empty
    clerk.post(f"{ROOM}rota/swap/", {"first": first, "second": second})
    assert Duty.objects.get(day=date(2026, 3, 5)).staff == world.staff["clerk"]


def test_gaps_stand_on_the_start_page_of_clerk_and_head_alone(world: World, at_desk: SignedIn, read: Read) -> None:
    for name, told in (("clerk", True), ("head", True), ("handler", False), ("supervisor", False)):
        assert ("3月2日没有人值班" in read(at_desk(name).get("/desk/")).words) is told


def test_a_reception_day_is_announced_on_the_portal_and_called_off_there(
    world: World, at_desk: SignedIn, read: Read
) -> None:
    leader = at_desk("leader")
    sent = {
        "leader": str(world.staff["leader"].pk),
        "day": "3.9",
        "begins": "9:00",
        "ends": "11点半",
        "place": "一楼接待室",
    }
    leader.post(f"{ROOM}leaders/", sent)
    day = LeaderDay.objects.get()
    assert day.day == date(2026, 3, 9)
    portal = read(Client().get("/reception-days/"))
    assert "3月9日 星期一 09:00–11:30" in portal.words and "一楼接待室" in portal.words
    assert "/reception-days/" in read(Client().get("/")).links
    assert "请写为什么取消" in read(leader.post(f"{ROOM}leaders/{day.pk}/off/")).words
    leader.post(f"{ROOM}leaders/{day.pk}/off/", {"why": "外出开会"})
    portal = read(Client().get("/reception-days/"))
    assert "这一天取消了" in portal.words and "外出开会" in portal.words


def test_a_matter_heard_by_a_leader_is_registered_with_that_channel(
    world: World, at_desk: SignedIn, read: Read
) -> None:
    ids, clerk = a_reception(world, now=NOW), at_desk("clerk")
    answer = clerk.post(f"{ROOM}leaders/{ids['leader_day']}/register/")
    fields = read(clerk.get(answer["Location"])).fields
    assert (fields["channel"], fields["received_on"]) == ("leader", "2026-03-02")
    clerk.post(
        answer["Location"], {**fields, "title": "取暖补贴", "text": SAID, "person_q": "孟庆兰", "do": "register"}
    )
    assert Case.objects.get().channel == "leader"


def test_the_screen_shows_numbers_to_everybody_and_no_name(world: World, read: Read) -> None:
    ids = a_reception(world, now=NOW)
    address = f"{ROOM}screen/{ids['screen']}/"
    answer = Client().get(address)
    page = read(answer)
    assert "请进 2" in page.words and "正在接谈 1" in page.words and "在等，1位 3" in page.words
    assert "张老师" not in page.words and "李阿姨" not in page.words and "clerk" not in page.words
    html = answer.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in html and 'aria-live="polite"' in html
    fragment = Client().get(address, headers={"HX-Request": "true"}).content.decode()
    assert " ".join(fragment.split()) == part(html, "numbers")


def test_the_screens_address_is_a_secret_that_can_be_changed(world: World, at_desk: SignedIn) -> None:
    old = a_reception(world, now=NOW)["screen"]
    assert len(old) >= 30
    at_desk("leader").post(f"{ROOM}screen/")
    assert Client().get(f"{ROOM}screen/{old}/").status_code == 404
    assert Client().get(f"{ROOM}screen/{queue.screen_token(world.actor('clerk'))}/").status_code == 200


def test_the_halls_fragment_is_part_of_its_page(world: World, at_desk: SignedIn) -> None:
    a_reception(world, now=NOW)
    clerk = at_desk("clerk")
    whole = clerk.get(ROOM).content.decode()
    html = clerk.get(ROOM, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html and "来了，开始谈" in html and part(whole, "hall").count("<form") == html.count("<form")


def counted(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def test_every_list_asks_the_same_of_few_rows_and_of_many(world: World, at_desk: SignedIn) -> None:
    head = at_desk("counter_head")
    a_reception(world, now=NOW)
    for more in (0, 15):
        _fill(world, more)
        assert {place: counted(head, ROOM + place) for place in QUERIES} == QUERIES, more


def _fill(world: World, more: int) -> None:
    given: dict[str, Any] = {"by": world.actor("clerk"), "now": NOW}
    for number in range(more):
        ticket = queue.call_next(key="", **given) if queue.take(called_as="", key="", **given) else None
        queue.move(ticket_id=ticket.pk, step="seen", **given)  # type: ignore[union-attr]
        row = statements.write_down(name="", via="visit", text=f"{SAID}{number}", key="", **given)
        statements.correct(statement_id=row.pk, seen=1, text=f"改{number}", **given)
        event = events.note(facts={**FIGHT, "happened_at": NOW}, key="", **given)
        events.add(event_id=event.pk, kind="told", text="告知了", key="", **given)
        facts = {"came_at": NOW, "left_at": None, "people": "1", "received_by": world.staff["clerk"].pk}
        visits.record(typed=facts, key="", **given)
        on = {"leader_id": world.staff["leader"].pk, "day": TODAY + timedelta(days=number), "place": "一楼"}
        leaders.plan(**on, begins=time(13), ends=time(14), by=world.actor("leader"), now=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("9:30", 9, 30), ("0930", 9, 30), ("９：３０", 9, 30), ("9点半", 9, 30), ("14点", 14, 0), ("930", 9, 30)],
)
def test_times_are_read_as_clerks_type_them(typed: str, hour: int, minute: int) -> None:
    found = read_time(typed)
    assert found is not None and (found.hour, found.minute) == (hour, minute)


def test_what_is_no_time_and_no_moment_is_none() -> None:
    assert [read_time(typed) for typed in ("", "早上", "25:00", "9:75", "9")] == [None] * 5
    assert read_moment("昨天", "9:30", today=TODAY) == NOW - timedelta(days=1)
    assert read_moment("某天", "9:30", today=TODAY) is None


def test_a_planned_day_without_its_year_is_the_next_one() -> None:
    assert read_coming("3.9", today=TODAY) == date(2026, 3, 9)
    assert read_coming("2.9", today=TODAY) == date(2027, 2, 9)
    assert read_coming("2026-01-05", today=TODAY) == date(2026, 1, 5)
    assert read_coming("明天", today=TODAY) == date(2026, 3, 3)
    assert read_coming("2.29", today=date(2028, 3, 1)) is None


@pytest.mark.parametrize("day", ["0001-01-01", "1948-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_out_of_all_reckoning_breaks_no_page(world: World, at_desk: SignedIn, read: Read, day: str) -> None:
    head, clerk = at_desk("counter_head"), at_desk("clerk")
    assert clerk.get(f"{ROOM}visits/?day={day}").status_code == 200
    answer = clerk.post(f"{ROOM}visits/new/", {"day": day, "came_at": "07:00", "people": "1"})
    page = read(answer)
    assert answer.status_code == 200 and "请写日期" in page.words and page.fields["day"] == day
    assert "班表没有变" in read(head.post(f"{ROOM}rota/", {"do": f"copy:{day}", "part": "day"}, follow=True)).words
    assert head.get(f"{ROOM}rota/?month={day[:7]}").status_code == 200
    assert not Visit.objects.exists()


@pytest.mark.parametrize("month", ["1949-01", "2099-12"])
def test_the_rota_opens_in_the_first_and_the_last_month(world: World, at_desk: SignedIn, month: str) -> None:
    head = at_desk("counter_head")
    assert head.get(f"{ROOM}rota/?month={month}").status_code == 200
    assert head.post(f"{ROOM}rota/", {"do": f"copy:{month}-01", "part": "day"}).status_code == 302
