"""The XML inside an .xlsx, parsed in pieces by expat, with guards against what XML can do to a reader.

Refused: document types (entities that multiply), elements nested without end, one tag of more than a megabyte
(expat before 2.6 parses such a tag again for every piece). Raises Unacceptable with damaged or too-costly.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from xml.parsers import expat

from huiyin.documents.refusals import refusal

PIECE = 1 << 17  # bytes fed at a time
_DEPTH, _TAG = 40, 1 << 20

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class XmlFeed:
    """A parser that calls `start(tag, attributes)`, `end(tag)` and `characters(text)`, tags without their prefix."""

    def __init__(self, name: str, start: Start, end: End | None = None, characters: End | None = None) -> None:
        self.name, self._fed = name, 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 16
        self._set_element_handlers(start, end)
        self._parser.CharacterDataHandler = characters
        self._parser.StartDoctypeDeclHandler = self._on_doctype

    def feed(self, piece: bytes) -> None:
        """The next bytes of the part."""
        self._parser.Parse(piece, False)
        self._fed += len(piece)
        if self._fed - self._parser.CurrentByteIndex > _TAG:
            raise refusal("too-costly", name=self.name)

    def finish(self) -> None:
        """No more bytes: the document must be complete."""
        self._parser.Parse(b"", True)

    def _set_element_handlers(self, start: Start, end: End | None) -> None:
        depth = 0  # called millions of times: closures are a third faster than methods here

        def on_start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEPTH:
                raise refusal("too-costly", name=self.name)
            start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

        def on_end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(tag.rpartition(":")[2] if ":" in tag else tag)

        self._parser.StartElementHandler = on_start
        self._parser.EndElementHandler = on_end

    def _on_doctype(self, *_: object) -> None:
        raise refusal("damaged", name=self.name)


@contextmanager
def refusing_damage(name: str) -> Iterator[None]:
    """Turns what a damaged archive or part raises into a refusal."""
    try:
        yield
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError) as error:
        raise refusal("damaged", name=name) from error
    except (NotImplementedError, UnicodeError) as error:  # a compression or an encoding that nobody writes
        raise refusal("damaged", name=name) from error


def parse_part(
    archive: zipfile.ZipFile, part: str, name: str, start: Start, end: End | None = None, characters: End | None = None
) -> None:
    """Parses a whole part."""
    feed = XmlFeed(name, start, end, characters)
    with refusing_damage(name), archive.open(part) as stream:
        while piece := stream.read(PIECE):
            feed.feed(piece)
        feed.finish()


class Relationship(NamedTuple):
    """A link from one part to another: `kind` is the last part of its type, such as worksheet or styles."""

    identity: str
    kind: str
    target: str


def relationships(archive: zipfile.ZipFile, part: str, name: str) -> list[Relationship]:
    """The links of a part (of the package itself for an empty name) inside the archive."""
    folder, file = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    found: list[Relationship] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External" and len(found) < 5_000:
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            found.append(Relationship(attributes.get("Id", ""), kind, target))

    if rels in archive.NameToInfo:
        parse_part(archive, rels, name, start)
    return found
