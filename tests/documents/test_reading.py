"""A printed letter becomes text in its paragraphs; what is doubtful is marked; without the model there is a sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy
import pytest
from PIL import Image

from bench.ocr import LETTER, error_rate, kept_paragraphs, printed, scanned
from huiyin.documents import reading
from huiyin.documents.page_layout import Found, rows_of, skew_of, text_of, with_chinese_marks
from huiyin.documents.reading import DOUBTFUL, Line, PageText, read_page
from huiyin.documents.refusals import Unacceptable

TEXT = "\n".join([*LETTER.read_text().split("\n")[:3], *LETTER.read_text().strip().split("\n")[-4:]])


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    return scanned(printed(TEXT))


@pytest.fixture(scope="module")
def read(letter: Image.Image) -> PageText:
    return read_page(letter)


def test_a_scanned_letter_is_read_with_hardly_an_error_and_in_its_paragraphs(read: PageText) -> None:
    assert error_rate(TEXT, read.text) < 0.01
    assert kept_paragraphs(TEXT, read.text) == 1
    assert read.turned == 0
    assert read.confidence > DOUBTFUL


def test_lines_come_in_order_with_their_place_as_fractions_of_the_page(read: PageText) -> None:
    title, *_, signature, day = read.lines
    assert title.text == TEXT.split("\n")[0]
    assert abs(title.box[0] + title.box[2] / 2 - 0.5) < 0.03
    assert signature.box[0] > 0.6
    assert day.text == "2026年2月3日"
    tops = [line.box[1] for line in read.lines]
    assert tops == sorted(tops)
    for line in read.lines:
        left, top, width, height = line.box
        assert 0 <= left < left + width <= 1
        assert 0 <= top < top + height <= 1


@pytest.mark.parametrize(("lies", "turned"), [(180, 180), (90, 90), (270, 270)])
def test_a_page_that_lies_wrong_is_turned(letter: Image.Image, lies: int, turned: int) -> None:
    result = read_page(letter.rotate(lies, expand=True))
    assert result.turned == turned
    assert error_rate(TEXT, result.text) < 0.02


def test_a_page_three_degrees_askew_keeps_its_lines_in_order() -> None:
    result = read_page(scanned(printed(TEXT), angle=3))
    assert error_rate(TEXT, result.text) < 0.02


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (2000, 1), (700, 900)])
def test_an_empty_page_of_any_shape_has_no_lines(size: tuple[int, int]) -> None:
    assert read_page(Image.new("L", size, 255)) == PageText((), "")


def test_a_page_of_stains_does_not_become_a_confident_letter() -> None:
    chance = numpy.random.default_rng(3)
    page = Image.fromarray(chance.integers(0, 256, (600, 500), dtype="uint8").astype("uint8"))
    assert all(line.doubtful for line in read_page(page).lines)


def test_a_line_read_with_little_confidence_is_doubtful() -> None:
    assert Line("信", (0, 0, 1, 1), DOUBTFUL - 0.01).doubtful
    assert not Line("信", (0, 0, 1, 1), DOUBTFUL + 0.01).doubtful


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    reading._engine.cache_clear()
    yield
    reading._engine.cache_clear()


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_extra_a_sentence_says_what_is_kept_and_what_to_install() -> None:
    with pytest.raises(Unacceptable) as reason:
        read_page(Image.new("L", (50, 50), 255))
    assert "huiyin[ocr]" in reason.value.words.zh
    assert reason.value.code == "no-reader"


# --- from lines to paragraphs, without the model ---------------------------------------------------------------------


def piece(text: str, left: float, top: float, *, square: float = 20, slope: float = 0.0) -> Found:
    right = left + square * len(text)
    bottom = top + square
    corners = [(x, y + slope * x) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    return Found(text, corners, 0.99)


FULL = "这一行字写满了整整一行一直到右边的纸边为止"


@pytest.mark.parametrize("slope", [0.0, 0.04, -0.04])
def test_full_lines_run_on_and_an_indent_begins_a_paragraph(slope: float) -> None:
    rows = [FULL[2:], FULL, FULL[:6], FULL[2:], FULL, FULL[:3]]
    indents = [40, 0, 0, 40, 0, 0]
    found = [
        piece(text, indent, 30 * number, slope=slope)
        for number, (text, indent) in enumerate(zip(rows, indents, strict=True))
    ]
    assert text_of(found[::-1]) == f"{''.join(rows[:3])}\n{''.join(rows[3:])}"


def test_a_full_line_followed_by_an_indented_one_ends_its_paragraph() -> None:
    found = [piece(FULL[2:], 40, 0), piece(FULL, 0, 30), piece(FULL[2:], 40, 60)]
    assert text_of(found).count("\n") == 1


def test_pieces_of_one_row_are_put_together_from_left_to_right() -> None:
    found = [piece("张三", 300, 2), piece("姓名", 0, 0), piece("电话", 400, 1)]
    assert [[each.text for each in row] for row in rows_of(found)] == [["姓名", "张三", "电话"]]
    assert text_of(found) == "姓名  张三  电话"


def test_latin_words_are_kept_apart_and_hyphens_mended() -> None:
    wide = [piece("hello world of let", 0, 0), piece("ters and more", 0, 30)]
    assert text_of(wide) == "hello world of let ters and more"
    assert (
        text_of([piece("hello world of let-", 0, 0), piece("ters and more", 0, 30)])
        == "hello world of letters and more"
    )


def test_no_lines_give_no_text() -> None:
    assert text_of([]) == ""
    assert rows_of([]) == []
    assert skew_of([]) == 0


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("同志:你好", "同志：你好"),
        ("补不补?", "补不补？"),
        ("时间10:30", "时间10:30"),
        ("a, b", "a, b"),
        ("𠮷,好", "𠮷，好"),
    ],
)
def test_narrow_marks_after_chinese_become_wide(read: str, meant: str) -> None:
    assert with_chinese_marks(read) == meant
