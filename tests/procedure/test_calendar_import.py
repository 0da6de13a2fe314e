"""Importing a calendar: a published year becomes official, an official one can be amended, errors name their rows."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from huiyin.procedure.calendars import (
    Calendar,
    CalendarErrors,
    Unreadable,
    default,
    from_rows,
    parse_date,
    read_csv,
    rows_of,
)
from huiyin.procedure.deadlines import compute
from huiyin.procedure.terms import TERMS

# An invented notice for 2027 in the usual form; rows on weekends inside a holiday included.
NOTICE_2027 = """date,kind,name_zh,name_en
2027-01-01,rest,元旦,
2027-01-02,rest,元旦,
2027-01-03,rest,元旦,
2027-02-05,rest,春节,
2027-02-06,rest,春节,
2027-02-07,rest,春节,
2027-02-08,rest,春节,
2027-02-09,rest,春节,
2027-02-10,rest,春节,
2027-02-11,rest,春节,
2027-01-30,work,春节调休,
2027-02-20,work,春节调休,
2027-04-05,rest,清明节,
2027-05-01,rest,劳动节,
2027-05-03,rest,劳动节,
2027-06-09,rest,端午节,
2027-09-15,rest,中秋节,
2027-10-01,rest,国庆节,
2027-10-02,rest,国庆节,
2027-10-03,rest,国庆节,
2027-10-04,rest,国庆节,
2027-10-05,rest,国庆节,
2027-10-09,work,国庆节调休,
"""
COLUMNS = ("date", "kind")


def imported(text: str, version: str = "2027-1", base: Calendar | None = None) -> Calendar:
    return from_rows(read_csv(text.encode(), COLUMNS), version, base)


def errors_of(text: str, version: str = "2027-1") -> dict[int, str]:
    with pytest.raises(CalendarErrors) as refused:
        imported(text, version)
    assert all(error.words.en.isascii() or "“" in error.words.en for error in refused.value.errors)
    return {error.row: error.words.zh for error in refused.value.errors}


def test_a_published_year_becomes_official_and_leaves_the_others_alone() -> None:
    calendar = imported(NOTICE_2027)
    assert calendar.version == "2027-1"
    assert calendar.is_official(date(2027, 6, 30))
    assert not calendar.is_official(date(2028, 6, 30))
    assert calendar.is_workday(date(2027, 1, 30))
    assert not calendar.is_workday(date(2027, 2, 9))
    assert calendar.workdays_between(date(2004, 1, 1), date(2026, 12, 31)) == default().workdays_between(
        date(2004, 1, 1), date(2026, 12, 31)
    )


def test_a_running_term_is_no_longer_provisional_after_the_import_and_may_move() -> None:
    start = date(2027, 1, 23)
    before, after = (compute(TERMS["notice"], start, calendar) for calendar in (default(), imported(NOTICE_2027)))
    assert (before.due, before.provisional, before.calendar) == (date(2027, 2, 9), True, "2026-1")
    assert (after.due, after.provisional, after.calendar) == (date(2027, 2, 12), False, "2027-1")


def test_the_replaced_year_keeps_nothing_of_the_assumptions() -> None:
    assert imported(NOTICE_2027).name_of(date(2027, 5, 2)) is None
    assert not imported(NOTICE_2027).is_workday(date(2027, 5, 2))  # a Sunday all the same


def test_an_empty_english_name_is_filled_from_the_known_ones() -> None:
    name = imported(NOTICE_2027).name_of(date(2027, 2, 9))
    assert name
    assert (name.zh, name.en) == ("春节", "Spring Festival")


def test_a_single_row_amends_a_year_that_is_official() -> None:
    calendar = imported("date,kind,name_zh,name_en\n2026-12-31,rest,元旦,New Year\n2026-12-26,work,,\n", "2026-2")
    assert not calendar.is_workday(date(2026, 12, 31))
    assert calendar.is_workday(date(2026, 12, 26))
    assert not calendar.is_workday(date(2026, 10, 1))


def test_a_day_off_of_an_official_year_can_be_taken_back() -> None:
    calendar = imported("date,kind\n2026-10-06,work\n", "2026-2")
    assert calendar.is_workday(date(2026, 10, 6))
    assert calendar.name_of(date(2026, 10, 6)) is None
    whole_year = [row for row in rows_of(calendar) if row["date"].startswith("2026")]
    assert from_rows(whole_year, "again").is_workday(date(2026, 10, 6))


def test_the_days_that_every_year_has_off_cannot_be_worked() -> None:
    assert errors_of("date,kind\n2026-10-01,work\n2026-05-01,班\n2026-10-03,work\n", "2026-2") == {
        2: "2026年10月1日是法定假日，不能写成上班。",
        3: "2026年5月1日是法定假日，不能写成上班。",
        4: "2026年10月3日是法定假日，不能写成上班。",
    }


def test_imports_can_follow_one_another() -> None:
    first = imported(NOTICE_2027)
    second = imported("date,kind\n2027-12-31,休\n", "2027-2", first)
    assert second.is_official(date(2027, 2, 9))
    assert not second.is_workday(date(2027, 2, 9))
    assert not second.is_workday(date(2027, 12, 31))


def test_a_calendar_written_out_and_imported_again_is_the_same() -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, ("date", "kind", "name_zh", "name_en", "source"))
    writer.writeheader()
    writer.writerows(rows_of(default()))
    again = imported(out.getvalue(), "again")
    assert again.entries == default().entries
    assert again.official_years == default().official_years


def test_a_fragment_of_an_unpublished_year_is_refused_because_make_up_days_would_be_missing() -> None:
    assert errors_of("date,kind\n2027-01-01,rest\n2027-02-05,rest\n") == {
        2: "2027年的日历不全：缺5月1日、10月1日、10月2日、10月3日放假。请把全年的放假和调休都写上。"
    }


def test_every_wrong_row_is_named_with_its_row_in_the_sheet() -> None:
    text = (
        "date,kind,name_zh\n2026-02-30,rest,x\n\nyesterday,rest,x\n2026-03-07,maybe,x\n"
        f"2026-03-08,work,{'长' * 61}\n2003-10-01,rest,x\n2026-03-04,work,x\n2026-11-11,rest,x\n2026-11-11,rest,x\n"
    )
    assert errors_of(text) == {
        2: "没有“2026-02-30”这一天，请核对年月日。",
        4: "“yesterday”不是日期，请写成2026-02-03这样。",
        5: "“maybe”看不懂：放假写rest，调休上班写work。",
        6: "节日名称最多60字。",
        7: "2003年不在2004年到2099年之间。",
        8: "2026年3月4日是周三，本来就上班，请核对日期。",
        10: "2026年11月11日在第9行已经写过。",
    }


@pytest.mark.parametrize("version", ["", "   ", "2026-1", "长" * 61])
def test_a_version_needs_a_name_of_its_own(version: str) -> None:
    assert 0 in errors_of(NOTICE_2027, version)


def test_a_file_without_dates_is_refused() -> None:
    assert errors_of("date,kind\n,\n\n") == {0: "文件里没有一行日期。"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_usual_encodings(encoding: str) -> None:
    rows = read_csv("Date, KIND ,name_zh\r\n2026-12-31,休,元旦𠮷\r\n".encode(encoding), COLUMNS)
    assert rows == [{"date": "2026-12-31", "kind": "休", "name_zh": "元旦𠮷"}]


BROKEN = [
    b"",
    b"PK\x03\x04rest of an xlsx",
    b"MZ\x90\0\x03\0\0",
    b"day,kind\n2026-01-01,rest\n",
    b'date,kind\n"2026-01-01,rest\n',
    b"\xff\xfe\xff\xff\x80",
    b"date,kind\n" + b"9" * 200_000 + b",rest\n",
    "date,kind\n2026-01-01,rest".encode("utf-16"),
]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_what_is_not_such_a_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_csv(content, COLUMNS)
    assert refused.value.words.zh.endswith("。")
    assert refused.value.words.en.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03",
        "2026/2/3",
        "2026.2.3",
        "2026年2月3日",
        " ２０２６-０２-０３ ",
        "2026/2/3 0:00",
        "2026-02-03T00:00:00",
    ],
)
def test_dates_are_read_as_people_and_spreadsheets_write_them(text: str) -> None:
    assert parse_date(text) == date(2026, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "0000-01-01",
        "2026-13-01",
        "3.2.2026",
        "20260203",
        "٢٠٢٦-٠٢-٠٣",
        "2026-02-03 17:30",
        "𠮷",
        "9" * 5000,
    ],
)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_date(text)
    assert len(refused.value.words.zh) < 100
