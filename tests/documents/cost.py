"""Runs something in a process of its own and says what it cost, so that a limit on memory means this call alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """Processor seconds and megabytes of the process and its children, and what it printed (as JSON)."""

    seconds: float
    megabytes: int
    answer: object


_AROUND = """
import json, resource, sys
def spent():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    with open("/proc/self/status") as status:  # ru_maxrss would count the process that started this one
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    seconds = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return seconds, max(peak, children.ru_maxrss) // 1024
from huiyin.documents import inspection, pages, spreadsheets
from huiyin.documents.refusals import Unacceptable
before, _ = spent()
try:
    answer = {call}
except Unacceptable as refused:
    answer = refused.code
after, megabytes = spent()
print(json.dumps([after - before, megabytes, answer]))
"""


def cost_of(call: str, path: Path) -> Cost:
    """`call` is an expression in which `path` is the file; an Unacceptable becomes its code."""
    program = f"path = {str(path)!r}\n" + _AROUND.replace("{call}", call)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    return Cost(*json.loads(done.stdout))
