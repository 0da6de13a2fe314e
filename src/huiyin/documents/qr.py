"""QR codes as SVG that stands inside a page or a letter: no style attribute, no script, nothing loaded from outside.

Four modules of quiet zone, as ISO/IEC 18004 asks; error correction M.
"""

from __future__ import annotations

from html import escape

import segno

QUIET_ZONE = 4


def svg(text: str, *, label: str = "") -> str:
    """`text` as an <svg> of black squares on white, sized by the page's stylesheet (class `qr`); `label` is read aloud.

    Raises segno.DataOverflowError beyond about 2 300 characters of a URL.
    """
    code = _code(text)
    side = code.symbol_size(border=QUIET_ZONE)[0]
    spoken = f' role="img" aria-label="{escape(label)}"' if label else ' aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"{spoken}>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{_squares(code)}"/></svg>'
    )


def quiet_share(text: str) -> float:
    """How much of the picture's width its left quiet zone takes, 0 to 1: papers move the code by that to the margin."""
    return QUIET_ZONE / float(_code(text).symbol_size(border=QUIET_ZONE)[0])


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False)


def _squares(code: segno.QRCode) -> str:
    """Dark runs of each row as closed rectangles."""
    runs = []
    for y, row in enumerate(code.matrix, QUIET_ZONE):
        start = None
        for x, dark in enumerate((*row, 0), QUIET_ZONE):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1H{start}z")
                start = None
    return "".join(runs)
