"""An installation of its own for tests that start `huiyin` as a process: migrated once for each worker, then copied."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ON_CLUSTER = os.environ["HUIYIN_TEST_DB"] == "postgres"


@pytest.fixture(scope="session")
def migrated_house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an empty installation that nobody uses; `new_house` copies it."""
    environment = _environment(tmp_path_factory.mktemp("house") / "home", None)
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return environment


@pytest.fixture
def new_house(migrated_house: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation that is empty, migrated and this test's alone: HUIYIN_HOME, DATABASE_URL."""
    environment = _environment(tmp_path / "home", migrated_house.get("DATABASE_URL"))
    shutil.copytree(migrated_house["HUIYIN_HOME"], environment["HUIYIN_HOME"])
    yield environment
    if ON_CLUSTER:
        _execute(f"DROP DATABASE {_database(environment)} WITH (FORCE)")


def _environment(home: Path, like: str | None) -> dict[str, str]:
    environment = os.environ | {"HUIYIN_HOME": str(home)}
    if ON_CLUSTER:
        environment["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/house_{uuid.uuid4().hex}"
        model = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
        _execute(f"CREATE DATABASE {_database(environment)}{model}")
    return environment


def _database(environment: dict[str, str]) -> str:
    return environment["DATABASE_URL"].rpartition("/")[2]


def _execute(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)
