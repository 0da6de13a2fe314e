"""Names are found however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiyin.people.pinyin import LONGEST_KEY, spell, split, typed_key


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王秀兰", ["王秀兰", "秀兰", "兰", "wangxiulan", "xiulan", "wxl", "xl"]),
        ("单田芳", ["shantianfang", "stf", "dantianfang"]),
        ("仇和", ["qiuhe", "qh"]),
        ("解学士", ["xiexueshi", "xxs", "jiexueshi"]),
        ("曾国藩", ["zengguofan", "zgf"]),
        ("朴树", ["piaoshu", "ps", "pushu"]),
        ("欧阳修", ["ouyangxiu", "oyx", "xiu"]),
        ("尉迟恭", ["yuchigong", "ycg", "gong"]),
        ("万俟卨", ["moqixie", "mqx"]),
        ("长孙无忌", ["zhangsunwuji", "zswj", "wuji"]),
        ("吕布", ["lvbu", "lb"]),
        ("吴重阳", ["wuchongyang", "chongyang", "wuzhongyang"]),
        ("𠮷田一郎", ["𠮷田一郎", "jitianyilang", "jtyl"]),
        ("䶮", ["䶮", "yan"]),
        ("买买提·阿不都", ["买买提阿不都", "阿不都", "mmtabd"]),
        ("Maria López", ["marialopez", "lopez", "ml"]),
    ],
)
def test_a_name_can_be_typed_in_many_ways(name: str, typed: list[str]) -> None:
    assert set(typed) <= set(spell(name).keys)


def test_the_first_reading_of_a_surname_sorts_it() -> None:
    assert [spell(name).pinyin for name in ("单田芳", "王秀兰", "😀", "")] == ["shantianfang", "wangxiulan", "", ""]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王秀兰", ("王", "秀兰")),
        ("欧阳修", ("欧阳", "修")),
        ("欧阳", ("欧", "阳")),
        ("司马相如", ("司马", "相如")),
        ("", ("", "")),
    ],
)
def test_a_surname_may_have_two_characters(name: str, parts: tuple[str, str]) -> None:
    assert split(name) == parts


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("WXL", "wxl"),
        ("w x l", "wxl"),
        ("Wáng Xiùlán", "wangxiulan"),
        ("xi'an", "xian"),
        ("lǚbù", "lvbu"),
        ("ＷＸＬ", "wxl"),
        ("王 秀兰", "王秀兰"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
    ],
)
def test_what_is_typed_is_brought_to_the_form_of_the_keys(typed: str, key: str) -> None:
    assert typed_key(typed) == key


@given(some.text(max_size=60))
def test_no_name_at_all_breaks_the_spelling(name: str) -> None:
    spelling = spell(name)
    assert all(0 < len(key) <= LONGEST_KEY for key in spelling.keys)
    assert len(set(spelling.keys)) == len(spelling.keys) < 20
    assert len(spelling.pinyin) <= 200
