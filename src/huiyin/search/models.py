"""What can be found: one row for each thing with text, with the folded text. The index beside it is `kernel.db.fulltext`."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """`id` is made of kind and key; rows are written by `services` only, so that the index knows of them."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField()
    key = models.BigIntegerField()
    body = models.TextField()

    class Meta:
        db_table = "search_entry"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="entry_once")]
