"""Some months of an office with everything going wrong: nothing is missed, nothing doubled, and the same seed tells the same story."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from huiyin.cases.models import Alarm, AlarmEntry, Case
from huiyin.kernel.clock import ZONE
from huiyin.kernel.db import append_only
from huiyin.simulation import outcome
from huiyin.simulation.auditing import Auditor, Findings
from huiyin.simulation.diary import Diary
from huiyin.simulation.running import NOON, Plan, Simulation

BY_ACT = ("urged", "explanation", "feedback", "refused")
OF_TERMS = ("notice_soon", "notice_due", "notice_late", "soon", "due", "late")
SHORT = Plan(cases=60, seed=9, kills=0, most_days=75)
ENDS = {
    "closed", "archived", "concluded", "transferred", "withdrawn", "issued", "delivered", "agreed", "duty", "led", "informed", "forwarded",
    "objected", "review_issued", "reviewed", "rereviewing",
}  # fmt: skip
WAYS = {
    "simple_accept", "settle", "extend", "transfer_sealed", "urgent", "report_urgent", "object_outside", "dispute", "answer_task",
    "take_review", "record_review", "import_closed", "call_back", "succeed", "carry_out", "call_hearing", "supervise", "answer_supervision",
}  # fmt: skip


def run(plan: Plan = SHORT) -> Diary:
    return Simulation(plan).run(progress=lambda done: None)


@pytest.mark.django_db(transaction=True)
def test_three_hundred_matters_are_all_rung_for_once_and_none_is_stuck() -> None:
    result = outcome.simulate(Plan(cases=300, seed=7, kills=1, most_days=75))
    told = [*result.found.lines, *result.stuck, *result.broken, *result.diary.failures]
    assert told == [] and result.good
    figures = result.figures()
    assert figures["cases"] == 300 and figures["steps"] > 1500
    assert figures["crashes"] > 0 and figures["overdue"] > 0 and figures["escalated"] > 0
    assert (figures["missed"], figures["doubled"]) == (0, 0)
    assert result.found.reached.keys() >= ENDS and result.found.taken.keys() >= WAYS
    assert result.diary.counts["refused"] < figures["steps"] / 100


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_is_set_back_every_day_takes_nothing_back() -> None:
    simulation = Simulation(SHORT)
    simulation._odd_hours = lambda day: simulation.swept(  # type: ignore[method-assign]
        datetime.combine(day - timedelta(days=1), NOON, ZONE)
    )
    found = audit(simulation.run(progress=lambda done: None))
    assert Alarm.objects.filter(kind="unexecuted").exists()
    assert (found.missed, found.doubled) == (0, 0), found.lines


def audit(diary: Diary) -> Findings:
    return Auditor(diary).audit()


def an_alarm(*kinds: str, climbed: bool = True) -> Alarm:
    """The first of these kinds that is there, or that climbed."""
    found = Alarm.objects.filter(kind__in=kinds).order_by("pk")
    first = (found.filter(entries__what="climbed") if climbed else found).first()
    assert first is not None
    return first


@pytest.mark.django_db(transaction=True)
def test_the_auditor_finds_what_was_deleted_doubled_and_kept_from_climbing() -> None:
    diary = run()
    found = audit(diary)
    assert (found.missed, found.doubled) == (0, 0), found.lines
    _delete(an_alarm(*BY_ACT, climbed=False))
    one = audit(diary)
    assert (one.missed, one.doubled) == (1, 0), one.lines
    _delete(an_alarm(*OF_TERMS))
    two = audit(diary)
    assert two.missed > one.missed and two.doubled == 0
    _keep_from_climbing(an_alarm(*OF_TERMS))
    three = audit(diary)
    assert three.missed > two.missed and three.doubled == 0
    _ring_again(an_alarm(*OF_TERMS))
    assert audit(diary).doubled == 1


@pytest.mark.django_db(transaction=True)
def test_the_auditor_finds_days_of_looking_that_were_put_off() -> None:
    simulation = Simulation(Plan(cases=30, seed=5, kills=0, most_days=40))
    swept = simulation.swept

    def put_off(now: datetime) -> None:
        Case.objects.filter(is_open=True).update(next_alert_on=now.date() + timedelta(days=400))
        swept(now)

    simulation.swept = put_off  # type: ignore[method-assign]
    found = audit(simulation.run(progress=lambda done: None))
    assert found.missed > 0


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_tells_the_same_story() -> None:
    told = partial(outcome.simulate, Plan(cases=25, seed=11, kills=1, most_days=40))
    one = told()
    figures, counts = one.figures(), one.diary.counts
    _empty()
    again = told()
    assert (again.figures(), again.diary.counts) == (figures, counts)


def _empty() -> None:
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)


def _delete(alarm: Alarm) -> None:
    with _grows_no_more():
        AlarmEntry.objects.filter(alarm=alarm).delete()
        alarm.delete()


def _keep_from_climbing(alarm: Alarm) -> None:
    with _grows_no_more():
        AlarmEntry.objects.filter(alarm=alarm, what__in=("climbed", "again", "broken")).delete()


def _ring_again(alarm: Alarm) -> None:
    """A second alarm for the same cause, written by the same sweep."""
    rang = alarm.entries.get(what="rang")
    with _grows_no_more():
        AlarmEntry.objects.filter(alarm=alarm, pk=rang.pk).update(at=rang.at)
        twin = Alarm.objects.create(
            case=alarm.case, kind=alarm.kind, term=alarm.term, occurrence=alarm.occurrence + 100, raised_on=alarm.raised_on,
            office=alarm.office, responsible=alarm.responsible, ended_on=alarm.raised_on, how="twin",
        )  # fmt: skip
        AlarmEntry.objects.create(alarm=twin, at=rang.at, what="rang")


class _grows_no_more:
    """The triggers of tables that only grow are gone for a moment: whoever tampers with the file can do that too."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            for verb in ("update", "delete"):
                on = " ON cases_alarmentry" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS cases_alarmentry_no_{verb}{on}")

    def __exit__(self, *error: object) -> None:
        append_only.install()
