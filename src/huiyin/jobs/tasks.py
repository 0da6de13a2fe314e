"""The jobs of the schedule. Each may run twice; each reads the clock itself."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks import task

from huiyin.cases import filing
from huiyin.cases import sweep as due_dates
from huiyin.documents import services as documents
from huiyin.jobs import reaper, scans
from huiyin.kernel import clock, limits

UNFINISHED_KEPT = timedelta(days=1)  # longer than any upload takes
ATTEMPTS_KEPT = timedelta(days=8)  # longer than any window in which attempts are counted


@task(priority=10)
def sweep() -> None:
    """Looks at every matter whose day has come."""
    due_dates.sweep(now=clock.now())


@task()
def look_after_scans() -> None:
    """Queues pages that were forgotten and gives up those that can't be read."""
    scans.look_after()


@task(priority=-10)
def tidy() -> None:
    """Deletes what nobody needs any more: finished jobs, counted attempts, sessions that ended, what was begun in the portal
    and left, halves of files."""
    now = clock.now()
    reaper.forget_finished(now=now)
    limits.forget_before(now - ATTEMPTS_KEPT)
    Session.objects.filter(expire_date__lt=now).delete()
    filing.forget_abandoned(now=now)
    documents.store().drop_unfinished(before=(now - UNFINISHED_KEPT).timestamp())
