"""Pictures of invented letters as an old scanner gives them: grey paper, a little askew."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 150
PAGE = (1240, 1754)  # A4
MARGIN, SIZE, PITCH = 150, 38, 66
STAYS = set("，。；：？！、）”")  # data: marks that begin no line


@cache
def _typeface() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(str(pylopdf_fonts_zh_cn.__file__)).parent / "NotoSerifSC-Regular.otf"), SIZE)


def letter(text: str, chance: random.Random) -> io.BytesIO:
    """A JPEG of a letter on one page; what does not fit on it is left away."""
    page = Image.new("L", PAGE, 244)
    draw = ImageDraw.Draw(page)
    for place, line in enumerate(_lines(text)[: (PAGE[1] - 2 * MARGIN) // PITCH]):
        wobble = chance.randint(-3, 3), chance.randint(-3, 3)
        draw.text(
            (MARGIN + wobble[0], MARGIN + place * PITCH + wobble[1]),
            line,
            font=_typeface(),
            fill=chance.randint(30, 60),
        )
    turned = page.rotate(chance.uniform(-1.2, 1.2), fillcolor=232, resample=Image.Resampling.BICUBIC)
    speckled = Image.blend(turned.filter(ImageFilter.GaussianBlur(0.6)), Image.effect_noise(PAGE, 40), 0.07)
    written = io.BytesIO()
    speckled.save(written, "JPEG", quality=70, dpi=(DPI, DPI))
    written.seek(0)
    return written


def _lines(text: str) -> list[str]:
    """The text in lines of the page's width, each paragraph indented by two squares."""
    width = (PAGE[0] - 2 * MARGIN) // SIZE
    found: list[str] = []
    for paragraph in text.splitlines():
        rest = f"\u3000\u3000{paragraph}"
        while rest:
            cut = width + 1 if rest[width : width + 1] in STAYS else width
            found.append(rest[:cut])
            rest = rest[cut:]
    return found
