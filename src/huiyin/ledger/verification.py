"""Recounts the whole log: every row is what was committed to, every commitment stands at its place, tiles and signed
checkpoints follow from the entries, and checkpoints that somebody kept are continued.

Reads everything in order, holding only the checkpoints and one hash in 256 in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from huiyin.ledger import commitments, keys, notes, tiles, tree
from huiyin.ledger.commitments import Kind, Row, value_of
from huiyin.ledger.flaws import Flaw
from huiyin.ledger.models import Checkpoint, Commitment, Tile

AT_ONCE = 2000
Key = TypeVar("Key", bound=tuple[int, ...])


def verify(*, shown: Sequence[str] = ()) -> Iterator[Flaw]:
    """All flaws of the log, none if everything fits. `shown` are checkpoints that were kept elsewhere, as notes. Call it inside
    of `one_moment()`, or while nobody writes."""
    for kind in commitments.KINDS.values():
        yield from _rows(kind)
    for name in Commitment.objects.exclude(kind__in=commitments.KINDS).values_list("kind", flat=True).distinct():
        yield Flaw(name, "kind_unknown")
    yield from _Recount(shown).flaws()


def _rows(kind: Kind) -> Iterator[Flaw]:
    """Rows and commitments of a kind, side by side."""
    kept = Commitment.objects.filter(kind=kind.name).order_by("owner", "place", "pk")
    values = kept.values_list("owner", "place", "salt", "value").iterator(chunk_size=AT_ONCE)
    committed = (((owner, place), (bytes(salt), bytes(value))) for owner, place, salt, value in values)
    for key, row, commitment in paired((((row.owner, row.place), row) for row in kind.rows()), committed):
        if code := _differs(row, commitment):
            yield Flaw(f"{kind.name} {key[0]}/{key[1]}", code)


def _differs(row: Row | None, commitment: tuple[bytes, bytes] | None) -> str:
    if row is None or commitment is None:
        return "row_uncommitted" if row else "row_missing"
    salt, value = commitment
    return "" if value_of(salt, row.content) == value else "row_differs"


def paired(
    left: Iterable[tuple[Key, Any]], right: Iterable[tuple[Key, Any]]
) -> Iterator[tuple[Key, Any | None, Any | None]]:
    """What stands under the same key on both sides, in the order of keys; None where a side has nothing."""
    lefts, rights = iter(left), iter(right)
    one, other = next(lefts, None), next(rights, None)
    while one or other:
        key = min(side[0] for side in (one, other) if side)
        here, there = one if one and one[0] == key else None, other if other and other[0] == key else None
        yield key, here and here[1], there and there[1]
        one, other = next(lefts, None) if here else one, next(rights, None) if there else other


class _Recount:
    """One pass over the entries, along which tiles and roots are compared."""

    def __init__(self, shown: Sequence[str]) -> None:
        self.verifier = keys.signer().verifier
        self.rows = list(Checkpoint.objects.order_by("number").values_list("number", "size", "note"))
        self.shown = shown
        self.heads: dict[str, notes.Checkpoint] = {}
        self.growing = tree.Growing()
        self.roots: dict[int, bytes] = {}
        self.found: list[Flaw] = []

    def flaws(self) -> Iterator[Flaw]:
        yield from self._signatures()
        wanted = {0, *(head.size for head in self.heads.values())}
        yield from self._tiles(self._leaves(wanted))
        yield from self.found
        yield from self._checkpoints()
        for place, note in enumerate(self.shown, start=1):
            yield from self._kept_elsewhere(f"checkpoint file {place}", note)

    def _signatures(self) -> Iterator[Flaw]:
        """Reads all notes; those that this key did not sign are flaws."""
        ours = ((f"checkpoint {number}", note) for number, _, note in self.rows)
        kept = ((f"checkpoint file {place}", note) for place, note in enumerate(self.shown, start=1))
        for where, note in chain(ours, kept):
            try:
                self.heads[note] = notes.Checkpoint.read(note, self.verifier)
            except notes.BadNote as bad:
                yield Flaw(where, bad.why)

    def _leaves(self, wanted: set[int]) -> Iterator[bytes]:
        """The leaf hashes in order; keeps the roots at the sizes `wanted`."""
        entries = Commitment.objects.exclude(index=None).order_by("index", "pk").values_list("index", "value")
        self._note_root(wanted)
        for index, value in entries.iterator(chunk_size=AT_ONCE):
            assert index is not None
            while self.growing.size < index:
                self.found.append(Flaw(f"entry {self.growing.size}", "entry_missing"))
                if self.growing.size + AT_ONCE < index:
                    return  # nothing of what follows can fit
                yield self._grown(tree.EMPTY, wanted)
            if index < self.growing.size:
                self.found.append(Flaw(f"entry {index}", "entry_misplaced"))
            else:
                yield self._grown(tree.leaf_hash(bytes(value)), wanted)

    def _grown(self, leaf: bytes, wanted: set[int]) -> bytes:
        self.growing.add(leaf)
        self._note_root(wanted)
        return leaf

    def _note_root(self, wanted: set[int]) -> None:
        if self.growing.size in wanted:
            self.roots[self.growing.size] = self.growing.root()

    def _tiles(self, leaves: Iterator[bytes]) -> Iterator[Flaw]:
        rows = Tile.objects.order_by("level", "number", "pk").values_list("level", "number", "hashes")
        kept = (((level, number), bytes(hashes)) for level, number, hashes in rows.iterator(chunk_size=AT_ONCE))
        for key, due, tile in paired(_expected(leaves), kept):
            if due != tile:
                code = "tile_missing" if tile is None else "tile_surplus" if due is None else "tile_differs"
                yield Flaw(f"tile {key[0]}/{key[1]}", code)

    def _checkpoints(self) -> Iterator[Flaw]:
        last = 0
        for place, (number, size, note) in enumerate(self.rows, start=1):
            where, head = f"checkpoint {number}", self.heads.get(note)
            if number != place or size <= last:
                yield Flaw(where, "checkpoint_missing")
            if head and head.size != size:
                yield Flaw(where, "size_differs")
            elif head and head.size <= self.growing.size and self.roots[head.size] != head.root:
                yield Flaw(where, "root_differs")
            last = size
        if self.growing.size != last:
            yield Flaw(
                f"entry {min(last, self.growing.size)}",
                "entries_unsigned" if self.growing.size > last else "entries_lost",
            )

    def _kept_elsewhere(self, where: str, note: str) -> Iterator[Flaw]:
        head = self.heads.get(note)
        if head and head.size > self.growing.size:
            yield Flaw(where, "older_than_shown")
        elif head and self.roots[head.size] != head.root:
            yield Flaw(where, "rewritten")


def _expected(leaves: Iterable[bytes]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The tiles over these leaves, level by level."""
    level, hashes = 0, leaves
    while True:
        full: list[bytes] = []
        for number, tile in enumerate(_bunches(hashes)):
            yield (level, number), b"".join(tile)
            if len(tile) == tiles.WIDTH:
                full.append(tree.over(tile))
        if not full:
            return
        level, hashes = level + 1, full


def _bunches(hashes: Iterable[bytes]) -> Iterator[list[bytes]]:
    bunch: list[bytes] = []
    for each in hashes:
        bunch.append(each)
        if len(bunch) == tiles.WIDTH:
            yield bunch
            bunch = []
    if bunch:
        yield bunch
