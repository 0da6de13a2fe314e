"""What a text is found by, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.search import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("养老金", "养老 老金 金"),
        ("张𠮷，䶮", "张𠮷 𠮷 䶮"),
        ("ＡＢｃ１２", "ab bc c1 12 2"),
        ("退休（2026）", "退休 休 20 02 26 6"),
        ("退\u200b休", "退休 休"),
        ("葛\U000e0100城", "葛城 城"),
        ("\ue000王", "\ue000王 王"),
        ("😀！\n", ""),
        ("", ""),
    ],
)
def test_a_text_becomes_pairs_of_neighbours_and_the_last_character_alone(text: str, expected: str) -> None:
    assert tokens.tokens(text) == expected


@pytest.mark.parametrize(
    ("query", "sqlite", "postgresql"),
    [
        ("金", '"金" *', "'金':*"),
        ("养老", '"养老"', "'养老'"),
        ("养老金", '"养老 老金"', "'养老' & '老金'"),
        ("𠮷田", '"𠮷田"', "'𠮷田'"),
        ("张三 养老金", '"张三" AND "养老 老金"', "'张三' & '养老' & '老金'"),
        ("ABC-1", '"ab bc" AND "1" *', "'ab' & 'bc' & '1':*"),
        ("哈哈哈哈", '"哈哈 哈哈 哈哈"', "'哈哈'"),
        ("“％’", None, None),
        ("", None, None),
    ],
)
def test_a_query_becomes_a_phrase_of_either_engine(query: str, sqlite: str | None, postgresql: str | None) -> None:
    assert tokens.phrase(query, "sqlite") == sqlite
    assert tokens.phrase(query, "postgresql") == postgresql


def test_only_the_beginning_of_an_endless_query_is_looked_for() -> None:
    assert tokens.words("退休" * 40_000) == ["退休" * 100]


def test_only_the_beginning_of_an_endless_text_is_entered() -> None:
    assert len(tokens.fold("\ufdfa" * 100_000)) <= tokens.LONGEST_TEXT


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert tokens.fold(tokens.fold(text)) == tokens.fold(text)


@given(st.text())
def test_tokens_hold_nothing_that_either_engine_would_read_as_its_own_sign(text: str) -> None:
    assert not set(tokens.tokens(text)) & set("\"'&|!:*()<>\\-+^{}\0\t\n_")
    assert not any(0xD800 <= ord(character) < 0xE000 for character in tokens.tokens(text))
