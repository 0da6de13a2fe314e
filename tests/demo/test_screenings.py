"""The demonstration shows screenings in every stage: closed, under way, late, returned, with findings open and become a case."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.cases.models import Case
from huiyin.demo import office, screenings
from huiyin.kernel.clock import ZONE, on
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.screening import queries
from huiyin.screening.models import Campaign, Sheet


def acting(username: str) -> Actor:
    found = people.actor_for(Staff.objects.get(username=username))
    assert found is not None
    return found


@pytest.mark.parametrize("now", [datetime(2026, 3, 2, 9, tzinfo=ZONE), datetime(2026, 10, 5, 0, 30, tzinfo=ZONE)])
def test_one_is_closed_and_one_under_way_with_a_late_and_a_returned_sheet(db: None, now: datetime) -> None:
    office.build(now=now)
    office.hire()
    screenings.load(now=now)
    assert sorted(Campaign.objects.values_list("state", flat=True)) == ["closed", "running"]
    states = Sheet.objects.filter(campaign__state="running").values_list("state", flat=True)
    assert sorted(states) == ["open", "open", "returned", "signed", "signed"]
    assert Case.objects.get().channel == "screening"
    leader = acting("zhengguodong")
    assert len(queries.open_findings(leader).rows) == 1 and len(queries.waiting(leader, today=on(now))) == 2
