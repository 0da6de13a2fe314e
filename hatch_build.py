"""Compiles the translation catalogues while the package is built or installed (editable too)."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):
    """Writes a .mo beside every .po below src/."""

    def initialize(self, version: str, build_data: dict) -> None:
        for source in Path(self.root, "src").rglob("*.po"):
            with source.open("rb") as reading, source.with_suffix(".mo").open("wb") as writing:
                write_mo(writing, read_po(reading))
