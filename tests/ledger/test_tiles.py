"""Tiles have the names of the format, grow by any steps to the same content, and give the nodes of the tree."""

from __future__ import annotations

import random

import pytest

from huiyin.ledger import tiles, tree
from huiyin.ledger.tiles import Named

LEAVES = [tree.leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]


@pytest.mark.parametrize(
    ("path", "number", "width"),
    [("000", 0, 256), ("067", 67, 256), ("x001/x234/067", 1234067, 256), ("x001/000.p/1", 1000, 1), ("273.p/112", 273, 112)],
)  # fmt: skip
def test_names_of_tiles(path: str, number: int, width: int) -> None:
    assert tiles.read(path) == Named(number, width)
    assert tiles.written(Named(number, width)) == path


@pytest.mark.parametrize(
    "path", ["", "0", "00", "0000", "x000/067", "001/002", "x001", "001.p/0", "001.p/256", "001.p/01", "001/", "٠٠١"]
)
def test_other_names_are_nobodys(path: str) -> None:
    assert tiles.read(path) is None


def grow(steps: list[int]) -> dict[tuple[int, int], bytes]:
    kept: dict[tuple[int, int], bytes] = {}
    size = 0
    for step in steps:
        kept.update(tiles.grown(size, LEAVES[size : size + step], lambda *place: kept.get(place, b"")))
        size += step
    return kept


def widths(kept: dict[tuple[int, int], bytes], level: int) -> list[int]:
    return [len(tile) // 32 for (at, _), tile in sorted(kept.items()) if at == level]


def test_the_example_of_the_format() -> None:
    """A tree of 70 000: 273 full tiles and one of 112, then a full one and one of 17, then one of a single hash."""
    kept = grow([70_000])
    assert widths(kept, 0) == [256] * 273 + [112]
    assert widths(kept, 1) == [256, 17]
    assert widths(kept, 2) == [1]
    assert [len(tiles.levels(size)) for size in (0, 1, 255, 256, 65_535, 65_536, 70_000)] == [0, 1, 1, 2, 2, 3, 3]
    assert tree.root(70_000, tiles.nodes_in(lambda *place: kept[place])) == tree.over(LEAVES)


def test_any_steps_lead_to_the_same_tiles() -> None:
    chance = random.Random(5)
    for _ in range(20):
        steps = [chance.choice((1, 2, 255, 256, 257, chance.randint(1, 900))) for _ in range(6)]
        assert grow(steps) == grow([sum(steps)])


def test_a_partial_tile_of_any_earlier_size_is_the_beginning_of_the_later_one() -> None:
    assert grow([300])[0, 1] == grow([500])[0, 1][: 44 * 32]


def test_proofs_from_tiles_are_those_from_the_leaves() -> None:
    kept = grow([1000])
    from_tiles, from_leaves = tiles.nodes_in(lambda *place: kept[place]), tree.nodes_of(LEAVES[:1000])
    for index in (0, 255, 256, 511, 998, 999):
        assert tree.inclusion(index, 1000, from_tiles) == tree.inclusion(index, 1000, from_leaves)


def test_entries_stand_after_their_lengths() -> None:
    assert tiles.bundle([b"ab", b"", b"c" * 300]) == b"\x00\x02ab\x00\x00\x01\x2c" + b"c" * 300
