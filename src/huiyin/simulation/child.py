"""A process that sweeps once, to be killed while it does: `python -m huiyin.simulation.child MOMENT`. See `faults`."""

from __future__ import annotations

import sys
from datetime import datetime

from huiyin.commands import start_django


def main() -> None:
    start_django()
    from huiyin.cases.sweep import sweep

    sys.stdout.write("begins\n")
    sys.stdout.flush()
    sweep(now=datetime.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    main()
