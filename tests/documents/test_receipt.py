"""The receipt: one page of A5 that a person can prove their filing with, in Chinese or English."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from huiyin.documents.letters import fonts
from huiyin.documents.letters.parts import Sender
from huiyin.documents.letters.receipt import Receipt, render, short
from tests.documents import paper
from tests.documents.snapshots import HOSTILE, RECEIPT

LONG = replace(
    RECEIPT,
    sender=Sender(
        "国网云江省电力有限公司云湖市供电分公司", "离退休人员管理服务中心综合办公室", "0700-555 0123",
        "云江省云湖市临水区湖滨路街道湖滨路18号供电大厦东侧裙楼一楼接待大厅", "周一到周五 8点半到11点半，2点半到5点半，节假日有人值班",
    ),
    what="很长的事" * 500,
    how="来访，由接待员记录并念给本人听，附材料复印件12页" * 9,
    name="阿卜杜热合曼·买买提明·依斯拉木江",
)  # fmt: skip
ENGLISH = replace(RECEIPT, language="en", name="Wang Guizhi", what="Heating subsidy not paid", how="Online, 2 photos")


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render(RECEIPT)


@pytest.mark.parametrize("receipt", [RECEIPT, LONG, ENGLISH, replace(RECEIPT, name="", url="", check_at="")])
def test_a_receipt_is_one_page_of_a5_as_pdf_a_with_all_typefaces_inside(receipt: Receipt) -> None:
    made = render(receipt)
    assert paper.size(made) == (148.0, 210.0) and len(paper.pages(made)) == 1
    assert all(paper.fonts(made).values())
    assert re.search(r'pdfaid:part(="|>)2', paper.metadata(made))


def test_it_says_what_when_how_number_promise_code_and_how_to_reach_us(printed: bytes) -> None:
    text = paper.words(printed)
    for words in (
        "云湖供电公司", "离退休工作部", "收据", "王桂芝同志：", "您反映的事，我们收到了。", "取暖补贴没有发",
        "2026年2月24日上午10点26分", "网上提交，照片2张", "2026-0317", "最晚哪天，告诉您谁来办、怎么办", "3月11日星期三",
        "602841739506", "0700-5550123", "8点半到11点半，2点半到5点半", "云湖市湖滨路18号一楼", "我们从不让您转账。",
        "huiyin.example/track", "离退休工作部收", "2026.02.24",
    ):  # fmt: skip
        assert words in text


def test_the_english_receipt_says_the_same_in_english() -> None:
    text = paper.words(render(ENGLISH))
    for words in (
        "Receipt", "DearWangGuizhi,", "Wehavereceivedyourmatter.", "24February2026,10:26", "Wednesday11March",
        "Weneveraskyoutotransfermoney.", "Inquirycode", "602841739506", "2026-0317",
    ):  # fmt: skip
        assert words in text


def test_the_qr_code_can_be_read_from_the_printed_page(printed: bytes) -> None:
    assert paper.qr_code(paper.picture(printed)) == RECEIPT.url


def test_the_code_is_printed_in_three_groups_of_four(printed: bytes) -> None:
    assert RECEIPT.groups == ["6028", "4173", "9506"]
    digits = next(
        row for row in paper.lines(paper.characters(printed, 0)) if "".join(c.text for c in row) == RECEIPT.code
    )
    gaps = [right.left - left.right for left, right in itertools.pairwise(digits)]
    assert sorted(sorted(range(11), key=lambda place: gaps[place])[-2:]) == [3, 7]


def test_the_date_mark_is_red_and_tilted_and_no_round_seal(printed: bytes) -> None:
    mark = [char for char in paper.characters(printed, 0) if char.x > 95 and 28 < char.y < 56]
    assert "2026.02.24" in "".join(char.text for char in mark)
    year = [char for char in mark if char.text in "2026.4" and char.text.isascii()]
    assert year[0].y > year[-1].y + 0.8


def test_someone_without_a_name_is_greeted_too() -> None:
    assert "您好：您反映的事" in paper.words(render(replace(RECEIPT, name="")))
    assert "Hello,Wehave" in paper.words(render(replace(ENGLISH, name="")))


def test_without_an_address_on_the_web_no_qr_code_is_promised() -> None:
    text = paper.words(render(replace(RECEIPT, url="")))
    assert "扫左边的码" not in text and "打电话报这个码" in text


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 2, 24, 0, 5, tzinfo=UTC), "2026年2月24日上午8点5分"),
        (datetime(2026, 2, 24, 4, 0, tzinfo=UTC), "2026年2月24日中午12点整"),
        (datetime(2026, 2, 24, 16, 30, tzinfo=UTC), "2026年2月25日凌晨0点30分"),
        (datetime(2026, 2, 24, 15, 59, tzinfo=UTC), "2026年2月24日晚上11点59分"),
    ],
)
def test_the_moment_is_said_in_chinese_time(moment: datetime, words: str) -> None:
    assert words in paper.words(render(replace(RECEIPT, received_at=moment)))


def test_a_promised_sunday_is_said_as_people_say_it() -> None:
    assert "3月15日星期天" in paper.words(render(replace(RECEIPT, answer_by=date(2026, 3, 15))))


def test_a_long_matter_is_cut_and_says_so() -> None:
    assert short("很长的事" * 20).endswith("…") and len(short("很长的事" * 20)) <= 40
    assert short("取暖补贴没有发") == "取暖补贴没有发"
    assert "…" in paper.words(render(LONG)) or "⋯" in paper.words(render(LONG))


@pytest.mark.parametrize("code", ["", "12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２"])
def test_a_code_that_is_not_twelve_digits_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="12 digits"):
        replace(RECEIPT, code=code)


def test_words_are_12_points_and_more_but_for_the_last_line_and_the_mark() -> None:
    for receipt in (RECEIPT, LONG):
        rows = [row for row in paper.lines(paper.characters(render(receipt), 0)) if row[0].x < 90]
        for row in rows[3:-1]:
            han = [char for char in row if "一" <= char.text <= "鿿" and (char.x < 93 or char.y > 60)]
            steps = [b.pen - a.pen for a, b in itertools.pairwise(han) if b.pen - a.pen < 12]
            assert not steps or min(steps) / paper.MM > 11.8


def test_markup_emoji_and_rare_characters_do_no_harm() -> None:
    odd = replace(RECEIPT, name="𠮷#王", what=HOSTILE[:38], how="<label> $x$ 😀", number="*7*")
    text = paper.words(render(odd))
    assert "𠮷#王同志：" in text and "<label>$x$〓" in text and "*7*" in text and '#panic("x")' in text
    assert fonts.uncovered(odd.text) == ["😀"]


def test_a_letter_entered_a_day_later_is_stamped_with_the_day_it_came_in() -> None:
    text = paper.words(render(replace(RECEIPT, received_on=date(2026, 2, 23))))
    assert "2026年2月23日（2月24日登记）" in text
    assert "2026.02.23" in text and "2026.02.24" not in text
