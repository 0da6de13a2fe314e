"""Makes the two typefaces in this folder from their sources. Run by hand, only when a source has a new version.

    python -m huiyin.documents.letters.typefaces.subset NotoSerifCJK-Bold.ttc LXGWWenKai-Regular.ttf

Both keep the characters of GB 2312 and the punctuation of letters. The second is renamed, because the Open Font
License keeps the names LXGW and 霞鹜 for the unmodified typeface.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
PUNCTUATION = "〔〕—…·“”‘’①②③④⑤⑥⑦⑧⑨⑩〇〓★☆□■☑☎℃"
BOLD_NAME, KAI_NAME = "Huiyin Song", "Huiyin Kai"


def characters() -> set[int]:
    """ASCII, GB 2312 and the punctuation above."""
    cells = (bytes((row, column)) for row in range(0xA1, 0xF8) for column in range(0xA1, 0xFF))
    decoded = (cell.decode("gb2312", errors="ignore") for cell in cells)
    return {*range(0x20, 0x7F), *(ord(text) for text in decoded if text), *map(ord, PUNCTUATION)}


def make(font: TTFont, name: str, target: Path) -> None:
    """Write `font` with these characters only, under `name`."""
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 16):
            record.string = name
        elif record.nameID == 6:
            record.string = name.replace(" ", "")
    font.save(target)


def main(bold: str, kai: str) -> None:
    """Make both files from the paths of their sources; face 2 of the Noto collection is Simplified Chinese."""
    make(TTFont(bold, fontNumber=2), BOLD_NAME, HERE / "HuiyinSong-Bold.otf")
    make(TTFont(kai), KAI_NAME, HERE / "HuiyinKai-Regular.ttf")


if __name__ == "__main__":
    main(*sys.argv[1:])
