"""A row of a roster becomes a person's values, or words that say what to mend in which column."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiyin.kernel.errors import Refused
from huiyin.people.roster.columns import COLUMNS, FIELDS, checked_columns, match_headings
from huiyin.people.roster.reading import read_cells
from huiyin.people.roster.sample import invented

ON = date(2026, 3, 2)
GOOD_ID = "11010519491231002X"


def problems(**cells: str) -> list[str]:
    return [refused.zh for refused in read_cells({"name": "孟庆兰", **cells}, on=ON)[1]]


def values(**cells: str) -> dict[str, object]:
    found, refused = read_cells({"name": "孟庆兰", **cells}, on=ON)
    assert not refused, [one.zh for one in refused]
    return found


def test_the_headings_that_offices_use_are_recognised() -> None:
    headings = [
        "序号",
        "* 姓名",
        "性 别",
        "身份证号码（18位）",
        "出生年月",
        "联系电话",
        "退休证号",
        "退休时间",
        "家属联系电话",
        "备注",
    ]
    assert match_headings(headings) == {
        1: "name",
        2: "sex",
        3: "id_number",
        4: "born_on",
        5: "phone",
        6: "staff_no",
        7: "retired_on",
        8: "contact_phone",
    }


def test_a_heading_is_taken_once_and_other_peoples_names_are_not_the_name() -> None:
    assert match_headings(["配偶姓名", "姓名", "姓名", "手机", "电话1"]) == {1: "name", 3: "phone"}


def test_english_headings_and_field_names_are_recognised() -> None:
    assert match_headings(["Name", "ID number", "Date of birth", "former_unit"]) == {
        0: "name",
        1: "id_number",
        2: "born_on",
        3: "former_unit",
    }


def test_every_column_has_a_place_in_a_person() -> None:
    from huiyin.people.models import Person

    people = {field.name for field in Person._meta.get_fields()}
    assert {column.field for column in COLUMNS} <= people


def test_a_choice_of_columns_needs_a_name_and_no_column_twice() -> None:
    assert checked_columns({0: "name", 1: "", 3: "phone"}, 4) == {0: "name", 3: "phone"}
    for wrong in ({1: "phone"}, {0: "name", 1: "name"}, {0: "name", 1: "salary"}, {0: "name", 9: "phone"}):
        with pytest.raises(Refused):
            checked_columns(wrong, 4)


def test_the_id_number_gives_what_the_row_leaves_open() -> None:
    assert values(id_number=GOOD_ID) == {
        "name": "孟庆兰",
        "id_kind": "resident",
        "id_number": GOOD_ID,
        "sex": "female",
        "born_on": date(1949, 12, 31),
    }


def test_the_birth_date_of_the_file_counts_even_where_the_card_differs() -> None:
    assert values(id_number=GOOD_ID, born_on="1948-12-31")["born_on"] == date(1948, 12, 31)


def test_a_sex_that_contradicts_the_card_is_asked_about() -> None:
    assert "男" in problems(id_number=GOOD_ID, sex="男")[0]


@pytest.mark.parametrize(
    "cell",
    [
        "1949-12-31",
        "1949/12/31",
        "1949.12.31",
        "1949年12月31日",
        "19491231",
        "１９４９-１２-３１",
        "1949-12-31 00:00:00",
        "18263",
    ],
)
def test_dates_are_read_as_people_and_spreadsheets_write_them(cell: str) -> None:
    assert values(born_on=cell)["born_on"] == date(1949, 12, 31)


def test_a_month_is_enough_where_the_day_is_known_otherwise() -> None:
    assert values(born_on="1949.12", id_number=GOOD_ID)["born_on"] == date(1949, 12, 31)
    assert values(retired_on="2009年3月")["retired_on"] == date(2009, 3, 1)
    assert "1949年12月" in problems(born_on="194912")[0]
    assert "1949年11月" in problems(born_on="1949.11", id_number=GOOD_ID)[0]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"name": ""}, "空的"),
        ({"name": "王?兰"}, "“?”"),
        ({"name": "王\ufffd兰"}, "生僻字"),
        ({"name": "王😀兰"}, "表情"),
        ({"name": "123"}, "没有文字"),
        ({"name": "长" * 61}, "61字"),
        ({"born_on": "1949-02-30"}, "没有“1949-02-30”这一天"),
        ({"born_on": "49.12.31"}, "不是日期"),
        ({"born_on": "2030-01-01"}, "还没有到"),
        ({"born_on": "1700-01-01"}, "早得不合常理"),
        ({"born_on": "1950-01-01", "died_on": "1949-01-01"}, "在出生之前"),
        ({"born_on": "1950-01-01", "retired_on": "1949-01-01"}, "在出生之前"),
        ({"retired_on": "2099-01-01"}, "还没有到"),
        ({"sex": "不男不女"}, "看不懂"),
        ({"kind": "在职"}, "离休、退休、退职"),
        ({"lives_elsewhere": "有时"}, "是、否"),
        ({"phone": "1380000000"}, "10位"),
        ({"contact_phone": "abc"}, "看不懂"),
        ({"id_number": GOOD_ID[:-1] + "1"}, "应当是X"),
        ({"id_number": "810000199001011234"}, "校验码"),
        ({"id_number": GOOD_ID, "id_kind": "港澳台居民居住证"}, "对不上"),
        ({"office": "没有的科"}, "没有叫“没有的科”"),
        ({"rank": "级" * 61}, "职级最多60字"),
    ],
)
def test_what_can_not_be_used_is_named_in_words(cells: dict[str, str], words: str) -> None:
    found = problems(**cells)
    assert any(words in problem for problem in found), found


def test_every_problem_names_its_column_in_both_languages() -> None:
    _, refused = read_cells(
        {"name": "", "born_on": "x", "phone": "x", "id_number": "x", "sex": "x", "kind": "x"}, on=ON
    )
    assert {one.field for one in refused} == {"name", "born_on", "phone", "id_number", "sex", "kind"}
    assert all(one.zh and one.en for one in refused)


@pytest.mark.parametrize("blank", ["", "  ", "-", "——", "无", "不详", "/", "N/A"])
def test_cells_that_say_nothing_are_blank(blank: str) -> None:
    found = values(
        phone=blank, born_on=blank, id_number=blank, sex=blank, rank=blank, kind=blank, lives_elsewhere=blank
    )
    assert not any(value for field, value in found.items() if field != "name")


@pytest.mark.parametrize("name", ["𠮷田一郎", "䶮", "买买提·阿不都", "Maria López", "欧阳秀兰", "\U00031350明", "〇明"])
def test_rare_and_foreign_names_are_taken_as_they_are(name: str) -> None:
    assert read_cells({"name": name}, on=ON)[0]["name"] == name


def test_kinds_are_told_by_their_words() -> None:
    assert [values(kind=cell)["kind"] for cell in ("离休干部", "退休工人", "退职", "tuixiu")] == [
        "lixiu",
        "tuixiu",
        "tuizhi",
        "tuixiu",
    ]


def test_offices_are_found_by_name() -> None:
    found, _ = read_cells({"name": "孟庆兰", "office": " 一部 "}, on=ON, offices={"一部": 7})
    assert found["office_id"] == 7


@given(some.dictionaries(some.sampled_from(sorted(FIELDS)), some.text(max_size=30)))
def test_no_cells_at_all_break_the_reading(cells: dict[str, str]) -> None:
    read_cells(cells, on=ON)


def test_the_sample_is_in_order_and_always_the_same() -> None:
    rows = list(invented(300, seed=5))
    assert rows == list(invented(300, seed=5)) != list(invented(300, seed=6))
    assert [problem.zh for row in rows for problem in read_cells(row, on=ON)[1]] == []
    numbers = [row["id_number"] for row in rows if row["id_number"]]
    assert len(set(numbers)) == len(numbers) > 280
