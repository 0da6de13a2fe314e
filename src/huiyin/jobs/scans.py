"""Reading scans in the background: each page is one job, so that the first page is there while the others are read."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from huiyin.documents import services as documents
from huiyin.documents.models import ScanPage, StoredFile


@task(queue_name="reading")
def read_page(page_id: int) -> None:
    """Reads one page. May run twice: a page that is done is left alone."""
    documents.read_scan_page(page_id)


def queue(file: StoredFile) -> list[ScanPage]:
    """Makes the pictures of a scan's pages and queues their reading. Raises Refused if the file can't be read as pages."""
    pages = documents.prepare_scan(file)  # takes seconds: outside the transaction, so that nobody has to wait
    with transaction.atomic():
        for page in pages:
            _enqueue(page)
    return pages


def look_after() -> None:
    """Queues pages that have no job, because a process died before it queued them, and fails those whose job was given up."""
    unread = ScanPage.objects.filter(state__in=[ScanPage.State.WAITING, ScanPage.State.READING]).only("pk", "state")
    statuses = _statuses() if unread.exists() else {}
    for page in unread:
        known = statuses.get(page.pk)
        if known is None:
            read_page.enqueue(page.pk)
        elif known == {TaskResultStatus.FAILED}:
            ScanPage.objects.filter(pk=page.pk, state=page.state).update(state=ScanPage.State.FAILED)


def _statuses() -> dict[int, set[str]]:
    """The states of the jobs that read a page, by page."""
    statuses: dict[int, set[str]] = {}
    jobs = DBTaskResult.objects.filter(task_path=read_page.module_path)
    for given, status in jobs.values_list("args_kwargs", "status"):
        statuses.setdefault(given["args"][0], set()).add(status)
    return statuses


def _enqueue(page: ScanPage) -> Any:
    return read_page.enqueue(page.pk) if page.state == ScanPage.State.WAITING else None
