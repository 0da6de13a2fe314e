"""Tables become rows of text: nothing is calculated, no digit is lost silently, no file costs the computer its memory."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from huiyin.documents.spreadsheets import Row, read_table, write_table
from tests.documents import files
from tests.documents.tables import HEADERS, KINDS, PEOPLE, openpyxl_file, refused, rows_of, table_of, xls_file

# --- the same people from every kind of file -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_people_come_from_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    table = table_of(KINDS[kind], tmp_path, name="随便什么名字.doc")
    assert table.kind == kind.split()[0]
    assert table.headers == HEADERS
    assert [list(row.cells) for row in table.rows] == PEOPLE
    assert table.remarks == []


def test_rows_carry_their_number_in_the_file(tmp_path: Path) -> None:
    for data in (
        openpyxl_file([["a", "b"], [], ["1", "2"]]),
        b"a,b\r\n\r\n1,2\r\n",
        xls_file([["a", "b"], [], ["1", "2"]]),
    ):
        assert [row.number for row in rows_of(data, tmp_path)] == [3]


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    table = table_of(openpyxl_file([["某单位退休人员名册"], [], HEADERS, *PEOPLE]), tmp_path)
    assert (table.headers, table.header_row) == (HEADERS, 3)
    assert len(list(table.rows)) == 2


def test_a_table_of_one_column_has_its_first_row_as_header(tmp_path: Path) -> None:
    table = table_of("姓名\n张三\n李四\n", tmp_path)
    assert table.headers == ["姓名"]
    assert [row.cells for row in table.rows] == [("张三",), ("李四",)]


def test_the_first_visible_sheet_that_is_not_empty_is_taken_or_the_named_one(tmp_path: Path) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for title, hidden in (("藏起来的", True), ("一", False), ("二", False)):
        sheet = book.create_sheet(title)
        sheet.append([title, "b"])
        sheet.append(["1", "2"])
        sheet.sheet_state = "hidden" if hidden else "visible"
    book.save(out)
    table = table_of(out.getvalue(), tmp_path)
    assert (table.sheet, table.sheets) == ("一", ("Sheet", "一", "二"))
    assert table_of(out.getvalue(), tmp_path, sheet="二").headers == ["二", "b"]
    assert refused(out.getvalue(), tmp_path, sheet="三") == "no-sheet"
    assert table_of(KINDS["xls"], tmp_path).sheet == "名册"
    assert refused(KINDS["xls"], tmp_path, sheet="三") == "no-sheet"


# --- cells -----------------------------------------------------------------------------------------------------------


def test_whole_numbers_have_no_point_and_others_no_noise(tmp_path: Path) -> None:
    for data in (
        openpyxl_file([["a", "b", "c", "d", "e"], [3, 2.5, 0.1 + 0.2, 13800138000, 0.00001]]),
        xls_file([["a", "b", "c", "d", "e"], [3, 2.5, 0.1 + 0.2, 13800138000, 0.00001]]),
    ):
        (row,) = rows_of(data, tmp_path)
        assert row.cells == ("3", "2.5", "0.3", "13800138000", "0.00001")
        assert row.doubts == ()


def test_an_id_number_stored_as_a_number_is_written_out_and_doubted(tmp_path: Path) -> None:
    for data in (
        openpyxl_file([["姓名", "号"], ["张三", 110105194912310021]]),
        xls_file([["姓名", "号"], ["张三", 110105194912310021]]),
    ):
        (row,) = rows_of(data, tmp_path)
        assert row.cells[1].isdigit()
        assert len(row.cells[1]) == 18
        assert [doubt.column for doubt in row.doubts] == [1]
        assert "文本" in row.doubts[0].words.zh


def test_a_number_that_excel_shortened_in_a_csv_is_kept_and_doubted(tmp_path: Path) -> None:
    (row,) = rows_of("姓名,号,备注\n张三,1.10105E+17,1.5\n", tmp_path)
    assert row.cells == ("张三", "1.10105E+17", "1.5")
    assert [doubt.column for doubt in row.doubts] == [1]


@pytest.mark.parametrize("code", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d", "mm-dd-yy", "yyyy.m"])
def test_dates_in_any_format_become_iso(code: str, tmp_path: Path) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["姓名", "日期"])
    book.active.append(["张三", dt.date(1949, 12, 31)])
    book.active["B2"].number_format = code
    book.save(out)
    assert rows_of(out.getvalue(), tmp_path)[0].cells[1] == "1949-12-31"


def test_the_date_formats_built_into_chinese_excel_are_known(tmp_path: Path) -> None:
    styles = (
        "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 31, 57, 27, 20, 22, 49)) + "</cellXfs>"
    )
    values = ("45000", "45000", "45000", "45000", "0.5", "45000.5", "45000")
    cells = "".join(f'<c r="{chr(65 + at)}2" s="{at}"><v>{value}</v></c>' for at, value in enumerate(values))
    header = "".join(f'<c r="{chr(65 + at)}1" t="str"><v>h{at}</v></c>' for at in range(7))
    data = files.xlsx(f'<row r="1">{header}</row><row r="2">{cells}</row>', styles=styles)
    day = "2023-03-15"
    assert rows_of(data, tmp_path)[0].cells == ("45000", day, day, day, "12:00:00", f"{day} 12:00:00", "45000")


def test_dates_of_old_mac_workbooks_count_from_1904(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c s="0"><v>0</v></c><c><v>1</v></c></row>'
    )
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    data = files.xlsx(
        rows.replace('s="0"', 's="1"'), styles=styles.replace("<xf", "<xf/><xf", 1), properties='date1904="1"'
    )
    assert rows_of(data, tmp_path)[0].cells == ("1904-01-01", "1")


def test_dates_in_an_xls_become_iso(tmp_path: Path) -> None:
    (row,) = rows_of(xls_file([["a", "b"], ["x", dt.date(1949, 12, 31)]]), tmp_path)
    assert row.cells[1] == "1949-12-31"


def test_a_formula_gives_its_stored_value_and_is_doubted_without_one(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1+1", value=2)
        sheet.write_formula(1, 1, '="x"&"y"', value="xy")
    assert rows_of(out.getvalue(), tmp_path) == [Row(2, ("2", "xy"))]
    (row,) = rows_of(openpyxl_file([["a", "b"], ["x", "=1+1"]]), tmp_path)
    assert row.cells == ("x", "")
    assert [doubt.column for doubt in row.doubts] == [1]


def test_a_formula_that_ended_in_an_error_is_blank_and_doubted(tmp_path: Path) -> None:
    rows = '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><v>1</v></c></row>'
    (row,) = rows_of(files.xlsx(rows), tmp_path)
    assert row.cells == ("", "1")
    assert "#DIV/0!" in row.doubts[0].words.zh


def test_rich_text_and_escapes_are_put_together_and_reading_aids_left_out(tmp_path: Path) -> None:
    strings = "<si><r><t>退休</t></r><r><t>职工_x000D_</t></r><rPh><t>tuixiu</t></rPh></si><si><t>b</t></si>"
    rows = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row><c t="inlineStr"><is><r><t>甲</t></r><r><t>乙_x0000__xD83D_</t></r></is></c><c t="b"><v>1</v></c></row>'
    )
    table = table_of(files.xlsx(rows, strings=strings), tmp_path)
    assert table.headers == ["退休职工", "b"]
    assert next(table.rows).cells == ("甲乙\ufffd\ufffd", "TRUE")


def test_tags_with_a_prefix_are_read_alike(tmp_path: Path) -> None:
    rows = "</sheetData><x:sheetData xmlns:x='y'><x:row><x:c t='str'><x:v>a</x:v></x:c><x:c t='str'><x:v>b</x:v></x:c></x:row>"
    data = files.xlsx(f"{rows}<x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData><sheetData>")
    assert rows_of(data, tmp_path)[0].cells == ("1", "")


def test_cells_beyond_the_header_are_said_not_to_be_read(tmp_path: Path) -> None:
    (row,) = rows_of("a,b\n1,2,3\n", tmp_path)
    assert row.cells == ("1", "2")
    assert "2列" in row.doubts[0].words.zh


def test_cells_are_stripped_of_every_kind_of_blank(tmp_path: Path) -> None:
    assert rows_of("a,b\n\u3000张三 ,\xa0x\t\n", tmp_path)[0].cells == ("张三", "x")


def test_a_quoted_cell_keeps_its_lines_and_delimiters(tmp_path: Path) -> None:
    (row,) = rows_of('a,b\n"一,二\n三","四""五"\n', tmp_path)
    assert row.cells == ("一,二\n三", '四"五')


def test_a_letter_of_fifty_thousand_characters_fits_into_a_cell(tmp_path: Path) -> None:
    letter = "信" * 50_000
    assert rows_of(f"a,b\n1,{letter}\n", tmp_path)[0].cells[1] == letter


def test_numbers_in_json_keep_every_digit_and_a_bad_line_is_doubted(tmp_path: Path) -> None:
    data = '{"号":110105194912310021,"额":1.50}\n\n不是\n[1]\n{"号":null,"真":true,"表":["a"]}\n'
    table = table_of(data, tmp_path)
    assert table.headers == ["号", "额", "真", "表"]
    rows = list(table.rows)
    assert rows[0].cells == ("110105194912310021", "1.50", "", "")
    assert [row.number for row in rows] == [1, 3, 4, 5]
    assert [bool(row.doubts) for row in rows] == [False, True, True, False]
    assert rows[3].cells == ("", "", "TRUE", '["a"]')


# --- writing ---------------------------------------------------------------------------------------------------------

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "00123", "1e5", "{=1}"]


def test_what_is_written_is_read_again_and_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "待改.xlsx"
    rows = [[text, "11010519491231002X", "𠮷"] for text in DANGEROUS]
    assert write_table(path, HEADERS, rows, text_columns=["身份证号"]) == []
    assert [list(row.cells) for row in read_table(path, name="x").rows] == rows
    sheet = openpyxl.load_workbook(path).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert {sheet.cell(number, 2).number_format for number in range(2, 9)} == {"@"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_a_cell_longer_than_excel_holds_is_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write_table(path, ["a"], [["短"], ["长" * 50_000]]) == [(3, 0)]
    cells = [row.cells[0] for row in read_table(path, name="x").rows]
    assert cells[0] == "短"
    assert len(cells[1]) == 32_767
    assert cells[1].endswith("……")


def test_a_failed_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def rows() -> Any:
        yield ["1"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_table(path, ["a"], rows())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
