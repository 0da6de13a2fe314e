# data: an invented letter; nothing of it exists
"""A matter of the demonstration that a unit below is handling and that was brought to the main office as well (Art. 19(3))."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.cases import links, services, splitting
from huiyin.cases.models import Case
from huiyin.demo import office
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.editions.effects_routes_2022 import ANSWER_TERMS

CLERK, LEADER = "linfang", "zhengguodong"
REASON = "同一个人、同一件事，下级单位已经受理。"


def bring(*, now: datetime) -> None:
    """Registers the letter, links it to the one below, and has the leader decide; the petitioner is still to be told."""
    clerk, leader = _actor(CLERK), _actor(LEADER)
    at, below = now - timedelta(minutes=15), _below(now)
    if below is None:
        return
    unit, today = orgs.unit_of(below.office).name if below.office else "", clock.on(at)
    letter = {
        "channel": "letter", "received_on": today, "title": below.title, "purpose": below.purpose,
        "text": f"这件事{unit}在办，我还是想请你们上面也看一看。", "topic": below.topic.code if below.topic else "",
        "claims": [row.text for row in below.claims.all()], "petitioners": splitting.petitioners_of(below),
    }  # fmt: skip
    case = services.register(by=clerk, now=at, facts=letter)
    links.join(case, below.no, by=leader, now=at + timedelta(minutes=2), kind="repeat", reason=REASON)
    facts = {
        "earlier": below.no,
        "same": "两封信说的是同一件事，没有新的事实、理由。",
        "passed_on": today,
        "passed_how": "系统转去",
    }
    services.perform(case, "not_accepted", by=leader, now=at + timedelta(minutes=4), facts=facts)


def _below(now: datetime) -> Case | None:
    """The newest matter that a branch has accepted and is to answer, of somebody who is named and can be reached."""
    waiting = Case.objects.filter(
        is_open=True, sealed=False, office__name__in=office.BRANCHES, clocks__term__in=ANSWER_TERMS, clocks__stopped_on=None,
        clocks__due_on__gt=clock.on(now), marks__accepted_on__isnull=False, registered_at__lt=now,
    )  # fmt: skip
    found = waiting.exclude(petitioners__phone="").exclude(petitioner_name="").select_related("office", "topic")
    return found.order_by("-received_on", "-pk").first()


def _actor(username: str) -> Actor:
    actor = people.actor_for(Staff.objects.get(username=username))
    assert actor is not None
    return actor
