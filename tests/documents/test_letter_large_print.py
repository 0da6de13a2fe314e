"""The large-print letter: 20 pt, the answer in a box, ready to be folded."""

from __future__ import annotations

import pytest

from huiyin.documents.letters import large_print
from huiyin.documents.letters.content import build
from tests.documents import paper
from tests.documents.snapshots import CLAIM, HOSTILE, OPINION, SNAPSHOTS

URL = "https://huiyin.example/t/8Fq2mZx71bTq"
PLAIN = {
    "answer": "支持您的请求，补发2380元。",
    "more": "4月30日以前，打到您领养老金的银行卡。",
    "sections": [
        {"heading": "为什么停发", "text": "去年10月您搬了家，地址改了，发放名单漏了您。这是我们的差错，向您道歉。"},
        {"heading": "您现在要做什么", "text": "不用做什么。钱到了，李科长会打电话问您。"},
    ],
}


@pytest.fixture(scope="module")
def letter() -> bytes:
    return large_print.render(build("opinion", OPINION | {"plain": PLAIN}), url=URL)


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_every_letter_has_a_large_print_form_as_pdf_a(kind: str) -> None:
    made = large_print.render(build(kind, SNAPSHOTS[kind]))
    assert paper.size(made) == (210.0, 297.0) and all(paper.fonts(made).values())
    assert "pdfaid" in paper.metadata(made) and "大字信" in paper.words(made)


def test_plain_words_answer_and_remedy_fit_on_one_page(letter: bytes) -> None:
    assert len(paper.pages(letter)) == 1
    text = paper.words(letter)
    for words in (
        "王桂芝同志：", "支持您的请求，补发2380元。", "打到您领养老金的银行卡。", "为什么停发", "如果您不满意",
        "收到这封信以后30天以内，可以请云江省电力公司复查。", "云湖供电公司离退休工作部2026年4月20日",
        "李文清0700-5550126", "正式文书是云供信〔2026〕7号", "编号2026-0317",
    ):  # fmt: skip
        assert words in text


def test_its_words_are_20_points_high_and_its_lines_ragged(letter: bytes) -> None:
    rows = paper.lines(paper.characters(letter, 0))
    body = next(row for row in rows if "".join(char.text for char in row).startswith("不用做什么"))
    assert abs((body[2].pen - body[1].pen) / paper.MM - 20) < 0.1
    ends = {round(row[-1].right) for row in rows if row[0].pen < 27 and 60 < row[0].y < 210}
    assert len(ends) > 4 and max(ends) <= 187


def test_fold_marks_stand_at_99_and_198_mm(letter: bytes) -> None:
    image = paper.picture(letter, 0, 254).convert("L")  # ten dots a millimetre
    marks = [row / 10 for row in range(image.height) if image.getpixel((20, row)) < 200]  # type: ignore[operator]
    assert marks and all(min(abs(mark - 99), abs(mark - 198)) < 0.3 for mark in marks)
    assert {round(mark / 99) for mark in marks} == {1, 2}


def test_its_qr_code_can_be_read_from_the_printed_page(letter: bytes) -> None:
    assert paper.qr_code(paper.picture(letter)) == URL


def test_without_plain_words_it_prints_the_words_of_the_official_letter() -> None:
    text = paper.words(large_print.render(build("opinion", OPINION)))
    for words in (
        "支持您的请求。",
        "一、投诉请求",
        "第三十二条第一款第一项",
        "如果您不满意",
        "随信附上：取暖补贴补发计算表。",
    ):
        assert words in text


def test_several_answers_stand_in_one_box() -> None:
    claims = [CLAIM, CLAIM | {"result": "reject", "opinion": "不予报销"}, CLAIM | {"result": "explain"}]
    text = paper.words(large_print.render(build("opinion", OPINION | {"claims": claims})))
    for words in (
        "您提的3件事，我们一件一件答复。",
        "第一件，支持。",
        "第二件，不能支持。不予报销。",
        "第三件，有道理",
    ):
        assert words in text


def test_long_letters_go_on_and_number_their_pages() -> None:
    made = large_print.render(build("opinion", OPINION | {"facts": "情况如下，住址变更登记后漏发。" * 200}))
    last = len(paper.pages(made))
    assert last > 3 and f"第{last}页，共{last}页" in paper.words(made)


def test_markup_is_printed_and_never_run() -> None:
    plain = {"answer": HOSTILE, "more": HOSTILE, "sections": [{"heading": HOSTILE, "text": HOSTILE}]}
    text = paper.words(large_print.render(build("opinion", OPINION | {"plain": plain}), url="https://x.example/#panic"))
    assert text.count('#panic("x")') == 4 and text.count("<label>") == 4
