"""A calendar that is imported counts from then on, for its years only."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.errors import Invalid, Refused
from huiyin.orgs import queries, services
from huiyin.orgs.models import CalendarEdition
from huiyin.procedure.calendars import default

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
YEAR_2027 = [
    *({"date": f"2027-01-{day:02d}", "kind": "rest", "name_zh": "元旦"} for day in (1, 2, 3)),
    *({"date": f"2027-02-{day:02d}", "kind": "rest", "name_zh": "春节"} for day in range(5, 13)),
    {"date": "2027-02-20", "kind": "work", "name_zh": "春节"},
    {"date": "2027-05-01", "kind": "rest", "name_zh": "劳动节"},
    *({"date": f"2027-10-{day:02d}", "kind": "rest", "name_zh": "国庆节"} for day in range(1, 8)),
]


def bring(rows: list[dict[str, str]], version: str) -> CalendarEdition:
    return services.import_calendar(rows=rows, version=version, by="周敏", now=NOW)


def test_without_an_import_the_shipped_calendar_counts() -> None:
    assert queries.calendar() is default()


def test_an_imported_year_is_official_and_leaves_the_others_alone() -> None:
    bring(YEAR_2027, "2027年通知")
    calendar = queries.calendar()
    assert calendar.version == f"{default().version}+2027年通知"
    assert calendar.is_official(date(2027, 3, 1)) and not default().is_official(date(2027, 3, 1))
    assert calendar.is_workday(date(2027, 2, 20)) and not calendar.is_workday(date(2027, 2, 10))
    assert calendar.is_workday(date(2026, 2, 14)) == default().is_workday(date(2026, 2, 14))


def test_an_amendment_keeps_the_rest_of_its_year_and_the_import_before() -> None:
    bring(YEAR_2027, "2027")
    bring([{"date": "2027-09-03", "kind": "rest", "name_zh": "纪念日"}], "2027-补")
    calendar = queries.calendar()
    assert not calendar.is_workday(date(2027, 9, 3))
    assert calendar.is_workday(date(2027, 2, 20))
    assert calendar.version.endswith("+2027-补")


def test_wrong_rows_are_all_named_and_nothing_is_kept() -> None:
    rows = [*YEAR_2027, {"date": "2027-02-30", "kind": "rest"}, {"date": "2027-03-08", "kind": "holiday"}]
    with pytest.raises(Invalid) as invalid:
        bring(rows, "2027")
    assert list(invalid.value.errors) == [f"row {len(YEAR_2027) + 2}", f"row {len(YEAR_2027) + 3}"]
    assert not CalendarEdition.objects.exists()


@pytest.mark.parametrize("version", ["", "   ", "很" * 29])
def test_a_version_needs_a_short_name(version: str) -> None:
    with pytest.raises(Refused) as refused:
        bring(YEAR_2027, version)
    assert refused.value.field == "version"


def test_a_version_name_and_a_calendar_are_taken_once() -> None:
    bring(YEAR_2027, "2027")
    with pytest.raises(Refused, match="用过"):
        bring([{"date": "2027-09-03", "kind": "rest"}], "2027")
    with pytest.raises(Refused, match="一样"):
        bring(YEAR_2027, "2027-again")
