"""What a zip file is: a Word or Excel document, something else, or a bomb.

The directory is measured before Python's zipfile reads it (a million entries would cost seconds and hundreds of
megabytes), then every entry is really unpacked and counted, because declared sizes can lie and entries can overlap.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from huiyin.documents.refusals import refusal

_END = struct.Struct("<4s4H2IH")  # end of central directory, APPNOTE.TXT 4.3.16
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
    b"macroEnabled": "macros",
}
_PIECE = 1 << 16


@dataclass(frozen=True)
class PackageLimits:
    """How large a document may be inside: `entries`, `unpacked` bytes in all, `ratio` beyond the first `free` bytes."""

    entries: int = 3_000
    directory: int = 1 << 20
    unpacked: int = 300 << 20
    ratio: int = 150
    free: int = 30 << 20


def package_kind(source: IO[bytes], name: str, limits: PackageLimits) -> str:
    """docx, xlsx, pptx, ofd, opendocument or archive. Raises truncated, damaged, macros, password and bomb.

    `source` can seek and stays open.
    """
    try:
        size = source.seek(0, io.SEEK_END)
        with _archive(source, size, name, limits) as archive:
            kind = _kind(archive, name)
            if kind in ("docx", "xlsx"):
                _measure(archive, size, name, limits)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, KeyError, OSError):
        raise refusal("damaged", name=name) from None
    except NotImplementedError:  # a compression that Office never writes
        raise refusal("damaged", name=name) from None
    except RuntimeError:  # zipfile's word for "encrypted"
        raise refusal("password", name=name) from None


def _archive(source: IO[bytes], size: int, name: str, limits: PackageLimits) -> zipfile.ZipFile:
    source.seek(max(0, size - 66_000))  # the end record and its longest comment
    tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise refusal("truncated", name=name)
    _, _, _, _, entries, directory, _, _ = _END.unpack_from(tail, at)
    # Numbers of all ones point to the 64-bit directory, which a document of 50 MB never needs.
    if (
        entries > limits.entries
        or directory > limits.directory
        or tail[max(0, at - 20) : max(0, at - 16)] == b"PK\x06\x07"
    ):
        raise refusal("bomb", name=name)
    return zipfile.ZipFile(source)


def _kind(archive: zipfile.ZipFile, name: str) -> str:
    names = set(archive.namelist())
    if _CONTENT_TYPES in names:
        with archive.open(_CONTENT_TYPES) as part:
            types = part.read(1 << 20)
        if any(entry.lower().endswith("vbaproject.bin") for entry in names):
            raise refusal("macros", name=name)
        kind = next((kind for mark, kind in _MAIN_PARTS.items() if mark in types), "archive")
        if kind == "macros":
            raise refusal("macros", name=name)
        return kind
    if "OFD.xml" in names:
        return "ofd"
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            return "opendocument" if re.match(rb"application/vnd\.oasis\.", part.read(100)) else "archive"
    return "archive"


def _measure(archive: zipfile.ZipFile, packed: int, name: str, limits: PackageLimits) -> None:
    most = min(limits.unpacked, max(limits.free, packed * limits.ratio))
    total = 0
    for entry in archive.infolist():
        if total + entry.file_size > most:
            raise refusal("bomb", name=name)
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                total += len(piece)
                if total > most:
                    raise refusal("bomb", name=name)
