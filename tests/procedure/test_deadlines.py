"""Deadlines as tables of worked examples: article, start, unmoved end, statutory date, the office's own date."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from huiyin.procedure.calendars import default
from huiyin.procedure.deadlines import OutsideCalendar, compute
from huiyin.procedure.terms import TERMS


def on(text: str) -> date:
    return date.fromisoformat(text)


# Counted by hand on the official calendar of 2026: 春节 02-15–23 (work 02-14, 02-28), 劳动节 05-01–05 (work 05-09),
# 中秋节 09-25–27, 国庆节 10-01–07 (work 09-20, 10-10).
OFFICE = [
    # term, article, start, raw, due, internal
    ("notice", "第二十三条", "2026-02-03", "2026-02-18", "2026-02-24", "2026-02-14"),  # in 春节; Sat 14 is worked
    ("notice", "第二十三条", "2026-01-30", "2026-02-14", "2026-02-14", "2026-02-14"),  # a worked Saturday stays
    ("notice", "第二十三条", "2026-09-18", "2026-10-03", "2026-10-08", "2026-09-30"),  # in 国庆节
    ("forward", "第二十二条", "2026-09-18", "2026-10-03", "2026-10-08", "2026-09-30"),
    ("handle", "第三十四条", "2026-03-02", "2026-05-01", "2026-05-06", "2026-04-30"),  # in 劳动节
    ("extend", "第三十四条", "2026-05-01", "2026-05-31", "2026-06-01", "2026-05-29"),  # a Sunday
    ("review", "第三十五条", "2026-01-30", "2026-03-01", "2026-03-02", "2026-02-28"),  # Sunday; Sat 28 is worked
    ("rereview", "第三十六条", "2026-01-30", "2026-03-01", "2026-03-02", "2026-02-28"),
    ("object", "第二十三条", "2026-02-03", "2026-02-10", "2026-02-10", "2026-02-10"),  # 5 working days
    ("object", "第二十三条", "2026-02-11", "2026-02-25", "2026-02-25", "2026-02-25"),  # 12 13 14 | 24 25
    ("simple-accept", "《信访事项简易办理办法》", "2026-02-12", "2026-02-24", "2026-02-24", "2026-02-24"),
    ("simple-handle", "《信访事项简易办理办法》", "2026-09-18", "2026-10-09", "2026-10-09", "2026-10-09"),
]
PETITIONER = [
    # term, article, start, raw, due = internal
    ("request-review", "第三十五条", "2026-01-30", "2026-03-01", "2026-03-02"),
    ("request-rereview", "第三十六条", "2026-09-01", "2026-10-01", "2026-10-08"),
    ("request-review", "第三十五条", "2026-03-02", "2026-04-01", "2026-04-01"),
]


@pytest.mark.parametrize(("code", "article", "start", "raw", "due", "internal"), OFFICE)
def test_an_office_has_until_the_rolled_day_and_reminds_itself_by_the_last_working_day_before(
    code: str, article: str, start: str, raw: str, due: str, internal: str
) -> None:
    deadline = compute(TERMS[code], on(start), default())
    assert (deadline.raw, deadline.due, deadline.internal_due) == (on(raw), on(due), on(internal))
    assert deadline.term.article == article
    assert not deadline.provisional


@pytest.mark.parametrize(("code", "article", "start", "raw", "due"), PETITIONER)
def test_a_petitioners_right_lasts_until_the_rolled_day_and_is_never_shortened(
    code: str, article: str, start: str, raw: str, due: str
) -> None:
    deadline = compute(TERMS[code], on(start), default())
    assert (deadline.raw, deadline.due, deadline.internal_due) == (on(raw), on(due), on(due))
    assert deadline.term.article == article


def test_the_same_days_are_treated_asymmetrically_for_office_and_petitioner() -> None:
    office = compute(TERMS["review"], on("2026-01-30"), default())
    petitioner = compute(TERMS["request-review"], on("2026-01-30"), default())
    assert office.raw == petitioner.raw
    assert office.due == petitioner.due
    assert office.internal_due < office.raw < petitioner.internal_due


@pytest.mark.parametrize(
    "day",
    [
        "2026-03-02",  # a Monday
        "2026-03-07",  # a Saturday
        "2026-02-18",  # in the Spring Festival
        "2027-05-01",  # a year that no calendar lists yet
    ],
)
def test_an_urgent_matter_is_reported_the_same_day_whatever_day_it_is(day: str) -> None:
    deadline = compute(TERMS["urgent"], on(day), default())
    assert {deadline.raw, deadline.due, deadline.internal_due} == {on(day)} and not deadline.provisional
    assert "周末和放假也不顺延" in deadline.explanation.zh and "当天不计" not in deadline.explanation.zh
    assert TERMS["urgent"].length.zh == "当天" and TERMS["urgent"].with_days(0) is TERMS["urgent"]


LENGTHS = {
    "forward": (15, "day", "office"),
    "notice": (15, "day", "office"),
    "notice-passed": (15, "day", "office"),
    "result": (60, "day", "office"),
    "duty": (60, "day", "office"),
    "perform": (60, "day", "office"),
    "deliver": (5, "workday", "office"),
    "execute": (30, "day", "office"),
    "rehandle": (15, "day", "office"),
    "dispute": (15, "day", "office"),
    "urgent": (0, "day", "office"),
    "object": (5, "workday", "office"),
    "handle": (60, "day", "office"),
    "extend": (30, "day", "office"),
    "reply": (60, "day", "office"),
    "request-review": (30, "day", "petitioner"),
    "review": (30, "day", "office"),
    "request-rereview": (30, "day", "petitioner"),
    "rereview": (30, "day", "office"),
    "simple-accept": (3, "workday", "office"),
    "simple-handle": (10, "workday", "office"),
}


def test_the_terms_are_those_of_the_regulations() -> None:
    assert {code: (term.days, term.unit, term.duty) for code, term in TERMS.items()} == LENGTHS


def test_terms_without_a_number_in_the_regulations_say_that_they_are_the_offices_own() -> None:
    own = {code for code, term in TERMS.items() if not term.statutory}
    assert own == {"reply", "result", "duty", "perform", "deliver", "execute", "rehandle", "dispute", "urgent"}
    assert all(TERMS[code].note for code in own)


def test_only_the_terms_of_simple_handling_were_not_held_against_their_text() -> None:
    assert {code for code, term in TERMS.items() if not term.checked} == {"simple-accept", "simple-handle"}
    own = TERMS["simple-handle"].with_days(7)
    assert own.checked
    assert compute(own, on("2026-03-02"), default()).due == on("2026-03-11")


def test_handling_and_extension_together_never_exceed_90_days() -> None:
    accepted = on("2026-03-02")  # day 60 is 1 May, rolled to 6 May
    extended = compute(TERMS["extend"], compute(TERMS["handle"], accepted, default()).raw, default())
    assert (extended.raw - accepted).days == 90


def test_a_short_extension_without_a_working_day_in_it_reminds_on_the_due_date() -> None:
    deadline = compute(TERMS["extend"].with_days(3), on("2026-02-15"), default())
    assert (deadline.raw, deadline.due, deadline.internal_due) == (
        on("2026-02-18"),
        on("2026-02-24"),
        on("2026-02-24"),
    )


@pytest.mark.parametrize("start", ["2003-12-31", "1949-10-01", "2100-01-01", "9999-12-31"])
def test_dates_that_no_calendar_speaks_of_are_refused_in_words(start: str) -> None:
    with pytest.raises(OutsideCalendar) as refused:
        compute(TERMS["notice"], on(start), default())
    assert start in refused.value.words.zh
    assert start in refused.value.words.en


def test_the_first_and_the_last_day_that_can_be_computed() -> None:
    assert compute(TERMS["notice"], on("2004-01-01"), default()).due == on("2004-01-16")
    assert compute(TERMS["handle"], on("2099-12-31"), default()).provisional


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(TypeError):
        compute(TERMS["notice"], datetime(2026, 2, 3, 9, 0), default())  # noqa: DTZ001


PROVISIONAL = [
    ("handle", "2026-11-01", False),  # 31 December 2026
    ("handle", "2026-11-02", True),  # 1 January 2027
    ("notice", "2026-12-16", False),
    ("notice", "2026-12-17", True),
    ("object", "2026-12-24", False),
    ("object", "2026-12-25", True),
    ("request-review", "2027-03-01", True),
    ("simple-handle", "2035-05-05", True),
]


@pytest.mark.parametrize(("code", "start", "provisional"), PROVISIONAL)
def test_a_date_is_provisional_when_a_day_that_decided_it_is_not_official(
    code: str, start: str, provisional: bool
) -> None:
    deadline = compute(TERMS[code], on(start), default())
    assert deadline.provisional is provisional
    assert ("暂定" in deadline.explanation.zh) is provisional
    assert ("provisional" in deadline.explanation.en) is provisional


def test_a_provisional_date_still_avoids_the_festivals_that_the_law_fixes() -> None:
    deadline = compute(TERMS["notice"], on("2027-01-23"), default())  # 7 February 2027 is 正月初二
    assert deadline.raw == on("2027-02-07")
    assert deadline.due == on("2027-02-09")
