"""Importing a roster in the background; its progress stands on the import's row."""

from __future__ import annotations

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from huiyin.jobs import reaper
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict
from huiyin.people.models import RosterImport
from huiyin.people.roster import importing, starting


@task(queue_name="default")
def import_roster(import_id: int) -> None:
    """Imports a file. May run twice: a later run goes on where the first stopped, two at once don't double anybody."""
    try:
        importing.run(import_id, now=clock.now())
    except Conflict:
        return  # another worker is at it
    except BaseException:
        starting.stopped(import_id)
        raise


def queue(roster_import: RosterImport) -> None:
    """Starts an import. Raises Conflict if it runs already."""
    with transaction.atomic():
        starting.start(roster_import)
        import_roster.enqueue(roster_import.pk)


def look_after(roster_import: RosterImport) -> None:
    """Says so on the row if an import counts as running but its job was given up, because its worker died each time.

    A job whose worker died is queued again here, too: who watches need not wait for another worker's next look.
    """
    if roster_import.state != RosterImport.State.RUNNING:
        return
    reaper.reap(now=clock.now())
    jobs = DBTaskResult.objects.filter(task_path=import_roster.module_path).values_list("args_kwargs", "status")
    statuses = {status for given, status in jobs if given["args"] == [roster_import.pk]}
    if statuses and not statuses & {TaskResultStatus.READY, TaskResultStatus.RUNNING}:
        starting.stopped(roster_import.pk)
        roster_import.refresh_from_db()
