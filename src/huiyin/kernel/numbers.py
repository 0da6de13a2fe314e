"""Numbers without gaps and without doubles.

The counter's row is updated first and read after: within the transaction nobody else can hold the same number,
and a transaction that fails gives its number back.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from huiyin.kernel.models import Counter


def take(name: str, *, count: int = 1) -> int:
    """Takes `count` numbers under `name` and gives the first. Call inside `transaction.atomic()`."""
    if not Counter.objects.filter(name=name).update(value=F("value") + count):
        _begin(name)
        Counter.objects.filter(name=name).update(value=F("value") + count)
    return Counter.objects.values_list("value", flat=True).get(name=name) - count + 1


def _begin(name: str) -> None:
    try:
        with transaction.atomic():
            Counter.objects.create(name=name)
    except IntegrityError:
        pass  # another process began it a moment ago
