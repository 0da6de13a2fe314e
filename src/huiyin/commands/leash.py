"""A leash between processes: a child notices that its parent is gone, even if that was killed, and ends itself."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Thread

LOOK = 1.0  # seconds


def hold(parent: int, let_go: Callable[[], object]) -> None:
    """Calls `let_go` once, from a thread of its own, when this process is no longer a child of `parent`."""
    Thread(target=_watch, args=(parent, let_go), name="leash", daemon=True).start()


def _watch(parent: int, let_go: Callable[[], object]) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    let_go()
