"""Where files lie: below one root folder under the SHA-256 of their content, ab/cd/abcd….

A file is there whole or not at all: it is written to incoming/, flushed to the disk and then renamed. The same content
is kept once, whoever writes it and however often; nothing is ever changed in place. Knows nothing of cases or rights.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO

_PIECE = 1 << 20  # bytes
_NAME = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """The stream holds more bytes than allowed; nothing of it was kept."""


@dataclass(frozen=True)
class FileStore:
    """The files below `root` (an absolute folder; made when the first file arrives)."""

    root: Path

    def put(self, stream: IO[bytes], *, most: int | None = None) -> tuple[str, int]:
        """Keeps the rest of the stream; its SHA-256 (hex) and its size in bytes.

        On return the content is on the disk. Raises TooLarge beyond `most` bytes, OSError when the disk is full;
        either way nothing visible changes.
        """
        incoming = self.root / "incoming"
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, unfinished = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(handle, "wb") as out:
                sha256, size = _copied(stream, out, most)
            self._publish(Path(unfinished), sha256, size)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        return sha256, size

    def _publish(self, unfinished: Path, sha256: str, size: int) -> None:
        target = self.path(sha256)
        if target.exists() and target.stat().st_size == size and _touched(target):
            unfinished.unlink()
            return
        for folder in (target.parent.parent, target.parent):
            if not folder.exists():
                folder.mkdir(exist_ok=True, mode=0o700)
                _flush_folder(folder.parent)
        unfinished.replace(target)  # atomic: two writers of the same content both succeed
        _flush_folder(target.parent)

    def path(self, sha256: str) -> Path:
        """Where that content lies or would lie. ValueError if it is no SHA-256 in lower-case hex."""
        if not _NAME.fullmatch(sha256):
            raise ValueError("not a SHA-256 in lower-case hex")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def open(self, sha256: str) -> BufferedReader:
        """The content for reading. FileNotFoundError if it is not here."""
        return self.path(sha256).open("rb")

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is here and its content still has that SHA-256."""
        try:
            with self.open(sha256) as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def free(self) -> int:
        """Bytes that are free on the disk of the files."""
        there = next(folder for folder in (self.root, *self.root.parents) if folder.exists())
        return shutil.disk_usage(there).free

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file here, in order."""
        return (path.name for path in sorted(self.root.glob("??/??/*")) if _NAME.fullmatch(path.name))

    def drop(self, sha256: str, *, before: float) -> bool:
        """Removes a content that nothing names any more, unless it was brought again since that moment (seconds since 1970).

        It is set aside first and looked at there: a writer who brought it a moment ago finds it put back, and one who comes
        now finds no such file and keeps it anew.
        """
        target, aside = self.path(sha256), self.root / "incoming" / f"dropped-{sha256}"
        if not target.exists():
            return False
        aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.replace(aside)
        if aside.stat().st_mtime >= before:
            aside.replace(target)
            return False
        aside.unlink()
        return True

    def drop_unfinished(self, *, before: float) -> int:
        """Removes what writers left behind that died before that moment (seconds since 1970); how many."""
        left = [path for path in self.root.glob("incoming/*") if path.stat().st_mtime < before]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def _touched(file: Path) -> bool:
    """Notes that the file was brought again; False if it is gone."""
    try:
        os.utime(file)
    except FileNotFoundError:
        return False
    return True


def _copied(stream: IO[bytes], out: IO[bytes], most: int | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if most is not None and size > most:
            raise TooLarge(f"more than {most} bytes")
        digest.update(piece)
        out.write(piece)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size


def _flush_folder(folder: Path) -> None:
    """Makes a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
