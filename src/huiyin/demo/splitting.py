# data: an invented letter; nothing of it exists
"""One letter of the demonstration that spoke of two matters: the second was split off at the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.cases import services
from huiyin.cases.models import Case
from huiyin.people import services as people
from huiyin.procedure.editions import CURRENT, edition

WHO = edition(CURRENT).action("split").roles
ITEM = {
    "title": "楼道灯坏了半年没人修",
    "text": "另外，我们那栋楼二单元的楼道灯坏了半年，晚上下楼看不见，请派人修一修。",
    "part_claims": "修好二单元的楼道灯",
    "purpose": "request",
}


def split(*, now: datetime) -> None:
    """Splits the item off the newest letter that is registered and in the hands of somebody who may do so."""
    at = now - timedelta(minutes=20)
    waiting = Case.objects.filter(state="registered", sealed=False, channel="letter", registered_at__lt=at)
    for case in waiting.select_related("responsible").order_by("-received_on", "-pk"):
        by = people.actor_for(case.responsible) if case.responsible else None
        if by and by.roles & WHO:
            services.perform(case, "split", by=by, now=at, facts=ITEM)
            return
