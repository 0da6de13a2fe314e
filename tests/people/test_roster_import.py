"""A roster comes in whole: nobody twice, nothing lost, each row that can't be used with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from huiyin.documents.services import store
from huiyin.documents.spreadsheets import read_table
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.people import queries
from huiyin.people.ids import check_character
from huiyin.people.models import NameKey, Person, PersonChange, RosterImport
from huiyin.people.persons import save_person
from huiyin.people.policy import SYSTEM
from huiyin.people.roster import importing
from huiyin.people.roster.columns import FIELDS
from huiyin.people.roster.files import source_of
from huiyin.people.roster.sample import invented, write_sample
from huiyin.people.roster.sorting import RosterRow, Seen, Target
from tests.people.conftest import NOW, Bring, House

HEAD = ("姓名", "身份证号", "工号", "出生日期", "手机", "原单位")
ON = NOW.date()


def id_number(day: str = "19491231", sequence: int = 2) -> str:
    digits = f"231701{day}{sequence:03d}"
    return digits + check_character(digits)


def counts(found: RosterImport) -> tuple[int, int, int, int]:
    return found.created, found.updated, found.unchanged, found.rejected


def reasons(found: RosterImport) -> dict[int, str]:
    return {problem.row: " ".join(one["zh"] for one in problem.problems) for problem in found.problems.all()}


def test_people_are_entered_with_what_follows_from_their_numbers(bring: Bring, house: House) -> None:
    found = bring([HEAD, ("孟庆兰", id_number(), "A1", "", "138 0000 0000", "变电工区")])
    assert (found.state, found.total, counts(found)) == ("done", 1, (1, 0, 0, 0))
    person = Person.objects.get()
    assert (person.office, person.sex, person.born_on) == (house.unit, "female", date(1949, 12, 31))
    assert (person.pinyin, person.id_tail, person.phone, person.phone_tail) == (
        "mengqinglan",
        person.id_number[-4:],
        "13800000000",
        "0000",
    )
    assert PersonChange.objects.get().changes == {}
    assert queries.find_people("mql", office_ids=[house.unit.pk])[0].person == person


def test_the_same_file_again_changes_nothing(bring: Bring) -> None:
    rows = [HEAD, *(("孟庆兰", id_number(sequence=n * 2), f"A{n}", "", "", "") for n in range(1, 6))]
    assert counts(bring(rows)) == (5, 0, 0, 0)
    changed = list(Person.objects.values_list("changed_at", flat=True))
    assert counts(bring(rows)) == (0, 0, 5, 0)
    assert (Person.objects.count(), PersonChange.objects.count()) == (5, 5)
    assert list(Person.objects.values_list("changed_at", flat=True)) == changed


def test_a_change_is_made_once_and_remembered(bring: Bring, house: House) -> None:
    bring([HEAD, ("孟庆兰", id_number(), "", "", "13800000000", "变电工区")])
    found = bring([HEAD, ("孟庆岚", id_number(), "A7", "", "", "变电工区")])
    assert counts(found) == (0, 1, 0, 0)
    person = Person.objects.get()
    assert (person.name, person.staff_no, person.phone) == ("孟庆岚", "A7", "13800000000")
    last = PersonChange.objects.latest("pk")
    assert last.changes == {"name": ["孟庆兰", "孟庆岚"], "staff_no": ["", "A7"]}
    assert (last.by, last.source) == (house.clerk, f"import:{found.pk}")
    assert queries.find_people("孟庆岚", office_ids=None)
    assert not queries.find_people("孟庆兰", office_ids=None)


def test_a_person_is_known_by_staff_number_where_the_id_number_is_missing(bring: Bring) -> None:
    bring([HEAD, ("孟庆兰", "", "A1", "", "", "")])
    assert counts(bring([HEAD, ("孟庆兰", id_number(), "A1", "", "", "")])) == (0, 1, 0, 0)
    assert Person.objects.get().id_number == id_number()


def test_a_person_without_numbers_is_known_by_name_birth_and_unit(bring: Bring) -> None:
    bring([HEAD, ("孟庆兰", "", "", "1949-12-31", "", "变电工区"), ("王秀英", "", "", "", "", "")])
    again = bring([HEAD, ("孟庆兰", "", "", "1949-12-31", "13800000000", "变电工区")])
    assert counts(again) == (0, 1, 0, 0)
    other = bring([HEAD, ("孟庆兰", "", "", "1949-12-31", "", "输电工区"), ("王秀英", "", "", "", "", "")])
    assert counts(other) == (1, 0, 1, 0)


def test_two_people_of_one_name_and_birthday_stay_two(bring: Bring) -> None:
    rows = [HEAD, *(("孟庆兰", id_number(sequence=n), "", "1949-12-31", "", "变电工区") for n in (2, 4))]
    assert counts(bring(rows)) == (2, 0, 0, 0)
    unclear = bring([HEAD, ("孟庆兰", "", "", "1949-12-31", "", "变电工区")])
    assert counts(unclear) == (0, 0, 0, 1) and "分不清是哪一位" in reasons(unclear)[2]


def test_people_with_little_more_than_a_name_are_not_doubled_by_the_same_file(bring: Bring) -> None:
    rows = [
        HEAD,
        ("王秀英", "", "", "", "13800000001", ""),
        ("王秀英", "", "", "", "13800000002", ""),
        ("李桂芝", "", "", "", "", ""),
    ]
    assert counts(bring(rows)) == (3, 0, 0, 0)
    assert counts(bring(rows)) == (0, 0, 3, 0)
    twice = bring([HEAD, ("张玉华", "", "", "", "", "检修队"), ("张玉华", "", "", "", "", "检修队")])
    assert counts(twice) == (1, 0, 0, 1)


def test_doubles_within_the_file_are_shown_with_the_other_row(bring: Bring) -> None:
    found = bring(
        [
            HEAD,
            ("孟庆兰", id_number(), "A1", "", "", ""),
            ("孟庆兰", id_number(), "", "", "", ""),
            ("李四", "", "A1", "", "", ""),
            ("张三", "", "", "1950-01-01", "", "甲"),
            ("张三", "", "", "1950-01-01", "", "甲"),
        ]
    )
    assert counts(found) == (2, 0, 0, 3)
    assert {row: words.split("，")[0] for row, words in reasons(found).items()} == {
        3: "和第2行的证件号码相同",
        4: "和第2行的工号相同",
        6: "和第5行的姓名和出生日期相同",
    }


def test_a_wrong_row_does_not_stand_in_the_way_of_its_right_double(bring: Bring) -> None:
    found = bring([HEAD, ("孟庆兰", id_number(), "", "", "123", ""), ("孟庆兰", id_number(), "", "", "", "")])
    assert counts(found) == (1, 0, 0, 1)


def test_rows_to_mend_come_back_as_a_file_that_can_be_imported(bring: Bring, tmp_path: Path) -> None:
    wrong = id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2")
    found = bring([HEAD, ("孟庆兰", wrong, "A1", "1949-13-01", "138", "=1+1"), ("王秀英", "", "A2", "", "", "")])
    assert counts(found) == (1, 0, 0, 1)
    assert found.errors_sha256
    table = read_table(store().path(found.errors_sha256), name="errors.xlsx")
    row = next(table.rows)
    assert table.headers == [*HEAD, "需要改正的地方"]
    assert row.cells[:6] == ("孟庆兰", wrong, "A1", "1949-13-01", "138", "=1+1")
    assert all(words in row.cells[6] for words in ("第2行", "应当是", "没有“1949-13-01”", "3位"))
    mended = bring([table.headers, ("孟庆兰", id_number(), "A1", "1949-12-31", "", "变电工区", row.cells[6])])
    assert counts(mended) == (1, 0, 0, 0)


def test_a_staff_number_of_somebody_else_is_refused(bring: Bring) -> None:
    bring([HEAD, ("孟庆兰", id_number(), "A1", "", "", ""), ("王秀英", id_number(sequence=4), "A2", "", "", "")])
    found = bring([HEAD, ("孟庆兰", id_number(), "A2", "", "", "")])
    assert counts(found) == (0, 0, 0, 1)
    assert "另一个人" in reasons(found)[2]
    assert Person.objects.get(name="孟庆兰").staff_no == "A1"


def test_people_of_another_unit_are_never_touched(bring: Bring, house: House) -> None:
    save_person(
        person=None,
        data={"name": "孟庆兰", "id_number": id_number()},
        by=SYSTEM,
        now=NOW,
        office=house.sister,
    )
    found = bring([HEAD, ("孟庆兰", id_number(), "", "", "13800000000", "")])
    assert counts(found) == (0, 0, 0, 1)
    assert "另一个单位" in reasons(found)[2] and "西河" not in reasons(found)[2]
    assert Person.objects.get().phone == ""


def test_the_office_may_stand_in_a_column(bring: Bring, house: House) -> None:
    head = (*HEAD, "服务管理单位")
    found = bring([head, ("孟庆兰", "", "A1", "", "", "", "待遇科"), ("王秀英", "", "A2", "", "", "", "西河供电公司")])
    assert counts(found) == (1, 0, 0, 1)
    assert Person.objects.get().office == house.section
    assert "没有叫“西河供电公司”" in reasons(found)[3]
    assert counts(bring([HEAD, ("孟庆兰", "", "A1", "", "13800000000", "")], office=house.section)) == (0, 1, 0, 0)
    moved = bring([head, ("孟庆兰", "", "A1", "", "", "", "接待室")], office=house.section)
    assert counts(moved) == (1, 0, 0, 0)


def test_a_preview_says_what_would_happen_and_writes_nothing(bring: Bring) -> None:
    bring([HEAD, ("孟庆兰", id_number(), "", "", "", "")])
    begun = bring(
        [
            HEAD,
            ("孟庆兰", id_number(), "", "", "", ""),
            ("孟庆兰", id_number(), "", "", "", ""),
            ("王秀英", "", "", "", "x", ""),
            ("李四", "", "", "", "", ""),
        ],
        start=False,
    )
    rows = importing.preview(begun, on=ON)
    assert [row.outcome for row in rows] == ["same", "rejected", "rejected", "new"]
    all_rows = importing.survey(source_of(begun), importing.target_of(begun, on=ON), remarks=[])
    assert [row.outcome for row in all_rows] == ["same", "rejected", "rejected", "new"]
    assert Person.objects.count() == 1
    assert begun.state == "uploaded"


def test_columns_can_be_chosen_until_the_import_begins(bring: Bring) -> None:
    begun = bring([("谁", "号"), ("孟庆兰", "A1")], start=False)
    assert begun.columns == {}
    with pytest.raises(Refused, match="姓名"):
        importing.preview(begun, on=ON)
    chosen = importing.choose(roster_import=begun, columns={0: "name", 1: "staff_no"})
    assert counts(importing.run(chosen.pk, now=NOW)) == (1, 0, 0, 0)
    with pytest.raises(Conflict):
        importing.choose(roster_import=begun, columns={0: "name"})


def test_an_import_that_was_killed_goes_on_where_it_stopped(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PIECE", 10)
    path = tmp_path / "r.csv"
    write_sample(path, 45)
    path.write_text(path.read_text("utf-8-sig") + path.read_text("utf-8-sig").splitlines()[1] + "\n", "utf-8")
    with path.open("rb") as stream:
        begun = importing.begin(stream=stream, name="r.csv", office=house.unit, by=house.actor(), now=NOW)

    def killed(done: int, total: int) -> None:
        assert total == 46
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(begun.pk, now=NOW, progress=killed)
    begun.refresh_from_db()
    assert (begun.state, begun.done, Person.objects.count()) == ("running", 20, 20)
    found = importing.run(begun.pk, now=NOW)
    assert (found.state, found.done, counts(found)) == ("done", 46, (45, 0, 0, 1))
    assert Person.objects.count() == 45
    assert importing.run(begun.pk, now=NOW).created == 45


def test_a_file_that_is_brought_again_closes_the_import_that_stopped(house: House, tmp_path: Path) -> None:
    write_sample(tmp_path / "r.csv", 3)
    begun = []
    for _ in range(2):
        with (tmp_path / "r.csv").open("rb") as stream:
            begun.append(importing.begin(stream=stream, name="r", office=house.unit, by=house.actor(), now=NOW))
        RosterImport.objects.filter(pk=begun[-1].pk).update(state="running")
    first = RosterImport.objects.get(pk=begun[0].pk)
    assert first.state == "failed" and first.message["zh"]
    assert counts(importing.run(begun[1].pk, now=NOW)) == (3, 0, 0, 0)


def test_a_second_run_beside_the_first_stops(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PIECE", 10)
    write_sample(tmp_path / "r.csv", 30)
    with (tmp_path / "r.csv").open("rb") as stream:
        begun = importing.begin(stream=stream, name="r.csv", office=house.unit, by=house.actor(), now=NOW)

    def other(done: int, total: int) -> None:
        if done == 10:
            importing.run(begun.pk, now=NOW)

    with pytest.raises(Conflict, match="另一处"):
        importing.run(begun.pk, now=NOW, progress=other)
    begun.refresh_from_db()
    assert (begun.state, counts(begun)) == ("done", (30, 0, 0, 0))
    assert Person.objects.count() == 30


def test_somebody_entered_meanwhile_costs_one_row_only(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [HEAD, *(("孟庆兰", id_number(sequence=n * 2), f"A{n}", "", "", "") for n in range(1, 6))]
    begun, sort = bring(rows, start=False), importing.sort
    Person.objects.create(office=begun.office, name="别人", staff_no="A3", changed_at=NOW)

    def unaware(rows: list[RosterRow], target: Target, seen: Seen) -> None:
        sort(rows, replace(target, reach=frozenset()), seen)

    monkeypatch.setattr(importing, "sort", unaware)
    found = importing.run(begun.pk, now=NOW)
    assert (found.done, counts(found)) == (5, (4, 0, 0, 1))
    assert "重复" in reasons(found)[4]


def test_a_file_that_breaks_off_imports_nothing_and_says_so(house: House, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_sample(path, 3000)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with path.open("rb") as stream, pytest.raises(Refused) as refused:
        importing.begin(stream=stream, name="名册.xlsx", office=house.unit, by=house.actor(), now=NOW)
    assert refused.value.field == "file" and "名册.xlsx" in refused.value.zh


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00" + b"\0" * 200, b"%PDF-1.7\n" + b"x" * 100, b"\x00\x01\x02" * 90]
)
def test_what_is_no_table_is_refused_in_words(house: House, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    with path.open("rb") as stream, pytest.raises(Refused) as refused:
        importing.begin(stream=stream, name="名册.xlsx", office=house.unit, by=house.actor(), now=NOW)
    assert refused.value.zh and refused.value.en


def test_gb18030_with_rare_characters_comes_in_unharmed(house: House, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("姓名,工号\n𠮷田一郎,1\n䶮秀兰,2\n", encoding="gb18030")
    with path.open("rb") as stream:
        begun = importing.begin(stream=stream, name="r.csv", office=house.unit, by=house.actor(), now=NOW)
    assert counts(importing.run(begun.pk, now=NOW)) == (2, 0, 0, 0)
    assert set(Person.objects.values_list("name", flat=True)) == {"𠮷田一郎", "䶮秀兰"}


def test_formulas_blank_rows_and_shortened_numbers_are_told_in_words(house: House, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "身份证号", "工号"])
    sheet.append(["孟庆兰", 231701194912310028, "A1"])
    sheet.append(["=A2&B2", "", "A2"])
    sheet.append([])
    sheet.append(["王秀英", "", "A3"])
    book.save(tmp_path / "r.xlsx")
    with (tmp_path / "r.xlsx").open("rb") as stream:
        begun = importing.begin(stream=stream, name="r.xlsx", office=house.unit, by=house.actor(), now=NOW)
    found = importing.run(begun.pk, now=NOW)
    assert counts(found) == (1, 0, 0, 2)
    assert "已经丢失" in reasons(found)[2] and "公式" in reasons(found)[3]


def test_only_those_who_may_import_for_an_office_begin(house: House, tmp_path: Path) -> None:
    write_sample(tmp_path / "r.csv", 1)
    handler = house.hire("handler", house.section, "handler")
    for staff, office in ((handler, house.section), (house.clerk, house.sister)):
        with (tmp_path / "r.csv").open("rb") as stream, pytest.raises(Forbidden):
            importing.begin(stream=stream, name="r.csv", office=office, by=house.actor(staff), now=NOW)


def test_a_sample_comes_in_whole_with_its_keys(bring: Bring) -> None:
    rows = list(invented(1200, seed=3))
    found = bring([[FIELDS[field].name.zh for field in rows[0]], *(list(row.values()) for row in rows)])
    assert counts(found) == (1200, 0, 0, 0)
    assert NameKey.objects.values("person_id").distinct().count() == 1200
