"""The pages of screenings: what was typed stays, two people are told of each other, late sheets stand on the day, figures go out."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.cases.models import Case
from huiyin.orgs import services as offices
from huiyin.screening import campaigns, findings, queries
from huiyin.screening.models import Campaign, Finding, Sheet, SheetDraft
from tests.screening.conftest import PLAN, Round, planned, underway
from tests.world import NOW, World

__all__ = ["underway"]
AtDesk = Callable[[str], Client]
LATE = NOW + timedelta(days=14)
MANY = 12
START, CAMPAIGN, SHEET, REPORT = 9, 11, 15, 9  # queries of the pages, whatever the number of offices and findings


def form(world: World, **facts: Any) -> dict[str, Any]:
    """What the browser sends of a plan with two questions."""
    plain = {name: value for name, value in PLAN.items() if name != "questions"}
    rows = {
        "q0-text": "有没有补贴没有按时发？",
        "q0-kind": "yes_no",
        "q0-asks_finding": "on",
        "q1-text": "几处？",
        "q1-kind": "number",
    }
    chosen = {
        "offices": [str(world.section.pk)],
        "runner": str(world.staff["leader"].pk),
        "rows": "3",
        "key": "k1",
        "version": "1",
    }
    return {**plain, **rows, **chosen, "do": "save", **facts}


def test_a_finding_is_written_for_the_only_question_that_asks_for_one(
    underway: Round, at_desk: AtDesk, read: Any
) -> None:
    question = underway.campaign.questions.get(asks_finding=True)
    page = read(at_desk("handler").get(f"/desk/screening/sheets/{underway.sheet('section').pk}/findings/new/"))
    assert page.fields["question"] == str(question.pk)


def test_a_plan_is_typed_saved_started_and_half_of_it_is_not_lost(world: World, at_desk: AtDesk, read: Any) -> None:
    leader = at_desk("leader")
    shown = read(leader.post("/desk/screening/new/", form(world, title="", **{"q1-kind": "", "asked_on": "三月"})))
    assert "请填写“标题”" in shown.words and "第2题：请选这个问题怎样答" in shown.words and "读不懂" in shown.words
    assert shown.fields["q0-text"] == "有没有补贴没有按时发？" and shown.fields["asked_on"] == "三月"
    more = read(leader.post("/desk/screening/new/", form(world, do="rows")))
    assert more.fields["rows"] == "6" and more.fields["title"] == PLAN["title"] and not Campaign.objects.exists()
    for _ in range(2):  # a double click
        saved = leader.post("/desk/screening/new/", form(world, asked_on="3.13"))
    campaign = Campaign.objects.get()
    assert saved["Location"] == f"/desk/screening/{campaign.pk}/" and campaign.due_on.isoformat() == "2026-03-13"
    read(leader.get(f"/desk/screening/{campaign.pk}/edit/"))
    started = leader.post(f"/desk/screening/{campaign.pk}/start/", follow=True)
    assert "开始了" in started.content.decode() and Sheet.objects.count() == 1
    assert leader.get(f"/desk/screening/{campaign.pk}/edit/").status_code == 302


def test_of_two_who_change_a_plan_the_second_keeps_what_was_typed(world: World, at_desk: AtDesk, read: Any) -> None:
    campaign = planned(world)
    address, first = f"/desk/screening/{campaign.pk}/edit/", at_desk("leader")
    assert first.post(address, form(world, title="甲")).status_code == 302
    late = at_desk("supervisor").post(address, form(world, title="乙"))
    shown = read(late)
    assert late.status_code == 409 and shown.fields["title"] == "乙" and shown.fields["version"] == "2"
    assert at_desk("supervisor").post(address, form(world, title="乙", version="2")).status_code == 302


def test_a_draft_says_what_is_missing_instead_of_a_button(world: World, at_desk: AtDesk, read: Any) -> None:
    shown = read(at_desk("leader").get(f"/desk/screening/{planned(world, questions=[], offices=[]).pk}/"))
    assert "现在还不能开始" in shown.words and "还没有写问题" in shown.words and "开始排查" not in shown.words


def test_of_two_at_one_sheet_the_second_sees_both_and_nothing_is_overwritten(
    underway: Round, at_desk: AtDesk, read: Any
) -> None:
    sheet = underway.sheet("section")
    address, mine = f"/desk/screening/sheets/{sheet.pk}/", underway.answer("no", "1", "走访", "甲写的")
    theirs = underway.answer("no", "2", "来电", "乙写的")
    assert at_desk("handler").post(address, {**mine, "version": "1", "do": "save"}).status_code == 302
    late = at_desk("head").post(address, {**theirs, "version": "1", "do": "sign"})
    shown = read(late)
    assert late.status_code == 409 and "甲写的" in shown.words and "乙写的" in shown.fields.values()
    assert "甲写的" in Sheet.objects.get(pk=sheet.pk).answers.values()
    again = at_desk("head").post(address, {**theirs, "version": shown.fields["version"], "do": "sign"})
    assert again.status_code == 302 and Sheet.objects.get(pk=sheet.pk).state == "signed"


def test_what_is_typed_is_kept_for_oneself_until_it_is_saved_or_dropped(
    underway: Round, at_desk: AtDesk, read: Any
) -> None:
    sheet = underway.sheet("section")
    address, client = f"/desk/screening/sheets/{sheet.pk}/", at_desk("handler")
    typed = underway.answer("", "十二", "", "写到一半", found="")
    assert client.post(f"{address}draft/", {**typed, "version": "1"}).status_code == 204
    shown = read(client.get(address))
    assert "写到一半" in shown.fields.values() and "十二" in shown.fields.values() and "接着上次写的" in shown.words
    assert "写到一半" not in read(at_desk("head").get(address)).fields.values()
    refused = read(client.post(address, {**typed, "version": "1", "do": "save"}))
    assert "请填一个整数" in refused.words and "十二" in refused.fields.values()
    client.post(f"{address}draft/", {"forget": "1"})
    assert not SheetDraft.objects.exists() and "写到一半" not in read(client.get(address)).fields.values()


def test_a_late_sheet_stands_on_the_day_of_its_head_and_of_who_runs_it(
    underway: Round, at_desk: AtDesk, read: Any
) -> None:
    with time_machine.travel(LATE, tick=False):
        head, leader = (read(at_desk(name).get("/desk/")).words for name in ("head", "leader"))
        assert "待遇核发科 · 还没有交" in head and "南桥所" not in head and "已超期" in head
        assert all(f"{name} · 还没有交" in leader for name in ("待遇核发科", "医疗保障科", "南桥所"))
        assert "3个单位超期没有交" in read(at_desk("leader").get(f"/desk/screening/{underway.campaign.pk}/")).words
        assert "还没有交" not in read(at_desk("clerk").get("/desk/")).words


def test_a_finding_waits_on_the_day_of_its_owner_and_becomes_a_case_with_one_button(
    underway: Round, at_desk: AtDesk, read: Any
) -> None:
    one = underway.find()
    assert "发现，等您给着落" in read(at_desk("handler").get("/desk/")).words
    client = at_desk("handler")
    for _ in range(2):
        done = client.post(f"/desk/screening/findings/{one.pk}/case/", follow=True)
    case = Case.objects.get()
    assert case.no in read(done).words
    page = read(client.get(f"/desk/cases/{case.no}/"))
    assert (
        f"/desk/screening/findings/{one.pk}/" in page.links
        and "排查发现" in page.words
        and "排查发现的，没有信访人" in page.words
    )
    assert "发现，等您给着落" not in read(client.get("/desk/")).words


def test_a_finding_is_kept_as_typed_when_it_is_refused(underway: Round, at_desk: AtDesk, read: Any) -> None:
    address = f"/desk/screening/sheets/{underway.sheet('section').pk}/findings/new/"
    client = at_desk("handler")
    opened = read(client.get(address))
    assert opened.fields["due_on"] == "2026-03-16" and opened.fields["owner"] == str(underway.world.staff["handler"].pk)
    sent = {**opened.fields, "description": "", "people_count": "十几个", "place": "湖滨路"}
    shown = read(client.post(address, sent))
    assert shown.fields["people_count"] == "十几个" and "请填写“问题是什么”" in shown.words
    for _ in range(2):
        client.post(address, {**shown.fields, "description": "没有到账。", "people_count": "１２"})
    assert Finding.objects.get().people_count == 12


@pytest.mark.parametrize(
    ("how", "typed"), [("settle", {"note": "补发了。"}), ("hand", {"handed_to": "湖滨社区", "note": "清单。"})]
)
def test_what_came_of_a_finding_is_said_on_its_page(
    underway: Round, at_desk: AtDesk, read: Any, how: str, typed: dict[str, str]
) -> None:
    one, client = underway.find(), at_desk("head")
    address = f"/desk/screening/findings/{one.pk}/"
    assert "还没有存，先看这里" in read(client.post(f"{address}{how}/", {})).words
    assert all(words in read(client.post(f"{address}{how}/", typed, follow=True)).words for words in typed.values())
    assert client.post(f"{address}{how}/", typed).status_code == 409
    assert client.post(f"{address}edit/", {**typed, "version": "1"}).status_code in (200, 409)


def test_a_sheet_is_returned_with_its_reason_on_the_page(underway: Round, at_desk: AtDesk, read: Any) -> None:
    underway.hand_in("section", "head")
    address = f"/desk/screening/sheets/{underway.sheet('section').pk}/"
    typed = {"reason": "第二题请核实。", "due_on": "3.20"}
    assert at_desk("leader").post(f"{address}return/", typed).status_code == 302
    assert "第二题请核实" in read(at_desk("handler").get(address)).words
    assert at_desk("head").get(f"{address}return/").status_code == 302


def test_the_report_goes_out_as_a_spreadsheet_with_no_small_number_of_people(
    underway: Round, at_desk: AtDesk, read: Any
) -> None:
    underway.find(topic="150201")
    underway.find(people_count="3", place="=1+1")
    address, leader = f"/desk/screening/{underway.campaign.pk}/report", at_desk("leader")
    shown = read(leader.get(f"{address}/")).words
    assert "不到5人" in shown and "约10人" in shown and "至少10人" in shown
    answer = leader.get(f"{address}.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert rows[0] == ("部分", "项目", "数", "说明") and ("发现按地点", "=1+1", "1", "不到5人") in rows
    assert not [row for row in rows if "3" in (row[2], row[3]) and row[0] != "交表"]
    assert at_desk("head").get(f"{address}.xlsx").status_code == 403


def counted(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_pages_ask_the_same_of_few_and_of_many(underway: Round, at_desk: AtDesk) -> None:
    world, client = underway.world, at_desk("leader")
    addresses = {
        "/desk/screening/": START, f"/desk/screening/{underway.campaign.pk}/": CAMPAIGN,
        f"/desk/screening/sheets/{underway.sheet('section').pk}/": SHEET, f"/desk/screening/{underway.campaign.pk}/report/": REPORT,
    }  # fmt: skip
    findings.make_case(underway.find(), by=world.actor("handler"), now=NOW)
    assert {address: counted(client, address) for address in addresses} == addresses
    for number in range(MANY):
        office = offices.create_office(name=f"第{number}科", kind="section", parent=world.unit)
        Sheet.objects.create(campaign=underway.campaign, office=office, due_on=underway.campaign.due_on)
        made = underway.find(topic="150201")
        if number % 2:
            findings.make_case(made, by=world.actor("handler"), now=NOW)
        campaigns.start(queries.campaign(world.actor("leader"), planned(world).pk), by=world.actor("leader"), now=NOW)
    assert {address: counted(client, address) for address in addresses} == addresses


def test_a_page_far_beyond_the_last_is_empty_and_breaks_nothing(world: World, at_desk: AtDesk) -> None:
    assert at_desk("leader").get("/desk/screening/?page=999999999999999999").status_code == 200
