"""Tables that are no tables, huge ones and damaged ones: refused in words or read, never at the cost of the computer."""

from __future__ import annotations

import datetime as dt
import io
import random
import string
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from huiyin.documents.spreadsheets import Unacceptable, read_table
from tests.documents import files
from tests.documents.cost import cost_of
from tests.documents.tables import KINDS, openpyxl_file, refused, table_of

# --- refused ---------------------------------------------------------------------------------------------------------

NO_TABLE = {
    "an empty file": (b"", "empty"),
    "blank lines": (b"\n\n ,\n", "no-rows"),
    "an empty workbook": (openpyxl_file([]), "no-rows"),
    "a web page named .xls": (b"<html><table><tr><td>x</td></tr></table>", "page-as-table"),
    "an XML spreadsheet": (b'<?xml version="1.0"?><Workbook/>', "page-as-table"),
    "a program": (b"MZ\x90\x00\x03" + bytes(300), "program"),
    "a picture": (files.encoded("PNG"), "not-a-table"),
    "a Word document": (files.docx(), "not-a-table"),
    "a text in no known encoding": (b"a,b\n" + b"\xff\xfe\x81\x00" * 9, "encoding"),
    "half a workbook": (KINDS["xlsx"][:2000], "truncated"),
    "half an old workbook": (KINDS["xls"][:1500], "damaged"),
    "a missing quotation mark": (b'a,b\n"' + b"x,y\n" * 50_000, "row-too-long"),
    "a line without end": (b"a,b\n" + b"x" * 3_000_000, "row-too-long"),
    "six hundred columns": (",".join(f"c{n}" for n in range(600)).encode(), "too-many-columns"),
    "a document type with entities": (
        files.package({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'}),
        "damaged",
    ),
    "a string that is not there": (files.xlsx('<row><c t="s"><v>7</v></c></row>'), "damaged"),
}


@pytest.mark.parametrize("what", NO_TABLE)
def test_refused_with_the_reason(what: str, tmp_path: Path) -> None:
    data, code = NO_TABLE[what]
    assert refused(data, tmp_path) == code


def test_the_line_of_the_odd_character_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unacceptable) as reason:
        table_of(b"a,b\n1,2\n" + b"\x00\n", tmp_path)
    assert "第3行" in reason.value.words.zh


# --- hostile or merely huge: bounded memory --------------------------------------------------------------------------

CELL = '<c r="A{0}" s="1"/><c r="B{0}" s="1"/><c r="C{0}" s="1"/>'
HEAD = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
CORNER = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
LAST = '<row r="1048576"><c r="A1048576"><v>9</v></c></row>'


def blank_rows(columns: str) -> str:
    return numbered(f'<row r="{{0}}">{columns}</row>', 1_000_000, first=3)


def numbered(part: str, count: int, *, first: int = 0) -> str:
    return "".join(map(part.format, range(first, first + count)))


def noise(length: int) -> str:
    return random.Random(1).randbytes(length // 2).hex()


def xls_corner() -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "a")
    sheet.write(0, 1, "b")
    sheet.write(1, 0, "1")
    sheet.write(65_535, 255, "x")
    book.save(out)
    return out.getvalue()


ROWS = "sum(1 for row in spreadsheets.read_table(path, name='x').rows)"
HUGE = {
    "a million blank rows": (lambda: files.xlsx(HEAD + blank_rows("")), 1),
    "a million blank rows with borders": (lambda: files.xlsx(HEAD + blank_rows(CELL)), 1),
    "a stray cell in the last corner": (lambda: files.xlsx(HEAD + CORNER), 2),
    "a stray cell in the last row": (lambda: files.xlsx(HEAD + LAST), 2),
    "a stray cell in the corner of an old workbook": (xls_corner, None),
    "elements without end": (lambda: files.xlsx("<row>" * 10_000_000), "too-costly"),
    "a tag of 10 MB": (lambda: files.xlsx(f'<row a="{noise(10_000_000)}"/>'), "too-costly"),
    "a cell of 10 MB": (lambda: files.xlsx(f"<row><c><v>{noise(10_000_000)}</v></c></row>"), "row-too-long"),
    "two million strings": (lambda: files.xlsx(HEAD, strings=numbered("<si><t>{}</t></si>", 2_000_000)), "too-costly"),
    "strings of 80 million characters": (
        lambda: files.xlsx(HEAD, strings=f"<si><t>{noise(80_000_000)}</t></si>"),
        "too-costly",
    ),
    "a cell that unpacks to 100 MB": (lambda: files.xlsx("<row><c><v>" + "1" * 100_000_000), "bomb"),
    "a million blank lines": (lambda: b"a,b\n" + b",\n" * 1_000_000 + b"1,2\n", 1),
    "brackets within brackets": (lambda: b'{"a":1}\n{"a":' + b"[" * 500_000 + b"\n", 2),
}


@pytest.mark.parametrize("what", HUGE)
def test_a_huge_table_costs_little_memory(what: str, tmp_path: Path) -> None:
    make, answer = HUGE[what]
    path = tmp_path / "huge"
    path.write_bytes(make())
    cost = cost_of(ROWS, path)
    assert cost.megabytes < 600 if "old workbook" in what else cost.megabytes < 300
    assert cost.seconds < 10
    assert answer is None or cost.answer == answer


def test_values_after_ten_thousand_blank_rows_are_not_read_but_said(tmp_path: Path) -> None:
    gap = "".join(f'<row r="{number}"/>' for number in range(3, 30_000))
    filler = "".join(f'<row r="{number}" spans="{number}:1" customHeight="1"/>' for number in range(30_000, 60_000))
    table = table_of(files.xlsx(HEAD + gap + filler + LAST), tmp_path)
    assert [row.number for row in table.rows] == [2]
    assert "第2行" in table.remarks[0].zh


# --- odd input -------------------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12).filter(lambda value: abs(value) > 1e-6),
    st.booleans(),
    st.dates(dt.date(1900, 3, 2), dt.date(2100, 1, 1)),
    st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_workbook_is_read_as_another_reader_reads_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write(number, column, value)
    oracle = (
        CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue()))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )
    path = tmp_path_factory.getbasetemp() / "oracle.xlsx"
    path.write_bytes(out.getvalue())
    ours = {row.number: row.cells for row in read_table(path, name="x").rows}
    for number, expected in enumerate(oracle[1:], 2):
        cells = ours.get(number, ("", "", ""))
        for cell, value in zip(cells, expected, strict=False):
            assert agrees(cell, value)


def agrees(cell: str, value: Any) -> bool:
    if isinstance(value, bool):
        return cell == str(value).upper()
    if isinstance(value, int | float):
        return float(cell) == pytest.approx(value, rel=1e-14)
    if isinstance(value, dt.date):
        return cell == value.isoformat()
    return cell == str(value).strip(string.whitespace + "\u3000\xa0\ufeff")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_a_table_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    read_or_refuse(data, tmp_path_factory)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["xlsx", "csv in GB18030", "jsonl"]), st.data())
def test_any_damage_to_a_table_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, kind: str, draw: st.DataObject
) -> None:
    data = bytearray(KINDS[kind])
    for _ in range(draw.draw(st.integers(1, 5))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    read_or_refuse(bytes(data), tmp_path_factory)


@settings(max_examples=300, deadline=None)
@given(rows=st.text(alphabet='<>/rowcvtsn="1 AB&;é', max_size=120))
def test_any_xml_inside_a_workbook_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, rows: str
) -> None:
    read_or_refuse(files.xlsx(HEAD + rows), tmp_path_factory)


def read_or_refuse(data: bytes, folders: pytest.TempPathFactory) -> None:
    path = folders.getbasetemp() / "any-table"
    path.write_bytes(data)
    try:
        table = read_table(path, name="x")
        for row in table.rows:
            assert len(row.cells) == len(table.headers)
            assert all(cell.encode() is not None and "\x00" not in cell for cell in row.cells)
    except Unacceptable as reason:
        assert reason.words.zh
        assert reason.words.en
