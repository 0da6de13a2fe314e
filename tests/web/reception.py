"""One of everything that the reception's pages can be about, in the small office."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.reception import events, leaders, queue, rota, statements
from huiyin.reception.models import Visit
from tests.world import World

SAID = "我家的暖气费补贴，去年冬天少发了三个月。\n请补发，并说明标准。"
FIGHT = {
    "kind": "violence", "place": "接待室门口", "what": "有人推倒了取号的牌子。", "at_once": "请大家坐下，扶起牌子。", "called": ["110"],
    "called_by": "值班的人决定，值班的人打", "calmed": "请到里间坐下，听完再说。", "act": "3", "reviewer": "法务科",
}  # fmt: skip


def a_reception(world: World, *, now: datetime) -> dict[str, Any]:
    """Numbers in three states, a visit, a statement, an event note, leaders' days, a rota; ids by name."""
    clerk, leader, today = world.actor("clerk"), world.actor("leader"), clock.on(now)
    for name in ("", "张老师", "李阿姨"):
        queue.take(called_as=name, key="", by=clerk, now=now)
    called = [queue.call_next(key="", by=clerk, now=now) for _ in range(2)]
    queue.move(ticket_id=called[0].pk, step="seen", by=clerk, now=now)
    statement = statements.write_down(name="孟庆兰", via="visit", text=SAID, key="", by=clerk, now=now)
    statements.correct(statement_id=statement.pk, seen=1, text=f"{SAID}谢谢。", by=clerk, now=now)
    event = events.note(facts={**FIGHT, "happened_at": now}, key="", by=clerk, now=now)
    events.add(event_id=event.pk, kind="told", text="当面告诉了本人。", key="", by=clerk, now=now)
    on = {"leader_id": leader.staff_id, "day": today, "begins": time(9), "place": "一楼接待室"}
    day = leaders.plan(**on, ends=time(11), by=leader, now=now)  # type: ignore[arg-type]
    off = leaders.plan(**{**on, "begins": time(15)}, ends=time(17), by=leader, now=now)  # type: ignore[arg-type]
    leaders.call_off(day_id=off.pk, why="外出开会", by=leader, now=now)
    _rota(world, now)
    return {
        "ticket": called[1].pk, "visit": Visit.objects.get().pk, "statement": statement.pk, "event": event.pk,
        "leader_day": day.pk, "screen": queue.renew_screen(by=leader),
    }  # fmt: skip


def _rota(world: World, now: datetime) -> None:
    days = [orgs.calendar().add_workdays(clock.on(now), count) for count in (1, 2, 3)]
    given: dict[str, Any] = {"by": world.actor("leader"), "now": now}
    rota.plan(who=world.staff["clerk"].pk, days=days[:2], halves=("am", "pm"), **given)
    rota.plan(who=world.staff["counter_head"].pk, days=days[2:], halves=("am",), **given)
