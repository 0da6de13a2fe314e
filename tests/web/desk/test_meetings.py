"""The pages of meetings: what each person sees and may do, what stays typed, how many queries they take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from huiyin.cases.models import CaseTask
from huiyin.coordination import queries, services
from huiyin.coordination.models import AgendaItem, Meeting
from tests.web.test_english_pages import Written
from tests.world import NOW, World

AtDesk = Callable[[str], Client]
PLAN = {"kind": "joint", "held_on": "今天", "starts": "上午9点", "place": "会议室", "outside": "王主任 医保中心"}


def planned(world: World, client: Client, **more: Any) -> Meeting:
    chair, people = world.staff["leader"].pk, [world.staff["head"].pk]
    answer = client.post("/desk/meetings/new/", PLAN | {"chair": chair, "participants": people, "key": "k"} | more)
    assert answer.status_code == 302, answer.content.decode()
    return Meeting.objects.get()


def test_from_the_agenda_to_a_task_on_the_case(world: World, at_desk: AtDesk, read: Callable[[Any], Any]) -> None:
    case, client = world.case("approved"), at_desk("leader")
    meeting = planned(world, client)
    page = read(client.get(f"/desk/meetings/{meeting.pk}/agenda/"))
    assert case.no in page.words and "等签发" in page.words
    client.post(f"/desk/meetings/{meeting.pk}/agenda/", {"case": case.pk, f"why-{case.pk}": "leader"})
    item = meeting.items.get()
    assert item.why == ["leader"]
    head, address = at_desk("head"), f"/desk/meetings/{meeting.pk}/items/{item.pk}/"
    typed = {
        "version": 1,
        "minutes": "两科都同意。",
        "outcome": "task",
        "decision": "查清标准",
        "owner": world.staff["other_handler"].pk,
        "due_on": "2026-03-09",
    }
    assert head.post(address, typed).status_code == 302
    assert head.post(f"/desk/meetings/{meeting.pk}/confirm/", {"version": 1}).status_code == 403
    done = client.post(f"/desk/meetings/{meeting.pk}/confirm/", {"version": 1}, follow=True)
    assert "1项决定写到了事项上" in done.content.decode() and "协办第1项" in done.content.decode()
    assert CaseTask.objects.get().person == world.staff["other_handler"]
    asked = read(at_desk("other_handler").get(f"/desk/cases/{case.no}/"))
    assert "查清标准" in asked.words and "2026年3月2日联席会 第1项" in asked.words


def test_the_later_of_two_writers_keeps_what_they_typed_and_sees_the_other(world: World, at_desk: AtDesk) -> None:
    meeting = planned(world, at_desk("leader"))
    services.put_on(meeting, by=world.actor("leader"), cases=[world.case("handling").pk])
    address = f"/desk/meetings/{meeting.pk}/items/{meeting.items.get().pk}/"
    assert at_desk("head").post(address, {"version": 1, "minutes": "先写的"}).status_code == 302
    answer = at_desk("leader").post(address, {"version": 1, "minutes": "后写的"})
    text = answer.content.decode()
    assert (
        answer.status_code == 409
        and "后写的</textarea>" in text
        and "先写的" in text
        and 'name="version" value="2"' in text
    )
    assert AgendaItem.objects.get().minutes == "先写的"


def test_a_double_click_plans_one_meeting_and_what_is_wrong_is_said_at_its_field(world: World, at_desk: AtDesk) -> None:
    client = at_desk("head")
    planned(world, client)
    planned(world, client)
    wrong = client.post("/desk/meetings/new/", PLAN | {"held_on": "下个世纪", "chair": ""})
    assert wrong.status_code == 200 and "请写开会日期" in wrong.content.decode() and "会议室" in wrong.content.decode()
    other = client.post("/desk/meetings/new/", PLAN | {"chair": world.staff["handler"].pk})
    assert "主持人要是本单位的负责人" in other.content.decode() and Meeting.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"case": "x"}, {"case": "99999999999999999999"}, {"no": "2026-9999"}, {"no": "\x00"}, {}]
)
def test_nonsense_puts_nothing_on_the_agenda(world: World, at_desk: AtDesk, sent: dict[str, str]) -> None:
    client = at_desk("leader")
    meeting = planned(world, client)
    assert client.post(f"/desk/meetings/{meeting.pk}/agenda/", sent).status_code in (200, 302)
    assert client.get("/desk/meetings/?page=999999999").status_code == 200
    assert client.get(f"/desk/meetings/{meeting.pk}/?page=²").status_code == 200
    assert not meeting.items.exists()


def test_the_month_is_prepared_by_one_click_and_its_book_can_be_read_back(world: World, at_desk: AtDesk) -> None:
    case, client = world.case("handling"), at_desk("supervisor")
    for _ in range(2):
        page = client.post("/desk/meetings/review/", {"month": "2026-03"}, follow=True)
    assert "梳理册准备好了" in page.content.decode() and case.title in page.content.decode()
    meeting = Meeting.objects.get()
    answer = client.get(f"/desk/meetings/{meeting.pk}/book/pdf/")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert case.no in text and answer["Content-Type"] == "application/pdf"
    assert client.get(f"/desk/meetings/{meeting.pk}/book/docx/").status_code == 404
    assert "请写成" in client.post("/desk/meetings/review/", {"month": "三月"}, follow=True).content.decode()


def test_lists_and_agendas_ask_the_same_for_few_and_for_many(world: World, at_desk: AtDesk) -> None:
    client, counts = at_desk("leader"), []
    meeting = planned(world, client)
    for number in (2, 18):
        cases = [world.case("handling").pk for _ in range(number)]
        services.put_on(queries.find(world.actor("leader"), meeting.pk), by=world.actor("leader"), cases=cases)
        asked = []
        for address in ("/desk/meetings/", f"/desk/meetings/{meeting.pk}/", f"/desk/meetings/{meeting.pk}/agenda/"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            asked.append(len(captured))
        counts.append(asked)
    assert counts[0] == counts[1], counts


def test_who_was_asked_finds_it_in_their_day_and_the_receipt_is_not_for_them(world: World, at_desk: AtDesk) -> None:
    case = world.ask(world.case("handling", now=NOW), "sister_clerk")
    client = at_desk("sister_clerk")
    assert "请我协办的" in client.get("/desk/").content.decode()
    assert case.title in client.get("/desk/cases/?relation=asked").content.decode()
    page = client.get(f"/desk/cases/{case.no}/").content.decode()
    assert "13800000000" not in page and "再印回执" not in page
    assert (
        client.get(f"/desk/cases/{case.no}/receipt/").status_code
        == client.get(f"/desk/cases/{case.no}/export/").status_code
        == 403
    )


def test_tasks_and_minutes_are_shown_in_english_to_whoever_reads_english(world: World, at_desk: AtDesk) -> None:
    case, gone = world.ask(world.case("handling"), "other_handler", due_on="2026-03-02"), world.case("delivered")
    meeting = planned(world, at_desk("leader"))
    services.put_on(meeting, by=world.actor("leader"), cases=[case.pk, gone.pk], why={case.pk: ["late", "offices"]})
    for item in meeting.items.all():
        typed = {"minutes": "说了", "outcome": "no_action", "reason": "已经补发。"}
        services.write(item, by=world.actor("head"), now=NOW, version=1, typed=typed)
    world.settle(gone)
    client = at_desk("leader")
    client.post(f"/desk/meetings/{meeting.pk}/confirm/", {"version": 1})
    client.post(
        f"/desk/meetings/{meeting.pk}/add/", {"words": "会后补充。"}, follow=True
    )  # and what was said in Chinese is read
    client.cookies["django_language"] = "en"
    items = [f"/desk/meetings/{meeting.pk}/items/{item.pk}/" for item in meeting.items.all()]
    written = Written()
    for address in (
        "/desk/meetings/",
        f"/desk/meetings/{meeting.pk}/",
        *items,
        f"/desk/cases/{case.no}/",
        f"/desk/cases/{case.no}/do/decide/",
    ):
        assert written.leftovers(client.get(address)) == [], address
    handler = at_desk("other_handler")
    handler.cookies["django_language"] = "en"
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        for address in ("/desk/", f"/desk/cases/{case.no}/", f"/desk/cases/{case.no}/do/answer_task/"):
            assert written.leftovers(handler.get(address)) == [], address
