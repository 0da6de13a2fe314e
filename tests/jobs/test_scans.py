"""Pages whose job was lost or given up."""

from __future__ import annotations

from datetime import datetime

import pytest
from django_tasks_db.models import DBTaskResult

from huiyin.documents.models import ScanPage, StoredFile
from huiyin.jobs import scans
from huiyin.kernel.clock import ZONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ScanPage:
    now = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
    file = StoredFile.objects.create(
        sha256="0" * 64, size=1, mime="image/png", extension="png", name="a", created_at=now
    )
    return ScanPage.objects.create(file=file, number=1)


def test_a_page_without_a_job_gets_one_once(page: ScanPage) -> None:
    scans.look_after()
    scans.look_after()
    assert [job.args_kwargs["args"] for job in DBTaskResult.objects.all()] == [[page.pk]]


@pytest.mark.parametrize(("status", "state"), [("READY", "reading"), ("RUNNING", "reading"), ("FAILED", "failed")])
def test_a_page_whose_job_was_given_up_is_shown_as_unread(page: ScanPage, status: str, state: str) -> None:
    scans.read_page.enqueue(page.pk)
    DBTaskResult.objects.update(status=status)
    ScanPage.objects.update(state="reading")
    scans.look_after()
    page.refresh_from_db()
    assert page.state == state


def test_a_page_that_is_read_is_left_alone(page: ScanPage) -> None:
    ScanPage.objects.update(state="done")
    scans.look_after()
    assert not DBTaskResult.objects.exists()
