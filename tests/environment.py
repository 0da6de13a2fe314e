"""What the tests run in, fixed before Django reads its settings: a data folder of their own, a database of their own.

HUIYIN_TEST_DB=sqlite (default) or postgres chooses the engine; for the latter a throw-away cluster is started by
scripts/postgres, once for all workers. A developer's own HUIYIN_… variables and database are never touched.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgres")
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def prepare() -> None:
    """Sets the environment of this process; workers inherit the database address from the first one."""
    engine = os.environ.setdefault("HUIYIN_TEST_DB", "sqlite")
    if engine not in ENGINES:
        raise SystemExit(f"HUIYIN_TEST_DB={engine} won't do; write one of {', '.join(ENGINES)}.")
    for name in [name for name in os.environ if name.startswith("HUIYIN_") and not name.startswith("HUIYIN_TEST_")]:
        del os.environ[name]
    os.environ["HUIYIN_HOME"] = str(_temporary_home())
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.settings"
    if engine == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif not IS_WORKER:
        os.environ["DATABASE_URL"] = _throw_away_cluster()


def _temporary_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="huiyin-test-"))
    (home / "static").mkdir()
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def _throw_away_cluster() -> str:
    folder = tempfile.mkdtemp(prefix="huiyin-pg-", dir="/tmp")
    script = ROOT / "scripts" / "postgres"
    atexit.register(subprocess.run, [script, "stop", folder], stderr=subprocess.DEVNULL, check=False)
    log = Path(folder, "start.log")
    with log.open("wb") as errors:
        started = subprocess.run(
            [script, "start", folder], stdout=subprocess.PIPE, stderr=errors, text=True, check=False
        )
    if started.returncode:
        raise SystemExit(f"PostgreSQL didn't start:\n{log.read_text()}")
    return started.stdout.strip()


prepare()
