"""Whatever is changed in the database past the program is found, and where nothing was changed nothing is found.

`HUIYIN_TEST_TAMPERINGS=10000 .venv/bin/pytest -o faulthandler_timeout=0 tests/ledger/test_tampering.py` tries so many ways instead of a few hundred.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from huiyin.cases.bulk import Batch, House
from huiyin.ledger import reading, sequencing, verification
from huiyin.ledger.models import Commitment
from tests.cases.test_bulk import begin, walk
from tests.ledger import tampering
from tests.world import NOW, World

TIMES = int(os.environ.get("HUIYIN_TEST_TAMPERINGS", "400"))
CASES, ENTERED = 22, (1, 40, 130, 256, 261)


class Undone(Exception):
    """Takes a manipulation back."""


def flaws(*shown: str) -> list[str]:
    return [flaw.code for flaw in verification.verify(shown=shown)]


def head() -> str:
    last = reading.latest()
    assert last is not None
    return last.note


@pytest.fixture
def book(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A log of more than one tile, signed at several sizes, whose tables are not protected."""
    world.path(NOW, "archived")
    with transaction.atomic():
        batch = Batch(House())
        for _ in range(CASES):
            walk(batch, world, begin(batch, world), "archived")
        batch.write()
    for size in ENTERED:
        last = reading.latest()
        monkeypatch.setattr(sequencing, "AT_ONCE", size - (last.size if last else 0))
        sequencing.sequence()
    monkeypatch.setattr(sequencing, "AT_ONCE", 10_000)
    sequencing.sequence()
    assert Commitment.objects.count() > 270
    tampering.without_triggers()
    return world


def tried(way: Callable[[random.Random], None], chance: random.Random, *shown: str) -> list[str] | None:
    """What is found after a manipulation, which is taken back again; None if it could not be done."""
    found: list[str] | None = None
    try:
        with transaction.atomic():
            way(chance)
            found = flaws(*shown)
            raise Undone
    except (Undone, DatabaseError, tampering.NothingDone):
        return found


def test_every_manipulation_is_found_and_nothing_else(book: World) -> None:
    chance, done = random.Random(20260302), Counter[str]()
    while done.total() < TIMES:
        way = chance.choice(tampering.WAYS)
        before = chance.getstate()
        found = tried(way, chance)
        assert found is None or found, (way.__name__, before)
        done[way.__name__] += found is not None
        if done.total() % 100 == 0:
            assert flaws(head()) == []
    assert done.keys() == {way.__name__ for way in tampering.WAYS}


@pytest.mark.parametrize("way", [tampering.roll_back, tampering.rewrite])
def test_what_a_signed_copy_hides_an_earlier_checkpoint_shows(
    book: World, way: Callable[[random.Random], None]
) -> None:
    kept, chance = head(), random.Random(7)
    for _ in range(max(5, TIMES // 50)):
        assert tried(way, chance) == []
        assert tried(way, chance, kept) == ["older_than_shown" if way is tampering.roll_back else "rewritten"]


def test_a_copy_that_went_on_after_it_was_rolled_back_is_found(book: World) -> None:
    kept, size = head(), Commitment.objects.count()

    def roll_back_and_go_on(chance: random.Random) -> None:
        tampering.roll_back(chance)
        while Commitment.objects.count() < size:
            book.case("handling")
        sequencing.sequence_all()

    assert tried(roll_back_and_go_on, random.Random(7)) == []
    assert tried(roll_back_and_go_on, random.Random(7), kept) == ["rewritten"]
