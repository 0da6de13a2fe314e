"""What goes wrong with machines: the process dies at any statement, the disk fails, another process is killed in the middle.

A death is a BaseException, so that no handler of the product takes it for a problem of one case; the transaction is lost as it
would be with the process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection

CHILD_STARTS_WITHIN = 60.0  # seconds


class Died(BaseException):
    """The process is gone."""


def died() -> BaseException:
    return Died("simulated")


def disk_failed() -> BaseException:
    return OperationalError("disk I/O error (simulated)")


@contextmanager
def failing_at(statement: int, error: Callable[[], BaseException]) -> Iterator[None]:
    """Raises at the n-th statement of this thread's connection; nothing where fewer are made."""
    left = statement

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise error()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def sweep_killed(*, now: datetime, after: float) -> bool:
    """Sweeps in another process that is killed so many seconds after it began; whether it was still at work then."""
    command = [sys.executable, "-m", "huiyin.simulation.child", now.isoformat()]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"DATABASE_URL": database_url()})
    assert child.stdout is not None
    with child.stdout:
        child.stdout.readline()  # it says that it begins
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        child.stdout.read()
    return child.wait(CHILD_STARTS_WITHIN) == -signal.SIGKILL


def database_url() -> str:
    """The address of the database that this process works in."""
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{made['NAME']}"
    return f"postgres://{made['USER']}:{made['PASSWORD']}@{made['HOST'] or 'localhost'}:{made['PORT'] or 5432}/{made['NAME']}"
