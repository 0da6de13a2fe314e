"""What runs by itself, and when. Every worker of every machine looks; one of them queues the job.

A job that was missed because nothing ran is queued once when something runs again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from huiyin.jobs import tasks
from huiyin.jobs.models import ScheduleRun
from huiyin.kernel.clock import ZONE


@dataclass(frozen=True)
class Scheduled:
    """A job that is queued `every` so often, or each day `at` a time of the office's zone."""

    name: str
    task: Task[..., Any]
    every: timedelta | None = None
    at: time | None = None

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Whether it should have been queued since `last`."""
        if last is None:
            return True
        return last <= now - self.every if self.every is not None else last < self._latest(now)

    def _latest(self, now: datetime) -> datetime:
        """The last moment up to `now` at which the time of day was reached."""
        local = now.astimezone(ZONE)
        reached = datetime.combine(local.date(), self.at or time(), ZONE)
        return reached if reached <= local else reached - timedelta(days=1)


SCHEDULE = (
    Scheduled("sweep", tasks.sweep, every=timedelta(minutes=30)),
    Scheduled("scans", tasks.look_after_scans, every=timedelta(minutes=5)),
    Scheduled("tidy", tasks.tidy, at=time(3, 30)),
)


def queue_due(*, now: datetime, schedule: Iterable[Scheduled] = SCHEDULE) -> list[str]:
    """Queues what is due and gives the names of what this caller queued."""
    last = dict(ScheduleRun.objects.values_list("name", "last_run_at"))
    due = [job for job in schedule if job.is_due(last.get(job.name), now)]
    return [job.name for job in due if _queue(job, last.get(job.name), now)]


def _queue(job: Scheduled, last: datetime | None, now: datetime) -> bool:
    with transaction.atomic():
        if not _moved_on(job.name, last, now):
            return False
        if not _is_waiting(job.task):
            job.task.enqueue()
        return True


def _moved_on(name: str, last: datetime | None, now: datetime) -> bool:
    """Whether this caller is the one that moves the job's last run from `last` to `now`."""
    if last is not None:
        return ScheduleRun.objects.filter(name=name, last_run_at=last).update(last_run_at=now) == 1
    try:
        with transaction.atomic():
            ScheduleRun.objects.create(name=name, last_run_at=now)
    except IntegrityError:
        return False
    return True


def _is_waiting(task: Task[..., Any]) -> bool:
    unfinished = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(task_path=task.module_path, status__in=unfinished).exists()
