"""The operations manual as PDF, with its contents and page numbers, and as docx for offices that add pages of their own."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from huiyin.documents.letters import fonts, press
from huiyin.procedure.manual import Book, Section, Table
from huiyin.procedure.words import Words, day_words

FACES = {"zh": "宋体", "en": "Times New Roman"}  # data: the name of a typeface
CONTENTS = Words("目录", "Contents")


def pdf(book: Book, *, made_at: datetime, folder: Path | None = None) -> bytes:
    """The book on A4; `folder` holds the office's own typefaces."""
    data = asdict(book) | {"made": _day(book, made_at), "contents": CONTENTS.say(book.language)}
    return press.pdf("manual.typ", data, made_at=made_at, folder=folder)


def docx(book: Book, *, made_at: datetime) -> bytes:
    """The same book as a .docx file, with headings that Word and WPS can list."""
    document = _blank(book, made_at)
    document.add_heading(book.title, 0)
    for line in (book.foreword, book.law, _day(book, made_at)):
        document.add_paragraph(line)
    for chapter in book.chapters:
        document.add_page_break()
        document.add_heading(chapter.title, 1)
        for section in chapter.sections:
            _section(document, section)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _blank(book: Book, made_at: datetime) -> Any:
    document = Document()
    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = Mm(24)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet"):
        style = document.styles[name]
        style.font.name = FACES[book.language]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACES["zh"])
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = book.title, "", ""
    properties.language = "zh-CN" if book.language == "zh" else "en"
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    return document


def _section(document: Any, section: Section) -> None:
    if section.title:
        document.add_heading(section.title, 2)
    if section.text:
        document.add_paragraph(fonts.clean(section.text))
    if section.pairs:
        _table(document, [(label, "\n".join(lines)) for label, lines in section.pairs], widths=(Mm(36), Mm(126)))
    for table in section.tables:
        _titled(document, table)
    for title, lines in section.lists:
        document.add_heading(title, 3)
        for line in lines:
            document.add_paragraph(fonts.clean(line), style="List Bullet")


def _titled(document: Any, table: Table) -> None:
    if table.title:
        document.add_heading(table.title, 3)
    made = _table(document, [table.head, *table.rows])
    for cell in made.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    repeated = made.rows[0]._tr.get_or_add_trPr()
    repeated.append(repeated.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _table(document: Any, rows: list[tuple[str, ...]], widths: tuple[Any, ...] = ()) -> Any:
    made = document.add_table(rows=0, cols=len(rows[0]))
    made.style = "Table Grid"
    for row in rows:
        cells = made.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = fonts.clean(text)
        for cell, width in zip(cells, widths, strict=False):
            cell.width = width
    document.add_paragraph()
    return made


def _day(book: Book, made_at: datetime) -> str:
    return day_words(made_at.date(), year=True).say(book.language)
