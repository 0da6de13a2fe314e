"""Jobs that went wrong: those whose worker died, those that failed, those that are given up.

What a job was for shows that it was given up, and offers to start again: an import, a scan's page, a recomputation.

A job may run up to three times. A worker counts as dead when it has not said for half a minute that it lives, or when
its process is gone from this machine. Whoever changes a job's state does so only if nobody else did a moment ago.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from huiyin.jobs.models import LivingWorker

TRIES = 3
DEAD_AFTER = timedelta(seconds=30)
PAUSE = timedelta(seconds=30)  # before a failed job is tried again; twice that before the third try
KEPT = timedelta(days=7)  # so long finished jobs stay in the table


def reap(*, now: datetime, idle: str = "") -> int:
    """Queues the jobs of dead workers again, or gives them up after three tries; gives how many there were.

    `idle` is the worker that asks: it has no job in hand, so one that is still in its name was left by trouble.
    """
    dead = [worker.pk for worker in LivingWorker.objects.all() if not _lives(worker, now)]
    LivingWorker.objects.filter(pk__in=dead, seen_at__lte=now).delete()
    living = set(LivingWorker.objects.exclude(pk=idle).values_list("pk", flat=True))
    left = [task for task in DBTaskResult.objects.running() if not living.intersection(task.worker_ids[-1:])]
    return sum(_let_go(task, now) for task in left)


def try_again_later(task: DBTaskResult, *, now: datetime) -> bool:
    """Queues a job that just failed once more, after a pause; False if it had its three tries."""
    tries = len(task.worker_ids)
    if task.status != TaskResultStatus.FAILED or tries >= TRIES:
        return False
    failed = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.FAILED)
    return bool(failed.update(status=TaskResultStatus.READY, run_after=now + PAUSE * tries))


def forget_finished(*, now: datetime) -> int:
    """Deletes what was done a week ago; what was given up stays."""
    return DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT).delete()[0]


def _lives(worker: LivingWorker, now: datetime) -> bool:
    if worker.host == socket.gethostname() and not _runs(worker.pid):
        return False
    return worker.seen_at > now - DEAD_AFTER


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's process, but one
    return True


def _let_go(task: DBTaskResult, now: datetime) -> int:
    same = Q(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    if len(task.worker_ids) < TRIES:
        return DBTaskResult.objects.filter(same).update(status=TaskResultStatus.READY)
    return DBTaskResult.objects.filter(same).update(
        status=TaskResultStatus.FAILED,
        finished_at=now,
        exception_class_path="huiyin.jobs.reaper.WorkerDied",
        traceback=f"The worker died in each of {TRIES} tries.",
    )
