"""Letters on the grid of GB/T 9704-2012, measured in the printed PDF; and text that can do nothing but be printed."""

from __future__ import annotations

import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from huiyin.documents.letters import fonts, pdf
from huiyin.documents.letters.content import build
from tests.documents import paper
from tests.documents.snapshots import HOSTILE, OPINION, SERVICE, SNAPSHOTS

PLAIN = "本单位调取发放名单并听取您的陈述住址变更登记后系统将您列为异地发放人员但未转入名单致使补贴未能发放"
PITCH, CELL = 225 / 22, 156 / 28
SEAL_RED = (200, 32, 30)


def rename(font: TTFont, family: str, file_name: str) -> TTFont:
    """The same typeface under the name of one that an office may own."""
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = family
        elif record.nameID == 6:
            record.string = file_name
    return font


def opinion(**changes: Any) -> bytes:
    return pdf.render(build("opinion", OPINION | changes))


@pytest.fixture(scope="module")
def long_letter() -> bytes:
    return opinion(facts=PLAIN * 40)


@pytest.fixture(scope="module")
def letter() -> bytes:
    return opinion()


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_every_letter_is_pdf_a_on_a4_with_all_typefaces_inside(kind: str) -> None:
    made = pdf.render(build(kind, SNAPSHOTS[kind]))
    assert paper.size(made) == (210.0, 297.0)
    assert paper.fonts(made) and all(paper.fonts(made).values())
    assert re.search(r'pdfaid:part(="|>)2', paper.metadata(made))
    assert re.search(r'pdfaid:conformance(="|>)B', paper.metadata(made))


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_the_same_letter_gives_the_same_bytes(kind: str) -> None:
    made = build(kind, SNAPSHOTS[kind])
    assert pdf.render(made) == pdf.render(build(kind, SNAPSHOTS[kind]))


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_all_words_of_a_letter_are_on_its_paper(kind: str) -> None:
    made = build(kind, SNAPSHOTS[kind])
    printed = paper.words(pdf.render(made))
    for block in made.blocks:
        assert "".join((block.lead + block.text).split()) in re.sub(r"—\d+—", "", printed)
    for word in (made.sender.unit, *made.title, made.addressee, made.number_label):
        assert "".join(word.split()) in printed


def test_a_full_page_has_22_lines_225_mm_high(long_letter: bytes) -> None:
    rows = [row for row in paper.lines(paper.characters(long_letter, 1)) if row[0].y < 262]
    assert len(rows) == 22
    steps = [below[0].y - above[0].y for above, below in itertools.pairwise(rows)]
    assert all(abs(step - PITCH) < 0.05 for step in steps)
    assert abs(rows[0][0].y - (37 + PITCH / 2)) < 0.6 and abs(rows[-1][0].y - (262 - PITCH / 2)) < 0.6


def test_a_full_line_has_28_characters_156_mm_wide(long_letter: bytes) -> None:
    rows = [row for row in paper.lines(paper.characters(long_letter, 1)) if row[0].y < 262][2:12]
    assert {len(row) for row in rows} == {28}
    for row in rows:
        steps = [right.pen - left.pen for left, right in itertools.pairwise(row)]
        assert all(abs(step - CELL) < 0.01 for step in steps)
        assert abs(row[0].pen - 28) < 0.01 and abs(row[-1].pen + CELL - 184) < 0.1


def test_lines_with_figures_stay_inside_the_margins_and_part_no_number() -> None:
    made = opinion(facts="2026年2月24日收到，补发2380元，共12个月，每月198.33元，电话0700-5550126。" * 20)
    printed = paper.characters(made, 1)
    assert min(char.left for char in printed) > 27.8
    assert max(char.right for char in printed if char.text not in "，。、") < 184.2
    for row in paper.lines(printed):
        assert not (row[0].text in "09" and row[0].x < 29) or "".join(c.text for c in row).startswith(("0700", "00"))


def test_the_head_has_the_unit_in_red_the_number_and_a_red_line(letter: bytes) -> None:
    image = paper.picture(letter, 0, 100)
    dots = 100 / 25.4
    reds = {
        row
        for row in range(image.height)
        for column in range(int(30 * dots), int(182 * dots), 3)
        if image.getpixel((column, row))[:3] == SEAL_RED  # type: ignore[index]
    }
    top, bottom = min(reds) / dots, max(reds) / dots
    assert abs(top - 72) < 1.5  # 35 mm below the upper edge of the text area
    assert abs(bottom - (37 + 8 * PITCH)) < 0.5
    label = [char for char in paper.characters(letter, 0) if char.text in "云供信〔〕号" and 105 < char.y < 120]
    assert len(label) == 6
    assert image.getpixel((int(50 * dots), int(bottom * dots)))[:3] == SEAL_RED  # type: ignore[index]


@pytest.mark.parametrize(("page", "middle"), [(0, (165, 180)), (1, (32, 47)), (2, (165, 180))])
def test_page_numbers_stand_7_mm_below_outside_right_on_odd_and_left_on_even_pages(
    long_letter: bytes, page: int, middle: tuple[int, int]
) -> None:
    folio = [char for char in paper.characters(opinion(facts=PLAIN * 60), page) if char.y > 264]
    assert "".join(char.text for char in folio) == f"—{page + 1}—"
    assert middle[0] < folio[1].x < middle[1]
    assert abs(folio[0].y - 269) < 1.2


def test_the_signature_has_the_room_of_a_42_mm_seal_and_nothing_is_drawn_there(letter: bytes) -> None:
    last = len(paper.pages(letter)) - 1
    rows = paper.lines(paper.characters(letter, last))
    above, name, day = [row for row in rows if row[0].y < 262][-3:]
    assert "".join(char.text for char in name) == "云湖供电公司"
    assert "".join(char.text for char in day) == "2026年4月20日"
    centre = (name[0].y + day[0].y) / 2
    assert name[0].y - above[0].y >= 2.9 * PITCH  # the seal's upper edge, 21 mm above its middle, clears the text
    assert 262 - centre >= 15
    assert abs((name[0].left + name[-1].right) / 2 - (day[0].left + day[-1].right) / 2) < 1
    assert 184 - day[-1].right > 3.9 * CELL
    reds = [colour for _, colour in paper.picture(letter, last, 60).getcolors(1 << 24) if colour[0] > colour[1] + 60]  # type: ignore[union-attr, index, operator]
    assert reds == []


@pytest.mark.parametrize("amount", range(1, 26))
def test_the_signature_never_stands_alone_on_a_page(amount: int) -> None:
    made = opinion(facts=PLAIN * 2 + "\n补充" * amount, attachments=[])
    rows = paper.lines(paper.characters(made, len(paper.pages(made)) - 1))
    assert len([row for row in rows if row[0].y < 262]) >= 3


@pytest.mark.parametrize("kind", ["acceptance", "extension"])
def test_letters_without_a_remedy_keep_their_last_paragraph_with_the_signature(kind: str) -> None:
    for amount in range(0, 24, 3):
        data = SNAPSHOTS[kind] | {"procedure": ["补充"] * amount, "reason": "补充\n" * (amount + 1)}
        made = pdf.render(build(kind, data))
        rows = paper.lines(paper.characters(made, len(paper.pages(made)) - 1))
        assert len([row for row in rows if row[0].y < 262]) >= 3


def test_headings_are_heiti_leads_kaiti_and_the_title_song(letter: bytes) -> None:
    assert {name.split("-")[0] for name in paper.fonts(letter)} >= {
        "NotoSerifSC",
        "NotoSansSC",
        "HuiyinKai",
        "HuiyinSong",
    }


def test_attachments_are_numbered_only_if_there_are_several() -> None:
    assert "附件：取暖补贴补发计算表云湖" in paper.words(opinion())
    assert "附件：1.甲2.乙云湖" in paper.words(opinion(attachments=["甲。", "乙"]))
    many = opinion(attachments=[f"材料{place}" for place in range(60)])
    assert "60.材料59" in paper.words(many)


def test_a_very_long_unit_name_stays_inside_the_margins() -> None:
    made = opinion(sender={"unit": "国网云江省电力有限公司云湖市供电分公司离退休人员管理服务中心办公室"})
    head = [char for char in paper.characters(made, 0) if char.y < 100]
    assert min(char.left for char in head) >= 27 and max(char.right for char in head) <= 185


@pytest.mark.parametrize("field", ["facts", "matter", "number_label", "signer"])
def test_markup_in_any_text_is_printed_and_never_run(field: str) -> None:
    printed = paper.words(opinion(**{field: HOSTILE}))
    for sign in ('#panic("x")', "$x^2$", "@ref", "*b*", "<label>", "`raw`", "//line", '#import"/etc/passwd"'):
        assert sign in re.sub(r"—\d+—", "", printed)
    assert "root:" not in printed


def test_markup_in_names_attachments_and_claims_is_printed_too() -> None:
    claim = OPINION["claims"][0] | {"text": "#a", "opinion": "$b$ <c>", "basis": ["*d* [e"]}
    printed = paper.words(opinion(petitioner={"name": "#王<桂>*芝*"}, attachments=["#f <g>"], claims=[claim]))
    for words in ("关于#王<桂>*芝*反映", "#王<桂>*芝*同志：", "附件：#f<g>", "#a。", "$b$<c>", "*d*[e"):
        assert words in printed


def test_words_without_an_end_wrap_inside_the_margins() -> None:
    made = opinion(facts="A" * 500 + "https://example.org/" + "x" * 400 + "—" * 90)
    printed = [char for page in range(len(paper.pages(made))) for char in paper.characters(made, page)]
    assert sum(char.text == "A" for char in printed) == 500
    copied = re.sub(r"—\d+—", "", paper.words(made))
    assert "\u200b" not in copied and "https://example.org/xxx" in copied
    assert max(char.right for char in printed if char.text in "Axhtps:.rg—") < 184.7


def test_fifty_thousand_characters_are_printed_to_the_last() -> None:
    made = opinion(facts=("本单位核实情况如下，第8条2026年。" * 54 + "\n") * 52 + "最后一句话")
    assert len(paper.pages(made)) > 75
    assert "最后一句话" in paper.words(made)


def test_control_marks_and_broken_characters_print_nothing() -> None:
    assert fonts.clean("甲\x00\x07\ud800\u202e\ufeff\ufe0f\U000e0100乙\u2028丙\t丁\r\n戊") == "甲乙\n丙 丁\n戊"
    printed = paper.words(opinion(facts="甲\x00\ud800\u202e乙e\u0301", petitioner={"name": "王\u202e桂\ud800芝"}))
    assert "甲乙é" in printed and "王桂芝同志：" in printed


def test_rare_characters_in_names_are_drawn() -> None:
    assert fonts.uncovered("𠮷䶮喆堃犇祎镕㑇㙓") == []
    assert "𠮷䶮喆堃同志：" in paper.words(opinion(petitioner={"name": "𠮷䶮喆堃"}))


def test_characters_that_no_typeface_has_are_reported_and_printed_as_a_visible_sign() -> None:
    assert fonts.uncovered("王😀桂\n👩‍👧芝😀\ue000") == ["😀", "👩", "👧", "\ue000"]
    assert "王〓桂同志：" in paper.words(opinion(petitioner={"name": "王😀桂"}))
    assert fonts.uncovered(build("opinion", OPINION | {"matter": "取暖😀"}).text) == ["😀"]


def test_the_offices_own_typefaces_are_used_as_soon_as_their_files_are_there(tmp_path: Path) -> None:
    made = build("opinion", OPINION)
    before = pdf.render(made, folder=tmp_path)
    with TTFont(fonts.OWN / "HuiyinKai-Regular.ttf") as font:
        rename(font, "FangSong_GB2312", "OfficeFangSong").save(tmp_path / "simfang.ttf")
    Path(tmp_path, "broken.ttf").write_bytes(b"no font at all")
    Path(tmp_path, "notes.txt").write_text("no font either")
    after = pdf.render(made, folder=tmp_path)
    assert before == pdf.render(made)
    assert "OfficeFangSong" in " ".join(paper.fonts(after))
    assert sorted(paper.words(after)) == sorted(paper.words(before))


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert pdf.render(build("service", SERVICE), folder=tmp_path / "gone") == pdf.render(build("service", SERVICE))


def test_letters_printed_at_the_same_time_do_not_mix() -> None:
    names = [f"甲乙丙丁{place}号" for place in range(16)]
    letters = [replace(build("opinion", OPINION), addressee=name) for name in names]
    with ThreadPoolExecutor(4) as pool:
        printed = [paper.words(made) for made in pool.map(pdf.render, letters)]
    assert all(f"{name}：" in text for name, text in zip(names, printed, strict=True))


def test_the_form_grows_with_its_words_and_stays_readable() -> None:
    made = pdf.render(build("service", SERVICE | {"note": "全程录像。" * 200, "place": "云湖市" * 40}))
    assert paper.words(made).count("全程录像。") == 200
    blank = pdf.render(build("service", SERVICE))
    assert len(paper.pages(blank)) == 1
    for words in ("送达回证", "受送达人", "直接", "留置", "2026年4月21日", "见证人签名"):
        assert words in paper.words(blank)
