"""Recomputing the running clocks in the background after a calendar was imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks.exceptions import TaskResultDoesNotExist

from huiyin.cases import recomputing
from huiyin.kernel import clock
from huiyin.orgs import services
from huiyin.people.policy import SYSTEM
from huiyin.screening import campaigns


@dataclass(frozen=True)
class Standing:
    """How far a recomputation is: `state` is running, done or failed; `done` cases of `total`."""

    state: str
    done: int
    total: int


@task(queue_name="default")
def recompute_deadlines(total: int) -> int:
    """Recomputes what is older than the calendar in force. `total` is how many waited when it was queued, for the progress bar."""
    campaigns.recompute(now=clock.now(), by=SYSTEM)
    return recomputing.recompute(now=clock.now())


def queue() -> str:
    """Starts a recomputation and gives its id."""
    return str(recompute_deadlines.enqueue(recomputing.waiting()).id)


@transaction.atomic
def bring(*, rows: Iterable[Mapping[str, str]], version: str, by: str, now: datetime) -> str:
    """Imports a calendar as `orgs.services.import_calendar` does and starts the recomputation; gives its id."""
    services.import_calendar(rows=rows, version=version, by=by, now=now)
    return queue()


def standing(task_id: str) -> Standing | None:
    """How far the recomputation with that id is; None if there is none."""
    try:
        found = recompute_deadlines.get_result(task_id)
    except (TaskResultDoesNotExist, ValidationError, ValueError):
        return None
    total = int(found.args[0]) if found.args else 0
    if found.status == TaskResultStatus.SUCCESSFUL:
        return Standing("done", int(found.return_value or 0), total)
    done = max(0, total - recomputing.waiting())
    return Standing("failed" if found.status == TaskResultStatus.FAILED else "running", done, total)
