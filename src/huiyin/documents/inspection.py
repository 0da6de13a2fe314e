"""What an uploaded file really is, decided from its content and never from its name.

Takes scans (JPG, PNG, TIFF, PDF) and attachments (those, WEBP, DOCX, XLSX and plain text); everything else is refused
in a sentence. Whatever is inside, an answer costs at most about two seconds and 300 MB: sizes are read from headers,
archives are counted while they unpack, PDF files are opened in a confined child process (`pdf`).
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from huiyin.documents.office_package import PackageLimits, package_kind
from huiyin.documents.pdf import pdf_pages
from huiyin.documents.picture_headers import PictureFacts, jpeg_facts, png_facts, tiff_facts, webp_facts
from huiyin.documents.plain_text import NotText, encoding_of
from huiyin.documents.refusals import KINDS, Unacceptable, refusal, shown
from huiyin.procedure.words import Words

__all__ = ["ATTACHMENTS", "SCANS", "Inspected", "Limits", "Unacceptable", "inspect"]

SCANS = ("jpeg", "png", "tiff", "pdf")
ATTACHMENTS = ("jpeg", "png", "tiff", "pdf", "webp", "docx", "xlsx", "txt")


@dataclass(frozen=True)
class Limits:
    """Bytes of a file, pages, pixels of a picture (a plain JPEG is decoded reduced, so it may have more), longest side."""

    size: int = 50 << 20
    pages: int = 200
    pixels: int = 52_000_000
    jpeg_pixels: int = 89_000_000
    side: int = 30_000
    package: PackageLimits = field(default_factory=PackageLimits)


@dataclass(frozen=True)
class Inspected:
    """A file as it is: `mime`, `extension` (without dot), bytes, pages (None where not counted), pixels of its largest
    picture page (None for documents) and, for text, its character set."""

    mime: str
    extension: str
    size: int
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    charset: str | None = None


_MIMES = {
    "jpeg": ("image/jpeg", "jpg"),
    "png": ("image/png", "png"),
    "tiff": ("image/tiff", "tif"),
    "webp": ("image/webp", "webp"),
    "pdf": ("application/pdf", "pdf"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "txt": ("text/plain", "txt"),
}

Source = IO[bytes] | str | os.PathLike[str]


def inspect(
    source: Source, *, name: str, allowed: tuple[str, ...] = ATTACHMENTS, limits: Limits | None = None
) -> Inspected:
    """The facts of a file given as path or binary stream (left at its beginning if it can seek).

    `allowed` is SCANS or ATTACHMENTS; `name` is only shown. Raises Unacceptable with the sentence for the person.
    """
    limits, name = limits or Limits(), shown(name)
    with _opened(source) as stream:
        data = stream.read(limits.size + 1)
    if not data:
        raise refusal("empty", name=name)
    if len(data) > limits.size:
        raise refusal("too-large", name=name, limit=limits.size >> 20)
    kind = kind_of(data, name=name, limits=limits)
    if kind == "program":
        raise refusal("program", name=name)
    if kind not in allowed:
        raise _not_allowed(kind, name, allowed)
    return _CHECKS.get(kind, _picture)(data, kind, name, limits)


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    if isinstance(source, (str, os.PathLike)):
        with Path(source).open("rb") as stream:
            yield stream
        return
    if source.seekable():
        source.seek(0)
    try:
        yield source
    finally:
        if source.seekable():
            source.seek(0)


def _not_allowed(kind: str, name: str, allowed: tuple[str, ...]) -> Unacceptable:
    *most, last = (KINDS[each] for each in allowed)
    takes = Words(
        "、".join([*(kind.zh for kind in most), last.zh]), f"{', '.join(kind.en for kind in most)} or {last.en}"
    )
    if kind == "unknown":
        return refusal("unknown", name=name, allowed=takes)
    return refusal("not-allowed", name=name, kind=KINDS[kind], allowed=takes)


_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (rb"\xff\xd8\xff", "jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"II\*\x00|MM\x00\*", "tiff"),
    (rb"RIFF....WEBP", "webp"),
    (rb"(?:\xef\xbb\xbf|\s)*%PDF-", "pdf"),
    (rb"PK(?:\x03\x04|\x05\x06)", "zip"),
    (rb"GIF8[79]a", "gif"),
    (rb"BM.{4}\x00{4}", "bmp"),
    (rb"....ftyp(?:heic|heix|heif|hevc|mif1|msf1|avif)", "heic"),
    (rb"....ftyp|RIFF|ID3|OggS|fLaC|\x1aE\xdf\xa3|\xff[\xfb\xf3\xf2]", "media"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office97"),
    (rb"MZ(?=.*\x00)|\x7fELF|#!|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\x00asm", "program"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd", "archive"),
    (rb"\{\\rtf", "rtf"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _SIGNATURES)


def kind_of(data: bytes, *, name: str, limits: Limits) -> str:
    """A key of KINDS, `program` or `unknown`. Zip files are opened to tell, so this may raise Unacceptable."""
    head = data[:2048]
    kind = next((kind for pattern, kind in _PATTERNS if pattern.match(head)), None)
    if kind == "zip":
        return package_kind(io.BytesIO(data), name, limits.package)
    if kind == "office97" and "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal("password", name=name)
    return kind or _markup_kind(head) or _text_or_unknown(data)


_SKIPPED = ((b"<?", b"?>"), (b"<!--", b"-->"))
_TAG = re.compile(rb"<(?:(svg|!doctype svg)|(!doctype html|html|head|body|script|iframe|table|meta|style))\b")


def _markup_kind(head: bytes) -> str | None:
    """svg, html or xml if the text begins as such, after any declarations and comments."""
    text = rest = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    while mark := next(((start, end) for start, end in _SKIPPED if rest.startswith(start)), None):
        rest = rest.partition(mark[1])[2].lstrip()
    if tag := _TAG.match(rest):
        return "svg" if tag[1] else "html"
    return "xml" if text.startswith(b"<?xml") else None


def _text_or_unknown(data: bytes) -> str:
    try:
        encoding_of(io.BytesIO(data))
    except NotText:
        return "unknown"
    return "txt"


def _picture(data: bytes, kind: str, name: str, limits: Limits) -> Inspected:
    facts = _PICTURES[kind](data, name, limits)
    reduced = kind == "jpeg" and not facts.progressive
    most = limits.jpeg_pixels if reduced else limits.pixels
    if not facts.width or not facts.height:
        raise refusal("damaged", name=name)
    if facts.width * facts.height > most or max(facts.width, facts.height) > limits.side:
        raise refusal("too-many-pixels", name=name, width=facts.width, height=facts.height, limit=most // 1_000_000)
    if facts.pages > limits.pages:
        raise refusal("too-many-pages", name=name, limit=limits.pages)
    return Inspected(*_MIMES[kind], len(data), facts.pages, facts.width, facts.height)


def _pdf(data: bytes, kind: str, name: str, limits: Limits) -> Inspected:
    return Inspected(*_MIMES[kind], len(data), pdf_pages(data, name=name, most=limits.pages))


def _package(data: bytes, kind: str, name: str, limits: Limits) -> Inspected:
    return Inspected(*_MIMES[kind], len(data))  # measured while its kind was found out


def _text(data: bytes, kind: str, name: str, limits: Limits) -> Inspected:
    charset = encoding_of(io.BytesIO(data)).removesuffix("-sig")
    return Inspected(*_MIMES[kind], len(data), charset=charset)


_PICTURES: dict[str, Callable[[bytes, str, Limits], PictureFacts]] = {
    "jpeg": lambda data, name, limits: jpeg_facts(data, name),
    "png": lambda data, name, limits: png_facts(data, name),
    "webp": lambda data, name, limits: webp_facts(data, name),
    "tiff": lambda data, name, limits: tiff_facts(data, name, most_pages=limits.pages),
}
_CHECKS: dict[str, Callable[[bytes, str, str, Limits], Inspected]] = {
    "pdf": _pdf,
    "docx": _package,
    "xlsx": _package,
    "txt": _text,
}
