"""The monthly review: one click or one command makes the meeting with every open matter and the book to print."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from huiyin.cases.models import Case
from huiyin.commands.review_book import command
from huiyin.coordination import book as books
from huiyin.coordination import review
from huiyin.coordination.models import Meeting
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.people.policy import SYSTEM
from tests.world import NOW, World

MONTH = date(2026, 3, 1)


def prepared(world: World, *, office: str = "unit", by: str = "leader") -> Meeting:
    return review.prepare(office=getattr(world, office), month=MONTH, by=world.actor(by), now=NOW)


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def fill(world: World) -> dict[str, Case]:
    """One of each section, and one that is settled."""
    return {
        "late": world.case("handling", now=NOW - timedelta(days=90)), "calm": world.case("handling"),
        "soon": world.case("handling", now=NOW - timedelta(days=59)), "answered": world.case("delivered"), "closed": world.case("closed"),
    }  # fmt: skip


def test_the_book_holds_every_open_matter_the_late_ones_first(world: World) -> None:
    cases = fill(world)
    world.ask(cases["calm"], "other_handler")
    meeting = prepared(world)
    assert not meeting.items.filter(case=cases["closed"]).exists() and meeting.items.count() == 4
    book = books.of(meeting, reader=world.actor("leader"), now=NOW)
    assert [line.no for line in book.lines][:2] == [cases["late"].no, cases["soon"].no]
    assert {line.no for line in book.lines} == {case.no for name, case in cases.items() if name != "closed"}
    assert [line.place for line in book.lines] == sorted(line.place for line in book.lines), (
        "the agenda has the book's order"
    )
    assert [number for _, number, _ in book.counts] == [4, 1, 1, 0, 1]
    text = words_of(books.pdf(book))
    for said in (
        "2026年3月未办结事项梳理册",
        "孟*兰",
        "已超期",
        "第三十四条",
        "医疗保障科other_handler2026年3月7日前回复",
        "还没有办结的事项，每件只算一次。",
    ):
        assert said in text, said
    assert "孟庆兰" not in text and cases["closed"].no not in text
    sheet = load_workbook(BytesIO(books.xlsx(book))).active
    assert sheet is not None and sheet.max_row == 5 and [cell.value for cell in sheet[1]] == list(books.HEADERS)


def test_the_book_leaves_out_what_was_sealed_since_and_what_is_about_the_readers_office(world: World) -> None:
    plain, sealed, about = (
        world.case("handling"),
        world.case("handling"),
        world.case("handling", accused=world.other.pk),
    )
    meeting = prepared(world)
    world.perform(sealed, "reclassify", "leader", reason="反映的是有人截留补贴。", accused="outside")
    readers = {"leader": {plain.no, about.no}, "other_head": {plain.no}}
    for reader, expected in readers.items():
        book = books.of(meeting, reader=world.actor(reader), now=NOW)
        assert {line.no for line in book.lines} == expected, reader
        assert [number for name, number, _ in book.counts if name == "不便列出"] == [3 - len(expected)]


def test_preparing_again_adds_what_came_in_and_keeps_the_rest(world: World) -> None:
    first = world.case("handling")
    meeting = prepared(world)
    second = world.case("handling", now=NOW - timedelta(days=90))
    again = prepared(world, by="supervisor")
    assert again == meeting and [item.case for item in meeting.items.all()] == [first, second]
    assert meeting.chair == world.staff["leader"]


def test_a_section_reviews_its_own_matters_under_its_head_and_nobody_reviews_another_unit(world: World) -> None:
    world.case("registered")
    own = world.case("handling")
    meeting = prepared(world, office="section", by="head")
    assert [item.case for item in meeting.items.all()] == [own] and meeting.chair == world.staff["head"]
    for by, office in (("sister_leader", "unit"), ("head", "other"), ("handler", "section")):
        with pytest.raises(Forbidden):
            prepared(world, office=office, by=by)
    with pytest.raises(Refused):
        review.month_of("2026-13")


def test_the_book_takes_the_same_queries_for_two_and_for_twenty_matters(world: World) -> None:
    counts = []
    for number in (2, 18):
        for _ in range(number):
            world.ask(world.case("handling"), "other_handler")
        meeting = prepared(world)
        with CaptureQueriesContext(connection) as captured:
            books.of(meeting, reader=world.actor("leader"), now=NOW)
        counts.append(len(captured))
    assert counts[0] == counts[1] < 8, counts


def test_the_command_writes_the_book_and_says_whose_it_is(world: World, tmp_path: Path) -> None:
    world.case("handling")
    ran = CliRunner().invoke(command, ["--month", "2026-03", "--out", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["云湖供电公司 2026年3月未办结事项梳理册.pdf", "云湖供电公司 2026年3月未办结事项梳理册.xlsx"]
    assert Meeting.objects.get().items.count() == 1
    unknown = CliRunner().invoke(command, ["--month", "2026-03", "--office", "没有这个", "--out", str(tmp_path)])
    assert isinstance(unknown.exception, Refused)


def test_the_system_may_prepare_it_and_an_office_without_a_leader_falls_back_to_the_one_above(world: World) -> None:
    meeting = review.prepare(office=world.counter, month=MONTH, by=SYSTEM, now=NOW)
    assert meeting.chair == world.staff["counter_head"] and meeting.planned_by is None
    world.staff["counter_head"].is_active = False
    world.staff["counter_head"].save(update_fields=["is_active"])
    assert (
        review.prepare(office=world.counter, month=date(2026, 4, 1), by=SYSTEM, now=NOW).chair == world.staff["leader"]
    )
