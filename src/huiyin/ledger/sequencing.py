"""Enters what waits into the log and signs a new checkpoint, in one transaction: after a crash it is as if nothing had begun.

One writer at a time: whoever holds the counter's row. A log that was changed is not continued; whoever signed the old head would
sign something that contradicts it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from huiyin.kernel import numbers
from huiyin.kernel.db import bulk
from huiyin.kernel.db.moment import one_moment
from huiyin.ledger import keys, notes, reading, tiles, tree
from huiyin.ledger.models import Checkpoint, Commitment, Tile

AT_ONCE = 5000  # a tenth of a second or two in which nobody else writes to SQLite


class Broken(Exception):
    """The log as it is kept is not what its last checkpoint says. `huiyin verify` says where."""


def sequence_all() -> int:
    """Enters everything that waits; gives how much that was. Raises Broken."""
    entered = 0
    while done := sequence():
        entered += done
    return entered


def sequence() -> int:
    """Enters up to AT_ONCE commitments in the order of their ids; gives how many. Raises Broken."""
    if not _waiting().exists():
        return 0  # nothing to do is only read: on SQLite no writer has to wait for that
    with transaction.atomic():
        numbers.take("ledger")
        rows = _waiting().values_list("pk", "value")[:AT_ONCE]
        return _enter(_sound_head(), [(key, bytes(value)) for key, value in rows])


def is_sound() -> bool:
    """Whether the head of the log is what its last checkpoint says; a quick look that reads a handful of rows."""
    try:
        with one_moment():
            _sound_head()
    except Broken:
        return False
    return True


def waiting() -> int:
    """How many commitments wait to be entered."""
    return _waiting().count()


def _waiting() -> QuerySet[Commitment]:
    return Commitment.objects.filter(index=None).order_by("pk")


def _sound_head() -> notes.Checkpoint | None:
    try:
        return reading.head()
    except (notes.BadNote, LookupError) as error:
        raise Broken(str(error)) from error


def _enter(head: notes.Checkpoint | None, rows: list[tuple[int, bytes]]) -> int:
    if not rows:
        return 0  # another was faster
    size = head.size if head else 0
    changed = tiles.grown(size, [tree.leaf_hash(value) for _, value in rows], reading.tile)
    _write_tiles(changed)
    bulk.number(Commitment, "index", [key for key, _ in rows], first=size)
    _sign(size + len(rows))
    return len(rows)


def _write_tiles(changed: dict[tuple[int, int], bytes]) -> None:
    rows = [Tile(level=level, number=number, hashes=hashes) for (level, number), hashes in changed.items()]
    Tile.objects.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["level", "number"], update_fields=["hashes"]
    )


def _sign(size: int) -> None:
    signer, last = keys.signer(), reading.latest()
    head = notes.Checkpoint(signer.name, size, tree.root(size, reading.nodes()))
    Checkpoint.objects.create(number=last.number + 1 if last else 1, size=size, note=signer.sign(str(head)))
