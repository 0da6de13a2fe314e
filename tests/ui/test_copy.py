"""Portal copy breaks between words: never inside a date, an amount or a quotation, never before a digit."""

from __future__ import annotations

import pytest
from django.utils import translation

from huiyin.web.ui.copy import with_breaks
from huiyin.web.ui.tags.words import phrases


def pieces(text: str, whole: int = 8) -> list[str]:
    return str(with_breaks(text, whole)).split("<wbr>")


@pytest.mark.parametrize("text", ["事事有回音，件件有着落。", "您说，我们记，记完念给您听。", "查办到哪一步了"])
def test_short_clauses_stay_whole(text: str) -> None:
    assert pieces(text) == [text]


def test_a_long_clause_breaks_between_words_only() -> None:
    assert "养老金" in "|".join(pieces("打到您领养老金的银行卡里面去"))
    assert "".join(pieces("打到您领养老金的银行卡里面去")) == "打到您领养老金的银行卡里面去"


@pytest.mark.parametrize(
    ("text", "solid"),
    [
        ("应该在2026年5月6日星期三以前书面答复您", "2026年5月6日"),
        ("在4月28日给您打款2380元已经到账了", "2380元"),
        ("依照《信访工作条例》第三十四条的规定办理", "《信访工作条例》"),
        ("有一项选择了“不满意”就会另派人再看一遍", "“不满意”"),
    ],
)
def test_dates_amounts_and_quotations_stay_in_one_piece(text: str, solid: str) -> None:
    assert any(solid in piece for piece in pieces(text))


def test_no_break_before_a_digit_and_no_single_sign_at_the_end() -> None:
    found = pieces("应该最晚在这一天的下午5点半以前答复您")
    assert not any(piece[0].isdigit() for piece in found)
    assert len(found[-1]) > 1


def test_markup_and_entities_are_left_alone() -> None:
    html = '<a href="/regulations/long-address">依照信访工作条例的规定办理</a>&nbsp;&lt;这不是一个标签而是文字&gt;'
    assert str(with_breaks(html)).replace("<wbr>", "") == html
    assert '<a href="/regulations/long-address">' in str(with_breaks(html))


def test_copy_is_escaped_once() -> None:
    assert "<script>" not in phrases("<script>alert(1)</script>")


def test_english_copy_gets_no_breaks() -> None:
    with translation.override("en"):
        assert phrases("Tell us what happened, in your own words.") == "Tell us what happened, in your own words."
