"""Letters for Word and WPS: the measures and typefaces of GB/T 9704-2012 in the file, the same words as on paper."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from huiyin.documents.letters import docx
from huiyin.documents.letters.content import build
from tests.documents.snapshots import HOSTILE, OPINION, SERVICE, SNAPSHOTS


def opened(kind: str, data: dict[str, Any]) -> Any:
    return Document(io.BytesIO(docx.render(build(kind, data))))


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def fonts_of(paragraph: Any) -> list[str]:
    return [run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in paragraph.runs if run.text]


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_paper_and_margins_are_those_of_the_standard(kind: str) -> None:
    section = opened(kind, SNAPSHOTS[kind]).sections[0]
    edges = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    for measured, wanted in zip(
        (section.page_width, section.page_height, *edges), (210, 297, 37, 28, 35, 26), strict=True
    ):
        assert abs(measured - Mm(wanted)) < Mm(0.1)


def test_22_lines_fit_into_225_mm_and_28_characters_into_156_mm() -> None:
    document = opened("opinion", OPINION)
    style = document.styles["Normal"]
    assert style.font.size == Pt(16) and 22 * style.paragraph_format.line_spacing <= Mm(225)
    assert 22 * style.paragraph_format.line_spacing > Mm(224)
    tighter = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert Mm(155) < 28 * Pt(16 + tighter) <= Mm(156)


def test_typefaces_are_named_for_the_office_to_supply() -> None:
    document = opened("opinion", OPINION)
    by_text = {paragraph.text: fonts_of(paragraph) for paragraph in document.paragraphs}
    assert by_text["云湖供电公司"] in (["方正小标宋简体"], ["仿宋_GB2312"])
    assert by_text["关于王桂芝反映取暖补贴停发问题的"] == ["方正小标宋简体"]
    assert by_text["一、投诉请求"] == ["黑体"]
    assert by_text["补发2025年度冬季取暖补贴2380元，今后按时发放。"] == ["仿宋_GB2312"]
    facts = next(fonts for text, fonts in by_text.items() if text.startswith("（一）调查情况。"))
    assert facts == ["楷体_GB2312", "仿宋_GB2312"]


def test_the_head_is_red_with_a_red_line_under_the_number() -> None:
    data = docx.render(build("opinion", OPINION))
    document = Document(io.BytesIO(data))
    assert str(document.paragraphs[0].runs[0].font.color.rgb) == "C8201E"
    number = next(paragraph for paragraph in document.paragraphs if paragraph.text == "云供信〔2026〕7号")
    assert number._element.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:color")) == "C8201E"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = opened("opinion", OPINION)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (section.footer, section.even_page_footer)]
    assert sides == [docx.RIGHT, docx.LEFT]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml and footer.paragraphs[0].text.startswith("— ")


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_its_words_are_the_words_of_the_letter(kind: str) -> None:
    letter = build(kind, SNAPSHOTS[kind])
    document = opened(kind, SNAPSHOTS[kind])
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for block in letter.blocks:
        assert block.lead + block.text in text
    assert letter.remedy in text and "".join(letter.title) in text.replace("\n", "")


def test_the_form_has_a_row_for_each_line_and_a_tick() -> None:
    table = opened("service", SERVICE).tables[0]
    assert len(table.rows) == 12
    assert [row.cells[1].text for row in table.rows][:3] == ["信访处理意见书", "云供信〔2026〕7号", "王桂芝"]
    assert "☑直接" in table.rows[3].cells[1].text and table.rows[3].cells[1].text.count("□") == 6


def test_any_text_stays_text_and_the_file_stays_well_formed() -> None:
    odd = HOSTILE + "<w:p/>&amp;]]>\x00\x07\ud800\u202e😀"
    data = docx.render(build("opinion", OPINION | {"facts": odd, "petitioner": {"name": odd}, "matter": "<b>&"}))
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert '#panic("x")' in text and "<w:p/>&amp;]]>😀" in text


def test_elements_stand_in_the_order_that_word_insists_on() -> None:
    styles = part(docx.render(build("opinion", OPINION)), "word/styles.xml")
    normal = re.search(r'w:styleId="Normal">.*?</w:style>', styles, re.DOTALL)
    assert normal
    order = re.findall(r"<w:(widowControl|autoSpaceDE|autoSpaceDN|snapToGrid|spacing|rFonts|sz|lang) ", normal[0])
    assert order == [
        "widowControl",
        "autoSpaceDE",
        "autoSpaceDN",
        "snapToGrid",
        "spacing",
        "rFonts",
        "spacing",
        "sz",
        "lang",
    ]


def test_the_same_letter_says_when_it_was_made_and_by_whom() -> None:
    properties = opened("opinion", OPINION).core_properties
    assert (properties.author, properties.created.date().isoformat()) == ("云湖供电公司", "2026-04-20")
    assert "python" not in properties.comments.lower()


def test_what_was_frozen_with_a_character_that_xml_refuses_is_still_made() -> None:
    letter = build("opinion", OPINION)
    block = replace(letter.blocks[0], text="补\ufffe发\uffff180元。")
    made = Document(io.BytesIO(docx.render(replace(letter, blocks=(block, *letter.blocks[1:])))))
    assert any("补发180元。" in paragraph.text for paragraph in made.paragraphs)
