"""`huiyin work`: does the background work – reading scans, due dates – without serving pages. `serve` starts one by itself."""

from __future__ import annotations

import signal
from threading import Event

import click

from huiyin.commands import leash, look_at_the_ledger, open_installation


@click.command(help="只做后台工作：读扫描件、查期限 · Do background work only. 按 Ctrl+C 停下 · Ctrl+C stops it.")
@click.option("--parent", type=int, hidden=True, help="ends with this process")
def command(parent: int | None) -> None:
    """Works until it is told to stop; a job in hand is finished first."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if parent is not None:
        leash.hold(parent, stop.set)
    open_installation()
    if parent is None:
        look_at_the_ledger()
    from huiyin.jobs.worker import run_forever

    run_forever(stop)
