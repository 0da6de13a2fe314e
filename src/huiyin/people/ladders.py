"""The ladder that an alarm climbs from an office: the heads of the sections, then supervisor or leader of each unit above.

A rung is a place in the tree, whether anybody is there or not, so that its number stays when people come and go. Who left or is
away is not there; two or three queries for each office that is asked about, kept for as long as the object lives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import absences
from huiyin.people.models import Staff, StaffRole

UNIT_ROLES = ("supervisor", "leader")


@dataclass(frozen=True)
class Told:
    """Who is told, and on which rung; nobody (None) where the whole ladder is empty."""

    rung: int
    staff: int | None


@dataclass
class Ladders:
    """All ladders on one day. `leaders_only` are those of sealed accusations (Art. 30): only leaders stand on them, and nobody of
    the office that the accusation is about or of one below it (`but_below`, its path)."""

    on: date
    leaders_only: bool = False
    but_below: str = ""
    _rungs: dict[int, list[tuple[bool, list[int]]]] = field(default_factory=dict)
    _away: dict[int, int | None] | None = None
    _working: dict[int, bool] = field(default_factory=dict)

    def sealed(self, accused: Office | None) -> Ladders:
        """The ladders of a sealed matter, maybe about an office, on the same day."""
        return Ladders(self.on, leaders_only=True, but_below=accused.path if accused else "")

    def first(self, office: Office, responsible: int, first: str) -> Told:
        """Who is told first. Where that place is empty, the next one up who is there; at last anybody on the ladder."""
        if first in ("person", "sender") and (person := self._person(responsible)):
            return Told(0, person)
        rungs = self._of(office)
        units = [at for at, (unit, _) in enumerate(rungs, 1) if unit]
        least = {"supervisor": units[:1], "unit_above": units[1:2]}.get(first, []) or [1]
        return self._from(rungs, least[0], set()) or self._anybody(office, responsible, set())

    def above(self, office: Office, rung: int, holder: int | None, responsible: int) -> Told:
        """Who is told next: the nearest higher place where somebody else is; the same person at the top, if still there."""
        rungs = self._of(office)
        higher = self._from(rungs, rung + 1, {holder} if holder else set())
        if higher:
            return higher
        if holder is not None and self.is_there(holder):
            return Told(rung, holder)
        return self._anybody(office, responsible, {holder} if holder else set())

    def is_there(self, staff: int) -> bool:
        """Whether somebody is on duty and not away."""
        if staff not in self._working:
            self._working[staff] = Staff.objects.filter(pk=staff, is_active=True).exists()
        return self._working[staff] and staff not in self.away

    @property
    def away(self) -> dict[int, int | None]:
        if self._away is None:
            self._away = absences.away_on(self.on)
        return self._away

    def _person(self, responsible: int) -> int | None:
        """The person, or the deputy while they are away."""
        if self.is_there(responsible):
            return responsible
        deputy = None if self.leaders_only else self.away.get(responsible)
        return deputy if deputy is not None and self.is_there(deputy) else None

    def _anybody(self, office: Office, responsible: int, but: set[int]) -> Told:
        rungs = self._of(office)
        for at in range(len(rungs), 0, -1):
            for staff in rungs[at - 1][1]:
                if staff not in but:
                    return Told(at, staff)
        person = self._person(responsible)
        return Told(0, person) if person not in but else Told(len(rungs), None)

    def _from(self, rungs: list[tuple[bool, list[int]]], least: int, but: set[int]) -> Told | None:
        for at in range(max(1, least), len(rungs) + 1):
            for staff in rungs[at - 1][1]:
                if staff not in but:
                    return Told(at, staff)
        return None

    def _of(self, office: Office) -> list[tuple[bool, list[int]]]:
        """The rungs above the person, the lowest first: whether it belongs to a unit, and who is there, in order."""
        if office.pk not in self._rungs:
            self._rungs[office.pk] = self._built(office)
        return self._rungs[office.pk]

    def _built(self, office: Office) -> list[tuple[bool, list[int]]]:
        ids = orgs.ids_above(office.path)
        units = set(Office.objects.filter(pk__in=ids, kind=Office.Kind.UNIT).values_list("pk", flat=True))
        people = self._people(ids)
        rungs = []
        for pk in reversed(ids):
            if pk not in units or pk == office.pk:
                rungs.append((False, people.get((pk, "head"), [])))
            if pk in units:
                rungs.append((True, next((found for role in UNIT_ROLES if (found := people.get((pk, role)))), [])))
        return rungs

    def _people(self, ids: list[int]) -> dict[tuple[int, str], list[int]]:
        """Who is there, by office and role."""
        roles = ("leader",) if self.leaders_only else ("head", *UNIT_ROLES)
        rows = StaffRole.objects.filter(staff__office_id__in=ids, staff__is_active=True, role__in=roles)
        if self.but_below:
            rows = rows.exclude(staff__office__path__startswith=self.but_below)
        found: dict[tuple[int, str], list[int]] = {}
        for place, role, staff in rows.order_by("staff_id").values_list("staff__office_id", "role", "staff_id"):
            if staff not in self.away:
                found.setdefault((place, role), []).append(staff)
        return found
