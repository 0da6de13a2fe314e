"""The shipped calendar: the same as the package it was made from, on every day; assumptions marked as such."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.procedure.calendars import default
from huiyin.procedure.calendars.stored import DEFAULT_VERSION

ROOT = Path(__file__).parents[2]
OFFICIAL_DAYS = [date(2004, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
ANY_DAY = st.dates(date(2004, 1, 1), date(2032, 12, 31))


def generator() -> ModuleType:
    spec = spec_from_file_location("calendar_data", ROOT / "scripts/calendar_data.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_day_from_2004_to_2026_agrees_with_the_package() -> None:
    calendar = default()
    wrong = [day for day in OFFICIAL_DAYS if calendar.is_workday(day) != chinese_calendar.is_workday(day)]
    assert len(OFFICIAL_DAYS) == 8401
    assert wrong == []


def test_every_day_from_2004_to_2026_is_official_and_no_later_one_is() -> None:
    calendar = default()
    assert all(map(calendar.is_official, OFFICIAL_DAYS))
    assert not any(calendar.is_official(date(year, 6, 30)) for year in (2003, *range(2027, 2034), 2099))


def test_the_data_file_is_what_the_script_makes() -> None:
    made = generator()
    assert made.TARGET.read_text(encoding="utf-8") == made.as_csv()


def test_the_version_names_the_last_official_year() -> None:
    assert DEFAULT_VERSION.startswith(f"{max(default().official_years)}-")


# From published almanacs: 除夕, 清明, 端午, 中秋.
FESTIVALS = {
    2027: ("02-05", "04-05", "06-09", "09-15"),
    2028: ("01-25", "04-04", "05-28", "10-03"),
    2029: ("02-12", "04-04", "06-16", "09-22"),
    2030: ("02-02", "04-05", "06-05", "09-12"),
    2031: ("01-22", "04-05", "06-24", "10-01"),
    2032: ("02-10", "04-04", "06-12", "09-19"),
}


@pytest.mark.parametrize("year", FESTIVALS)
def test_provisional_years_rest_on_the_days_that_the_law_fixes_and_know_no_make_up_days(year: int) -> None:
    eve, qingming, dragon_boat, moon = (date.fromisoformat(f"{year}-{day}") for day in FESTIVALS[year])
    expected = {date(year, 1, 1), date(year, 5, 1), date(year, 5, 2), *(date(year, 10, day) for day in (1, 2, 3))}
    expected |= {eve + timedelta(days=n) for n in range(4)} | {qingming, dragon_boat, moon}
    listed = [entry for entry in default().entries if entry.day.year == year]
    assert {entry.day for entry in listed} == expected
    assert {entry.kind for entry in listed} == {"rest"}


def test_two_festivals_on_one_day_are_both_named() -> None:
    name = default().name_of(date(2031, 10, 1))
    assert name
    assert (name.zh, name.en) == ("国庆节、中秋节", "National Day and Mid-Autumn Festival")


def test_every_official_year_knows_its_make_up_days() -> None:
    worked = Counter(entry.day.year for entry in default().entries if entry.kind == "work")
    assert all(worked[year] >= 2 for year in range(2004, 2027))
    assert all(entry.day.weekday() >= 5 for entry in default().entries if entry.kind == "work")


def test_an_ordinary_day_has_no_name_and_listed_days_have_one_in_both_languages() -> None:
    assert default().name_of(date(2026, 3, 4)) is None
    assert all(entry.name.zh and entry.name.en.isascii() for entry in default().entries)


@given(ANY_DAY, ANY_DAY)
@settings(deadline=None)
def test_working_days_between_two_days_are_counted_as_one_would_by_hand(a: date, b: date) -> None:
    b = min(b, a + timedelta(days=400))
    calendar = default()
    low, high = sorted((a, b))
    by_hand = sum(calendar.is_workday(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    assert calendar.workdays_between(low, high) == by_hand
    assert calendar.workdays_between(high, low) == -by_hand


@given(ANY_DAY)
@settings(deadline=None)
def test_the_next_and_the_previous_working_day_have_no_working_day_in_between(day: date) -> None:
    calendar = default()
    after, before = calendar.next_workday(day), calendar.previous_workday(day)
    assert before <= day <= after
    assert calendar.is_workday(after)
    assert calendar.is_workday(before)
    between = calendar.workdays_between(before, after)
    assert between == (0 if calendar.is_workday(day) else 1)


def test_outside_the_listed_years_only_weekends_are_known() -> None:
    assert default().is_workday(date(2040, 10, 1))  # a Monday
    assert not default().is_workday(date(2040, 10, 6))


def test_the_procedure_imports_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; import huiyin.procedure.deadlines, huiyin.procedure.calendars as c; c.default();"
        "foreign = {name.split('.')[0] for name, module in sys.modules.items()"
        " if 'site-packages' in (getattr(module, '__file__', None) or '')};"
        "print(sorted(foreign))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    baseline = subprocess.run(
        [
            sys.executable,
            "-c",
            code.replace("import huiyin.procedure.deadlines, huiyin.procedure.calendars as c; c.default();", ""),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == baseline.stdout
