"""What is committed to, and the log: its tiles and its checkpoints. An entry of the log is the `value` of a commitment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Commitment(models.Model):
    """To one row of another table: `kind` is what it is, `owner` and `place` say which.

    `value` is SHA-256 over `salt` and the row's canonical bytes; without the salt it tells nothing. `index` is its place in the
    log, None while it waits.
    """

    kind = models.CharField(max_length=12)
    owner = models.BigIntegerField()
    place = models.PositiveIntegerField()
    salt = models.BinaryField(max_length=32)
    value = models.BinaryField(max_length=32)
    index = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner", "place"], name="committed_to_once"),
            models.UniqueConstraint(fields=["index"], condition=Q(index__isnull=False), name="one_entry_a_place"),
        ]
        indexes = [models.Index(fields=["id"], name="commitment_waits", condition=Q(index__isnull=True))]


class Tile(models.Model):
    """Up to 256 hashes of one level of the tree, one after the other (c2sp.org/tlog-tiles)."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="tile_once")]


class Checkpoint(models.Model):
    """The head of the log as it was signed when it had `size` entries. Numbered from 1 without gaps."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    note = models.TextField()
