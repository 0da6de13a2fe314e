"""A wrong setting stops the program with a sentence in both languages that names it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.procedure.terms import SETTABLE, TERMS
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
    ("HUIYIN_DAYS_REPLY", "0"),
    ("HUIYIN_DAYS_SIMPLE_HANDLE", "sixty"),
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


def test_what_may_be_set_is_what_the_table_of_terms_lets_a_unit_set_and_usually_what_it_ships() -> None:
    assert environment.own_days() == {code: TERMS[code].days for code in SETTABLE}


def test_the_unit_sets_its_own_days_before_anything_is_said_of_them(tmp_path: Path) -> None:
    asked = (
        "import django; django.setup(); from huiyin.procedure.editions.regulations_2022 import EDITION as e;"
        "print(e.action('simple_accept').help.en, e.action('take_duty').field('limit_on').hint.en)"
    )
    own = {"HUIYIN_HOME": str(tmp_path), "HUIYIN_DAYS_SIMPLE_HANDLE": "7", "HUIYIN_DAYS_DUTY": "45"}
    ran = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, "DJANGO_SETTINGS_MODULE": "huiyin.settings"} | own,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "within 7 working days" in ran.stdout and "at most 45 days" in ran.stdout


def test_a_table_of_legal_routes_that_cannot_be_read_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "remedies.csv").write_text("topic,route_zh\n06,申请行政复议\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "huiyin", "sweep"], env={**os.environ, "HUIYIN_HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2 and "remedies.csv" in ran.stderr and "row 2" in ran.stderr
