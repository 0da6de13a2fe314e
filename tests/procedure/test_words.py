"""How dates and distances are said, in Chinese and English."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.procedure.calendars import default
from huiyin.procedure.deadlines import compute, done_words, due_words, urgency
from huiyin.procedure.terms import TERMS
from huiyin.procedure.words import Words, day_words

TODAY = date(2026, 2, 12)  # a Thursday before 春节; Saturday 14 is worked, days off until 23

DISTANCES = [
    ("2026-03-06", "还剩12个工作日", "12 working days left", "calm"),
    ("2026-02-25", "还剩4个工作日", "4 working days left", "calm"),
    ("2026-02-24", "还剩3个工作日", "3 working days left", "soon"),
    ("2026-02-13", "还剩1个工作日", "1 working day left", "soon"),
    ("2026-02-12", "今天到期", "Due today", "today"),
    ("2026-02-11", "已超期1个工作日", "1 working day late", "late"),
    ("2026-02-10", "已超期2个工作日", "2 working days late", "late"),
]


@pytest.mark.parametrize(("due", "zh", "en", "state"), DISTANCES)
def test_the_distance_to_a_due_date_is_said_in_working_days(due: str, zh: str, en: str, state: str) -> None:
    day = date.fromisoformat(due)
    assert due_words(day, TODAY, default()) == Words(zh, en)
    assert urgency(day, TODAY, default()) == state


def test_over_a_weekend_or_holiday_natural_days_are_said() -> None:
    saturday = date(2026, 3, 7)
    assert due_words(date(2026, 3, 6), saturday, default()) == Words("已超期1天", "1 day late")
    assert urgency(date(2026, 3, 6), saturday, default()) == "late"
    assert due_words(date(2026, 3, 8), saturday, default()) == Words("还剩1天", "1 day left")


def test_what_is_done_says_so_and_when_and_how_late() -> None:
    due = date(2026, 2, 10)
    assert due_words(due, TODAY, default(), done=True) == Words("已办完", "Done")
    assert done_words(due, date(2026, 2, 9), default()) == Words("2月9日办完", "Done on 9 February")
    late = done_words(due, TODAY, default())
    assert late == Words("2月12日办完，超期2个工作日", "Done on 12 February, 2 working days late")
    assert done_words(date(2026, 12, 31), date(2027, 1, 4), default()).zh.startswith("2027年1月4日办完，超期")


def test_a_date_is_said_with_or_without_year_and_weekday() -> None:
    day = date(2026, 2, 3)
    assert day_words(day) == Words("2月3日", "3 February")
    assert day_words(day, year=True, weekday=True) == Words("2026年2月3日（周二）", "Tuesday 3 February 2026")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Done"), ("en-GB", "Done"), ("EN", "Done"), ("zh-hans", "已办完"), ("", "已办完")]
)
def test_words_speak_the_readers_language_and_chinese_by_default(language: str, said: str) -> None:
    assert Words("已办完", "Done").say(language) == said


def explained(code: str, start: str) -> Words:
    return compute(TERMS[code], date.fromisoformat(start), default()).explanation


def test_a_date_in_a_holiday_is_explained_step_by_step() -> None:
    told = explained("notice", "2026-02-03")
    assert told.zh.splitlines() == [
        "1. 2026年2月3日（周二）收到信访事项，当天不计。",
        "2. 15日按自然日数（第二十三条），第15日是2月18日（周三）。",
        "3. 2月18日在春节假期，顺延到假后第一个工作日：2月24日（周二）。",
        "4. 假期不能办，提醒提前到2月14日（周六上班）。",
    ]
    assert told.en.splitlines() == [
        "1. The matter was received on Tuesday 3 February 2026; that day is not counted.",
        "2. The term is 15 days, natural days (Art. 23); day 15 is Wednesday 18 February.",
        "3. 18 February falls in the Spring Festival holiday; the date moves to the first working day after it: "
        "Tuesday 24 February.",
        "4. Nothing can be done in the holiday; the reminder is brought forward to Saturday 14 February "
        "(a working day).",
    ]


def test_a_worked_weekend_day_is_explained() -> None:
    told = explained("notice", "2026-01-30")
    assert told.zh.splitlines()[-1] == "3. 2月14日（周六）上班（春节调休），是工作日，不用顺延。"
    assert (
        told.en.splitlines()[-1]
        == "3. Saturday 14 February is worked (in exchange for Spring Festival); the date stays."
    )


def test_an_ordinary_weekend_is_explained() -> None:
    lines = explained("review", "2026-01-30").zh.splitlines()
    assert lines[2:] == [
        "3. 3月1日是周日，不上班，顺延到下一个工作日：3月2日（周一）。",
        "4. 周末不能办，提醒提前到2月28日（周六上班）。",
    ]


def test_a_working_day_needs_no_move_and_no_earlier_reminder() -> None:
    lines = explained("notice", "2026-03-02").zh.splitlines()
    assert lines[2:] == ["3. 3月17日（周二）是工作日，不用顺延。"]


def test_counting_working_days_names_what_was_counted_and_what_was_not() -> None:
    lines = explained("simple-handle", "2026-09-18").zh.splitlines()
    assert lines[1:4] == [
        "2. 10个工作日（《信访事项简易办理办法》），周末和放假的日子不数，第10个工作日是10月9日（周五）。",
        "3. 9月20日（周日上班），照常数在内。",
        "4. 中间的中秋节、国庆节假期不数。",
    ]
    assert "未与原文核对" in lines[4]


def test_a_petitioner_is_told_that_the_postmark_counts_and_an_office_is_not() -> None:
    assert "邮戳" in explained("request-review", "2026-01-30").zh
    assert "邮戳" not in explained("review", "2026-01-30").zh


def test_an_extension_says_why_it_stays_within_90_days() -> None:
    assert "合计不超过90日" in explained("extend", "2026-05-01").zh


def test_a_year_is_named_as_soon_as_it_changes() -> None:
    assert "第60日是2026年1月30日（周五）" in explained("handle", "2025-12-01").zh
    assert "Friday 30 January 2026" in explained("handle", "2025-12-01").en
