"""Loads the demonstration: a few dozen matters chosen so that every state and every degree of haste can be seen, or as many
thousands as wanted, spread over three years.

All of it goes through `cases.bulk`, step by step in the order of time, with dates up to `now`; the same seed gives the
same matters. Each part is one transaction: what is there is whole.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from heapq import merge

from django.db import transaction

from huiyin.cases import facts as reading
from huiyin.cases.bulk import Batch, House, Matter
from huiyin.cases.models import Case
from huiyin.demo import scan
from huiyin.demo.cast import Cast, Writer
from huiyin.demo.course import Course, Step, Team
from huiyin.demo.detours import FROM_BRANCH, FROM_MAIN, SHARES, Detour
from huiyin.demo.matters import Invented, invent, theme_for
from huiyin.demo.office import SECTIONS
from huiyin.demo.wishes import Chosen, chosen
from huiyin.documents import services as documents
from huiyin.kernel import ids
from huiyin.kernel.clock import ZONE, on
from huiyin.people.policy import PETITIONER
from huiyin.procedure.editions import CURRENT, edition

SOURCE = "demo"
PART = 1000
SCANS = 6  # letters whose scan is shown
YEARS = 3
CHANNELS = {
    "letter": 30, "visit": 24, "phone": 16, "web": 14, "hotline": 5, "community": 4, "superior": 2, "email": 2, "social": 1,
    "fax": 1, "leader": 1,
}  # fmt: skip
BRANCHES = ("", "", "", "", "", "", "", "南桥所", "北关所")  # data: where a matter comes in
BELOW = "南桥所"  # data: the unit that main matters are passed to, and whose answers are reviewed
VOUCHER = "付款凭证\n\n（演示用，内容是虚构的）\n\n付款单位：云湖供电公司\n用途：离退休人员补发款\n金额：见意见书"  # data: a scan
OUTSIDE = "复核意见书\n\n（演示用，内容是虚构的）\n\n维持复查意见。"  # data: a scan
SIGNED = "协议书\n\n（演示用，内容是虚构的）\n\n双方自愿达成协议，签字如下。"  # data: a scan
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Life:
    """One matter from its beginning to as far as `now` sees it."""

    number: int
    matter: Invented
    writer: Writer
    team: Team
    channel: str
    began: datetime
    course: Course
    files: tuple[int, ...] = ()


class Loader:
    """Makes lives and carries them out. `used` codes are those that exist already."""

    def __init__(self, *, now: datetime, seed: int, many: bool = False) -> None:
        self.now, self.seed = now, seed
        self.house = House()
        self.cast = Cast(today=on(now), many=many)
        self._used = set(Case.objects.values_list("receipt_code", flat=True))
        self._register = edition(CURRENT).action("register")

    def few(self, *, progress: Progress) -> None:
        """The chosen matters, numbered from 1."""
        chance = random.Random(self.seed)
        wishes = sorted(chosen(on(self.now), self.house.calendar, chance), key=lambda wish: wish.received_on)
        lives = [self._life(number, wish) for number, wish in enumerate(wishes, start=1)]
        letters = [life for life in lives if life.channel == "letter"][-SCANS:]
        self._carry_out([replace(life, files=self._scanned(life)) if life in letters else life for life in lives])
        progress(len(wishes))

    def _scanned(self, life: Life) -> tuple[int, ...]:
        """The letter as it came, as a scan."""
        picture = scan.letter(life.matter.text, random.Random(life.number))
        name = f"{life.began:%Y%m%d}.jpg"
        return (documents.keep(picture, name=name, by=life.team.clerk.name, now=life.began).pk,)

    def many(self, first: int, last: int, *, progress: Progress) -> None:
        """The matters with the numbers `first` to `last`, received evenly over the last YEARS."""
        for start in range(first, last + 1, PART):
            numbers = range(start, min(start + PART, last + 1))
            self._carry_out([self._life(number, self._at_random(number, first, last)) for number in numbers])
            progress(len(numbers))

    def _at_random(self, number: int, first: int, last: int) -> Chosen:
        span = timedelta(days=365 * YEARS) * ((last - number) / max(1, last - first + 1))
        return Chosen(self.house.calendar.previous_workday(on(self.now - span)))

    def _life(self, number: int, wish: Chosen) -> Life:
        chance = random.Random(f"{self.seed}:{number}")
        channel = wish.channel or chance.choices(tuple(CHANNELS), tuple(CHANNELS.values()))[0]
        writer = self.cast.reachable() if wish.channel == "web" else self.cast.writer(chance)
        way = self._way(number, wish)
        matter = invent(chance, writer.author, channel, theme=theme_for(chance, way))
        place = chance.choice(BRANCHES)
        place = "" if way in FROM_MAIN else place or BELOW if way in FROM_BRANCH else place
        team, other = (self.cast.team(chance, matter.section, each) for each in (place, "" if place else BELOW))
        began = _moment(chance, wish.received_on, channel, self.now)
        known = (
            matter,
            team,
            began,
            channel,
            writer.author.name,
            chance,
            self.house.calendar,
            wish.wish,
            self._voucher,
            self._outside,
            self._signed,
        )
        course = Detour(*known, way=way, other=other) if way else Course(*known)
        return Life(number, matter, writer, team, channel, began, course)

    def _way(self, number: int, wish: Chosen) -> str:
        """The way beside the ordinary path, as wished or by chance; "" for most."""
        if wish.wish.way or wish.wish.until:
            return wish.wish.way
        return random.Random(f"{self.seed}:way:{number}").choices(tuple(SHARES), tuple(SHARES.values()))[0]

    @cached_property
    def _voucher(self) -> int:
        """The proof of payment that all show."""
        return self._paper(VOUCHER, 4)

    @cached_property
    def _outside(self) -> int:
        """The opinion of a unit outside, as it came."""
        return self._paper(OUTSIDE, 5)

    @cached_property
    def _signed(self) -> int:
        """The agreement that both sides signed."""
        return self._paper(SIGNED, 3)

    def _paper(self, text: str, title: int) -> int:
        return documents.keep(
            scan.letter(text, random.Random(self.seed)),
            name=f"{text[:title]}.jpg",
            by=self.cast.team(random.Random(0), next(iter(SECTIONS)), "").clerk.name,
            now=self.now,
        ).pk

    @transaction.atomic
    def _carry_out(self, lives: list[Life]) -> None:
        batch = Batch(self.house, proof=len(lives) < PART)
        begun: dict[int, Matter] = {}
        for _, number, step in merge(*(self._moments(life) for life in lives), key=lambda moment: moment[:2]):
            if isinstance(step, Life):
                begun[number] = self._begin(batch, step)
            else:
                batch.step(begun[number], step.action, by=step.by, now=step.at, facts=step.facts)
        batch.write()

    def _moments(self, life: Life) -> Iterator[tuple[datetime, int, Life | Step]]:
        """The beginning and the steps of a life that lie before now."""
        yield life.began, life.number, life
        for step in life.course.steps():
            if step.at > self.now:
                return
            yield step.at, life.number, step

    def _begin(self, batch: Batch, life: Life) -> Matter:
        matter, row = life.matter, life.writer.row
        facts = reading.clean(self._register, {
            "channel": life.channel, "received_on": on(life.began), "title": matter.title, "text": matter.text,
            "claims": matter.requests, "purpose": matter.purpose, "topic": matter.topic, "place": matter.place,
            "people_count": 1, "files": list(life.files),
        })  # fmt: skip
        facts.pop("petitioners")
        by, clerk = PETITIONER if life.channel == "web" else life.team.clerk, life.team.clerk
        assert clerk.office_id is not None and clerk.staff_id is not None
        return batch.begin(
            by=by, now=life.began, facts=facts, people=[row] if row else [], office=clerk.office_id, staff=clerk.staff_id,
            receipt=self._receipt(life.number), source=SOURCE, external_id=str(life.number),
        )  # fmt: skip

    def _receipt(self, number: int) -> tuple[str, str]:
        """A code and a secret that follow from the seed; of a code that exists already the next one."""
        chance = random.Random(f"{self.seed}:receipt:{number}")
        while True:
            digits = f"{chance.randrange(10 ** (ids.CODE_DIGITS - 1)):0{ids.CODE_DIGITS - 1}d}"
            code = digits + ids.check_digit(digits)
            if code not in self._used:
                self._used.add(code)
                return code, base64.urlsafe_b64encode(chance.randbytes(24)).decode()


def _moment(chance: random.Random, day: date, channel: str, now: datetime) -> datetime:
    """When a matter comes in on a day: in office hours, through the portal also before breakfast and late; never after now."""
    minute = (
        chance.randint(375, 1340)
        if channel == "web"
        else chance.choice((chance.randint(512, 690), chance.randint(872, 1040)))
    )
    at = datetime.combine(day, time(minute // 60, minute % 60, chance.randint(0, 59)), ZONE)
    return min(at, now - timedelta(minutes=chance.randint(1, 5)))
