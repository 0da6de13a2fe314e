"""Tiles and entry bundles of a log (c2sp.org/tlog-tiles): which there are, how they are named, what stands in them. Pure computation.

A tile of level L and number N holds up to 256 hashes: the nodes of level 8 * L with the numbers N * 256 and on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from huiyin.ledger import tree

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
HIGHEST = 63
_PLACE = re.compile(r"((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


@dataclass(frozen=True)
class Named:
    """What an address asks for: the number of a tile and how many of its hashes (256: a full tile)."""

    number: int
    width: int


def read(path: str) -> Named | None:
    """The tile that a path such as `x001/x234/067.p/12` names; None if it names none."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return None
    number, width = int(found[1].replace("x", "").replace("/", "")), int(found[2] or WIDTH)
    named = Named(number, width)
    return named if written(named) == path else None


def written(named: Named) -> str:
    """The path of a tile below its level."""
    digits = f"{named.number}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[place : place + 3] for place in range(0, len(digits), 3)]
    path = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return path if named.width == WIDTH else f"{path}.p/{named.width}"


def count(level: int, size: int) -> int:
    """How many hashes all tiles of a level hold together in a tree of `size` leaves."""
    return size >> (HEIGHT * level)


def levels(size: int) -> range:
    """The levels that have tiles in a tree of `size` leaves."""
    return range(0 if not size else (size.bit_length() + HEIGHT - 1) // HEIGHT)


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def hashes_in(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[place : place + HASH] for place in range(0, len(tile), HASH)]


def nodes_in(tile: Callable[[int, int], bytes]) -> tree.Node:
    """The nodes of a tree whose tiles `tile(level, number)` gives."""

    def node(level: int, number: int) -> bytes:
        high, low = divmod(level, HEIGHT)
        first = number << low
        place, offset = divmod(first, WIDTH)
        held = hashes_in(tile(high, place))[offset : offset + (1 << low)]
        if len(held) != 1 << low:
            raise LookupError(f"tile {high}/{place} is too short")
        return tree.over(held)

    return node


def grown(size: int, leaves: Iterable[bytes], tile: Callable[[int, int], bytes]) -> dict[tuple[int, int], bytes]:
    """The tiles, by level and number, that are new or longer when `leaves` (hashes) are added to a tree of `size`.

    `tile(level, number)` gives what the partial tiles held before; b"" for one that is not there.
    """
    changed: dict[tuple[int, int], bytes] = {}
    new, level = list(leaves), 0
    while new:
        first = count(level, size)
        full = []
        for place in range(first // WIDTH, (first + len(new) - 1) // WIDTH + 1):
            start = max(0, place * WIDTH - first)
            before = tile(level, place)[: first % WIDTH * HASH] if place == first // WIDTH and first % WIDTH else b""
            content = before + b"".join(new[start : (place + 1) * WIDTH - first])
            changed[level, place] = content
            if len(content) == WIDTH * HASH:
                full.append(tree.over(hashes_in(content)))
        new, level = full, level + 1
    return changed
