"""`huiyin work` and `huiyin serve` as real processes, stopped politely and killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.environment import ROOT

House = dict[str, str]
UNSENT = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\na=1"
ROSTER = "from tests.jobs.a_roster import *"


@pytest.fixture
def house(new_house: House, tmp_path: Path) -> House:
    """An installation that is set up, in whose processes the jobs of tests are known."""
    password = tmp_path / "password"
    password.write_text("lake-heron-42\n")
    environment = new_house | {"PYTHONPATH": str(ROOT)}
    details = [f"--{name}=x" for name in ("counter", "letter-prefix", "superior", "phone", "address", "hours")]
    finish(environment, "init", "--unit=测试单位", *details, f"--admin=security_admin:sec:赵安:{password}")
    return environment


def test_the_job_of_a_worker_that_was_killed_is_done_by_the_next(house: House, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    queue(house, f"note_slowly.enqueue({str(notes)!r}, 4)")
    with started(house, "work") as first:
        wait_for(notes.exists)
        first.kill()
        first.wait()
    with started(house, "work") as second:
        wait_for(lambda: "done" in notes.read_text())
        second.terminate()
        assert second.wait(30) == 0
    assert notes.read_text().split("\n")[:-1] == [f"begun {first.pid}", f"begun {second.pid}", f"done {second.pid}"]


def test_an_import_whose_worker_is_killed_each_time_says_so_and_goes_on_when_asked(
    house: House, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("\n".join(["姓名,工号", *(f"孟庆兰,N{n:06}" for n in range(20_000))]))
    python(house, ROSTER, f"begin({str(roster)!r})")
    for times in (1, 2, 3):
        python(house, ROSTER, f"lose_a_worker({times})")
    assert "没有导完" in python(house, ROSTER, "look()")
    python(house, ROSTER, "again()")
    with started(house, "work"):
        wait_for(lambda: "导完了，共20000行" in python(house, ROSTER, "look()").replace("<wbr>", ""))
    assert python(house, ROSTER, "print(Person.objects.count())").strip() == "20000"


def test_a_worker_that_is_told_to_stop_finishes_its_job(house: House, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    queue(house, f"note_slowly.enqueue({str(notes)!r}, 2)")
    with started(house, "work") as worker:
        wait_for(notes.exists)
        worker.send_signal(signal.SIGINT)
        assert worker.wait(30) == 0
    assert notes.read_text() == f"begun {worker.pid}\ndone {worker.pid}\n"


def test_the_server_answers_works_in_the_background_and_stops_whole(house: House, tmp_path: Path) -> None:
    notes, port = tmp_path / "notes", free_port()
    with started(house, "serve", f"--bind=127.0.0.1:{port}", "--workers=2") as server:
        assert f"http://127.0.0.1:{port}/" in first_line(server)
        assert fetch(port).startswith(b"<svg")
        queue(house, f"note_slowly.enqueue({str(notes)!r}, 3)")
        wait_for(notes.exists)
        worker = int(notes.read_text().split()[1])
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: "done" in notes.read_text())
        children = descendants(server.pid)
        server.terminate()
        assert server.wait(60) == 0
    assert notes.read_text().count("begun") == 2
    assert len(children) >= 3
    wait_for(lambda: not any(map(lives, children)))


def test_those_who_send_nothing_keep_nobody_out(house: House) -> None:
    port = free_port()
    with (
        started(house, "serve", f"--bind=127.0.0.1:{port}", "--workers=1", "--no-worker") as server,
        ExitStack() as silent,
    ):
        assert f"http://127.0.0.1:{port}/" in first_line(server)
        for _ in range(24):
            waiting = silent.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            waiting.sendall(f"POST /track/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{UNSENT}".encode())
        time.sleep(1)  # until the server has taken them all; if it were slower, the test would only be easier
        assert fetch(port).startswith(b"<svg")


def test_nothing_goes_on_after_the_server_was_killed(house: House) -> None:
    port = free_port()
    with started(house, "serve", f"--bind=127.0.0.1:{port}", "--workers=1") as server:
        first_line(server)
        children = descendants(server.pid)
        server.kill()
        server.wait()
    wait_for(lambda: not any(map(lives, children)))
    with started(house, "serve", f"--bind=127.0.0.1:{port}", "--workers=1", "--no-worker") as again:
        assert str(port) in first_line(again)
        again.send_signal(signal.SIGINT)
        assert again.wait(60) == 0


def test_a_port_in_use_is_said_in_a_sentence(new_house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = ask(new_house, "serve", f"--bind=127.0.0.1:{port}")
    assert refused.returncode == 2
    assert f"端口{port}已经有程序在用" in refused.stderr
    assert f"--bind 127.0.0.1:{port + 1}" in refused.stderr


@pytest.mark.parametrize(
    ("bind", "said"),
    [
        ("127.0.0.1:99999", "1到65535"), ("127.0.0.1:0", "1到65535"), ("localhost", "1到65535"), (":8000", "1到65535"),
        ("8000:", "1到65535"), ("203.0.113.7:8000", "不是这台机器的地址"), ("no such host:8000", "不是这台机器的地址"),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_said_in_a_sentence(new_house: House, bind: str, said: str) -> None:
    refused = ask(new_house, "serve", f"--bind={bind}")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    assert said in refused.stderr


def test_a_house_that_is_not_set_up_is_not_served(new_house: House) -> None:
    refused = ask(new_house, "serve", f"--bind=127.0.0.1:{free_port()}")
    assert refused.returncode == 2
    assert "huiyin init" in refused.stderr


def ask(environment: House, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "huiyin", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def finish(environment: House, *arguments: str) -> None:
    done = ask(environment, *arguments)
    assert done.returncode == 0, done.stderr


def queue(environment: House, call: str) -> None:
    python(environment, "from tests.jobs.sample_tasks import *", call)


def python(environment: House, *lines: str) -> str:
    """Runs lines in a process of the installation and gives what they print."""
    whole = "\n".join(("import django; django.setup()", *lines))
    ran = subprocess.run(
        [sys.executable, "-c", whole], env=environment, check=False, timeout=180, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@contextmanager
def started(environment: House, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A command that runs; what is left of it at the end is killed."""
    command = [sys.executable, "-m", "huiyin", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def first_line(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    return server.stdout.readline()


def fetch(port: int) -> bytes:
    with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}/static/ui/seal.svg", timeout=20) as answer:
        return answer.read()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(reached: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it didn't happen in time"
        time.sleep(0.1)


def descendants(pid: int) -> list[int]:
    """Children and their children, as the kernel lists them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            if re.search(rf"^PPid:\t{pid}$", status.read_text(), re.MULTILINE):
                found.append(int(status.parent.name))
    return found + [below for child in found for below in descendants(child)]


def lives(pid: int) -> bool:
    with suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False
