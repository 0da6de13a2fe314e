"""Run by tests in a process of an installation: an import that is begun, watched and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.test import Client
from django_tasks_db.models import DBTaskResult

from huiyin.jobs import roster
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people import services
from huiyin.people.models import Person, RosterImport, Staff
from huiyin.people.roster import importing

__all__ = ["Person", "again", "begin", "look", "lose_a_worker"]


def begin(path: str) -> None:
    unit = orgs.installation().unit
    clerk = services.create_staff(
        username="importer", name="赵安", office=unit, roles=["clerk"], password="grey-otter-77", takes_intake=True
    )
    actor = services.actor_for(clerk)
    assert actor is not None
    with Path(path).open("rb") as stream:
        roster.queue(importing.begin(stream=stream, name="roster.csv", office=unit, by=actor, now=clock.now()))


def lose_a_worker(times: int) -> None:
    """Starts a worker and kills it as soon as it has taken the import, as its worker number `times`."""
    worker = subprocess.Popen([sys.executable, "-m", "huiyin", "work"], start_new_session=True)
    try:
        _wait_until_taken(times)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def _wait_until_taken(times: int) -> None:
    end = time.monotonic() + 150
    while time.monotonic() < end:
        task = DBTaskResult.objects.filter(task_path=roster.import_roster.module_path).get()
        if len(task.worker_ids) == times:
            assert task.status == "RUNNING", task.status
            return
        time.sleep(0.02)
    raise AssertionError("no worker took the import")


def look() -> None:
    print(_window().get(_page()).content.decode())


def again() -> None:
    assert _window().post(f"{_page()}again/").status_code == 302


def _page() -> str:
    return f"/desk/roster/import/{RosterImport.objects.get().pk}/"


def _window() -> Client:
    window = Client(headers={"host": "localhost"})
    window.force_login(Staff.objects.get(username="importer"))
    return window
