"""Alarms: whom they tell, how they climb, what taking note does, how they follow a matter, and what ends them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from huiyin.cases import drafts
from huiyin.cases.models import Case
from huiyin.cases.snapshots import situation, snapshot_of
from huiyin.cases.supervision import queries, services
from huiyin.cases.supervision import ringing as rings
from huiyin.cases.supervision.models import Alarm, AlarmEntry
from huiyin.cases.sweep import sweep
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.people import absences
from huiyin.people import services as people
from huiyin.procedure.editions.regulations_2022 import EDITION
from tests.world import ANSWERS, NOW, World

DAYS = timedelta(days=1)
AGAIN = {"ground": "facts", "reason": "面积还没有核对。"}


def at(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(f"2026-{day}"), datetime.min.time(), ZONE).replace(hour=9)


def told(alarm: Alarm) -> tuple[int, str]:
    alarm.refresh_from_db()
    return alarm.rung, alarm.holder.username if alarm.holder else ""


def ringing(world: World, *, of: str = "handling") -> Alarm:
    """The handler's matter, whose 60 days ended on 05-06."""
    case = world.case(of)
    sweep(now=at("05-07"))
    return case.alarms.get(kind="late")


def take_note(world: World, alarm: Alarm, by: str, now: datetime, on: str) -> None:
    day = date.fromisoformat(f"2026-{on}")
    services.acknowledge(alarm, by=world.actor(by), now=now, promise="今天拟好意见。", promised_on=day)


def test_an_alarm_climbs_from_the_person_to_the_head_and_to_the_supervisor(world: World) -> None:
    alarm = ringing(world)
    seen = [told(alarm)]
    for day in ("05-08", "05-09", "05-11", "05-12"):  # 05-09 is a worked Saturday
        sweep(now=at(day))
        seen.append(told(alarm))
    assert seen == [(0, "handler"), (1, "head"), (2, "supervisor"), (2, "supervisor"), (2, "supervisor")]
    assert [entry.what for entry in queries.history(alarm)] == ["rang", "climbed", "climbed", "again", "again"]


def test_in_a_unit_below_it_climbs_on_to_the_head_office(world: World) -> None:
    case = world.case("handling")
    world.perform(
        case, "hand_over", "leader", office=world.sister.pk, staff=world.staff["sister_clerk"].pk, reason="该所办理"
    )
    seen = []
    for day in ("05-07", "05-08", "05-09", "05-11"):
        sweep(now=at(day))
        seen.append(told(case.alarms.get(kind="late")))
    assert seen == [
        (0, "sister_clerk"),
        (2, "sister_leader"),
        (3, "supervisor"),
        (3, "supervisor"),
    ]  # no head there: passed over


def test_who_takes_note_keeps_it_from_climbing_until_the_promised_day_has_passed(world: World) -> None:
    alarm = ringing(world)
    take_note(world, alarm, "handler", at("05-07"), "05-11")
    for day in ("05-08", "05-11"):
        sweep(now=at(day))
        assert told(alarm) == (0, "handler") and alarm.acknowledged_by == world.staff["handler"]
    sweep(now=at("05-12"))
    assert told(alarm) == (1, "head") and alarm.acknowledged_by is None
    assert queries.history(alarm)[-1].what == "broken"


def test_taking_note_ends_nothing_but_the_act_that_mends_it_does(world: World) -> None:
    alarm = ringing(world, of="approved")
    take_note(world, alarm, "handler", at("05-07"), "05-08")
    assert told(alarm) and alarm.ended_on is None
    world.perform(alarm.case, "issue", "leader", now=at("05-08"))
    alarm.refresh_from_db()
    assert (alarm.ended_on, alarm.how, alarm.next_on) == (date(2026, 5, 8), "issue", None)
    assert queries.history(alarm)[-1].what == "ended"


def test_a_promise_says_what_and_a_near_day_and_only_the_first_counts(world: World) -> None:
    alarm = ringing(world)
    for words, day in (("", date(2026, 5, 8)), ("会办", None), ("会办", date(2026, 5, 6)), ("会办", date(2026, 6, 30))):
        with pytest.raises(Invalid):
            services.acknowledge(alarm, by=world.actor("handler"), now=at("05-07"), promise=words, promised_on=day)
    for stranger in ("other_handler", "clerk", "sister_leader", "auditor", "system_admin"):
        with pytest.raises(Forbidden):
            take_note(world, alarm, stranger, at("05-07"), "05-08")
    take_note(world, alarm, "head", at("05-07"), "05-08")
    with pytest.raises(Conflict):
        take_note(world, alarm, "handler", at("05-07"), "05-08")


def test_an_alarm_follows_the_matter_and_no_reassigning_starts_a_day_anew(world: World) -> None:
    alarm, other = (
        ringing(world),
        {"office": world.other.pk, "staff": world.staff["other_handler"].pk, "reason": "换人"},
    )
    world.perform(alarm.case, "hand_over", "leader", now=at("05-07"), **other)
    assert told(alarm) == (0, "other_handler") and alarm.next_on == date(2026, 5, 8)
    assert alarm.office == world.other and alarm in queries.mine(world.actor("other_handler"), limit=20)
    assert alarm not in queries.mine(world.actor("handler"), limit=20)
    sweep(now=at("05-08"))
    back = {"office": world.section.pk, "staff": world.staff["handler"].pk, "reason": "换回来"}
    world.perform(alarm.case, "hand_over", "leader", now=at("05-08"), **back)
    assert told(alarm) == (1, "other_head")  # what climbed stays up
    sweep(now=at("05-09"))
    assert told(alarm) == (2, "supervisor")


def test_a_promise_of_the_one_before_does_not_bind_the_one_after(world: World) -> None:
    alarm = ringing(world)
    take_note(world, alarm, "handler", at("05-07"), "05-20")
    other = {"office": world.other.pk, "staff": world.staff["other_handler"].pk, "reason": "换人"}
    world.perform(alarm.case, "hand_over", "leader", now=at("05-07"), **other)
    assert told(alarm) == (0, "other_handler") and alarm.acknowledged_by is None and alarm.next_on == date(2026, 5, 8)


def test_a_note_taken_a_moment_ago_is_not_overwritten_where_the_matter_stays_with_the_person(world: World) -> None:
    alarm = ringing(world)
    case, stale = alarm.case, Alarm.objects.get(pk=alarm.pk)
    take_note(world, alarm, "head", at("05-07"), "05-11")
    rings._follow(stale, case, situation(snapshot_of(case), {}, by=world.actor("leader"), now=at("05-07"), law=EDITION))
    alarm.refresh_from_db()
    assert (alarm.acknowledged_by, alarm.promised_on) == (world.staff["head"], date(2026, 5, 11))
    assert alarm.next_on == date(2026, 5, 12)


@pytest.mark.django_db(transaction=True)
def test_taking_note_moving_the_matter_and_climbing_at_once_never_deadlock(transactional_world: World) -> None:
    world, alarm = transactional_world, ringing(transactional_world)
    start, other = Barrier(3), {"office": world.other.pk, "staff": world.staff["other_handler"].pk, "reason": "换人"}

    def at_once(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Refused:
            pass
        finally:
            connection.close()

    acts = [
        lambda: take_note(world, alarm, "handler", at("05-08"), "05-11"),
        lambda: world.perform(alarm.case, "hand_over", "leader", now=at("05-08"), **other),
        lambda: sweep(now=at("05-08")),
    ]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(at_once, acts))
    alarm.refresh_from_db()
    assert alarm.responsible == world.staff["other_handler"]


def test_who_left_or_is_away_is_passed_over_at_once(world: World) -> None:
    alarm = ringing(world)
    sweep(now=at("05-08"))
    assert told(alarm) == (1, "head")
    people.deactivate_staff(staff=world.staff["head"], now=at("05-08"))
    sweep(now=at("05-08"))
    assert told(alarm) == (2, "supervisor")
    away(world, "supervisor", "05-08", "05-09")
    sweep(now=at("05-08"))
    assert told(alarm)[1] not in {"supervisor", "head"} and alarm.holder is not None


def away(world: World, name: str, first: str, last: str, deputy: str = "") -> None:
    absences.enter(
        by=world.actor(name), staff_id=world.staff[name].pk, from_on=at(first).date(), to_on=at(last).date(),
        deputy_id=world.staff[deputy].pk if deputy else None, today=at(first).date(),
    )  # fmt: skip


def test_an_absent_persons_alarm_goes_to_the_deputy_and_without_one_to_the_head(world: World) -> None:
    away(world, "handler", "05-07", "05-08", deputy="other_handler")
    alarm = ringing(world)
    assert told(alarm) == (0, "other_handler") and alarm in queries.mine(world.actor("handler"), limit=20)
    absences.end(world.staff["handler"].absences.get().pk, by=world.actor("handler"))
    away(world, "handler", "05-07", "05-08")
    away(world, "other_handler", "05-07", "05-08")
    sweep(now=at("05-07"))
    assert told(alarm) == (1, "head")


def test_where_nobody_is_left_that_is_said_and_the_first_who_comes_is_told(world: World) -> None:
    case = world.case("handling")
    for name in ("head", "supervisor", "leader"):
        people.deactivate_staff(staff=world.staff[name], now=NOW)
    away(world, "handler", "05-07", "05-30")
    sweep(now=at("05-07"))
    alarm = case.alarms.get()
    assert told(alarm)[1] == "" and queries.nobody_told() == ["待遇核发科"]
    sweep(now=at("05-08"))
    people.reactivate_staff(staff=world.staff["supervisor"])
    sweep(now=at("05-08"))
    assert told(alarm)[1] == "supervisor" and queries.nobody_told() == []


def test_a_missed_week_rings_once_and_at_the_right_level(world: World) -> None:
    case = world.case("handling")
    sweep(now=at("05-15"))
    sweep(now=at("05-15"))
    assert [(alarm.kind, alarm.raised_on) for alarm in case.alarms.all()] == [("late", date(2026, 5, 15))]


def test_a_risen_alarm_gives_way_to_the_next_level(world: World) -> None:
    case = world.case("handling")
    for day in ("04-27", "04-30", "05-07"):
        sweep(now=at(day))
    rung = [(alarm.kind, alarm.how) for alarm in case.alarms.order_by("pk")]
    assert rung == [("soon", "risen"), ("due", "risen"), ("late", "")]


def test_a_matter_that_was_acted_on_while_nothing_swept_rings_at_the_next_sweep(world: World) -> None:
    case = world.case("handling")
    world.perform(case, "note", "handler", now=at("05-20"), words="在查")
    sweep(now=at("05-20"))
    assert [alarm.kind for alarm in case.alarms.all()] == ["late"]


def test_urging_does_not_wake_a_matter_that_stands_still(world: World) -> None:
    case = world.perform(world.case("agreed"), "carry_out", "handler", on="2026-03-02", done="补发了。")
    sweep(now=at("03-09"))
    idle = case.alarms.get(kind="idle")
    world.perform(case, "urge", "leader", now=at("03-09"), words="请办结。")
    idle.refresh_from_db()
    assert idle.ended_on is None
    world.perform(case, "note", "handler", now=at("03-10"), words="已预约上门。")
    idle.refresh_from_db()
    assert (idle.ended_on, idle.how) == (date(2026, 3, 10), "note")


def test_an_urged_person_takes_note_and_an_explanation_ends_with_its_answer(world: World) -> None:
    case = world.case("handling")
    world.perform(case, "urge", "head", words="请抓紧。")
    urged = case.alarms.get(kind="urged")
    services.acknowledge(urged, by=world.actor("handler"), now=NOW)
    urged.refresh_from_db()
    assert urged.how == "read"
    world.perform(case, "ask_explanation", "supervisor", words="为什么还没有调查？", answer_by="2026-03-05")
    asked = case.alarms.get(kind="explanation")
    assert asked.due_on == date(2026, 3, 5) and told(asked) == (0, "handler")
    world.perform(case, "explain", "handler", words="台账在外地，周三取回。")
    asked.refresh_from_db()
    assert asked.how == "explain"


def test_a_supervisory_letter_is_numbered_and_its_feedback_is_followed(world: World) -> None:
    case = world.case("handling")
    before = {clock.term: clock.due_on for clock in case.clocks.all()}
    facts = {"ground": "delay", "words": "请三日内完成调查。", "answer_by": "2026-04-01"}
    case = world.perform(case, "supervise", "supervisor", **facts)
    letter = case.letters.get(kind="supervision")
    assert letter.label.startswith("云供信〔2026〕") and letter.data["addressee"] == "待遇核发科"
    assert "孟庆兰" not in str(letter.data)
    alarm = case.alarms.get(kind="feedback")
    take_note(world, alarm, "handler", NOW, "04-01")
    case = world.perform(case, "answer_supervision", "handler", words="已完成调查，本周拟写意见。")
    alarm.refresh_from_db()
    assert alarm.how == "answer_supervision"
    assert {clock.term: clock.due_on for clock in case.clocks.all()} == before


def test_an_opinion_that_refuses_a_request_is_read_by_the_supervisor(world: World) -> None:
    case = world.case("handling")
    refused = {**ANSWERS[0], "result": "not_supported", "reason": "无依据", "basis": "办法第六条", "ground": "rules"}
    case = world.perform(case, "investigate", "handler", kind="files", on="2026-03-02", source="名册", found="已发。")
    case = world.perform(
        case, "draft", "handler", claims=[refused, ANSWERS[1]], facts="已发。", superior="云江省电力公司"
    )
    case = world.perform(case, "approve", "head")
    case = world.perform(case, "issue", "leader")
    alarm = case.alarms.get(kind="refused")
    assert told(alarm) == (2, "supervisor")
    with pytest.raises(Forbidden):
        services.acknowledge(alarm, by=world.actor("handler"), now=NOW)
    services.acknowledge(alarm, by=world.actor("supervisor"), now=NOW, promise="依据清楚。")
    alarm.refresh_from_db()
    assert alarm.how == "read"


def test_a_second_return_and_every_later_one_ring_for_the_head(world: World) -> None:
    case = world.case("drafted")
    answers = {"claims": ANSWERS, "facts": "有误。", "superior": "省公司"}
    kinds = []
    for _ in range(3):
        case = world.perform(case, "return", "head", reason="依据没有写全。")
        kinds.append(list(case.alarms.filter(kind="returned").order_by("pk").values_list("how", flat=True)))
        case = world.perform(case, "draft", "handler", **answers)
    assert kinds == [[], [""], ["newer", ""]]
    assert told(case.alarms.get(kind="returned", ended_on=None)) == (1, "head")


def test_a_draft_that_waits_unregistered_rings_until_it_is_registered_or_given_up(world: World) -> None:
    by = world.actor("clerk")
    waits, _ = drafts.begin(by=by, now=at("03-02"), data={"title": "写到一半的"})
    drafts.begin(by=by, now=at("03-02"))  # nothing was typed
    sweep(now=at("03-03"))
    assert not Alarm.objects.exists()
    sweep(now=at("03-04"))
    sweep(now=at("03-04"))
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.draft, *told(alarm)) == ("unregistered", waits.pk, 0, "clerk")
    sweep(now=at("03-05"))
    assert told(alarm) == (1, "counter_head")
    drafts.discard(waits)
    sweep(now=at("03-05"))
    alarm.refresh_from_db()
    assert alarm.how == "discarded"


def test_who_holds_an_unregistered_draft_can_not_leave(world: World) -> None:
    clerk, by = world.staff["clerk"], world.actor("clerk")
    drafts.begin(by=by, now=NOW)  # nothing was typed
    waits, _ = drafts.begin(by=by, now=NOW, data={"title": "写到一半的"})
    with pytest.raises(Refused, match="还有1份没登记的草稿"):
        people.deactivate_staff(staff=clerk, now=NOW)
    drafts.discard(waits)
    people.deactivate_staff(staff=clerk, now=NOW)


def test_the_database_refuses_a_doubled_alarm_an_open_one_without_a_day_and_a_changed_record(world: World) -> None:
    alarm = ringing(world)
    copy: dict[str, Any] = {
        "case": alarm.case, "kind": "late", "term": "handle", "raised_on": alarm.raised_on, "office": alarm.office,
        "responsible": alarm.responsible, "next_on": alarm.next_on,
    }  # fmt: skip
    for wrong in (
        {"occurrence": 1}, {"occurrence": 2}, {"occurrence": 2, "kind": "x", "next_on": None},
        {"occurrence": 2, "kind": "x", "case": None}, {"occurrence": 2, "kind": "x", "acknowledged_at": NOW},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Alarm.objects.create(**copy | wrong)
    with pytest.raises(Exception, match="only grows"), transaction.atomic():
        AlarmEntry.objects.update(words="")
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_settled_matter_keeps_only_what_was_asked_for(world: World) -> None:
    case = world.case("delivered")
    world.perform(case, "note", "handler", words="等评价")
    Case.objects.filter(pk=case.pk).update(
        marks=case.marks | {"execution_due_on": "2026-03-31"}, next_alert_on=at("04-01").date()
    )
    sweep(now=at("04-01"))
    assert case.alarms.get().kind == "unexecuted"


def test_being_urged_is_no_step_and_puts_no_alarm_off(world: World) -> None:
    case = world.register(petitioners=[{"name": ""}])  # owed no notice: no term runs
    sweep(now=at("03-05"))
    world.perform(case, "urge", "supervisor", now=at("03-05"), words="请尽快受理")
    sweep(now=at("03-06"))
    assert not case.alarms.filter(kind="idle").exists()
    sweep(now=at("03-09"))
    assert case.alarms.get(kind="idle").raised_on == at("03-09").date()
