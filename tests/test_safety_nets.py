"""The safety nets of tests/conftest.py and tests/browser.py hold."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.template import engines
from django.utils import timezone, translation
from playwright.sync_api import Page

from huiyin.cases.models import Case, CaseEvent
from huiyin.kernel.db import append_only
from tests.browser import OpenContext
from tests.conftest import ENGINE, NetworkRefused


def test_a_misspelt_template_variable_raises() -> None:
    template = engines["django"].from_string("{{ petitoner.name }}")
    with pytest.raises(LookupError, match="petitoner"):
        template.render({})


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as attempt, pytest.raises(NetworkRefused):
        attempt.connect(("192.0.2.1", 80))


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_a_test_starts_in_chinese() -> None:
    assert translation.get_language() == "zh-hans"
    translation.activate("en")  # the next test starts in Chinese all the same


def test_data_and_database_belong_to_the_tests(db: None) -> None:
    assert Path(settings.HOME).name.startswith("huiyin-test-")
    assert "test" in connection.settings_dict["NAME"]
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[ENGINE]


def test_a_new_house_is_a_migrated_installation_of_its_own(new_house: dict[str, str]) -> None:
    assert new_house["HUIYIN_HOME"] != os.environ["HUIYIN_HOME"]
    plan = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--check"],
        env=new_house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert plan.returncode == 0, plan.stdout + plan.stderr


def test_a_page_with_faults_fails_the_accessibility_check(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content("<html lang='zh'><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_good_page_passes_and_is_photographed(
    page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], Path]
) -> None:
    page.set_content("<html lang='zh'><title>x</title><main><h1>回音</h1></main></html>")
    axe(page)
    assert shot(page, "safety-net").stat().st_size > 1000


def test_the_browser_reads_chinese_in_shanghai(open_context: OpenContext) -> None:
    page = open_context().new_page()
    told = page.evaluate("[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]")
    assert told == ["zh-CN", "Asia/Shanghai"]


def test_a_page_without_javascript_runs_none(plain_page: Page) -> None:
    plain_page.set_content("<title>before</title><script>document.title = 'after'</script>")
    assert plain_page.title() == "before"


def test_emptying_after_a_transactional_test_passes_append_only_tables_and_leaves_them_guarded(
    transactional_db: None,
) -> None:
    now = timezone.now()
    case = Case.objects.create(
        no="1",
        edition="e",
        state="s",
        is_open=False,
        closed_at=now,
        channel="letter",
        received_on=now,
        registered_at=now,
    )
    event = CaseEvent.objects.create(case=case, seq=1, action="a", to_state="s", at=now, by_kind="system", by_name="x")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        event.delete()

    call_command("flush", interactive=False, verbosity=0)

    assert not CaseEvent.objects.exists()
    assert not append_only.missing()
