"""The worker: takes one job after another until it is told to stop, and looks after the queue meanwhile.

It says every few seconds that it lives, so that others take over its job if it is killed (see `reaper`). A job in hand is
finished before it stops. Between jobs it waits half a second at most, so a page handed in is read at once.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from huiyin.jobs import reaper, schedule
from huiyin.jobs.models import LivingWorker
from huiyin.kernel import clock
from huiyin.ledger import sequencing

POLL = 0.5  # seconds between looks into an empty queue
BEAT = 5.0  # seconds between signs of life, and between looks at schedule and dead workers
ENTER = 5.0  # seconds between looks for what waits to be entered into the ledger
TROUBLE = 3.0  # seconds to wait when the database doesn't answer

log = logging.getLogger(__name__)


def run_forever(stop: Event, *, poll: float = POLL) -> None:
    """Works until `stop` is set. Trouble with the database is logged and waited out."""
    worker = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    ended = Event()
    beside = [
        Thread(target=_beat, args=(worker, ended), name="pulse", daemon=True),
        Thread(target=_enter, args=(ended,), name="ledger", daemon=True),
    ]
    try:
        _say_it_lives(worker)
        for thread in beside:
            thread.start()
        _work(worker, stop, poll)
    finally:
        ended.set()
        for thread in beside:
            thread.join(TROUBLE)
        _sign_off(worker)


def run_ready(*, most: int = 10_000) -> int:
    """Runs what is ready now and gives how many jobs that were; for commands and tests."""
    worker = f"once:{os.getpid()}:{secrets.token_hex(4)}"
    _say_it_lives(worker)
    try:
        return next((done for done in range(most) if not _run_one(worker)), most)
    finally:
        _sign_off(worker)


def _work(worker: str, stop: Event, poll: float) -> None:
    looked_after = -BEAT
    while not stop.is_set():
        close_old_connections()
        try:
            if time.monotonic() - looked_after >= BEAT:
                reaper.reap(now=clock.now(), idle=worker)
                schedule.queue_due(now=clock.now())
                looked_after = time.monotonic()
            if not _run_one(worker):
                stop.wait(poll)
        except DatabaseError:
            log.exception("the database gives trouble; trying again in %s s", TROUBLE)
            connection.close()
            stop.wait(TROUBLE)


def _run_one(worker: str) -> bool:
    """Runs the first job of the queue; False if there is none."""
    task = _claim(worker)
    if task is None:
        return False
    Runner(
        queue_names=["*"], interval=0, batch=True, backend_name=DEFAULT_TASK_BACKEND_ALIAS, startup_delay=False,
        max_tasks=1, worker_id=worker, excluded_queue_names=[],
    ).run_task(task)  # fmt: skip
    if reaper.try_again_later(task, now=clock.now()):
        log.warning("job %s failed and is tried again: %s", task.task_path, task.traceback)
    return True


def _claim(worker: str) -> DBTaskResult | None:
    ready = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    if not ready.exists():
        return None  # an empty queue is only read: on SQLite no writer has to wait for that
    with exclusive_transaction(ready.db):
        task = ready.get_locked()
        if task is not None:
            task.claim(worker)
    return task


def _beat(worker: str, ended: Event) -> None:
    while not ended.wait(BEAT):
        try:
            _say_it_lives(worker)
        except DatabaseError:
            log.warning("the sign of life could not be written", exc_info=True)
            connection.close()
    connection.close()


def _enter(ended: Event) -> None:
    """Enters what waits into the ledger, beside jobs that may take long. A log that was changed is said once, and left alone."""
    while not ended.is_set():
        try:
            while sequencing.sequence() and not ended.is_set():
                pass
        except sequencing.Broken as broken:
            log.error(
                "the ledger is not what its last checkpoint says (%s) and is not continued; run huiyin verify", broken
            )
            break
        except DatabaseError:
            log.warning("the ledger could not be continued", exc_info=True)
            connection.close()
        ended.wait(ENTER)
    connection.close()


def _say_it_lives(worker: str) -> None:
    now = clock.now()
    new = {"host": socket.gethostname(), "pid": os.getpid(), "started_at": now, "seen_at": now}
    LivingWorker.objects.update_or_create(pk=worker, defaults={"seen_at": now}, create_defaults=new)


def _sign_off(worker: str) -> None:
    try:
        LivingWorker.objects.filter(pk=worker).delete()
    except DatabaseError:
        log.warning("the worker could not sign off", exc_info=True)
