"""A wrong setting stops the program with a sentence in both languages that names it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.settings import environment

WRONG = [
    ("HUIYIN_HOME", "/proc/nowhere"),
    ("DATABASE_URL", "mysql://somewhere/huiyin"),
    ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing"),
    ("HUIYIN_BASE_URL", "huiyin.example"),
    ("HUIYIN_HOSTS", "http://huiyin.example"),
    ("HUIYIN_HOSTS", "one two"),
    ("HUIYIN_SECRET_KEY", "short"),
    ("HUIYIN_LANGUAGE", "fr"),
    ("HUIYIN_UPLOAD_MB", "many"),
    ("HUIYIN_UPLOAD_MB", "0"),
    ("HUIYIN_LOG", "LOUD"),
    ("HUIYIN_BEHIND_PROXY", "maybe"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_stops_the_start_and_says_what_to_change(name: str, value: str, tmp_path: Path) -> None:
    plain = {key: kept for key, kept in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    ran = subprocess.run(
        [sys.executable, "-m", "huiyin", "sweep"],
        env=plain | {"HUIYIN_HOME": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    chinese, english = ran.stderr.splitlines()
    assert ran.returncode == 2 and name in chinese and name in english
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)  # data: the range of Chinese characters
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)  # data: the same


def test_postgresql_plans_for_a_database_in_memory_unless_its_address_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@somewhere/huiyin")
    assert environment.database(tmp_path)["OPTIONS"] == {
        "options": "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0",
        "server_side_binding": True,
        "prepare_threshold": 3,
    }
    monkeypatch.setenv(
        "DATABASE_URL", "postgres://somebody@somewhere/huiyin?sslmode=require&options=-c%20jit%3Doff&prepare=off"
    )
    assert environment.database(tmp_path)["OPTIONS"] == {"options": "-c jit=off", "sslmode": "require"}
