"""Is a bundle whole? Compares every file with MANIFEST.sha256; needs no database and no settings."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import IO

from huiyin.kernel.errors import Refused
from huiyin.procedure.words import Words

MANIFEST = "MANIFEST.sha256"
PIECE = 1 << 20  # bytes
Problem = tuple[str, Words]


def check_bundle(bundle: Path | IO[bytes]) -> list[Problem]:
    """What is wrong with a bundle, by file name; empty if it is whole. Refused for a file that is no bundle."""
    try:
        with zipfile.ZipFile(bundle) as zipped:
            return _problems(zipped)
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise Refused(
            "这不是回音的档案包，或者文件已经损坏。", "This is no Huiyin bundle, or it is damaged.", code="bundle"
        ) from None


def _problems(zipped: zipfile.ZipFile) -> list[Problem]:
    listed = dict(_line(line) for line in zipped.read(MANIFEST).decode().splitlines())
    present = set(zipped.namelist()) - {MANIFEST}
    found: list[Problem] = []
    for name, sha256 in sorted(listed.items()):
        if name not in present:
            found.append((name, Words("清单里有，包里没有", "listed but not there")))
        elif _sha256(zipped, name) != sha256:
            found.append((name, Words("内容和清单上的散列值不一样", "its content does not have the listed hash")))
    found += [(name, Words("包里有，清单里没有", "there but not listed")) for name in sorted(present - listed.keys())]
    return found


def _line(line: str) -> tuple[str, str]:
    sha256, _, name = line.partition("  ")
    if len(sha256) != 64 or not name:
        raise ValueError(line)
    return name, sha256


def _sha256(zipped: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with zipped.open(name) as content:
            while piece := content.read(PIECE):
                digest.update(piece)
    except zipfile.BadZipFile:
        return ""  # its own check sum is wrong already
    return digest.hexdigest()
