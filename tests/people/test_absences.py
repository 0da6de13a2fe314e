"""An absence stands once for the same days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.kernel.errors import Invalid
from huiyin.people import absences
from huiyin.people.models import Absence
from tests.world import NOW, World

TODAY = NOW.date()


def enter(world: World, deputy: str | None = None) -> Absence:
    days: dict[str, Any] = {"from_on": TODAY, "to_on": TODAY + timedelta(days=3), "today": TODAY}
    deputy_id = world.staff[deputy].pk if deputy else None
    return absences.enter(by=world.actor("handler"), staff_id=world.staff["handler"].pk, deputy_id=deputy_id, **days)


def test_entered_twice_it_is_one_entry(world: World) -> None:
    assert enter(world, "head").pk == enter(world, "head").pk
    assert Absence.objects.count() == 1


def test_another_deputy_for_the_same_days_is_refused_with_what_to_do(world: World) -> None:
    enter(world, "head")
    with pytest.raises(Invalid) as refused:
        enter(world)
    assert (
        "代办人是head" in refused.value.errors["deputy"].zh and "先把上面那条撤掉" in refused.value.errors["deputy"].zh
    )
    assert absences.away_on(TODAY) == {world.staff["handler"].pk: world.staff["head"].pk}


def test_the_database_keeps_it_to_one(world: World) -> None:
    entry = enter(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(staff=entry.staff, from_on=entry.from_on, to_on=entry.to_on, entered_by=entry.entered_by)
