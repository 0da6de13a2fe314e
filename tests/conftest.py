"""Safety nets under every test: unknown template variables fail, nothing reaches the network, every test starts in Chinese.

Warnings are errors (pyproject.toml); the environment is made in `tests.environment`; the browser is in `tests.browser`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

pytest_plugins = ["tests.browser", "tests.new_house", "tests.world", "tests.desk"]

ENGINE = os.environ["HUIYIN_TEST_DB"]
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


class UnknownVariable(str):
    """Stands in for `string_if_invalid`: raises where Django would print nothing for a misspelt variable."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        raise LookupError(f"a template uses the unknown variable {{{{ {variable} }}}}")


class NetworkRefused(Exception):
    """A test tried to reach something that isn't this machine."""


hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")  # the same examples every time, and a busy machine is no failure


def pytest_configure() -> None:
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("unknown")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    if ENGINE == "sqlite":
        settings.DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A database for each worker: on SQLite a file as in production (in memory, the live server would share one connection)."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    name = str(Path(settings.HOME, "test.sqlite3")) if ENGINE == "sqlite" else f"test_huiyin_{worker}"
    connections["default"].settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Makes the database fit to be emptied between tests and dropped after them."""
    if ENGINE == "postgres":
        yield  # nothing to prepare: TRUNCATE fires no row triggers
        with django_db_blocker.unblock():
            _end_other_sessions()
    else:
        _empty_without_triggers()
        yield


def _end_other_sessions() -> None:
    """PostgreSQL drops no database in which a session is open; where a browser's event loop runs, Django opens one of its own."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connections["default"].close()


def _empty_without_triggers() -> None:
    """Lets the emptying after transactional tests pass the triggers of append-only tables, on SQLite where it deletes."""
    from huiyin.kernel.db import append_only

    kind = type(
        connections["default"].ops
    )  # the class: where a browser's event loop runs, Django opens another connection
    empty = kind.execute_sql_flush

    def empty_without_triggers(operations: Any, sql_list: list[str]) -> None:
        with operations.connection.cursor() as cursor:
            for table in append_only.TABLES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        empty(operations, sql_list)
        append_only.install()

    kind.execute_sql_flush = empty_without_triggers


@pytest.fixture(autouse=True)
def _starts_in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):  # type: ignore[index]
            raise NetworkRefused(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield
