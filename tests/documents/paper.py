"""Reads printed papers back: words, pages, typefaces, the places of characters, QR codes."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from dataclasses import dataclass

import cv2
import numpy as np
import pypdf
import pypdfium2
import pypdfium2.raw
from PIL import Image

MM = 25.4 / 72


@dataclass(frozen=True)
class Character:
    """One printed character in millimetres from the left and upper edge: where the pen stood, its middle, its edges."""

    text: str
    pen: float
    x: float
    y: float
    left: float
    right: float


def pages(pdf: bytes) -> list[pypdf.PageObject]:
    """The pages of a PDF."""
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def words(pdf: bytes) -> str:
    """All words of a PDF on one line, without spaces and line breaks."""
    return "".join("".join(page.extract_text() for page in pages(pdf)).split())


def size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in millimetres."""
    box = pages(pdf)[0].mediabox
    return round(float(box.width) * MM, 1), round(float(box.height) * MM, 1)


def fonts(pdf: bytes) -> dict[str, bool]:
    """The typefaces of a PDF by name, and whether each lies in the file."""
    found = {}
    for page in pages(pdf):
        for font in page["/Resources"].get_object().get("/Font", {}).values():  # type: ignore[union-attr]
            for descendant in font.get_object()["/DescendantFonts"]:
                descriptor = descendant.get_object()["/FontDescriptor"].get_object()
                embedded = bool({"/FontFile2", "/FontFile3"} & set(descriptor))
                found[str(descriptor["/FontName"]).split("+")[-1]] = embedded
    return found


def metadata(pdf: bytes) -> str:
    """The XMP packet."""
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    return bytes(root["/Metadata"].get_object().get_data()).decode()  # type: ignore[index, union-attr]


def characters(pdf: bytes, page: int) -> list[Character]:
    """Every printed character of a page, as the page is seen, without spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height, text = sheet.get_height(), sheet.get_textpage()
        whole = text.get_text_range()
        found = []
        for place in range(text.count_chars()):
            char = whole[place] if place < len(whole) else ""
            if char.strip():
                left, bottom, right, top = (edge * MM for edge in text.get_charbox(place, loose=True))
                pen = ctypes.c_double(), ctypes.c_double()
                pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, place, *map(ctypes.byref, pen))
                middle = height * MM - (top + bottom) / 2
                found.append(Character(char, pen[0].value * MM, (left + right) / 2, middle, left, right))
        text.close()
        sheet.close()
    return found


def lines(found: list[Character]) -> list[list[Character]]:
    """Characters by line, from top to bottom, each line from left to right."""
    rows: dict[int, list[Character]] = defaultdict(list)
    for char in sorted(found, key=lambda char: char.y):
        near = next((row for row in rows if abs(row / 10 - char.y) < 2), round(char.y * 10))
        rows[near].append(char)
    return [sorted(row, key=lambda char: char.x) for _, row in sorted(rows.items())]


def picture(pdf: bytes, page: int = 0, dots_per_inch: int = 200) -> Image.Image:
    """A page as it is seen."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        image: Image.Image = sheet.render(scale=dots_per_inch / 72).to_pil()
        sheet.close()
    return image


def qr_code(image: Image.Image) -> str:
    """What a QR code in a picture says; empty if none can be read. Each of the two readers is blind to some codes."""
    grey = np.array(image.convert("L"))
    readers = (cv2.QRCodeDetectorAruco(), cv2.QRCodeDetector())
    return next((said for reader in readers if (said := str(reader.detectAndDecode(grey)[0]))), "")
