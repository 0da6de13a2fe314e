"""Looking retirees up by what somebody types. Whoever keeps the roster sees numbers whole and finds by any part of one.

Whoever sees them masked finds by a whole number alone, and is wrong a few times a week at most: what is masked is a birthday, or four
digits, and would soon be guessed through. What was found is never counted, what wasn't once a day; the first refusal stands in the audit,
without the number. In a look-up field only a finished number is looked up while it is typed, any other when they ask for it
(`is_unfinished`); the roster's search looks as one types.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from huiyin.kernel import limits
from huiyin.kernel.errors import Refused
from huiyin.people import queries
from huiyin.people.models import AccountAct, Staff
from huiyin.people.policy import Actor
from huiyin.people.queries import Match

WRONG_NUMBERS = 10
WEEK, DAY = timedelta(days=7), timedelta(days=1)
# No longer number begins like these: an ID number has the century of a birth at its seventh digit. A landline's may go on.
FINISHED = re.compile("1[3-9][0-9]{4}(?!19|20)[0-9]{5}|[0-9]{17}[0-9X]")


def look_up(typed: str, *, by: Actor, now: datetime, limit: int = 8) -> list[Match]:
    """The best matches among the people of the actor's unit (`queries.find_people`). Raises Refused (too_many) where too many whole
    numbers found nobody."""
    masked = not queries.may_find_parts(by)
    counted = masked and _is_whole(typed)
    if counted:
        _count(by, now)
    found = queries.find_people(typed, office_ids=queries.reach(by), whole_numbers=masked, limit=limit)
    if counted and (found or _missed_today(typed, by, now)):
        limits.take_back("numbers", str(by.staff_id), now=now, window=WEEK)
    return found


def is_unfinished(typed: str, *, by: Actor) -> bool:
    """Whether what is being typed would be counted as a whole number, and may be the beginning of a longer one."""
    return not queries.may_find_parts(by) and _is_whole(typed) and not FINISHED.fullmatch(queries.as_number(typed))


def _is_whole(typed: str) -> bool:
    return any(map(queries.is_whole_number, (typed, queries.as_number(typed))))


def _missed_today(typed: str, by: Actor, now: datetime) -> bool:
    """Whether this number found nobody before on this day; from now on it did."""
    return not limits.within("numbers-missed", f"{by.staff_id}:{queries.as_number(typed)}", now=now, most=1, window=DAY)


def _count(by: Actor, now: datetime) -> None:
    if limits.within("numbers", str(by.staff_id), now=now, most=WRONG_NUMBERS, window=WEEK):
        return
    if limits.within("numbers-noted", str(by.staff_id), now=now, most=1, window=WEEK):
        them, detail = Staff.objects.get(pk=by.staff_id or 0), {"label": str(WRONG_NUMBERS)}
        AccountAct.objects.create(at=now, by=them, staff=them, kind=AccountAct.Kind.NUMBERS, detail=detail)
    raise Refused(
        f"这一周按整个号码找，已经有{WRONG_NUMBERS}次没找到，这周不能再按号码找了。请按姓名找，或者请维护名册的同事找；审计管理员会看到这件事。",
        f"This week {WRONG_NUMBERS} whole numbers found nobody, so none can be looked up for the rest of it. Look for the name, or ask a "
        "colleague who keeps the roster; the auditor will see this.",
        code="too_many",
    )
