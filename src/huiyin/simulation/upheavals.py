# data: invented offices; nobody sees them
"""What moves in an office while matters run: people leave and come back, branches change hands, sections are dissolved, and
in the autumn the next year's holidays are published.

Nobody leaves and nothing is closed before all matters are in other hands; that the product refuses it before is tried each time.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import OperationalError

from huiyin.cases import recomputing
from huiyin.cases.models import Case
from huiyin.kernel.errors import Refused
from huiyin.orgs import queries as org_queries
from huiyin.orgs import services as orgs
from huiyin.orgs.models import Office as Place
from huiyin.people import absences
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.editions import CURRENT, edition
from huiyin.simulation import calendars, faults
from huiyin.simulation.clerks import Office
from huiyin.simulation.diary import Diary
from huiyin.simulation.house import COMPANIES
from huiyin.simulation.steps import Choice

PUBLISHED = (11, 20)  # month and day


class Upheavals:
    """Everything that is moved, by chance, with the day on which people come back."""

    def __init__(self, office: Office, diary: Diary, chance: random.Random, renew: Callable[[], None]) -> None:
        self.office, self.diary, self.chance, self._renew = office, diary, chance, renew
        self._away: list[tuple[date, int]] = []
        self._sections = 0
        self._unfinished = False

    def of(self, today: date, *, now: datetime) -> None:
        """What happens on a day before the doors open."""
        self._come_back(today)
        if self._unfinished or (today.month, today.day) == PUBLISHED:
            self._publish(today, now=now)
        if self.chance.random() < 1 / 18:
            self._leave(today, now=now)
        if self.chance.random() < 1 / 12:
            self._absent(today)
        if self.chance.random() < 1 / 150:
            self._move_branch()
        if self.chance.random() < 1 / 200:
            self._dissolve_section(now=now)

    def hand_over(self, case_id: int, *, now: datetime, to: list[Actor] | None = None) -> bool:
        """Gives one matter to somebody else; False if nobody may take it."""
        case = self.office.load(case_id)
        action = edition(CURRENT).action("hand_over")
        doers = [one for one in self.office.roster.doers(action, case) if one.kind == "staff"]
        inside = [
            one
            for one in self.office.roster.with_role("handler", "clerk", "head")
            if one.staff_id != case.responsible_id
        ]
        for by in doers[:2]:
            near = to or [one for one in inside if one.unit_path == by.unit_path]
            for receiver in self.chance.sample(near, min(3, len(near))):
                facts = {"office": receiver.office_id, "staff": receiver.staff_id, "reason": "人员变动。"}
                if self.office.perform(case, Choice(action, by, facts), now=now):
                    self.diary.count("handed over")
                    return True
        return False

    def _leave(self, today: date, *, now: datetime) -> None:
        """Somebody goes on leave or leaves; what they hold is handed over first."""
        leaving = self.chance.choice(self.office.roster.with_role("clerk", "handler"))
        staff = Staff.objects.get(pk=leaving.staff_id or 0)
        held = list(Case.objects.filter(responsible=staff, is_open=True).order_by("pk").values_list("pk", flat=True))
        if held and self._may_leave(staff, now=now):
            self.diary.fail(f"{staff.username} left with {len(held)} matters in hand")
        handed = [self.hand_over(case_id, now=now) for case_id in held]
        if all(handed) and self._may_leave(staff, now=now):
            self.diary.count("left")
            self._away.append((today + timedelta(days=self.chance.randint(3, 60)), staff.pk))
        self._renew()

    def _absent(self, today: date) -> None:
        """Somebody is away for some days, with a deputy or without; their matters stay with them, their alarms don't wait."""
        away = self.chance.choice(self.office.roster.with_role("clerk", "handler", "head", "supervisor"))
        near = [one for one in absences.deputies(away) if one.pk != away.staff_id]
        deputy = self.chance.choice(near).pk if near and self.chance.random() < 0.6 else None
        last = today + timedelta(days=self.chance.randint(0, 12))
        absences.enter(by=away, staff_id=away.staff_id or 0, from_on=today, to_on=last, deputy_id=deputy, today=today)
        self.diary.count("on leave with matters in hand")

    def _may_leave(self, staff: Staff, *, now: datetime) -> bool:
        try:
            people.deactivate_staff(staff=staff, now=now)
        except Refused:
            return False
        return True

    def _come_back(self, today: date) -> None:
        back = [pk for day, pk in self._away if day <= today]
        self._away = [(day, pk) for day, pk in self._away if day > today]
        for pk in back:
            try:
                people.reactivate_staff(staff=Staff.objects.select_related("office").get(pk=pk))
                self.diary.count("came back")
            except Refused:
                self.diary.count("found their section closed")
        if back:
            self._renew()

    def _move_branch(self) -> None:
        """A branch is hung below the other company; its matters and alarms go along."""
        branch = self.chance.choice(
            list(Place.objects.filter(name__in=[name for names in COMPANIES.values() for name in names]).order_by("pk"))
        )
        companies = Place.objects.filter(name__in=COMPANIES).exclude(pk=branch.parent_id or 0).order_by("pk")
        orgs.move_office(office=branch, parent=companies.first())
        self.diary.count("branch moved")
        self._renew()

    def _dissolve_section(self, *, now: datetime) -> None:
        """A section is replaced by a new one: a person there gets all its matters, its people move, it is closed."""
        old = self.chance.choice(
            list(Place.objects.filter(kind="section", is_active=True, name__contains="科").order_by("pk"))
        )
        staff = list(Staff.objects.filter(office=old, is_active=True).order_by("pk"))
        self._sections += 1
        new = orgs.create_office(
            name=f"新设{self._sections}科", kind="section", parent=old.parent, phone="0700-555 0199"
        )
        first = people.create_staff(
            username=f"new{self._sections}", name=f"新科{self._sections}", office=new, roles=["handler"], password=None
        )
        self._renew()
        receiver = [self.office.roster.by_id[first.pk]]
        held = list(Case.objects.filter(office=old, is_open=True).order_by("pk").values_list("pk", flat=True))
        handed = [self.hand_over(case_id, now=now, to=receiver) for case_id in held]
        if all(handed):
            for person in staff:
                self._move(person, new)
            self._close(old)
        self._renew()

    def _move(self, person: Staff, new: Place) -> None:
        try:
            people.update_staff(staff=person, office=new)
        except Refused:
            self.diary.count("stayed behind")

    def _close(self, old: Place) -> None:
        try:
            orgs.close_office(office=old)
            self.diary.count("section closed")
        except Refused:
            self.diary.count("section kept open")

    def _publish(self, today: date, *, now: datetime) -> None:
        """The calendar of next year is imported and every running term brought to it, also where that is interrupted."""
        if not self._unfinished:
            rows = calendars.next_year(today.year + 1, org_queries.calendar(), self.chance)
            orgs.import_calendar(rows=rows, version=f"{today.year + 1}", by="模拟", now=now)
            self.diary.count("calendars")
        self._renew()
        self._unfinished = not self._recompute(now=now, dies=not self._unfinished)

    def _recompute(self, *, now: datetime, dies: bool) -> bool:
        try:
            with faults.failing_at(self.chance.randint(20, 2000) if dies else -1, faults.died):
                recomputing.recompute(now=now)
        except (faults.Died, OperationalError):
            self.diary.count("crash while recomputing")
            return False
        return True
