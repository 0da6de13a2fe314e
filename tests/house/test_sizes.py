"""Sizes: small functions, files that fit in a head."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.house.places import files, modules, relative

LONGEST_FILE = 400
MEDIAN_BELOW = 10
USUALLY_BELOW = 30
USUALLY = 0.95


def test_no_file_is_longer_than_400_lines() -> None:
    written = [
        *modules(),
        *files(".html", ".js", ".css", under="src"),
        *files(".py", under="tests"),
        *files(under="scripts"),
    ]
    long = [f"{relative(path)}: {lines}" for path in written if (lines := _lines(path)) > LONGEST_FILE]
    assert not long, "\n".join(long)


def test_the_median_function_is_shorter_than_ten_lines() -> None:
    assert median(length for _, length in _functions()) < MEDIAN_BELOW


def test_nearly_all_functions_are_shorter_than_thirty_lines() -> None:
    functions = list(_functions())
    long = [f"{name}: {length}" for name, length in functions if length >= USUALLY_BELOW]
    assert len(long) <= len(functions) * (1 - USUALLY), "\n".join(long)


def test_every_module_says_what_it_is_for() -> None:
    silent = [relative(path) for path in modules() if path.read_text().strip() and not _docstring(path)]
    assert not silent, "\n".join(silent)


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text()))


def _functions() -> Iterator[tuple[str, int]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{relative(path)}:{node.lineno} {node.name}", _length(node)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length
