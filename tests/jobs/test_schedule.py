"""What runs by itself, and when."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from huiyin.jobs import schedule, worker
from huiyin.jobs.models import ScheduleRun
from huiyin.jobs.schedule import SCHEDULE, Scheduled
from huiyin.kernel.clock import ZONE
from tests.jobs import sample_tasks

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
OFTEN = Scheduled("often", sample_tasks.count, every=timedelta(minutes=30))
DAILY = Scheduled("daily", sample_tasks.count, at=time(3, 30))


@pytest.mark.parametrize(
    ("job", "last", "due"),
    [
        (OFTEN, None, True),
        (OFTEN, datetime(2026, 3, 2, 9, 1, tzinfo=ZONE), False),
        (OFTEN, datetime(2026, 3, 2, 9, 0, tzinfo=ZONE), True),
        (DAILY, None, True),
        (DAILY, datetime(2026, 3, 2, 3, 29, tzinfo=ZONE), True),
        (DAILY, datetime(2026, 3, 2, 3, 30, tzinfo=ZONE), False),
        (DAILY, datetime(2026, 2, 20, 3, 30, tzinfo=ZONE), True),
    ],
)
def test_when_a_job_is_due_at_half_past_nine(job: Scheduled, last: datetime | None, due: bool) -> None:
    assert job.is_due(last, NOW) is due


def test_a_daily_job_is_not_due_again_before_its_time_of_the_next_day() -> None:
    last = datetime(2026, 3, 2, 3, 31, tzinfo=ZONE)
    assert not DAILY.is_due(last, datetime(2026, 3, 3, 3, 29, tzinfo=ZONE))
    assert DAILY.is_due(last, datetime(2026, 3, 3, 3, 30, tzinfo=ZONE))


@pytest.mark.django_db
def test_one_machine_of_several_queues_a_job() -> None:
    assert schedule.queue_due(now=NOW, schedule=[OFTEN]) == ["often"]
    assert schedule.queue_due(now=NOW, schedule=[OFTEN]) == []
    seen, later = NOW, NOW + timedelta(hours=1)
    assert schedule._queue(OFTEN, seen, later)
    assert not schedule._queue(OFTEN, seen, later + timedelta(seconds=1)), "another one was first"
    assert not schedule._queue(Scheduled("often", OFTEN.task), None, later), "another one began"
    assert ScheduleRun.objects.get().last_run_at == later


@pytest.mark.django_db
def test_a_job_that_still_waits_is_not_queued_twice() -> None:
    schedule.queue_due(now=NOW, schedule=[OFTEN])
    assert schedule.queue_due(now=NOW + timedelta(hours=9), schedule=[OFTEN]) == ["often"]
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_every_job_of_the_schedule_runs() -> None:
    assert schedule.queue_due(now=NOW) == [job.name for job in SCHEDULE]
    assert worker.run_ready() == len(SCHEDULE)
    assert DBTaskResult.objects.successful().count() == len(SCHEDULE)
