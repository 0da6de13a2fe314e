"""One's own password, typed again while one is signed in: right, or counted as a guess."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.kernel import limits
from huiyin.kernel.errors import Refused
from huiyin.people.models import Staff

GUESSES = (10, timedelta(minutes=15))


def recognise(staff: Staff, password: str, *, field: str, now: datetime) -> None:
    """Passes if it is this person's password. Counted apart from signing in, outside any transaction: whoever found a session open
    does not guess on. Raises Refused."""
    most, window = GUESSES
    if not limits.within("own-password", str(staff.pk), now=now, most=most, window=window):
        raise Refused(
            "密码试得太多了，请过15分钟再试。",
            "Too many attempts at the password; try again in 15 minutes.",
            field=field,
            code="too_many",
        )
    if not staff.check_password(password):
        raise Refused("密码不对。", "The password is wrong.", field=field, code="password")
    limits.take_back("own-password", str(staff.pk), now=now, window=window)
