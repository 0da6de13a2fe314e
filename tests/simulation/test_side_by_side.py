"""Offices side by side: each in a process and a database of its own, told of as one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from huiyin.commands.simulate import _shares


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "huiyin", "simulate", *map(str, arguments)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN_", "DATABASE_"))}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean)


def test_the_cases_are_shared_out_and_nobody_gets_none() -> None:
    assert _shares(100_000, 3) == [33_334, 33_333, 33_333]
    assert _shares(2, 5) == [1, 1]


def test_two_offices_are_told_of_as_one(tmp_path: Path) -> None:
    wanted = ("--cases", 5, "--seed", 3, "--years", 1, "--offices", 2, "--keep", tmp_path / "kept")
    done = run(*wanted)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["cases"], figures["missed"], figures["doubled"]) == (5, 0, 0)
    assert {path.parent.name for path in (tmp_path / "kept").glob("*/huiyin.sqlite3")} == {"3", "4"}
    again = json.loads(run(*wanted).stdout.splitlines()[-1])
    assert {**again, "seconds": 0} == {**figures, "seconds": 0} and again["seconds"] < figures["seconds"] / 3


def test_one_database_is_not_shared_by_two(tmp_path: Path) -> None:
    done = run("--offices", 2, "--throw-away-database")
    assert done.returncode == 2 and "--offices" in done.stderr + done.stdout
