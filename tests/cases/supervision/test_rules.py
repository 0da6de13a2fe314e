"""The alarms' rules, purely: worked dates over make-up days and holidays, and that an open matter is always looked at again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiyin.cases import alerts
from huiyin.kernel.clock import ZONE
from huiyin.procedure import engine
from huiyin.procedure.actions import Doer, Running, Situation, Snapshot
from huiyin.procedure.alarms import RULES, kind_of
from huiyin.procedure.calendars import default
from huiyin.procedure.terms import TERMS

CALENDAR = default()


def running(term: str, start: date) -> Running:
    now = datetime.combine(start, datetime.min.time(), ZONE)
    at = Situation(Snapshot(), {}, Doer("system"), now, start, CALENDAR)
    return engine.run(term, start, at)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


# What rings when, in 2026: 02-14 (Sat) and 02-28 (Sat) are worked, 02-15 to 02-23 and 05-01 to 05-05 are holidays, 05-09 (Sat)
# and 09-20 (Sun) are worked; 09-25 to 09-27 and 10-01 to 10-07 are holidays.
WORKED = [
    # term, start, nearly due from, due from, overdue from
    ("notice", "02-03", "02-11", "02-14", "02-25"),  # the 15th day is 02-18, in the holidays; three working days before Sat 02-14
    ("notice", "01-30", "02-11", "02-14", "02-15"),  # ends on a worked Saturday: nothing moves
    ("handle", "03-02", "04-27", "04-30", "05-07"),  # the 60th day is 05-01
    ("notice", "09-18", "09-24", "09-30", "10-09"),
    ("object", "02-03", "02-05", "02-10", "02-11"),  # five working days
    ("reply", "03-09", "04-30", "05-08", "05-09"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "start", "soon", "due", "late"), WORKED)
def test_a_term_rings_three_working_days_before_on_the_day_and_the_day_after(
    term: str, start: str, soon: str, due: str, late: str
) -> None:
    clock, one = running(term, day(start)), timedelta(days=1)
    assert alerts.level(clock, day(soon) - one, CALENDAR) == ""
    assert alerts.level(clock, day(soon), CALENDAR) == "soon"
    assert alerts.level(clock, day(due) - one, CALENDAR) == "soon"
    assert alerts.level(clock, day(due), CALENDAR) == "due"
    assert alerts.level(clock, day(late) - one, CALENDAR) == "due"
    assert alerts.level(clock, day(late), CALENDAR) == "late"


@pytest.mark.parametrize(
    ("acted", "rings"),
    [("02-11", "02-25"), ("02-27", "03-05"), ("04-29", "05-09"), ("03-02", "03-09")],
)  # fmt: skip
def test_standing_still_is_seen_after_five_working_days(acted: str, rings: str) -> None:
    def found(on: date) -> list[str]:
        rung = alerts.rings([], {}, is_open=True, on=on, acted_on=day(acted), calendar=CALENDAR)
        return [each.kind for each in rung]

    first = CALENDAR.add_workdays(day(acted), 5)
    assert found(first) == ["idle"] and found(first - timedelta(days=1)) == []
    assert first == day(rings)


def test_an_opinion_is_to_be_executed_by_its_day_until_that_is_recorded() -> None:
    marks = {"execution_due_on": "2026-03-31"}

    def found(on: str, **more: str) -> list[str]:
        rung = alerts.rings([], marks | more, is_open=False, on=day(on), acted_on=day("03-01"), calendar=CALENDAR)
        return [each.kind for each in rung]

    assert found("03-31") == [] and found("04-01") == ["unexecuted"]
    assert found("04-01", executed_on="2026-03-30") == []
    look = {"is_open": False, "acted_on": day("03-01"), "calendar": CALENDAR, "marks": marks}
    assert alerts.next_look([], since=day("03-02"), **look) == day("04-01")
    assert alerts.next_look([], since=day("04-02"), **look) == day(
        "04-07"
    )  # the first working day of the next week: 04-06 is a holiday


def test_every_alarm_of_a_term_has_a_rule_and_rules_name_whom_they_tell() -> None:
    assert {kind_of(term, level) for term in TERMS for level in ("soon", "due", "late")} <= set(RULES)
    for rule in RULES.values():
        assert (
            rule.climbs_after >= 1
            and rule.first in {"person", "head", "supervisor", "sender", "unit_above"}
            and rule.name.zh
            and rule.when.en
        )


TERM_LISTS = some.lists(
    some.builds(running, some.sampled_from(["notice", "handle", "reply", "request-review", "object"]),
                some.dates(date(2024, 1, 1), date(2026, 10, 1))),
    max_size=4, unique_by=lambda clock: clock.term,
)  # fmt: skip
DAYS = some.dates(date(2024, 1, 1), date(2026, 11, 30))


@given(clocks=TERM_LISTS, today=DAYS, passed=some.integers(0, 200))
def test_every_open_matter_has_a_next_look_that_is_not_in_the_past(
    clocks: list[Running], today: date, passed: int
) -> None:
    acted = today - timedelta(days=passed)
    found = alerts.next_look(clocks, is_open=True, since=today, acted_on=acted, calendar=CALENDAR, marks={})
    assert found is not None and found >= today


@given(clocks=TERM_LISTS, today=DAYS, days=some.integers(1, 60))
def test_nothing_new_rings_between_two_looks(clocks: list[Running], today: date, days: int) -> None:
    """Whatever rings on a later day rang when the matter was last looked at, or is looked at by then."""

    def found(on: date) -> set[tuple[str, str]]:
        rung = alerts.rings(clocks, {}, is_open=True, on=on, acted_on=today, calendar=CALENDAR)
        return {(each.kind, each.term) for each in rung}

    later = today + timedelta(days=days)
    look = alerts.next_look(
        clocks, is_open=True, since=today + timedelta(days=1), acted_on=today, calendar=CALENDAR, marks={}
    )
    assert found(later) <= found(today) or (look is not None and look <= later)


@given(clocks=TERM_LISTS, today=DAYS)
def test_after_an_act_a_matter_that_rings_is_looked_at_the_same_day(clocks: list[Running], today: date) -> None:
    look = alerts.look_after_an_act(clocks, is_open=True, today=today, calendar=CALENDAR, marks={})
    rings = alerts.rings(clocks, {}, is_open=True, on=today, acted_on=today, calendar=CALENDAR)
    assert look is not None and (look == today or not rings)
