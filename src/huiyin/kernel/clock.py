"""The one place where the time is read. Services never call it: views, commands and jobs do and pass `now` on.

Huiyin works in the office's civil time, Asia/Shanghai; a date is always a date there.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in the office's zone."""
    return datetime.now(ZONE)


def today() -> date:
    """The present date in the office's zone."""
    return now().date()


def on(moment: datetime) -> date:
    """The office's civil date of an aware moment."""
    return moment.astimezone(ZONE).date()
