# data: invented matters; nobody sees them
"""What comes in: how many matters on which day, by which channel, from whom, about what.

Some come long after they were received, some name nobody, some were settled in an earlier system, some accuse an office.
"""

from __future__ import annotations

import base64
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as moment
from typing import Any

from huiyin.cases import petitioners
from huiyin.kernel import ids
from huiyin.kernel.clock import ZONE
from huiyin.people.policy import PETITIONER, SYSTEM, Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions import CURRENT, edition
from huiyin.simulation.house import Roster

CHANNELS = {
    "letter": 30,
    "visit": 20,
    "phone": 16,
    "web": 15,
    "hotline": 5,
    "community": 5,
    "superior": 4,
    "email": 2,
    "social": 1,
    "fax": 1,
    "leader": 1,
}
PURPOSES = {"request": 45, "appeal": 15, "suggestion": 10, "enquiry": 12, "other": 10, "accusation": 5, "": 3}
NAMELESS, JOINT, ACCUSING, SETTLED_ELSEWHERE = 0.05, 0.03, 0.03, 0.03
WEEKEND = 0.08  # of what comes on a working day


@dataclass(frozen=True)
class Arrival:
    """One matter as it comes in: who takes it in, at which moment, and what is recorded."""

    number: int
    by: Actor
    office: int
    staff: int
    at: datetime
    action: str
    facts: dict[str, Any]
    people: list[dict[str, Any]]
    receipt: tuple[str, str]


def spread(cases: int, days: list[date], calendar: Calendar, chance: random.Random) -> Counter[date]:
    """How many matters come on each day."""
    weights = [1.0 if calendar.is_workday(day) else WEEKEND for day in days]
    return Counter(chance.choices(days, weights, k=cases))


class Post:
    """Invents what comes in."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._number = chance, 0
        self._known = petitioners.read([{"name": "孟庆兰", "phone": "13800000000", "address": "湖滨路2号"}])
        self._vague = petitioners.read([{"name": "一位老人"}])
        self._codes: set[str] = set()
        known = {choice.code for choice in edition(CURRENT).action("register").field("purpose").choices}
        self._purposes = {code: share for code, share in PURPOSES.items() if code in known | {""}}

    def of(self, day: date, many: int, roster: Roster) -> Iterator[Arrival]:
        """What comes on a day, in the order of time."""
        clerks = [one for one in roster.with_role("clerk") if one.office_id is not None]
        intake = clerks[0]
        weekend = not roster.house.calendar.is_workday(day)
        for minute in sorted(self._chance.choices(range(8 * 60 + 30, 11 * 60), k=many)):
            channel = "web" if weekend else self._chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
            at = datetime.combine(day, moment(minute // 60, minute % 60), ZONE)
            yield self._one(at, channel, intake if channel == "web" else self._chance.choice(clerks), roster)

    def _one(self, at: datetime, channel: str, clerk: Actor, roster: Roster) -> Arrival:
        self._number += 1
        assert clerk.office_id is not None and clerk.staff_id is not None
        received = at.date() - timedelta(days=self._delay(channel))
        facts = self._facts(channel, received, roster)
        settled = channel in ("letter", "superior") and self._chance.random() < SETTLED_ELSEWHERE
        if settled:
            facts |= {"reply": "当时已经答复。", "replied_on": received.isoformat()}
        by = PETITIONER if channel == "web" else SYSTEM if settled else clerk
        people = (
            []
            if self._chance.random() < NAMELESS / 2
            else self._vague
            if self._chance.random() < NAMELESS
            else self._known
        )
        action = "import_closed" if settled else "register"
        return Arrival(self._number, by, clerk.office_id, clerk.staff_id, at, action, facts, people, self._receipt())

    def _delay(self, channel: str) -> int:
        """Days between receipt and registration: mostly none, sometimes so many that a term is nearly over."""
        if channel == "web":
            return 0
        return self._chance.choices((0, self._chance.randint(1, 4), self._chance.randint(5, 30)), (80, 15, 5))[0]

    def _facts(self, channel: str, received: date, roster: Roster) -> dict[str, Any]:
        accused = self._chance.choice(roster.actors).office_id if self._chance.random() < ACCUSING else None
        purpose = self._chance.choices(list(self._purposes), list(self._purposes.values()))[0]
        outside = "outside" if purpose == "accusation" else None
        return {
            "channel": channel, "received_on": received.isoformat(), "title": f"模拟事项{self._number}", "text": "请查清楚，给个说法。",
            "claims": [{"text": "补发补贴"}], "purpose": purpose,
            "people_count": 6 if self._chance.random() < JOINT else 1, "accused": accused or outside,
        }  # fmt: skip

    def _receipt(self) -> tuple[str, str]:
        """A code that was not given yet, and a secret."""
        while True:
            digits = f"{self._chance.randrange(10 ** (ids.CODE_DIGITS - 1)):0{ids.CODE_DIGITS - 1}d}"
            code = digits + ids.check_digit(digits)
            if code not in self._codes:
                self._codes.add(code)
                return code, base64.urlsafe_b64encode(self._chance.randbytes(24)).decode()
