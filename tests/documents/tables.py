"""Makes tables in every kind of file, and reads them in tests."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from huiyin.documents.spreadsheets import Row, Table, Unacceptable, read_table

HEADERS = ["姓名", "身份证号", "出生日期"]
PEOPLE = [["张三", "11010519491231002X", "1949-12-31"], ["𠮷野䶮", "110105194912310021", "1950-01-02"]]


def table_of(data: bytes | str, folder: Path, *, sheet: str | None = None, name: str = "名册.xlsx") -> Table:
    path = folder / "table"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_table(path, name=name, sheet=sheet)


def rows_of(data: bytes | str, folder: Path, **options: Any) -> list[Row]:
    with table_of(data, folder, **options) as table:
        return list(table.rows)


def refused(data: bytes | str, folder: Path, **options: Any) -> str:
    with pytest.raises(Unacceptable) as reason:
        rows_of(data, folder, **options)
    assert "{" not in reason.value.words.zh
    return reason.value.code


def openpyxl_file(rows: list[list[Any]], title: str = "名册") -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def xls_file(rows: list[list[Any]], **styles: str) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("空的")
    sheet = book.add_sheet("名册")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            is_date = isinstance(value, dt.date)
            sheet.write(
                number, column, value, xlwt.easyxf(num_format_str="YYYY-MM-DD") if is_date else xlwt.Style.default_style
            )
    book.save(out)
    return out.getvalue()


def text_file(rows: list[list[str]], encoding: str, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


KINDS = {
    "xlsx": openpyxl_file([HEADERS, *PEOPLE]),
    "xls": xls_file([HEADERS, *PEOPLE]),
    "csv in UTF-8": text_file([HEADERS, *PEOPLE], "utf-8"),
    "csv in UTF-8 with mark": text_file([HEADERS, *PEOPLE], "utf-8-sig"),
    "csv in GB18030": text_file([HEADERS, *PEOPLE], "gb18030"),
    "csv in UTF-16 with tabs": text_file([HEADERS, *PEOPLE], "utf-16", "\t"),
    "csv with semicolons": text_file([HEADERS, *PEOPLE], "utf-8", ";"),
    "jsonl": "\n".join(json.dumps(dict(zip(HEADERS, each, strict=True))) for each in PEOPLE).encode(),
}
