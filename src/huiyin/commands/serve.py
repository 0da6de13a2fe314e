"""`huiyin serve`: brings the database up to date, serves the pages and works in the background, until it is told to stop.

Web processes and worker are children on a leash. One that dies is started again; SIGTERM and SIGINT stop all of them
after the request or job in hand.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import click

from huiyin.commands import (
    binding,
    leash,
    look_at_the_ledger,
    open_installation,
    prepare_database,
    screen,
    start_django,
)
from huiyin.commands.binding import Binding

PLACES = min(8, 2 * (os.cpu_count() or 1) + 1)  # requests at once in each web process; each holds a database connection
THREADS = 64  # connections at once in each web process whose requests are still being sent
PATIENCE = 30  # seconds until a child that doesn't stop is killed
SLOW_START = 120  # seconds until we say that the server doesn't answer
QUICK_DEATH = 5.0  # seconds; a worker that dies sooner is started again after as long a pause


@click.command(help="启动网页和后台工作，按 Ctrl+C 停下 · Serve the pages and work in the background; Ctrl+C stops it.")
@click.option(
    "--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="监听地址 · where to listen"
)
@click.option("--workers", type=click.IntRange(1, 64), help="网页进程数 · web processes, else one per core up to 4")
@click.option("--no-worker", is_flag=True, help="不做后台工作 · no background work (huiyin work does it)")
def command(bind: str, workers: int | None, no_worker: bool) -> None:
    """Checks everything that can be wrong first, then serves."""
    place = binding.read(bind)
    binding.check_free(place)
    os.environ.setdefault("HUIYIN_BASE_URL", place.url)
    start_django()
    prepare_database()
    open_installation()
    look_at_the_ledger()
    _settle()
    stopping = Event()
    background = Thread(target=_keep_working, args=(stopping,), name="worker")
    Thread(target=_announce, args=(place, stopping), daemon=True).start()
    if not no_worker:
        background.start()
    try:
        _serve(place, workers or min(4, os.cpu_count() or 1), stopping)
    finally:
        stopping.set()
        if not no_worker:
            background.join()


def load(_: str) -> Callable[..., Any]:
    """What each web process runs; called in it, by granian."""
    leash.hold(os.getppid(), lambda: os.kill(os.getpid(), signal.SIGTERM))
    from django.conf import settings

    from huiyin.web.bodies import BodiesFirst
    from huiyin.web.wsgi import application

    return BodiesFirst(application, places=PLACES, most=settings.BODY_LIMIT)


def _serve(place: Binding, workers: int, stopping: Event) -> None:
    import multiprocessing

    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    logging.getLogger("_granian").addFilter(_is_news)
    multiprocessing.set_start_method("spawn", force=True)  # a fork would copy threads and connections half-way
    server = Server(
        "huiyin.web.wsgi:application", address=place.host, port=place.port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=THREADS, log_level=LogLevels.warning, respawn_failed_workers=True, workers_kill_timeout=PATIENCE,
    )  # fmt: skip

    def stop(*_: object) -> None:
        stopping.set()
        server.signal_handler_interrupt()

    def listen_to_signals() -> None:  # after granian has set its own
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)

    server.on_startup(listen_to_signals)
    server.serve(target_loader=load)


def _is_news(record: logging.LogRecord) -> bool:
    """Threads only wait for what is still being sent; how many requests run at once is PLACES, so nobody need be warned."""
    return "Python threads" not in record.getMessage()


def _keep_working(stopping: Event) -> None:
    """Runs a worker process, and another when it dies, until the server stops."""
    while not stopping.is_set():
        began = time.monotonic()
        worker = subprocess.Popen(
            [sys.executable, "-m", "huiyin", "work", "--parent", str(os.getpid())], stdin=subprocess.DEVNULL
        )
        while worker.poll() is None and not stopping.wait(0.2):
            pass
        if stopping.is_set():
            _end(worker)
        elif time.monotonic() - began < QUICK_DEATH:
            stopping.wait(QUICK_DEATH)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()  # its job is taken up by the next worker
        process.wait()


def _announce(place: Binding, stopping: Event) -> None:
    began = time.monotonic()
    while not stopping.wait(0.1):
        if _answers(place.url):
            screen.say(f"回音开着：{place.url}/", f"Huiyin is running: {place.url}/")
            screen.row("工作台 Desk", f"{place.url}/desk/")
            return
        if time.monotonic() - began > SLOW_START:
            screen.say("服务没有应答，请看上面的错误。", "The server doesn't answer; see the errors above.")
            return


def _answers(url: str) -> bool:
    try:
        build_opener(ProxyHandler({})).open(f"{url}/static/ui/seal.svg", timeout=5).close()
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
    return True


def _settle() -> None:
    """Leaves no open connection to the children, and the folder that the web server looks for."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.STATIC_ROOT.mkdir(exist_ok=True)
