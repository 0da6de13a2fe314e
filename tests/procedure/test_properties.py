"""What holds for every start day, term and reading day between 2004 and 2040."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.procedure.calendars import default
from huiyin.procedure.deadlines import compute, due_words, urgency
from huiyin.procedure.terms import TERMS, Term

DAYS = st.dates(date(2004, 1, 1), date(2040, 12, 31))
ALL = st.sampled_from(list(TERMS.values()))
AT_ONCE = st.sampled_from([term for term in TERMS.values() if term.days == 0])
COUNTED = st.sampled_from([term for term in TERMS.values() if term.days > 0])
NATURAL = st.sampled_from([term for term in TERMS.values() if term.unit == "day"])
OFFICE = st.sampled_from([term for term in TERMS.values() if term.duty == "office" and term.days > 0])
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
quick = settings(deadline=None, max_examples=200)


@given(AT_ONCE, DAYS)
@quick
def test_what_is_due_at_once_is_due_that_day_whatever_day_it_is(term: Term, start: date) -> None:
    deadline = compute(term, start, default())
    assert start == deadline.raw == deadline.due == deadline.internal_due and not deadline.provisional


@given(COUNTED, DAYS)
@quick
def test_a_statutory_date_is_a_working_day_on_or_after_the_unmoved_end(term: Term, start: date) -> None:
    deadline = compute(term, start, default())
    assert start < deadline.raw <= deadline.due
    assert default().is_workday(deadline.due)
    assert default().workdays_between(deadline.raw, deadline.due) in {0, 1}


@given(NATURAL, DAYS)
@quick
def test_natural_days_are_exactly_that_many(term: Term, start: date) -> None:
    assert compute(term, start, default()).raw - start == timedelta(days=term.days)


@given(OFFICE, DAYS)
@quick
def test_an_office_reminds_itself_on_a_working_day_not_after_the_unmoved_end(term: Term, start: date) -> None:
    """Where no working day lies between the start and the end: on the day to which the end moves."""
    deadline = compute(term, start, default())
    assert start < deadline.internal_due
    assert default().is_workday(deadline.internal_due)
    assert default().workdays_between(deadline.internal_due, deadline.raw) in {0, -1}
    if deadline.internal_due > deadline.raw:
        assert default().workdays_between(start, deadline.raw) == 0 and deadline.internal_due == deadline.due


@given(ALL, DAYS, st.integers(1, 40))
@quick
def test_starting_later_never_ends_earlier(term: Term, start: date, later: int) -> None:
    first = compute(term, start, default())
    second = compute(term, start + timedelta(days=later), default())
    assert first.raw <= second.raw
    assert first.due <= second.due
    assert first.internal_due <= second.internal_due


@given(ALL, DAYS)
@quick
def test_working_day_terms_count_that_many_working_days(term: Term, start: date) -> None:
    if term.unit == "workday":
        deadline = compute(term, start, default())
        assert default().workdays_between(start, deadline.raw) == term.days
        assert deadline.raw == deadline.due == deadline.internal_due


@given(ALL, DAYS)
@quick
def test_every_explanation_is_complete_in_both_languages_and_names_the_dates(term: Term, start: date) -> None:
    deadline = compute(term, start, default())
    told = deadline.explanation
    assert not CHINESE.search(told.en)
    assert not re.search(r"[A-Za-z]", told.zh)
    assert len(told.zh.splitlines()) == len(told.en.splitlines()) == len(deadline.steps)
    for day in {deadline.raw, deadline.due, deadline.internal_due}:
        assert f"{day.month}月{day.day}日" in told.zh
        assert day.strftime(f"%A {day.day} %B") in told.en
    assert f"{start.year}年" in told.zh
    assert term.article in told.zh


@given(DAYS, st.integers(-900, 900))
@quick
def test_words_and_urgency_of_a_due_date_agree(today: date, distance: int) -> None:
    due = today + timedelta(days=distance)
    words, state = due_words(due, today, default()), urgency(due, today, default())
    assert words.zh.startswith({"late": "已超期", "today": "今天", "soon": "还剩", "calm": "还剩"}[state])
    assert not re.search(r"(?<!\d)0[个天]", words.zh)
    assert not CHINESE.search(words.en)
