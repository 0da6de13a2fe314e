"""`huiyin manual`: the operations manual as a printable book, made from the table of the procedure. No data folder is needed."""

from __future__ import annotations

from pathlib import Path

import click

from huiyin.commands import screen
from huiyin.kernel.errors import Refused

LANGUAGES = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}
FORMS = {"pdf": ("pdf",), "docx": ("docx",), "both": ("pdf", "docx")}


@click.command(
    help="写出操作手册：每一步谁办、依据、要填什么、时限、文书、下一步 · Write the operations manual, step by step."
)
@click.option(
    "--language", type=click.Choice(list(LANGUAGES)), default="both", show_default=True, help="语言 · language"
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMS)), default="both", show_default=True, help="格式 · format"
)
@click.option("--edition", "code", help="哪个版本的程序，默认是现行的 · which edition; the one in force by default")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path(),
    help="写到哪个文件夹 · into which folder",
)  # fmt: skip
def command(language: str, form: str, code: str | None, out: Path) -> None:
    """Writes one file for each language and format, and says where."""
    from huiyin.documents import manual as printing
    from huiyin.kernel import clock
    from huiyin.procedure.editions import CURRENT, EDITIONS
    from huiyin.procedure.manual import book

    if (chosen := code or CURRENT) not in EDITIONS:
        raise Refused(
            f"没有“{chosen}”这个版本，有：{'、'.join(EDITIONS)}。",
            f"There is no edition {chosen}; there are: {', '.join(EDITIONS)}.",
        )
    now = clock.now()
    for each in LANGUAGES[language]:
        made = book(EDITIONS[chosen], each)
        for ending in FORMS[form]:
            target = out / f"{made.title}.{ending}"
            target.write_bytes(getattr(printing, ending)(made, made_at=now))
            screen.row(ending, str(target))
