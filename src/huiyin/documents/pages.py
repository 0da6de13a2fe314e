"""The pages of a scan as pictures: upright, in plain colour, small enough to read and to show, one at a time.

Assumes that `inspection` took the file before; sizes are checked again all the same, since a file may change place.
A page has at most 2 200 pixels on its long side (A4 at about 190 dpi): text recognition gains nothing from more.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from huiyin.documents.inspection import SCANS, Limits, inspect
from huiyin.documents.pdf import pdf_pictures
from huiyin.documents.refusals import refusal, shown

LONG_SIDE = 2200  # pixels
_THUMBNAIL = 1 << 0  # bit of TIFF's NewSubfileType


def page_pictures(
    path: str | os.PathLike[str], *, name: str, limits: Limits | None = None, long_side: int = LONG_SIDE
) -> Iterator[Image.Image]:
    """The pages of a JPG, PNG, TIFF or PDF in order, each an RGB or grey picture without metadata.

    Only one page is held at a time. Raises Unacceptable when the file or one of its pages can't be read.
    """
    limits = limits or Limits()
    facts = inspect(path, name=name, allowed=SCANS, limits=limits)
    if facts.extension == "pdf":
        yield from pdf_pictures(Path(path), name=shown(name), long_side=long_side, most=limits.pages)
    else:
        yield from _picture_pages(path, shown(name), limits, long_side)


def _picture_pages(path: str | os.PathLike[str], name: str, limits: Limits, long_side: int) -> Iterator[Image.Image]:
    try:
        # Only these decoders are asked, so no other one ever sees hostile bytes.
        with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as picture:
            for frame in ImageSequence.Iterator(picture):
                if picture.format == "TIFF" and _is_thumbnail(frame):
                    continue
                if frame.width * frame.height > limits.jpeg_pixels:
                    raise refusal("damaged", name=name)
                yield plain(frame, long_side=long_side)
                if picture.format != "TIFF":
                    return  # further frames of a JPEG or PNG are previews
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError, Image.DecompressionBombError):
        raise refusal("damaged", name=name) from None


def _is_thumbnail(frame: Image.Image) -> bool:
    return bool(int(getattr(frame, "tag_v2", {}).get(254, 0)) & _THUMBNAIL)


def plain(picture: Image.Image, *, long_side: int) -> Image.Image:
    """A copy turned upright by its EXIF note, at most `long_side` pixels long, on white, grey or RGB, without metadata."""
    picture.draft("RGB", (long_side, long_side))  # a JPEG is decoded reduced; nothing happens to others
    turn = picture.getexif().get(0x0112, 1)
    small = _reduced(_in_eight_bits(picture), long_side)
    small.getexif()[0x0112] = turn
    upright = ImageOps.exif_transpose(small)
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    return clean


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Grey, RGB or either with transparency; modes that Pillow can't reduce are turned into these."""
    if picture.mode in ("L", "RGB", "LA", "RGBA"):
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith("I") or picture.mode == "F":
        return _stretched(picture)
    if picture.mode == "P" and "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("RGB")


def _stretched(picture: Image.Image) -> Image.Image:
    """More than eight bits of grey: the darkest becomes black, the lightest white."""
    deep = picture if picture.mode in ("I", "F") else picture.convert("I")
    darkest, lightest = (float(value) for value in cast("tuple[float, float]", deep.getextrema()))
    step = 255 / max(1.0, lightest - darkest)
    return deep.point(lambda value: value * step - darkest * step).convert("L")


def _reduced(picture: Image.Image, long_side: int) -> Image.Image:
    factor = max(picture.size) / long_side
    if factor > 1:
        size = (max(1, round(picture.width / factor)), max(1, round(picture.height / factor)))
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if picture.mode in ("LA", "RGBA"):
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        return paper.convert("RGB")
    return picture.copy()


def web_image(picture: Image.Image, *, long_side: int = 1600, quality: int = 82) -> bytes:
    """A page as JPEG for the screen: re-encoded, so that no place, camera or hidden content travels along."""
    shown_picture = plain(picture, long_side=long_side)
    out = io.BytesIO()
    shown_picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def thumbnail(picture: Image.Image) -> bytes:
    """A small JPEG for lists: at most 320 pixels long."""
    return web_image(picture, long_side=320, quality=70)
