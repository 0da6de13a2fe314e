"""Clocks of the ordinary path and the sweep: what starts, what stops, and that no date passes unseen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiyin.cases import services
from huiyin.cases.models import Case
from huiyin.cases.supervision.models import Alarm
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Invalid, Refused
from tests.world import NOW, World


def clocks(case: Case) -> dict[str, tuple[date, str]]:
    return {clock.term: (clock.due_on, clock.outcome) for clock in case.clocks.all()}


def test_acceptance_starts_sixty_days_and_notice_runs_from_receipt(world: World) -> None:
    case = world.case("accepted")
    assert clocks(case) == {"notice": (date(2026, 3, 17), ""), "handle": (date(2026, 5, 6), "")}


def test_written_notice_stops_its_clock_and_the_opinion_stops_the_sixty_days(world: World) -> None:
    found = clocks(world.case("issued"))
    assert found["notice"][1] == "met" and found["handle"][1] == "met"


def test_a_sender_who_cannot_be_reached_is_owed_no_notice_but_somebody_still_looks(world: World) -> None:
    case = world.register(petitioners=[{"name": ""}])
    assert clocks(case) == {} and case.marks["notice_waived"] and case.next_alert_on == date(2026, 3, 9)


def test_an_extension_counts_from_the_unmoved_sixtieth_day(world: World) -> None:
    case = world.perform(world.case("handling"), "extend", "leader", days=30, reason="涉及多个年度的台账。")
    found = clocks(case)
    assert found["handle"] == (date(2026, 5, 6), "extended")
    assert found["extend"][0] == date(2026, 6, 1)
    with pytest.raises(Refused):
        world.perform(case, "extend", "leader", days=10, reason="再延")


def test_delivery_opens_thirty_days_and_their_end_settles_the_matter(world: World) -> None:
    case = world.case("issued")
    case = world.perform(case, "deliver", "clerk", mode="post", on="2026-03-02", reference="XB1234")
    case = world.perform(case, "carry_out", "handler", on="2026-03-02", done="补发180元。")
    assert clocks(case)["request-review"][0] == date(2026, 4, 1)
    sweep(now=datetime(2026, 4, 1, 23, tzinfo=ZONE))
    case.refresh_from_db()
    assert case.state == "delivered"
    sweep(now=datetime(2026, 4, 2, 1, tzinfo=ZONE))
    case.refresh_from_db()
    assert case.state == "closed" and case.next_alert_on is None


def test_settling_early_never_shortens_the_review_period(world: World) -> None:
    case = world.case("archived")
    assert clocks(case)["request-review"] == (date(2026, 4, 1), "")
    assert case.next_alert_on == date(2026, 4, 2)
    sweep(now=datetime(2026, 4, 2, 1, tzinfo=ZONE))
    assert clocks(case)["request-review"][1] == "lapsed"


def test_a_dissatisfied_petitioner_keeps_the_matter_from_being_settled_early(world: World) -> None:
    case = world.case("issued")
    case = world.perform(case, "deliver", "clerk", mode="direct", on="2026-03-02", received_by="本人")
    case = world.perform(case, "evaluate", "petitioner", reception="satisfied", result="dissatisfied")
    with pytest.raises(Refused):
        world.perform(case, "close", "handler")


def walk(case: Case, days: int) -> list[tuple[str, str, date]]:
    for day in range(days):
        sweep(now=NOW + timedelta(days=day))
    return list(case.alarms.order_by("raised_on", "kind").values_list("kind", "term", "raised_on"))


def test_the_sweep_rings_soon_due_and_late_once_each(world: World) -> None:
    raised = [row for row in walk(world.register(), 35) if row[1] == "notice"]
    assert raised == [
        ("notice_soon", "notice", date(2026, 3, 12)), ("notice_due", "notice", date(2026, 3, 17)),
        ("notice_late", "notice", date(2026, 3, 18)),
    ]  # fmt: skip


def test_a_sweep_that_comes_late_still_rings_and_a_second_sweep_rings_nothing_twice(world: World) -> None:
    case = world.register()
    late = NOW + timedelta(days=20)
    sweep(now=late)
    sweep(now=late)
    assert [alarm.kind for alarm in case.alarms.all()] == ["notice_late"]


@pytest.mark.parametrize("edit", ["note", "hand_over", "add_material"])
def test_editing_or_reassigning_a_matter_silences_no_alarm(world: World, edit: str) -> None:
    case = world.register()
    facts: dict[str, Any] = {
        "note": {"words": "打过电话"}, "add_material": {"words": "补一句"},
        "hand_over": {"office": world.other.pk, "staff": world.staff["other_handler"].pk, "reason": "休假"},
    }[edit]  # fmt: skip
    for day in range(30):
        now = NOW + timedelta(days=day)
        sweep(now=now)
        if edit != "hand_over" or day == 0:
            services.perform(case, edit, by=world.actor("clerk"), now=now + timedelta(hours=1), facts=facts)
    assert case.alarms.filter(kind="notice_soon").exists()
    assert case.alarms.filter(kind="notice_late", raised_on=date(2026, 3, 18)).exists()


def test_a_matter_without_a_running_term_is_looked_at_when_it_stands_still(world: World) -> None:
    case = world.perform(world.case("agreed"), "carry_out", "handler", on="2026-03-02", done="补发了。")
    sweep(now=NOW + timedelta(days=7))
    assert [alarm.kind for alarm in case.alarms.all()] == ["idle"]


def test_replaying_all_events_gives_every_matter_as_it_stands(world: World) -> None:
    for state in ("registered", "handling", "delivered", "archived", "withdrawn"):
        world.case(state)
    assert list(verify()) == []
    Case.objects.filter(state="handling").update(state="issued")
    assert {finding.code for finding in verify()} == {"state_differs"}


def test_a_case_that_cannot_be_read_is_named_and_holds_up_no_other(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = world.case("accepted"), world.case("accepted")
    broken.clocks.filter(term="handle").update(term="unknown")
    swept = sweep(now=datetime(2026, 7, 1, 9, tzinfo=ZONE))
    assert swept.failed == [broken.no] and broken.no in caplog.text
    sound.refresh_from_db()
    assert sound.next_alert_on is not None and sound.next_alert_on > date(2026, 7, 1)
    assert Alarm.objects.filter(case=sound).exists()


@pytest.mark.parametrize("days", ["0", "31", "-1"])
def test_an_extension_is_1_to_30_days(world: World, days: str) -> None:
    case = world.case("handling")
    with pytest.raises(Invalid) as refused:
        world.perform(case, "extend", "leader", days=days, reason="涉及多个年度的台账。")
    assert refused.value.errors.keys() == {"days"}
