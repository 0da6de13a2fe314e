"""Runs a reader of risky files in a child process with limits on memory and time.

PDF and old Excel files are parsed by native code that a hostile file can make run for ever, ask for
terabytes or crash. In a child that costs one file its answer and nobody else anything. Needs POSIX limits (`resource`).
The child's module calls `confine` first and then `send`s messages (4 bytes of length, then the payload) to its standard output.
"""

from __future__ import annotations

import os
import resource
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

_LENGTH = struct.Struct(">I")
_LARGEST_MESSAGE = 64 << 20  # bytes: a page of 4 000 × 4 000 in colour


class Stopped(Exception):
    """The child ended without an answer: out of memory, out of time, or crashed."""


def confine(*, memory: int, seconds: int) -> None:
    """In the child: at most `memory` bytes of address space and `seconds` of processor time, no core dump."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def send(payload: bytes) -> None:
    """In the child: one message to the parent."""
    out = sys.stdout.buffer
    out.write(_LENGTH.pack(len(payload)))
    out.write(payload)
    out.flush()


@contextmanager
def child(module: str, *arguments: str, source: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A running `python -m module arguments…` whose standard input is the file `source` from its start; killed on leaving."""
    # -P keeps the working directory off the module path: nothing uploaded there is ever imported.
    command = [sys.executable, "-P", "-m", module, *arguments]
    os.lseek(source.fileno(), 0, os.SEEK_SET)  # source.seek(0) may only move inside Python's buffer
    process = subprocess.Popen(
        command, stdin=source.fileno(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def messages(process: subprocess.Popen[bytes], *, seconds: float) -> Iterator[bytes]:
    """What the child sends, each message awaited for at most `seconds`; Stopped if it dies or is too slow."""
    assert process.stdout is not None
    while (head := _exactly(process.stdout, _LENGTH.size, time.monotonic() + seconds)) is not None:
        (length,) = _LENGTH.unpack(head)
        if length > _LARGEST_MESSAGE:
            raise Stopped(f"message of {length} bytes")
        body = _exactly(process.stdout, length, time.monotonic() + seconds)
        if body is None:
            raise Stopped("ended in the middle of a message")
        yield body
    if process.wait(timeout=5) != 0:
        raise Stopped(f"ended with {process.returncode}")


def _exactly(pipe: BinaryIO | IO[bytes], count: int, until: float) -> bytes | None:
    """`count` bytes from the pipe, or None at its end; Stopped after the moment `until` (monotonic seconds)."""
    got = bytearray()
    waiting = select.poll()  # select() would refuse file numbers above 1023
    waiting.register(pipe, select.POLLIN)
    while len(got) < count:
        if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
            raise Stopped("too slow")
        part = os.read(pipe.fileno(), min(count - len(got), 1 << 20))
        if not part:
            if got:
                raise Stopped("ended in the middle of a message")
            return None
        got += part
    return bytes(got)
