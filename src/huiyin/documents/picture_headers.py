"""Size and completeness of pictures, read from their structure without decoding a single pixel.

A 400-megapixel picture is a few kilobytes until somebody decodes it, and half an upload looks whole at
its beginning; so each format is walked from its first marker to its last one, with a limit on the number of steps.
Raises Unacceptable with the codes truncated, damaged, too-costly and moving-picture; `name` is for the sentence only.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.documents.refusals import refusal


@dataclass(frozen=True)
class PictureFacts:
    """The largest page's `width` and `height` in pixels, the number of pages, and whether a decoder must hold all at once."""

    width: int
    height: int
    pages: int = 1
    progressive: bool = True


_JPEG_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: all that decoders in use understand
_JPEG_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_JPEG_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JPEG_MARKERS, _JPEG_SCANS = 5_000, 200


def jpeg_facts(data: bytes, name: str) -> PictureFacts:
    """Walks the segments to the end-of-image marker."""
    facts: PictureFacts | None = None
    scans = 0
    for marker, start in _jpeg_segments(data, name):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            if marker not in _JPEG_FRAMES or start + 7 > len(data):
                raise refusal("damaged", name=name)
            height, width = struct.unpack_from(">HH", data, start + 3)
            facts = PictureFacts(width, height, progressive=marker == 0xC2)
        scans += marker == 0xDA
        if scans > _JPEG_SCANS:
            raise refusal("too-costly", name=name)
    if facts is None or not scans:
        raise refusal("damaged", name=name)
    return facts


def _jpeg_segments(data: bytes, name: str) -> Iterator[tuple[int, int]]:
    """(marker, position of its length field) up to the end-of-image marker."""
    position = 2
    for _ in range(_JPEG_MARKERS):
        found = _JPEG_NEXT_MARKER.search(data, position)
        if found is None:
            raise refusal("truncated", name=name)
        marker, position = data[found.end() - 1], found.end()
        if marker == 0xD9:
            return
        if marker in _JPEG_STANDALONE:
            continue
        if position + 2 > len(data):
            raise refusal("truncated", name=name)
        yield marker, position
        # The payload is skipped: a thumbnail inside it has an end marker of its own.
        position += max(2, struct.unpack_from(">H", data, position)[0])
    raise refusal("too-costly", name=name)


_PNG_CHUNKS = 100_000


def png_facts(data: bytes, name: str) -> PictureFacts:
    """Walks the chunks to IEND and checks each one's checksum."""
    size: tuple[int, int] | None = None
    for kind, body in _png_chunks(data, name):
        if kind == b"IHDR" and len(body) == 13:
            size = struct.unpack_from(">II", body)
        elif kind == b"acTL" and len(body) == 8 and struct.unpack_from(">I", body)[0] > 1:
            raise refusal("moving-picture", name=name)
    if size is None:
        raise refusal("damaged", name=name)
    return PictureFacts(*size)


def _png_chunks(data: bytes, name: str) -> Iterator[tuple[bytes, memoryview]]:
    view, position = memoryview(data), 8
    for _ in range(_PNG_CHUNKS):
        if position + 12 > len(data):
            raise refusal("truncated", name=name)
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise refusal("truncated", name=name)
        if zlib.crc32(view[position + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            raise refusal("damaged", name=name)
        yield kind, view[position + 8 : end - 4]
        if kind == b"IEND":
            return
        position = end
    raise refusal("too-costly", name=name)


def webp_facts(data: bytes, name: str) -> PictureFacts:
    """Reads the first chunk of a still WEBP picture."""
    if len(data) < 30 or struct.unpack_from("<I", data, 4)[0] + 8 > len(data):
        raise refusal("truncated", name=name)
    kind = data[12:16]
    if kind == b"VP8X":
        if data[20] & 0x02:
            raise refusal("moving-picture", name=name)
        return PictureFacts(1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"))
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return PictureFacts(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return PictureFacts(width & 0x3FFF, height & 0x3FFF)
    raise refusal("damaged", name=name)


_TIFF_VALUES, _TIFF_VALUES_IN_ALL = 70_000, 1_500_000  # strips or tiles of one page, of the file
_TIFF_NUMBERS = {3: "H", 4: "I"}
_WIDTH, _HEIGHT, _BITS, _SAMPLES, _SUBFILE = 256, 257, 258, 277, 254
_DATA_AREAS = ((273, 279), (324, 325))  # (offsets, lengths) of strips and of tiles


def tiff_facts(data: bytes, name: str, *, most_pages: int) -> PictureFacts:
    """Walks the directories of a classic TIFF; every strip and tile must lie inside the file."""
    order = "<" if data[:2] == b"II" else ">"
    pages = [tags for tags in _tiff_directories(data, order, name, most_pages) if not tags[_SUBFILE][0] & 1]
    sizes = [(tags[_WIDTH][0], tags[_HEIGHT][0]) for tags in pages]
    if not sizes:
        raise refusal("damaged", name=name)
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return PictureFacts(width, height, pages=len(sizes))


def _tiff_directories(data: bytes, order: str, name: str, most_pages: int) -> Iterator[dict[int, tuple[int, ...]]]:
    if len(data) < 8:
        raise refusal("truncated", name=name)
    position = struct.unpack_from(order + "I", data, 4)[0]
    seen = 0
    for _ in range(2 * most_pages):  # a page may bring a thumbnail along
        tags, position = _tiff_directory(data, position, order, name)
        seen += sum(map(len, tags.values()))
        if seen > _TIFF_VALUES_IN_ALL:
            raise refusal("too-costly", name=name)
        _check_tiff_page(data, tags, name)
        yield tags
        if position == 0:
            return
    raise refusal("too-many-pages", name=name, limit=most_pages)


def _tiff_directory(data: bytes, position: int, order: str, name: str) -> tuple[dict[int, tuple[int, ...]], int]:
    """The numeric tags that matter here, and the position of the next directory (0: none)."""
    if position < 8 or position + 2 > len(data):
        raise refusal("truncated", name=name)
    (count,) = struct.unpack_from(order + "H", data, position)
    end = position + 2 + 12 * count
    if end + 4 > len(data):
        raise refusal("truncated", name=name)
    wanted = {_WIDTH, _HEIGHT, _BITS, _SAMPLES, _SUBFILE, *(tag for pair in _DATA_AREAS for tag in pair)}
    tags: dict[int, tuple[int, ...]] = {_BITS: (1,), _SAMPLES: (1,), _SUBFILE: (0,)}
    for entry in range(position + 2, end, 12):
        tag, kind = struct.unpack_from(order + "HH", data, entry)
        if tag in wanted and kind in _TIFF_NUMBERS:
            tags[tag] = _tiff_values(data, entry, order, _TIFF_NUMBERS[kind], name)
    return tags, struct.unpack_from(order + "I", data, end)[0]


def _tiff_values(data: bytes, entry: int, order: str, code: str, name: str) -> tuple[int, ...]:
    """An entry's numbers: inside the entry if they fit in four bytes, elsewhere if not."""
    (count,) = struct.unpack_from(order + "I", data, entry + 4)
    if not 0 < count <= _TIFF_VALUES:
        raise refusal("damaged", name=name)
    shape = f"{order}{count}{code}"
    at = entry + 8
    if struct.calcsize(shape) > 4:
        (at,) = struct.unpack_from(order + "I", data, entry + 8)
    if at + struct.calcsize(shape) > len(data):
        raise refusal("truncated", name=name)
    return struct.unpack_from(shape, data, at)


def _check_tiff_page(data: bytes, tags: dict[int, tuple[int, ...]], name: str) -> None:
    areas = [(tags[start], tags[length]) for start, length in _DATA_AREAS if start in tags and length in tags]
    if not areas or _WIDTH not in tags or _HEIGHT not in tags:
        raise refusal("damaged", name=name)
    if tags[_SAMPLES][0] > 5 or max(tags[_BITS]) > 16:
        raise refusal("damaged", name=name)
    for offsets, lengths in areas:
        if max(offset + length for offset, length in zip(offsets, lengths, strict=False)) > len(data):
            raise refusal("truncated", name=name)
