"""The worker, its dead neighbours, jobs that fail."""

from __future__ import annotations

import os
import socket
import time
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from huiyin.jobs import reaper, tasks, worker
from huiyin.jobs.models import LivingWorker
from huiyin.kernel import clock
from huiyin.kernel.clock import ZONE
from huiyin.ledger import sequencing
from huiyin.ledger.commitments import Row, commit
from huiyin.ledger.models import Checkpoint
from tests.jobs import sample_tasks

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
NO_PROCESS = 2**22 + 1  # above the greatest process number of Linux


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def running(*workers: str) -> DBTaskResult:
    """A job in the name of the last of these workers."""
    queued = sample_tasks.count.enqueue(1)
    DBTaskResult.objects.filter(pk=queued.id).update(status="RUNNING", started_at=NOW, worker_ids=list(workers))
    return DBTaskResult.objects.get(pk=queued.id)


def neighbour(name: str, *, host: str = "elsewhere", pid: int = 1, seen: timedelta = timedelta(0)) -> None:
    LivingWorker.objects.create(pk=name, host=host, pid=pid, started_at=NOW - timedelta(hours=1), seen_at=NOW - seen)


def status(task: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=task.pk).status


@pytest.mark.django_db
def test_what_is_ready_runs_in_order_and_once(notes: Path) -> None:
    for text in "abc":
        sample_tasks.note.enqueue(str(notes), text)
    sample_tasks.note.using(priority=5).enqueue(str(notes), "first")
    assert worker.run_ready() == 4
    assert worker.run_ready() == 0
    assert notes.read_text().split() == ["first", "a", "b", "c"]


@pytest.mark.django_db
def test_a_job_of_an_undone_transaction_never_runs(notes: Path) -> None:
    with transaction.atomic():
        sample_tasks.note.enqueue(str(notes), "never")
        transaction.set_rollback(True)
    assert worker.run_ready() == 0
    assert not notes.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("seen", "expected"), [(timedelta(seconds=29), "RUNNING"), (timedelta(seconds=31), "READY")])
def test_the_job_of_a_machine_that_fell_silent_is_queued_again(seen: timedelta, expected: str) -> None:
    neighbour("far", seen=seen)
    task = running("far")
    assert reaper.reap(now=NOW) == (expected == "READY")
    assert status(task) == expected


@pytest.mark.django_db
def test_the_job_of_a_killed_process_of_this_machine_is_queued_at_once() -> None:
    neighbour("near", host=socket.gethostname(), pid=NO_PROCESS)
    task = running("near")
    assert reaper.reap(now=NOW) == 1
    assert status(task) == "READY"
    assert not LivingWorker.objects.exists()


@pytest.mark.django_db
def test_the_job_of_a_worker_that_nobody_knows_is_queued_again() -> None:
    task = running("forgotten")
    assert reaper.reap(now=NOW) == 1
    assert status(task) == "READY"


@pytest.mark.django_db
def test_a_job_that_an_idle_worker_still_holds_is_queued_again() -> None:
    neighbour("me")
    task = running("me")
    assert reaper.reap(now=NOW) == 0
    assert reaper.reap(now=NOW, idle="me") == 1
    assert status(task) == "READY"


@pytest.mark.django_db
def test_a_job_that_killed_three_workers_is_given_up() -> None:
    task = running("one", "two", "three")
    assert reaper.reap(now=NOW) == 1
    assert status(task) == "FAILED"
    given_up = DBTaskResult.objects.get(pk=task.pk)
    assert given_up.finished_at == NOW and "died" in given_up.traceback


@pytest.mark.django_db
def test_a_failing_job_is_tried_three_times_and_then_given_up(notes: Path) -> None:
    sample_tasks.fail.enqueue(str(notes))
    for tries in (1, 2, 3):
        assert not DBTaskResult.objects.failed().exists()
        assert worker.run_ready() == 1
        assert worker.run_ready() == 0, "a pause comes first"
        assert notes.read_text().count("tried") == tries
        DBTaskResult.objects.filter(status="READY").update(run_after=NOW)
    given_up = DBTaskResult.objects.failed().get()
    assert "the cupboard is bare" in given_up.traceback and worker.run_ready() == 0


@pytest.mark.django_db
def test_what_was_done_a_week_ago_is_forgotten_and_what_was_given_up_is_kept() -> None:
    done, dead = running("x"), running("y")
    DBTaskResult.objects.filter(pk=done.pk).update(status="SUCCESSFUL", finished_at=NOW - timedelta(days=8))
    DBTaskResult.objects.filter(pk=dead.pk).update(status="FAILED", finished_at=NOW - timedelta(days=80))
    assert reaper.forget_finished(now=NOW) == 1
    assert status(dead) == "FAILED"


@pytest.mark.django_db(transaction=True)
def test_a_worker_runs_what_comes_and_signs_off_when_told_to_stop(notes: Path) -> None:
    stop = Event()
    thread = Thread(target=_work_in_thread, args=(stop,))
    thread.start()
    try:
        sample_tasks.note.enqueue(str(notes), "hello")
        _wait_for(notes.exists)
        assert LivingWorker.objects.count() == 1
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert not LivingWorker.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_enters_what_waits_for_the_ledger() -> None:
    commit([Row("test", 1, 0, b"a row")])
    stop = Event()
    thread = Thread(target=_work_in_thread, args=(stop,))
    thread.start()
    try:
        _wait_for(lambda: not sequencing.waiting())
    finally:
        stop.set()
        thread.join(20)
    assert Checkpoint.objects.get().size == 1


@pytest.mark.django_db(transaction=True)
def test_writers_and_a_worker_at_once_lose_nothing_and_never_meet_a_locked_database() -> None:
    stop, errors = Event(), []
    working = [Thread(target=_work_in_thread, args=(stop,)) for _ in range(2)]
    writing = [Thread(target=_write, args=(25, errors)) for _ in range(4)]
    for thread in working + writing:
        thread.start()
    for thread in writing:
        thread.join(120)
    _wait_for(lambda: DBTaskResult.objects.filter(task_path__endswith="count").successful().count() == 100, 120)
    stop.set()
    for thread in working:
        thread.join(20)
    assert errors == []
    from huiyin.kernel.models import Counter

    assert Counter.objects.get(name="jobs").value == 200
    tries = DBTaskResult.objects.filter(task_path__endswith="count").values_list("worker_ids", flat=True)
    assert {len(workers) for workers in tries} == {1}


def _write(times: int, errors: list[BaseException]) -> None:
    from huiyin.kernel import numbers

    try:
        for number in range(times):
            with transaction.atomic():
                numbers.take("jobs")
                sample_tasks.count.enqueue(number)
    except Exception as error:
        errors.append(error)
    finally:
        connections.close_all()


def _work_in_thread(stop: Event) -> None:
    try:
        worker.run_forever(stop, poll=0.05)
    finally:
        connections.close_all()


def _wait_for(reached: object, seconds: float = 30) -> None:
    assert callable(reached)
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it didn't happen in time"
        time.sleep(0.05)


@pytest.mark.django_db
def test_halves_of_files_whose_writer_died_are_swept_away_after_a_day() -> None:
    half, young = (settings.FILES / "incoming" / name for name in ("half", "young"))
    half.parent.mkdir(parents=True, exist_ok=True)
    for path in (half, young):
        path.write_bytes(b"half")
    os.utime(young, (clock.now().timestamp(),) * 2)
    os.utime(half, (0, 0))
    tasks.tidy.func()
    assert young.exists() and not half.exists()
    young.unlink()
