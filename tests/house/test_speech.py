"""The project speaks of itself alone: no machine's paths, no package host, no notes to self."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.places import files, relative

FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.~-])/(?:work|root|home/\w+)/\w",
    "a folder outside the checkout": r"\.\./shared\b",
    "the host of a package registry": r"\b(?:pypi|npmjs|pythonhosted|crates|rubygems)\.\w{2,}\b|\bdeb\.\w+\.org\b|\bproxy\.golang\b",
    "a note to self": r"\b(?:TODO|FIXME|XXX|HACK)\b",
    "a tracker's number": r"\bissue #?\d+\b",
}
TEXT = {
    ".py",
    ".md",
    ".html",
    ".css",
    ".js",
    ".toml",
    ".yml",
    ".yaml",
    ".txt",
    ".po",
    ".typ",
    ".json",
    ".csv",
    ".sh",
    "",
}


def _texts() -> list[Path]:
    return [path for path in files() if path.suffix in TEXT and path != Path(__file__)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_written_here_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{relative(path)}:{number}: {line.strip()[:120]}"
        for path in _texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


def test_no_file_is_empty_but_package_markers() -> None:
    empty = [
        relative(path) for path in files() if not path.stat().st_size and path.name not in {"__init__.py", "py.typed"}
    ]
    assert not empty
