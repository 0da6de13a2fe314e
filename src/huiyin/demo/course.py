"""How an invented matter goes through the office: who takes which step, when, and what is recorded.

Only plans are made here; whether a step may be taken, and what follows from it, is decided where it is carried out.
Steps lie in office hours of working days, those of petitioners and of the system at any time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from huiyin.demo.matters import Invented, phrases
from huiyin.kernel.clock import ZONE
from huiyin.people.policy import PETITIONER, SYSTEM, Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import compute
from huiyin.procedure.editions.effects_2022 import PASSED_ON
from huiyin.procedure.editions.guards_2022 import ASPECTS
from huiyin.procedure.terms import TERMS

BY_VOUCHER = "见付款凭证"  # data: the record of an invented matter
NIGHTLY = time(0, 20)
MORNING, EVENING = time(8, 32), time(17, 25)


@dataclass(frozen=True)
class Team:
    """Who handles a matter: actors, and the office and person that it is assigned to."""

    clerk: Actor
    head: Actor
    leader: Actor
    handler: Actor
    second: Actor
    superior: str
    section: str


@dataclass(frozen=True)
class Step:
    """One planned step."""

    at: datetime
    action: str
    by: Actor
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Wish:
    """How a course should run: the last step taken, the day of acceptance, the way beside the ordinary path; empty wishes leave it
    to chance."""

    until: str = ""
    accepted_on: date | None = None
    pace: float = 0.0
    way: str = ""


@dataclass
class Course:
    """The steps after registration of one matter. Iterate once, in order of time."""

    matter: Invented
    team: Team
    began: datetime
    channel: str
    signer: str
    chance: random.Random
    calendar: Calendar
    wish: Wish = field(default_factory=Wish)
    voucher: int = 0
    outside: int = 0
    signed: int = 0

    def __post_init__(self) -> None:
        self._at = self.began
        self.owed = self.channel in PASSED_ON
        self._pace = self.wish.pace or self.chance.choices((0.5, 1.0, 2.2), (55, 33, 12))[0]
        self._words = phrases()["steps"]

    def steps(self) -> Iterator[Step]:
        """Every step that the matter would see, to the archive or to the one wished for."""
        if self.wish.until == "register":
            return
        for step in self._all():
            yield step
            if step.action == self.wish.until:
                return

    def _all(self) -> Iterator[Step]:
        untouched = self._at == self.began  # a way beside the ordinary one may have begun before
        if untouched and self.channel == "web" and not self.wish.until and self.chance.random() < 0.012:
            minutes = timedelta(minutes=self.chance.randint(1, 9))
            yield Step(self.began + minutes, "take_back", PETITIONER, {"reason": self._say("took_back")})
            return
        yield from self._opening()
        yield from self._inquiry()
        yield from self._decision()
        yield from self._end()

    def _opening(self) -> Iterator[Step]:
        route = self._say("route").format(section=self.team.section)
        yield self._on(self.wish.accepted_on, 0, 3, "accept", self.team.head, recusal_checked=True, route=route)
        self._accepted_on = self._at.date()
        yield from self._notified(0, 5)
        yield self._step(
            0, 1, "assign", self.team.head, **self._to(self.team.handler), instruction=self._say("instruction")
        )

    def _notified(self, least: int, most: int) -> Iterator[Step]:
        """The written notice, where there is somebody to tell or what was passed on is owed one (Art. 23)."""
        if self.signer or self.owed:
            told = self._step(least, most, "notify", self.team.clerk)
            yield Step(told.at, told.action, told.by, self._notice(told.at.date()))

    def _notice(self, on: date) -> dict[str, Any]:
        mode = self.chance.choice(("hand", "post", "post", "message", "visit"))
        posted = {"reference": f"XA{self.chance.randrange(10**8, 10**9)}"} if mode == "post" else {}
        return {"mode": mode, "on": on.isoformat(), "received_by": "" if posted else self.signer} | posted

    def _inquiry(self) -> Iterator[Step]:
        handler = self.team.handler
        for kind, source, found in self.matter.findings:
            step = self._step(2, int(9 * self._pace) + 2, "investigate", handler)
            yield Step(
                step.at,
                step.action,
                handler,
                {"kind": kind, "on": step.at.date().isoformat(), "source": source, "found": found},
            )
        if self.chance.random() < 0.2:
            yield self._step(0, 2, "note", handler, words=self._say("note"))
        if self.chance.random() < 0.1:
            by = PETITIONER if self.channel == "web" else self.team.clerk
            yield self._step(1, 3, "add_material", by, words=self._say("material"))
        if self.team.second != handler and self.chance.random() < 0.05:
            yield self._step(0, 1, "hand_over", handler, **self._to(self.team.second), reason=self._say("hand_over"))
            self.team = replace(self.team, handler=self.team.second)
        if self.wish.until == "extend" or (self._pace > 2 and self.chance.random() < 0.8):
            yield from self._extension()

    def _extension(self) -> Iterator[Step]:
        """More time, approved before the 60 days end (Art. 34)."""
        last = compute(TERMS["handle"], self._accepted_on, self.calendar).internal_due
        day = self.calendar.previous_workday(last - timedelta(days=self.chance.randint(1, 5)))
        if day > self._at.date():
            self._at = self._moment(day)
            facts = {"days": self.chance.choice((15, 20, 30)), "reason": self._say("extension")}
            yield Step(self._at, "extend", self.team.leader, facts)
            told = self._step(0, 2, "tell_extension", self.team.clerk)
            yield Step(told.at, told.action, told.by, self._notice(told.at.date()))

    def _decision(self) -> Iterator[Step]:
        matter, team = self.matter, self.team
        drafted = {"claims": matter.answers, "facts": matter.facts, "superior": team.superior}
        yield self._step(1, int(6 * self._pace) + 1, "draft", team.handler, **drafted)
        if self.chance.random() < 0.08:
            yield self._step(0, 1, "return", team.head, reason=self._say("sent_back"))
            yield self._step(1, 2, "draft", team.handler, **drafted)
        yield self._step(0, 2, "approve", team.head, opinion=self._say("approval"))
        yield self._step(0, 2, "issue", team.leader)
        step = self._step(0, 4, "deliver", team.clerk)
        yield Step(step.at, step.action, step.by, self._service(step.at.date()))

    def _service(self, on: date) -> dict[str, Any]:
        """Proof of delivery: mostly signed by the petitioner, sometimes by kin, posted, or refused before witnesses."""
        facts: dict[str, Any] = {"mode": "direct", "on": on.isoformat()}
        how = self.chance.random()
        if not self.signer or how < 0.25:
            return facts | {"mode": "post", "reference": f"XA{self.chance.randrange(10**8, 10**9)}"}
        if how < 0.33:
            return facts | {"received_for": f"{self._say('kin')}代收"}  # data: who signed, as the form has it
        if how < 0.36:
            return facts | {"mode": "left", "witness": self._say("witnesses")}
        return facts | {"received_by": self.signer}

    def _end(self) -> Iterator[Step]:
        """Execution, rating, settlement, archive, and the end of the review period, in order of time."""
        window = compute(TERMS["request-review"], self._at.date(), self.calendar)
        night = datetime.combine(window.due + timedelta(days=1), NIGHTLY, ZONE)
        done, rating = self._execution(), self._rating()
        closing = self._closing(rating, night, done)
        self._at = closing.at
        archived = self._archived()
        steps = [Step(night, "end_window", SYSTEM, {}), closing, archived, *(step for step in (done, rating) if step)]
        yield from sorted(steps, key=lambda step: step.at)

    def _archived(self) -> Step:
        return self._step(5, 25, "archive", self.team.clerk, retention=self.chance.choice(("30", "30", "30", "10")))

    def _execution(self, *, soon: bool = False) -> Step | None:
        """What was supported is carried out, `soon` or mostly within the 30 days; money with its proof of payment."""
        supported = [answer for answer in self.matter.answers if answer["result"] == "supported"]
        if not supported:
            return None
        at = self._after(2, 8 if soon else 18) if soon or self.chance.random() < 0.92 else self._after(33, 50)
        facts: dict[str, Any] = {"on": at.date().isoformat(), "done": self._say("carried_out")}
        if paid := [answer.get("amount", "") for answer in supported if answer["money"] == "yes"]:
            proof = f"{self._say('proof')}{self.chance.randrange(10**5, 10**6)}"
            facts |= {
                "amount": next(filter(None, paid), BY_VOUCHER),
                "proof": "\n".join(proof for _ in paid),
                "files": [self.voucher],
            }
        return Step(at, "carry_out", self.team.handler, facts)

    def _rating(self) -> Step | None:
        """What the petitioner says of it, in the portal or asked by telephone; about half say nothing."""
        if self.chance.random() < 0.45:
            return None
        good = self.chance.random() < 0.85
        marks = ("satisfied", "satisfied", "mostly") if good else ("mostly", "dissatisfied", "dissatisfied")
        facts = {aspect: self.chance.choice(marks) for aspect in ASPECTS if self.chance.random() < 0.9}
        facts["comment"] = self._say("praise" if good else "blame")
        if not any(facts.values()):
            return None
        if self.channel in ("web", "social", "email"):
            at = self._at + timedelta(days=self.chance.randint(0, 12), hours=self.chance.randint(1, 9))
            return Step(at, "evaluate", PETITIONER, facts | {"via": "portal"})
        at = self._after(1, 14)
        if self.wish.until == "evaluate":
            return Step(at, "evaluate", self.team.clerk, facts | {"via": "phone"})
        called = {"how": "phone", "on": at.date().isoformat(), "reached": "answered"}
        return Step(at, "call_back", self.team.clerk, facts | called)

    def _closing(self, rating: Step | None, night: datetime, done: Step | None) -> Step:
        """Settled by the handler after a rating without complaint, else by the system when the review period is over; never
        before all was carried out."""
        ready = max(self._at, done.at) if done else self._at
        if (
            rating
            and "dissatisfied" not in rating.facts.values()
            and rating_given(rating)
            and self.chance.random() < 0.6
        ):
            self._at = max(ready, rating.at)
            early = self._step(0, 3, "close", self.team.handler)
            if early.at < night:
                return early
        if ready > night:
            self._at = ready
            return self._step(0, 3, "close", self.team.handler)
        return Step(night + timedelta(seconds=1), "close", SYSTEM, {})

    def _step(self, least: int, most: int, action: str, by: Actor, **facts: Any) -> Step:
        self._at = self._after(least, most)
        return Step(self._at, action, by, facts)

    def _on(self, day: date | None, least: int, most: int, action: str, by: Actor, **facts: Any) -> Step:
        """A step on a wished day, or by chance."""
        if day is None or day <= self._at.date():
            return self._step(least, most, action, by, **facts)
        self._at = self._moment(day)
        return Step(self._at, action, by, facts)

    def _after(self, least: int, most: int) -> datetime:
        """A moment in office hours, so many days later or a little later on the same day."""
        days = self.chance.randint(least, max(least, most))
        soon = self._at + timedelta(minutes=self.chance.randint(4, 50), seconds=self.chance.randint(0, 59))
        if days == 0 and self.calendar.is_workday(soon.date()) and MORNING <= soon.time() <= EVENING:
            return soon
        return self._moment(self.calendar.next_workday(self._at.date() + timedelta(days=max(1, days))))

    def _moment(self, day: date) -> datetime:
        minutes = self.chance.choice((self.chance.randint(0, 170), self.chance.randint(365, 530)))
        return datetime.combine(day, MORNING, ZONE) + timedelta(minutes=minutes, seconds=self.chance.randint(0, 59))

    def _say(self, kind: str) -> str:
        return str(self.chance.choice(self._words[kind]))

    @staticmethod
    def _to(actor: Actor) -> dict[str, Any]:
        return {"office": actor.office_id, "staff": actor.staff_id}


def rating_given(rating: Step) -> bool:
    """Whether any of the four aspects was rated, not only words written."""
    return any(rating.facts.get(aspect) for aspect in ASPECTS)
