"""The child program of `pdf`: counts the pages of the PDF on its standard input, or draws them.

    python -m huiyin.documents.pdf_child count MOST
    python -m huiyin.documents.pdf_child draw LONG_SIDE MOST

Answers with JSON messages: {"pages": n}, {"width": w, "height": h} followed by the raw RGB bytes, or {"refused": code}.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import re
import sys
import zlib
from typing import Any

from huiyin.documents.confined import confine, send

_MEGABYTE = 1 << 20
_LARGEST_SIDE = 14_400  # points, the largest page of ISO 32000-1, annex C
_FINEST = 300 / 72  # pixels a point
_STREAM = re.compile(rb"\bstream\r?\n")
_STREAMS = 30_000
_PICTURE = re.compile(rb"/(?:Width|Height|W|H)\s+(\d{1,9})")
_LARGEST_PICTURE = 100_000_000  # pixels
_LARGEST_STREAM, _ALL_STREAMS = 64 * _MEGABYTE, 160 * _MEGABYTE  # unpacked bytes of anything but pictures


class Refused(Exception):
    """Ends the program with a code of REFUSALS and the facts of its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "facts": facts}


def main(arguments: list[str]) -> None:
    task, *numbers = arguments
    try:
        if task == "count":
            confine(memory=300 * _MEGABYTE, seconds=2)
            _count(int(numbers[0]))
        else:
            confine(memory=640 * _MEGABYTE, seconds=3600)
            _draw(int(numbers[0]), int(numbers[1]))
    except Refused as refused:
        send(json.dumps(refused.answer).encode())
    except MemoryError:
        send(json.dumps({"refused": "too-costly"}).encode())
    except RuntimeError:  # PDFium's own errors
        send(json.dumps({"refused": "damaged"}).encode())


def _count(most: int) -> None:
    data = mmap.mmap(0, 0, access=mmap.ACCESS_COPY)
    document = _opened(data)
    pages = len(document)
    if not pages:
        raise Refused("damaged")
    if pages > most:
        raise Refused("too-many-pages", limit=most)
    for number in range(pages):
        _check_size(document, number)
    _measure_streams(data)
    send(json.dumps({"pages": pages}).encode())


def _opened(data: mmap.mmap) -> Any:
    # Imported after the limits are set, so that they hold for it, too.
    import pypdfium2
    import pypdfium2.raw

    try:
        return pypdfium2.PdfDocument((ctypes.c_ubyte * len(data)).from_buffer(data))
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("password" if locked else "damaged") from None


def _check_size(document: Any, number: int) -> tuple[float, float]:
    width, height = document.get_page_size(number)
    if not (0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE):
        size = {"width": round(width * 25.4 / 72), "height": round(height * 25.4 / 72)}
        raise Refused("page-too-big", page=number + 1, **size)
    return width, height


def _measure_streams(data: mmap.mmap) -> None:
    """Unpacks what is not a picture, up to the limits, without keeping it; for pictures reads the size."""
    total = 0
    for count, match in enumerate(_STREAM.finditer(data)):
        if count > _STREAMS:
            raise Refused("too-costly")
        start = match.start()
        entry = data[max(data.rfind(b" obj", max(0, start - 4096), start), start - 4096, 0) : start]
        if b"/Image" in entry:
            _check_picture(entry)
        elif (layers := entry.count(b"FlateDecode") + entry.count(b"/Fl ")) > 0:
            total += _unpacked(data, match.end(), layers)
            if total > _ALL_STREAMS:
                raise Refused("bomb")


def _check_picture(entry: bytes) -> None:
    sides = [int(number) for number in _PICTURE.findall(entry)[:2]]
    if len(sides) == 2 and sides[0] * sides[1] > _LARGEST_PICTURE:
        raise Refused("bomb")


def _unpacked(data: mmap.mmap, start: int, layers: int) -> int:
    """Bytes that a deflated stream unpacks to, through up to three layers of deflation."""
    unpackers = [zlib.decompressobj() for _ in range(min(layers, 3))]
    total, position = 0, start
    while position < len(data) and not unpackers[0].eof:
        piece = data[position : position + 65_536]
        position += len(piece)
        try:
            total += _through(unpackers, piece)
        except zlib.error:
            return total  # not deflated after all, or damaged: PDFium stops there, too
        if total > _LARGEST_STREAM:
            raise Refused("bomb")
    return total


def _through(unpackers: list[Any], piece: bytes) -> int:
    """Feeds a piece through the layers in bounded steps; how many bytes came out in all."""
    first, *inner = unpackers
    total = 0
    while piece and not first.eof:
        out = first.decompress(piece, _MEGABYTE)
        piece = first.unconsumed_tail
        total += len(out)
        if inner and out:
            total += _through(inner, out)
        if total > _LARGEST_STREAM:
            break
        if not out and not piece:
            break
    return total


def _draw(long_side: int, most: int) -> None:
    document = _opened(mmap.mmap(0, 0, access=mmap.ACCESS_COPY))
    if len(document) > most:
        raise Refused("too-many-pages", limit=most)
    for number in range(len(document)):
        scale = min(_FINEST, long_side / max(_check_size(document, number)))
        page = document[number]
        picture = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False).to_pil().convert("RGB")
        page.close()
        send(json.dumps({"width": picture.width, "height": picture.height}).encode())
        send(picture.tobytes())


if __name__ == "__main__":
    main(sys.argv[1:])
