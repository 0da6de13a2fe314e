"""Reads the log as it is kept: its head, tiles, entries and proofs."""

from __future__ import annotations

from huiyin.ledger import keys, notes, proofs, tiles, tree
from huiyin.ledger.models import Checkpoint, Commitment, Tile


def latest() -> Checkpoint | None:
    """The newest checkpoint's row; None before the first."""
    return Checkpoint.objects.order_by("-number").first()


def tile(level: int, number: int) -> bytes:
    """The hashes of a tile, b"" if there is none."""
    found = Tile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
    return bytes(found or b"")


def _entered() -> int:
    """How many entries there are, by the place of the last one."""
    last = Commitment.objects.filter(index__isnull=False).order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def entries(first: int, width: int) -> list[bytes]:
    """The entries from an index on, up to `width` of them."""
    found = Commitment.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
    return [bytes(value) for value in found.values_list("value", flat=True)]


def nodes() -> tree.Node:
    """The nodes of the tree, from tiles that are read once each."""
    known: dict[tuple[int, int], bytes] = {}

    def once(level: int, number: int) -> bytes:
        if (level, number) not in known:
            known[level, number] = tile(level, number)
        return known[level, number]

    return tiles.nodes_in(once)


def head() -> notes.Checkpoint | None:
    """The newest checkpoint, if this installation signed it and the right edge of the tree is what it says; None before the
    first. Raises BadNote or LookupError if the log was changed. Reads a few rows, and a tile for each level."""
    row, size = latest(), _entered()
    if row is None and size == 0:
        return None
    if row is None or row.size != size:
        raise LookupError("size")
    signed = notes.Checkpoint.read(row.note, keys.signer().verifier)
    if signed.size != size or tree.root(signed.size, nodes()) != signed.root:
        raise LookupError("root")
    return signed


def proof(kind: str, owner: int, place: int, content: bytes) -> proofs.Proof | None:
    """The proof that this content of a row is in the log; None while it waits to be entered, or was never committed to."""
    row = Commitment.objects.filter(kind=kind, owner=owner, place=place).exclude(index=None).first()
    last = latest()
    if row is None or row.index is None or last is None or row.index >= last.size:
        return None
    path = tree.inclusion(row.index, last.size, nodes())
    return proofs.Proof(bytes(row.salt) + content, row.index, tuple(path), last.note)
