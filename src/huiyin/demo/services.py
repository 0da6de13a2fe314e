"""Makes the demonstration: office, staff, roster, matters; and what is worth printing about it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.cases import sweep
from huiyin.cases.models import Case
from huiyin.demo import (
    behind,
    belonging,
    office,
    reception,
    screenings,
    splitting,
    supervision,
    together,
    twice,
    wishes,
)
from huiyin.demo.loading import SOURCE, Loader
from huiyin.kernel.db import statistics
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import services as people
from huiyin.people.policy import SYSTEM
from huiyin.people.roster.sample import invented

RETIREES = 320
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Sample:
    """A matter to try the portal with: its receipt code and secret, and the second fact that opens its letters."""

    no: str
    code: str
    secret: str
    name: str
    phone: str


@transaction.atomic
def install(*, now: datetime, seed: int, progress: Progress) -> None:
    """The office with its people and the chosen matters, whole or not at all; `progress` hears of each retiree and matter."""
    office.build(now=now)
    office.hire()
    _enrol(now=now, seed=seed, progress=progress)
    Loader(now=now, seed=seed).few(progress=progress)
    screenings.load(now=now)
    reception.furnish(now=now)
    together.arrange(now=now)
    belonging.link(now=now)
    splitting.split(now=now)
    twice.bring(now=now)
    behind.stand(now=now)


def fill(*, cases: int, now: datetime, seed: int, progress: Progress) -> int:
    """More matters by chance, until there are `cases` of the demonstration; gives how many were added."""
    present = count()
    if cases > present:
        Loader(now=now, seed=seed, many=True).many(present + 1, cases, progress=progress)
        statistics.renew(written=cases - present)
    return max(0, cases - present)


def few() -> int:
    """How many matters `install` loads."""
    return len(list(wishes.chosen(date(2026, 3, 2), orgs.calendar(), random.Random(0))))


def ring(*, now: datetime) -> None:
    """Raises the alarms of today, as every night, and shows what supervisors do with some of them."""
    sweep.sweep(now=now)
    supervision.show(now=now)


def count() -> int:
    """How many matters of the demonstration there are."""
    return Case.objects.filter(source=SOURCE).count()


def sample() -> Sample | None:
    """An answered matter from the portal that waits to be rated; else any from the portal."""
    mine = Case.objects.filter(source=SOURCE, channel="web").exclude(petitioners__phone="").order_by("pk")
    case = mine.filter(state="delivered").first() or mine.first()
    first = case.petitioners.first() if case else None
    return Sample(case.no, case.receipt_code, case.receipt_secret, first.name, first.phone) if case and first else None


def _enrol(*, now: datetime, seed: int, progress: Progress) -> None:
    """The roster: most people belong to the main office, some to the branches.

    Their staff numbers say what they are, so that somebody's own roster, imported to try it, meets no number of its own.
    """
    chance = random.Random(seed)
    main, *branches = [Office.objects.get(name=name) for name in (office.UNIT, *office.BRANCHES)]
    for number, row in enumerate(invented(RETIREES, seed=seed), start=1):
        row["staff_no"] = f"DEMO-{number:06d}"
        place = main if chance.random() < 0.8 else chance.choice(branches)
        people.save_person(person=None, data=row, by=SYSTEM, now=now, office=place)
        progress(1)
