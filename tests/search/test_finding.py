"""Finding against looking: what a scan of the folded texts sees is found on either engine, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.kernel.db import fulltext
from huiyin.search import services as search
from huiyin.search import tokens
from huiyin.search.models import Entry
from tests.search.keys import keys_of

pytestmark = pytest.mark.django_db

NAMES = ["欧阳䶮", "张𠮷祥", "\U00030edd家声", "\ue5e5大妈", "单于明", "Ｌiu Ｙ2", "王小明", "王明", "明小王"]


def scan(texts: dict[int, str], query: str) -> list[int]:
    """The keys whose folded text holds every folded word of the query, newest first, by looking."""
    wanted = tokens.fold(query).split()
    return sorted((key for key, text in texts.items() if wanted and holds(text, wanted)), reverse=True)


def holds(text: str, wanted: list[str]) -> bool:
    return all(word in tokens.fold(text) for word in wanted)


def keys(query: str) -> list[int]:
    return keys_of("case", query, 1000)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


few_letters = st.text(alphabet="退休养老金的𠮷䶮\U00030edd\ue5e5aＡ1２é，。 \n'\"%_-*:\0\u200b", max_size=40)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(few_letters, st.text(max_size=30)), min_size=1, max_size=6),
    st.lists(st.one_of(few_letters, st.text(max_size=4)), min_size=1, max_size=6),
    st.data(),
)
def test_what_looking_through_the_texts_would_see_is_found_and_nothing_else(
    written: list[str], asked: list[str], data: st.DataObject
) -> None:
    texts = dict(enumerate(written, start=1))
    cut = data.draw(st.sampled_from(written))
    start = data.draw(st.integers(0, len(cut)))
    asked.append(cut[start : start + data.draw(st.integers(1, 9))])
    with undone():
        search.put_many("case", texts.items())
        for query in asked:
            assert keys(query) == scan(texts, query), query


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["put", "drop"]), st.integers(1, 3), few_letters), max_size=12), few_letters)
def test_after_any_changes_only_the_last_texts_are_found(steps: list[tuple[str, int, str]], query: str) -> None:
    texts: dict[int, str] = {}
    with undone():
        for step, key, text in steps:
            if step == "put":
                search.put("case", key, text)
                texts[key] = text
            else:
                search.drop("case", key)
                texts.pop(key, None)
        for asked in (query, query[:1], query[:2], "退休", "金", "1"):
            assert keys(asked) == scan(texts, asked), asked


def test_every_name_and_every_part_of_it_is_found() -> None:
    search.put_many("case", enumerate((f"我叫{name}，退休了。" for name in NAMES), start=1))
    for key, name in enumerate(NAMES, start=1):
        assert key in keys(name)
        assert all(key in keys(character) for character in name.replace(" ", ""))
    assert keys("王明") == [NAMES.index("王明") + 1]


def test_a_text_of_fifty_thousand_characters_is_found_by_its_last_words() -> None:
    search.put("case", 1, "养老金待遇" * 10_000 + "遇见陈家声")
    assert keys("遇见陈家声") == [1]
    assert keys("金待遇养老金待遇养") == [1]
    assert keys("待养") == []


def test_a_text_with_more_different_pairs_than_any_letter_is_taken() -> None:
    endless = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(110_000))
    search.put("case", 1, endless)
    assert keys(endless[99_990:100_000]) == [1]


def test_the_tail_of_a_number_is_found() -> None:
    search.put("case", 1, "电话 13800001234，案号 2026-0042")
    assert [keys("1234"), keys("2026-0042"), keys("01234"), keys("2026 1234"), keys("12345")] == [
        [1],
        [1],
        [1],
        [1],
        [],
    ]


def test_kinds_do_not_see_each_other() -> None:
    search.put("case", 7, "同一句话")
    search.put("person", 7, "同一句话")
    search.put("person", 8, "同一句话")
    assert keys("同一") == [7]
    assert keys_of("person", "同一", 9) == [8, 7]
    search.drop("case", 7)
    assert keys("同一") == []
    assert keys_of("person", "同一", 9) == [8, 7]


def test_an_unknown_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        search.put("letter", 1, "")


def test_a_limit_gives_the_newest() -> None:
    search.put_many("case", [(key, "退休") for key in range(1, 31)])
    assert keys_of("case", "退休", 3) == [30, 29, 28]
    assert set(Entry.objects.filter(key__in=search.find("case", "退休", limit=3)).values_list("key", flat=True)) == {
        28, 29, 30
    }  # fmt: skip


def test_what_a_failed_transaction_put_is_not_found() -> None:
    search.put("case", 1, "原来的话")
    with undone():
        search.put("case", 1, "后来的话")
        search.put("case", 2, "后来的话")
        assert keys("后来") == [2, 1]
    assert keys("后来") == []
    assert keys("原来") == [1]


def test_of_a_repeated_key_the_last_text_counts() -> None:
    search.put_many("case", [(1, "先说的"), (1, "后说的")])
    assert keys("先说") == []
    assert keys("后说") == [1]


def test_putting_nothing_is_no_error() -> None:
    search.put_many("case", [])
    search.put("case", 1, "")
    search.drop("case", 99)
    assert keys("退休") == []


def test_the_index_can_be_made_anew_from_the_entries() -> None:
    texts = {key: f"第{key}位退休人员" for key in range(1, 2501)}
    search.put_many("case", texts.items())
    search.rebuild()
    assert keys("第77位") == scan(texts, "第77位")
    assert len(keys_of("case", "退休人员", 9999)) == 2500


@pytest.mark.parametrize("many", [False, True])
def test_a_queryset_is_narrowed_in_one_statement_for_few_and_for_many(
    many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "FEW", 1 if many else 2000)
    types = list(ContentType.objects.order_by("pk"))[:4]
    search.put_many("case", [(kind.pk, f"退休{kind.pk}") for kind in types[:3]])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = ContentType.objects.filter(pk__in=search.find("case", "退休"))
        assert list(found.order_by("-pk")) == types[2::-1]
        assert list(found.filter(pk__lt=types[1].pk)) == types[:1]
        assert found.count() == 3
    assert len(asked) == 3
    others = ContentType.objects.exclude(pk__in=search.find("case", "退休"))
    assert types[3] in others
    assert not set(others) & set(types[:3])


@pytest.mark.parametrize("query", ["", " ", "，", "😀", "\0", "%", "'; --", '"', "_"])
def test_a_query_without_a_letter_or_digit_finds_nothing(query: str) -> None:
    search.put("case", 1, "退休'\"%_😀")
    assert keys(query) == []
    assert not Entry.objects.filter(pk__in=search.find("case", query)).exists()


def test_many_texts_at_once_replace_and_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "ANEW", 10)
    search.put_many("case", [(key, f"旧话{key}") for key in range(1, 6)])
    search.put_many("case", [(key, f"新话{key}") for key in range(1, 21)])
    assert keys("旧话") == []
    assert len(keys("新话")) == 20
    search.put_many("case", [(key, f"再说{key}") for key in range(1, 12)])
    assert [len(keys("新话")), len(keys("再说"))] == [9, 11]


@pytest.mark.django_db(transaction=True)
def test_after_everything_was_emptied_nothing_of_it_is_found() -> None:
    from django.core.management import call_command

    search.put("case", 1, "退休")
    call_command("flush", interactive=False, verbosity=0)
    assert keys("退休") == []
    search.put("case", 1, "养老")
    assert keys("退休") == []
    assert keys("养老") == [1]
