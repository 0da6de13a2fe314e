"""The process is killed at random moments while it registers and acts: nothing acknowledged is lost, nothing is half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from huiyin.cases.models import Case, CaseEvent, CaseLetter
from huiyin.cases.verification import verify
from tests.world import World

ROOT = Path(__file__).parents[2]
ACKNOWLEDGED = 1000


def database_url() -> str:
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{made['NAME']}"
    return f"postgres://{made['USER']}:{made['PASSWORD']}@{made['HOST'] or 'localhost'}:{made['PORT']}/{made['NAME']}"


def work_until_killed(seconds: float) -> list[tuple[str, int]]:
    """Starts the clerk, kills it that long after its first word, and gives what it had said in whole lines."""
    env = {**os.environ, "DATABASE_URL": database_url(), "PYTHONPATH": str(ROOT)}
    clerk = subprocess.Popen(
        [sys.executable, "-m", "tests.cases.busy_clerk"], stdout=subprocess.PIPE, env=env, cwd=ROOT
    )
    assert clerk.stdout is not None
    first = clerk.stdout.readline()
    assert first, "the clerk could not begin"
    time.sleep(seconds)
    clerk.send_signal(signal.SIGKILL)
    said = (first + clerk.stdout.read()).decode()
    clerk.wait()
    clerk.stdout.close()
    whole = said[: said.rfind("\n") + 1].splitlines()
    return [(no, int(version)) for no, version in map(str.split, whole)]


@pytest.mark.django_db(transaction=True)
def test_killing_the_process_loses_nothing_that_was_acknowledged(transactional_world: World) -> None:
    chance, acknowledged, rounds = random.Random(20260302), [], 0
    while len(acknowledged) < ACKNOWLEDGED:
        acknowledged += work_until_killed(chance.uniform(0.5, 6.0))
        rounds += 1
        assert rounds < 100
    events = set(CaseEvent.objects.values_list("case__no", "seq"))
    assert [said for said in acknowledged if said not in events] == []
    assert list(verify()) == []
    numbers = sorted(int(no[5:]) for no in Case.objects.values_list("no", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), "case numbers without gaps"
    letters = sorted(CaseLetter.objects.values_list("number", flat=True))
    assert letters == list(range(1, len(letters) + 1)), "document numbers without gaps"
