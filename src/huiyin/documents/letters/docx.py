"""The same letter as docx, for offices that finish their letters in Word or WPS.

Measures follow GB/T 9704-2012: A4, margins 37/28/35/26 mm, 三号 at an exact pitch of 28.95 pt (22 lines in 225 mm),
characters drawn together by 0.25 pt (28 in 156 mm). The typefaces are named, not embedded: 仿宋_GB2312, 方正小标宋简体,
黑体, 楷体_GB2312 are supplied where the letter is opened.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
import zipfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from . import fonts
from .parts import FormRow, Letter
from .pdf import made_at, payload
from .wording import said

FANGSONG, XIAOBIAOSONG, HEITI, KAITI, SONGTI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
SIZE2, SIZE3, SIZE4 = Pt(22), Pt(16), Pt(14)
PITCH = Pt(28.95)
TIGHTER = -5  # twentieths of a point between characters: 28 × (16 − 0.25) pt = 441 pt ≤ 156 mm
RED = "C8201E"
FORM_WIDTHS = (Mm(48), Mm(108))
LEFT, RIGHT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
TICKED, BLANK = "☑", "□"


@dataclass(frozen=True)
class Run:
    """Words in one typeface."""

    text: str
    font: str = FANGSONG
    size: Length = SIZE3
    colour: str = ""


def render(letter: Letter) -> bytes:
    """The letter as a .docx file."""
    page = Page(letter)
    page.form(letter) if letter.form else page.letter()
    file = BytesIO()
    page.document.save(file)
    return _dated(file, made_at(letter))


def _dated(package: BytesIO, at: datetime) -> bytes:
    """The package with every part dated alike, so that the same letter gives the same bytes."""
    steady = BytesIO()
    with zipfile.ZipFile(package) as written, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as out:
        for part in written.infolist():
            entry = zipfile.ZipInfo(part.filename, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, written.read(part))
    return steady.getvalue()


class Page:
    """A document being filled from top to bottom."""

    def __init__(self, letter: Letter) -> None:
        self.words = payload(letter)
        self.document = Document()
        _paper(self.document)
        _normal_style(self.document)
        _folios(self.document)
        _properties(self.document, self.words, made_at(letter))

    def letter(self) -> None:
        """Red head, title, body, attachments, signature."""
        words = self.words
        self._head()
        self._lines(2)
        for line in words["title"]:
            self._add(Run(line, XIAOBIAOSONG, SIZE2), align=CENTRE)
        self._lines(1)
        if words["addressee"]:
            self._add(Run(f"{words['addressee']}："))
        for item in (*words["paragraphs"], *words["closing"]):
            self._body(item)
        self._attachments()
        self._by_hand()
        self._signature()

    def form(self, letter: Letter) -> None:
        """送达回证: title and table."""
        self._add(Run(self.words["unit"]), align=CENTRE)
        self._add(Run(self.words["title"][0], XIAOBIAOSONG, SIZE2), align=CENTRE).paragraph_format.space_after = Pt(8)
        table = self.document.add_table(rows=0, cols=2, style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, FORM_WIDTHS, strict=True):
            column.width = width
        for row in letter.form:
            _form_row(table, row)
        self._add(Run(f"填发日期：{said(letter.date)}", size=SIZE4))

    def _head(self) -> None:
        lines = self.words["head"]
        size = Pt(max(16, min(46, round(150 / 25.4 * 72 / (max(1, *map(len, lines)) * 1.16)))))
        layout = self._add(Run("\n".join(lines), XIAOBIAOSONG, size, RED), align=CENTRE).paragraph_format
        layout.space_before, layout.line_spacing = Mm(35) - Pt(2.3), Pt(50 if len(lines) == 1 else 26)
        self._lines(2, pitch=Pt(25.4))  # a little less than a line: with the rule below, the head takes eight lines
        number = self._add(Run(self.words["number"]), align=CENTRE)
        _red_line(number)

    def _body(self, item: dict[str, str]) -> None:
        heading = item["level"] == "heading"
        runs = [Run(item["lead"], KAITI)] if item["lead"] else []
        paragraph = self._add(*runs, Run(item["text"], HEITI if heading else FANGSONG), indent=2, justify=not heading)
        paragraph.paragraph_format.keep_with_next = heading

    def _attachments(self) -> None:
        names = self.words["attachments"]
        if names:
            self._lines(1)
        for place, name in enumerate(names, 1):
            number = f"{place}." if len(names) > 1 else ""
            paragraph = self._add(Run(f"{'附件：' if place == 1 else ''}{number}{name}"))
            _hanging(paragraph, first=2 if place == 1 else 5, rest=6 if number else 5)

    def _by_hand(self) -> None:
        """Lines that others sign, each with a day to fill in at the right edge."""
        for line in self.words["signatures"]:
            self._lines(1, together=True)
            paragraph = self._add(Run(f"{line}\t年　　月　　日"))
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
            paragraph.paragraph_format.keep_with_next = True

    def _signature(self) -> None:
        """Name centred over the date as far as Word allows: both end near four characters from the right."""
        self._lines(2, together=True)
        names, day = self.words["signers"], self.words["date"]
        longest = max(map(_width, names))
        for text in (*names, day):
            inset = max(0.0, 4 - max(0.0, (longest - _width(day)) / 2)) + (max(longest, _width(day)) - _width(text)) / 2
            paragraph = self._add(Run(text), align=RIGHT)
            paragraph.paragraph_format.right_indent = Pt(16 * inset)
            paragraph.paragraph_format.keep_with_next = text is not day

    def _lines(self, count: int, *, pitch: Length = PITCH, together: bool = False) -> None:
        for _ in range(count):
            layout = self._add(Run("")).paragraph_format
            layout.line_spacing, layout.keep_with_next = pitch, together

    def _add(self, *runs: Run, align: Any = LEFT, indent: int = 0, justify: bool = False) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if justify else align
        if indent:
            _first_line(paragraph, indent)
        for run in runs:
            _write(paragraph, run)
        return paragraph


def _write(paragraph: Any, run: Run) -> None:
    made = paragraph.add_run(fonts.clean(run.text))
    made.font.size = run.size
    made.font.name = run.font
    made._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), run.font)
    if run.colour:
        made.font.color.rgb = RGBColor.from_string(run.colour)


def _paper(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7) - Pt(14)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


def _normal_style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANGSONG, SIZE3
    properties = style.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), FANGSONG)
    properties.insert_element_before(_element("w:spacing", val=TIGHTER), "w:sz", "w:szCs", "w:lang")
    for lang in properties.findall(qn("w:lang")):
        properties.remove(lang)
    properties.append(_element("w:lang", val="en-US", eastAsia="zh-CN"))  # as Chinese, figures would break anywhere
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False
    paragraph = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        paragraph.insert_element_before(_element(name, val=0), "w:spacing", "w:ind", "w:jc")


def _folios(document: Any) -> None:
    """— 1 — in 四号 宋体: right on odd pages, left on even ones, one character from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = SIZE4
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _write(paragraph, Run("— ", SONGTI, SIZE4))
        _page_field(paragraph)
        _write(paragraph, Run(" —", SONGTI, SIZE4))


def _page_field(paragraph: Any) -> None:
    field = _element("w:fldSimple", instr="PAGE")
    _write(paragraph, Run("1", SONGTI, SIZE4))
    field.append(paragraph.runs[-1]._element)
    paragraph._element.append(field)


def _red_line(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz=12, space=4, color=RED))
    paragraph._element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _first_line(paragraph: Any, characters: int) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(15.75 * characters)
    paragraph._element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), str(100 * characters))


def _hanging(paragraph: Any, *, first: int, rest: int) -> None:
    """The first line begins `first` characters in, the others `rest`."""
    paragraph.paragraph_format.left_indent = Pt(15.75 * rest)
    paragraph.paragraph_format.first_line_indent = Pt(15.75 * (first - rest))


def _form_row(table: Any, row: FormRow) -> None:
    made = table.add_row()
    made.height, made.height_rule = Mm(10.5 * row.height), WD_ROW_HEIGHT_RULE.AT_LEAST
    ticks = [f"{TICKED if option == row.chosen else BLANK}{option}" for option in row.options]
    ticked = "\n".join("　".join(ticks[at : at + 4]) for at in range(0, len(ticks), 4))
    for cell, text, width in zip(made.cells, (row.label, row.value or ticked), FORM_WIDTHS, strict=True):
        cell.width = width
        cell.vertical_alignment = 1
        paragraph = cell.paragraphs[0]
        paragraph.alignment = CENTRE if text == row.label else LEFT
        paragraph.paragraph_format.line_spacing = Pt(20)
        _write(paragraph, Run(text, size=SIZE4))


def _properties(document: Any, words: dict[str, Any], moment: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.author = fonts.clean("".join(words["title"])), fonts.clean(words["signer"])
    properties.subject, properties.language = fonts.clean(words["number"]), "zh-CN"
    properties.comments, properties.keywords = "", ""
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.last_modified_by = properties.author


def _element(name: str, **attributes: object) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _width(text: str) -> float:
    """Characters wide: figures count half."""
    return sum(0.5 if char.isascii() else 1 for char in text)
