"""Puts the contents of a case into a zip, with names, order and dates that depend on the case alone."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import datetime
from typing import IO, Any

from huiyin.cases.archive.checking import MANIFEST, PIECE
from huiyin.cases.archive.contents import contents_of
from huiyin.cases.archive.pages import page
from huiyin.cases.models import Case
from huiyin.documents import services as documents
from huiyin.kernel.clock import ZONE
from huiyin.procedure.words import Words

PAGES = {"index.html": "zh-hans", "index.en.html": "en"}
READABLE = 0o644 << 16
UNIX = 3


def file_name(case: Case) -> str:
    """What the bundle of a case is called."""
    return f"{case.no}.zip"


def write(case: Case) -> bytes:
    """The bundle of a case as bytes; of a case with large papers `write_to` a file instead."""
    out = io.BytesIO()
    write_to(out, case)
    return out.getvalue()


def write_to(out: IO[bytes], case: Case, *, full: bool = True) -> list[Words]:
    """Writes the bundle of a case, loaded with `queries.find`; unless it is `full`, without the petitioner's numbers and addresses; gives what is wrong with papers that the store lost.

    A lost paper does not keep the rest back: the index says that it is missing or damaged.
    """
    contents = contents_of(case, full=full)
    with zipfile.ZipFile(out, "w") as zipped:
        pack = _Pack(zipped, contents.at)
        for name, language in PAGES.items():
            pack.add(name, page(contents, language).encode())
        pack.add("index.json", _json(contents.index, indent=1) + b"\n")
        pack.add("events.jsonl", b"".join(_json(event) + b"\n" for event in contents.events))
        for name, content in contents.made.items():
            pack.add(name, content)
        for paper in contents.attachments:
            if paper.state != "missing":
                with documents.open_file(paper.file) as stored:
                    pack.copy(paper.path, stored)
        pack.finish()
    return [paper.problem for paper in contents.attachments if paper.problem]


class _Pack:
    """Adds files, all dated alike, and remembers their hashes."""

    def __init__(self, zipped: zipfile.ZipFile, at: datetime) -> None:
        self._zipped = zipped
        self._at = at.astimezone(ZONE).timetuple()[:6]
        self._hashes: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        self.copy(name, io.BytesIO(content))

    def copy(self, name: str, content: IO[bytes]) -> None:
        digest = hashlib.sha256()
        with self._zipped.open(self._entry(name), "w", force_zip64=True) as into:
            while piece := content.read(PIECE):
                digest.update(piece)
                into.write(piece)
        self._hashes[name] = digest.hexdigest()

    def finish(self) -> None:
        """Adds the list of hashes, for `sha256sum -c MANIFEST.sha256`."""
        lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(self._hashes.items()))
        with self._zipped.open(self._entry(MANIFEST), "w") as into:
            into.write(lines.encode())

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._at)
        entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, READABLE, UNIX
        return entry


def _json(value: Any, *, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent).encode()
