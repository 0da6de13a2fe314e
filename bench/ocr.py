"""How well, how fast and in how much memory a printed letter is read: `python bench/ocr.py`.

Sets bench/letter.txt (invented) on A4, draws it at 200 dpi as it left the printer and as a tired office scanner would
give it (1° askew, grey paper, blur, noise, JPEG at quality 60), reads both and counts wrong characters.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import numpy
import pylopdf_fonts_zh_cn
import pypdfium2
import typst
from PIL import Image, ImageFilter

from huiyin.documents.reading import THREADS, PageText, read_page

LETTER = Path(__file__).with_name("letter.txt")
DPI = 200
_RIGHT_ALIGNED, _FLUSH = 2, 1  # lines at the end (name, date); lines after the title that are not indented


def printed(text: str, *, size: float = 14, dpi: int = DPI) -> Image.Image:
    """The letter on A4: title in the middle, two squares of indent, name and date at the right."""
    title, greeting, *rest = text.strip().split("\n")
    body, end = rest[:-_RIGHT_ALIGNED], rest[-_RIGHT_ALIGNED:]
    source = "\n\n".join(
        [
            '#set page(paper: "a4", margin: (x: 2.6cm, y: 2.4cm))',
            f'#set text(font: "Noto Serif SC", size: {size}pt, lang: "zh", region: "cn")',
            "#set par(justify: true, leading: 0.95em, spacing: 0.95em)",
            f"#align(center, text(size: {size + 4}pt)[{_quoted(title)}])",
            f"#par[{_quoted(greeting)}]",
            "#set par(first-line-indent: (amount: 2em, all: true))",
            *(_quoted(line) for line in body),
            *(f"#align(right)[{_quoted(line)}]" for line in end),
        ]
    )
    folder = str(pylopdf_fonts_zh_cn.serif_path().parent)
    pdf: bytes = typst.compile(source.encode(), font_paths=[folder], ignore_system_fonts=True)
    page: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()
    return page.convert("L")


def _quoted(line: str) -> str:
    return "#" + '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scanned(page: Image.Image, *, angle: float = 1.0, seed: int = 1) -> Image.Image:
    """The page as an old scanner gives it."""
    chance = numpy.random.default_rng(seed)
    turned = page.rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    soft = numpy.asarray(turned.filter(ImageFilter.GaussianBlur(0.9)), dtype=float)
    shade = numpy.linspace(0, 25, soft.shape[1])[None, :]
    grey = 60 + soft / 255 * 160 - shade + chance.normal(0, 11, soft.shape)
    out = io.BytesIO()
    Image.fromarray(grey.clip(0, 255).astype("uint8")).save(out, "JPEG", quality=60)
    return Image.open(io.BytesIO(out.getvalue()))


def error_rate(truth: str, read: str) -> float:
    """Characters to insert, delete or replace, by the length of the truth; blanks and line ends don't count."""
    wanted, got = "".join(truth.split()), "".join(read.split())
    row = list(range(len(got) + 1))
    for number, character in enumerate(wanted, 1):
        above, row[0] = row[0], number
        for at, other in enumerate(got, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (character != other))
    return row[-1] / len(wanted)


def kept_paragraphs(truth: str, read: str) -> float:
    """The part of the paragraphs that begin and end where they should, whatever was misread inside."""

    def edges(text: str) -> set[tuple[str, str]]:
        return {("".join(line.split())[:3], "".join(line.split())[-3:]) for line in text.split("\n") if line.strip()}

    return len(edges(truth) & edges(read)) / len(edges(truth))


def peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=3, help="how often each page is read (the median counts)")
    times = options.parse_args(arguments).times
    truth = LETTER.read_text()
    start = time.perf_counter()
    read_page(Image.new("L", (400, 200), 255))
    print(
        f"model loaded in {time.perf_counter() - start:.1f} s; {THREADS} threads; {len(''.join(truth.split()))} characters"
    )
    page = printed(truth)
    pages = {"clean": page, "scanned": scanned(page), "scanned upside down": scanned(page).rotate(180)}
    print(f"{'page':<22}{'seconds':>8}{'of CPU':>8}{'CER %':>8}{'paragraphs %':>14}{'doubtful lines':>16}{'turned':>8}")
    for name, picture in pages.items():
        seconds, work, result = _timed(picture, times)
        doubtful = f"{sum(line.doubtful for line in result.lines)}/{len(result.lines)}"
        rates = f"{100 * error_rate(truth, result.text):>8.2f}{100 * kept_paragraphs(truth, result.text):>14.0f}"
        print(f"{name:<22}{seconds:>8.1f}{work:>8.1f}{rates}{doubtful:>16}{result.turned:>8}")
    print(f"peak memory {peak_megabytes()} MB")


def _timed(picture: Image.Image, times: int) -> tuple[float, float, PageText]:
    """Seconds by the clock and of both processors (the median of several readings), and the last reading."""
    taken: list[tuple[float, float]] = []
    for _ in range(times):
        start, work = time.perf_counter(), time.process_time()
        result = read_page(picture)
        taken.append((time.perf_counter() - start, time.process_time() - work))
    seconds, work = (sorted(column)[times // 2] for column in zip(*taken, strict=True))
    return seconds, work, result


if __name__ == "__main__":
    main()
