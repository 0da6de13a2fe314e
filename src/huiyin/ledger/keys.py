"""The key of this installation's log, and the log's name (origin)."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from huiyin.ledger.models import Checkpoint
from huiyin.ledger.notes import Signer, origin_of


def signer() -> Signer:
    """The key that signs this log's checkpoints, under the log's name."""
    return _signer(origin(), settings.LEDGER_KEY)


def origin() -> str:
    """The log's name: as in its first checkpoint, so that it stays when the address changes; before that from the address."""
    first = Checkpoint.objects.order_by("number").values_list("note", flat=True).first()
    return origin_of(first) if first else f"{settings.BASE_URL.split('://')[-1]}/ledger"


@lru_cache(maxsize=4)
def _signer(name: str, secret: bytes) -> Signer:
    return Signer(name, secret)
