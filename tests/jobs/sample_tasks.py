"""Jobs for tests: they leave lines in a file."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task


@task()
def note(path: str, text: str) -> None:
    """Adds a line."""
    with Path(path).open("a") as lines:
        lines.write(f"{text}\n")


@task()
def note_slowly(path: str, seconds: float) -> None:
    """Adds "begun PID", waits, adds "done PID"."""
    note.call(path, f"begun {os.getpid()}")
    time.sleep(seconds)
    note.call(path, f"done {os.getpid()}")


@task()
def fail(path: str) -> None:
    """Adds a line, then fails."""
    note.call(path, "tried")
    raise ValueError("the cupboard is bare")


@task()
def count(number: int) -> int:
    """Adds one to a counter in the database."""
    from django.db import transaction

    from huiyin.kernel import numbers

    with transaction.atomic():
        return numbers.take("jobs") + number
