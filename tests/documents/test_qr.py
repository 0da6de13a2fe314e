"""QR codes that stand inside pages: readable, with their quiet zone, and nothing that a content security policy refuses."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageDraw

from huiyin.documents import qr
from tests.documents import paper


def drawn(svg: str, scale: int = 8) -> Image.Image:
    """The picture that a browser would show: the runs of dark modules on white."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    image = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(image)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", svg):
        left, top = int(x) * scale, int(y) * scale
        pen.rectangle((left, top, left + int(width) * scale - 1, top + scale - 1), fill=0)
    return image


@pytest.mark.parametrize(
    "text", ["https://huiyin.example/t/8Fq2mZx71bTq", "602841739506", "https://a.example/?" + "q" * 300]
)
def test_a_code_is_read_back(text: str) -> None:
    assert paper.qr_code(drawn(qr.svg(text))) == text


def test_four_modules_around_it_are_white() -> None:
    image = np.array(drawn(qr.svg("https://huiyin.example/t/1"), scale=1))
    edge = qr.QUIET_ZONE
    dark = np.argwhere(image == 0)
    assert dark.min() == edge and image.shape[0] - 1 - dark.max() == edge
    assert qr.quiet_share("https://huiyin.example/t/1") == edge / image.shape[0]


def test_it_needs_no_style_no_script_and_no_other_file() -> None:
    svg = qr.svg('"><script>alert(1)</script>', label='码 "<b>&')
    assert not re.search(r"style|script|href|url\(|onload", svg)
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own picture
    assert (root.get("role"), root.get("aria-label")) == ("img", '码 "<b>&')
    assert root.get("class") == "qr" and root.get("width") is None


def test_without_a_label_it_is_silent() -> None:
    assert 'aria-hidden="true"' in qr.svg("x")
