"""Identity numbers: what is taken, what is refused in which words, what is shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiyin.kernel.errors import Refused
from huiyin.people import ids

GOOD = "11010519491231002X"


def refusal(kind: str | None, typed: str, on: date | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        ids.read_id(kind, typed, on=on)
    return caught.value


@pytest.mark.parametrize(
    "typed",
    [
        GOOD,
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002×",
        "\u200b11010519491231002Х",
    ],
)
def test_a_resident_number_is_read_however_it_was_typed(typed: str) -> None:
    assert ids.read_id(None, typed) == ids.IdNumber("resident", GOOD, "female", date(1949, 12, 31))


def test_an_old_number_of_15_digits_becomes_the_one_of_18() -> None:
    assert ids.read_id(None, "110105491231002") == ids.read_id(None, GOOD)
    assert ids.read_id("resident", "110105491231003").sex == "male"


def test_an_old_number_of_a_centenarian_means_the_century_before() -> None:
    assert ids.read_id(None, "110105981231998").born_on == date(1898, 12, 31)


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_permits_follow_the_same_rule(region: str) -> None:
    digits = f"{region}19500101001"
    number = digits + ids.check_character(digits)
    assert ids.read_id(None, number) == ids.IdNumber("permit", number, "male", date(1950, 1, 1))
    assert refusal("resident", number).code == "kind"


def test_a_wrong_check_digit_is_named_with_the_right_one() -> None:
    refused = refusal(None, GOOD[:-1] + "1")
    assert (refused.code, refused.field) == ("check", "id_number")
    assert "应当是X" in refused.zh and "would be X" in refused.en


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("1101051949123100", "length", "16位"),
        ("110105194912310021234", "length", "21位"),
        ("11010519491331002X", "date", "1949年13月31日"),
        ("11010519490230002X", "date", "1949年2月30日"),
        ("11010517491231002X", "date", "1749"),
        ("99010519491231002A", "characters", "数字"),
        ("00010519491231002X", "region", "00"),
        ("110105********002X", "masked", "星号"),
        ("1.10105E+17", "scientific", "科学计数法"),
        ("110105194912310000", "check", "文本"),
        ("王秀兰", "length", "18位"),
        ("", "length", "0位"),
        ("😀" * 18, "characters", "数字"),
    ],
)
def test_what_is_wrong_is_named(typed: str, code: str, words: str) -> None:
    refused = refusal(None, typed)
    assert refused.code == code
    assert words in refused.zh


def test_a_refusal_never_repeats_the_number() -> None:
    for typed in (GOOD[:-1] + "1", "110105194912310021234", "11010519491331002X"):
        refused = refusal(None, typed)
        assert typed not in refused.zh + refused.en
        assert typed[:10] not in refused.zh + refused.en


def test_nobody_is_born_tomorrow() -> None:
    digits = "11010520260303001"
    number = digits + ids.check_character(digits)
    assert refusal(None, number, on=date(2026, 3, 2)).code == "date"
    assert ids.read_id(None, number, on=date(2026, 3, 3)).born_on == date(2026, 3, 3)


def test_passports_and_other_papers_are_allowed() -> None:
    assert ids.read_id(None, "e12345678") == ids.IdNumber("passport", "E12345678")
    assert ids.read_id("passport", "1234 56789") == ids.IdNumber("passport", "123456789")
    assert ids.read_id("other", " 军字第 12345 号 ") == ids.IdNumber("other", "军字第 12345 号")
    assert refusal("passport", "护照").code == "characters"
    assert refusal("other", "  ").code == "length"


def test_any_single_wrong_digit_is_noticed() -> None:
    for place in range(17):
        for shift in range(1, 10):
            refusal(None, GOOD[:place] + str((int(GOOD[place]) + shift) % 10) + GOOD[place + 1 :])


@given(some.sampled_from([None, "resident", "permit", "passport", "other"]), some.text(max_size=40))
def test_no_text_at_all_breaks_the_reading(kind: str | None, typed: str) -> None:
    try:
        ids.read_id(kind, typed)
    except Refused as refused:
        assert refused.zh and refused.en


def test_masks_show_what_is_needed_to_recognise_a_person() -> None:
    assert ids.mask_id(GOOD) == "110105************"
    assert ids.mask_id("E12345678") == "E1*******"
    assert ids.mask_id("12345") == "*****"
    assert ids.mask_phone("13800000000") == "138********"
    assert ids.mask_phone("0451-82345678") == "0451-********"
    assert ids.mask_phone("0451-82345678-12") == "0451-********"
    assert [ids.mask_name(name) for name in ("王秀兰", "王兰", "欧阳秀兰", "王", "𠮷田", "")] == [
        "王*兰",
        "王*",
        "欧**兰",
        "*",
        "𠮷*",
        "",
    ]
    assert GOOD not in repr(ids.read_id(None, GOOD))


@pytest.mark.parametrize(
    "number", [GOOD, "E12345678", "12345", "13800000000", "0451-82345678", "82345678", "0451-82345678-12"]
)
def test_a_masked_number_never_shows_one_of_its_last_four_places(number: str) -> None:
    """They are the second fact that opens a petitioner's letters."""
    masks = [mask(number) for mask in (ids.mask_id, ids.mask_phone)]
    for masked in masks[:1] if number == GOOD or number.startswith("E") else masks:
        digits = "".join(filter(str.isalnum, number))
        assert not set(masked[-4:]) - {"*"} and digits[-4:] not in masked
