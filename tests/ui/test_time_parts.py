"""Computed terms become words, cells and places on a bar. All on the calendar of 2026 (Spring Festival 15–23 February)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from huiyin.procedure.calendars import default
from huiyin.procedure.deadlines import compute
from huiyin.procedure.terms import TERMS
from huiyin.web.ui.tags.words import day, day_text
from huiyin.web.ui.time_parts import clock, due_at, due_of, no_due, ruler

CALENDAR = default()
TODAY = date(2026, 2, 12)


@pytest.mark.parametrize(
    ("due", "words", "urgency"),
    [
        (date(2026, 2, 10), "已超期2个工作日", "late"),
        (date(2026, 2, 12), "今天到期", "today"),
        (date(2026, 2, 24), "还剩3个工作日", "soon"),
        (date(2026, 2, 25), "还剩4个工作日", "calm"),
    ],
)
def test_a_due_date_says_how_far_it_is(due: date, words: str, urgency: str) -> None:
    found = due_at(due, today=TODAY, calendar=CALENDAR)
    assert (found.words, found.urgency) == (words, urgency)


def test_what_is_done_is_green_even_when_late() -> None:
    found = due_at(date(2026, 2, 10), today=TODAY, calendar=CALENDAR, done_on=date(2026, 2, 12))
    assert found.urgency == "done"
    assert "超期" in found.words


def test_a_far_provisional_date_is_dashed_but_a_near_one_is_urgent_and_says_so() -> None:
    far = due_of(compute(TERMS["handle"], date(2026, 12, 20), CALENDAR), today=TODAY, calendar=CALENDAR)
    near = due_at(date(2026, 2, 13), today=TODAY, calendar=CALENDAR, provisional=True)
    assert (far.urgency, far.note) == ("provisional", "暂定")
    assert (near.urgency, near.note) == ("soon", "暂定")


def test_without_a_statutory_number_nothing_is_urgent() -> None:
    assert no_due("内部3月6日").urgency == "none"


def test_the_ruler_knows_rest_days_make_up_days_and_today() -> None:
    cells = {cell.on.day: cell for cell in ruler(CALENDAR, TODAY, date(2026, 2, 28), today=TODAY, counts={TODAY: 3})}
    assert (cells[12].is_today, cells[12].count) == (True, 3)
    assert cells[14].is_makeup and cells[28].is_makeup
    assert not cells[15].is_work
    assert cells[24].is_work and not cells[24].is_makeup


def test_a_day_of_the_ruler_leads_to_its_list_only_when_something_is_due() -> None:
    cells = ruler(CALENDAR, TODAY, date(2026, 2, 13), today=TODAY, counts={TODAY: 1}, href="?on={day}")
    assert [cell.href for cell in cells] == ["?on=2026-02-12", ""]


@pytest.mark.parametrize("today", [date(2025, 12, 24), TODAY, date(2026, 2, 24), date(2026, 6, 1)])
def test_everything_on_the_clock_stays_on_the_bar(today: date) -> None:
    bar = clock(compute(TERMS["handle"], date(2025, 12, 24), CALENDAR), today=today, calendar=CALENDAR)
    assert all(0 <= mark.at <= 100 for mark in bar.marks)
    assert all(left >= 0 and left + width <= 100.1 for left, width in bar.rests)
    assert bar.elapsed[1] >= 0 and (bar.left is None or bar.left[1] >= 0)


def test_labels_that_would_touch_are_put_below_each_other() -> None:
    handle = compute(TERMS["handle"], date(2026, 2, 10), CALENDAR)
    bar = clock(handle, today=TODAY, calendar=CALENDAR, received_on=date(2026, 2, 9))
    assert len({mark.row for mark in bar.marks if mark.words and mark.at < 10}) == 3


@pytest.mark.parametrize(
    ("how", "chinese", "english"),
    [
        ("", "2月24日", "24 Feb"),
        ("week", "2月24日 周二", "Tue 24 Feb"),
        ("long", "2月24日 星期二", "Tuesday 24 Feb"),
        ("year", "2026年2月24日", "24 Feb 2026"),
        ("year long", "2026年2月24日 星期二", "Tuesday 24 Feb 2026"),
    ],
)
def test_dates_are_said_in_words(how: str, chinese: str, english: str) -> None:
    on = date(2026, 2, 24)
    assert day_text(on, how) == chinese
    with translation.override("en"):
        assert day_text(on, how) == english


def test_a_date_in_a_page_carries_its_machine_form() -> None:
    assert day(date(2026, 2, 24)) == '<time datetime="2026-02-24">2月24日</time>'
    assert day(None) == ""
