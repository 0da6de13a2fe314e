"""How often may something be tried? Counts attempts per source in fixed windows, in the database, so that
several machines count together. Sources are kept as digests only."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from huiyin.kernel.ids import digest
from huiyin.kernel.models import Attempt


def within(scope: str, source: str, *, now: datetime, most: int, window: timedelta, weight: int = 1) -> bool:
    """Counts one attempt, or one that weighs more; False, and nothing counted, if this source would come beyond `most` in the current
    window. Its first one is never too heavy."""
    row = {"scope": scope, "source": digest(source), "window": _window_start(now, window)}
    if Attempt.objects.filter(**row, count__gt=most - weight).exists():
        return False
    if not Attempt.objects.filter(**row).update(count=F("count") + weight):
        _begin(row, weight)
    return True


def take_back(scope: str, source: str, *, now: datetime, window: timedelta) -> None:
    """Uncounts an attempt that `within` counted at the same moment: it turned out well."""
    row = {"scope": scope, "source": digest(source), "window": _window_start(now, window)}
    Attempt.objects.filter(**row, count__gt=0).update(count=F("count") - 1)


def forget_before(moment: datetime) -> int:
    """Deletes windows that began before `moment`; gives how many."""
    return Attempt.objects.filter(window__lt=moment).delete()[0]


def _window_start(now: datetime, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)


def _begin(row: dict[str, object], weight: int) -> None:
    try:
        with transaction.atomic():
            Attempt.objects.create(**row, count=weight)
    except IntegrityError:
        Attempt.objects.filter(**row).update(count=F("count") + weight)
