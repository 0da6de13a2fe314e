"""Which typefaces set a letter, and which characters they can draw.

The office's own 仿宋, 小标宋, 楷体 and 黑体 come first if their files lie in the folder that is passed as `folder`
(HUIYIN_HOME/fonts); free ones stand in otherwise (typefaces/README.md). Nothing is taken from the system, so a letter
looks the same on every machine.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_cjk
import pylopdf_fonts_zh_cn
import pylopdf_fonts_zh_tw
import typst
from fontTools.ttLib import TTCollection, TTFont, TTLibError

OWN = Path(__file__).parent / "typefaces"
SHIPPED = (
    OWN,
    *(Path(str(package.__file__)).parent for package in (pylopdf_fonts_zh_cn, pylopdf_fonts_zh_tw, pylopdf_fonts_cjk)),
)
RARE = ("Noto Serif SC", "Noto Serif TC", "Noto Serif JP")
ROLES: dict[str, tuple[str, ...]] = {
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", *RARE),
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", "Huiyin Song", *RARE),
    "heading": ("SimHei", "黑体", "Noto Sans SC", *RARE),
    "lead": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "LXGW WenKai", "LXGW WenKai GB", "Huiyin Kai", *RARE),
    "folio": ("SimSun", "宋体", *RARE),
    "serif": RARE,
    "bold": ("Huiyin Song", *RARE),
    "sans": ("Noto Sans SC", *RARE),
}
GETA = "\u3013"  # 〓, the printers' sign for a character that is not in the fount
_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_BREAKS = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n") | {"\t": " ", "\r": "\n"})


class Library:
    """The typefaces of the shipped folders and one more: for typst, by role, and by character."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders]
        )
        present = set(self.fonts.families())
        self.roles = {role: [name for name in names if name in present] for role, names in ROLES.items()}
        self.characters = frozenset().union(*(_characters(file) for folder in folders for file in _files(folder)))
        self.bold = _characters(OWN / "HuiyinSong-Bold.otf")


def library(folder: Path | None = None) -> Library:
    """The typefaces to use now; files added to or removed from `folder` are noticed."""
    return _library(folder, tuple((file, file.stat().st_mtime_ns) for file in _files(folder) if folder))


@lru_cache(maxsize=4)
def _library(folder: Path | None, _stamps: tuple[tuple[Path, int], ...]) -> Library:
    return Library((folder, *SHIPPED) if folder and folder.is_dir() else SHIPPED)


def _files(folder: Path | None) -> list[Path]:
    found = folder.rglob("*") if folder and folder.is_dir() else ()
    return sorted(file for file in found if file.suffix.lower() in _SUFFIXES and file.is_file())


@lru_cache(maxsize=64)
def _characters(file: Path) -> frozenset[int]:
    """Code points a font file can draw; none if it can't be read."""
    collection = file.suffix.lower() in {".ttc", ".otc"}
    try:
        with file.open("rb") as stream:  # opened here: the library leaves broken files open
            faces = TTCollection(stream).fonts if collection else [TTFont(stream, lazy=True)]
            return frozenset().union(*(face.getBestCmap() or {} for face in faces))
    except (TTLibError, OSError, KeyError, AssertionError):
        return frozenset()


def uncovered(text: str, folder: Path | None = None) -> list[str]:
    """The characters of `text` that would be printed as 〓, each once, in the order in which they appear."""
    drawn = library(folder).characters
    return list(dict.fromkeys(char for char in clean(text) if char != "\n" and ord(char) not in drawn))


def printable(text: str, folder: Path | None = None) -> str:
    """`text` as it will be printed: without invisible controls, and with 〓 for what no typeface has."""
    drawn = library(folder).characters
    return "".join(char if char == "\n" or ord(char) in drawn else GETA for char in clean(text))


def clean(text: str) -> str:
    """`text` without controls, directional marks and variation selectors, which print nothing or mislead."""
    text = text.replace("\r\n", "\n").translate(_BREAKS)
    if any(unicodedata.combining(char) for char in text):
        text = unicodedata.normalize("NFC", text)
    return "".join(char for char in text if char == "\n" or _is_visible(char))


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and not (
        char in "\ufffe\uffff"  # no characters at all; XML refuses them
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )


def without_bold(texts: Iterable[str], folder: Path | None = None) -> str:
    """Characters of `texts` that the shipped bold typeface lacks: they are thickened instead."""
    shelf = library(folder)
    return "".join(sorted({char for text in texts for char in text if ord(char) > 0x7F} - set(map(chr, shelf.bold))))
