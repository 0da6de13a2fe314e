# data: invented reasons; nothing of it exists
"""Matters that belong together in the demonstration: one pair linked, one linked and undone again."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.cases import links
from huiyin.cases.models import Case
from huiyin.demo.office import SECTIONS
from huiyin.people import services as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor

LINKED_BY = "zhengguodong"


def link(*, now: datetime) -> None:
    """Links two pairs of matters in work, each of one office and topic, through the service; one was a mistake."""
    by = people.actor_for(Staff.objects.get(username=LINKED_BY))
    assert by is not None
    pairs = _pairs(by)
    for place, (one, other) in enumerate(pairs[:2]):
        at = now - timedelta(hours=3 - place)
        reason = "说的是同一项政策，一起核实，各答各的。" if place == 0 else "看标题像是同一件事。"
        made = links.join(one, other.no, by=by, now=at, kind="related" if place == 0 else "same", reason=reason)
        if place == 1:
            told = "核对以后是两笔不同的钱，分开办。"
            links.part(one, other.no, by=by, now=at + timedelta(minutes=40), reason=told, seq=made.seq)


def _pairs(by: Actor) -> list[tuple[Case, Case]]:
    """Matters of the same topic, two and two."""
    found: dict[int | None, list[Case]] = {}
    for case in Case.objects.filter(is_open=True, sealed=False, office__name__in=SECTIONS).order_by("pk"):
        if case.topic_id and links.may(by, case):
            found.setdefault(case.topic_id, []).append(case)
    return [(cases[0], cases[1]) for cases in found.values() if len(cases) > 1]
