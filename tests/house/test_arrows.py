"""The arrows between the rooms (docs/architecture.md) and the purity of the rules."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.places import SOURCE, modules, relative, says


def test_the_arrows_between_the_rooms_point_down() -> None:
    says("lint-imports", "--no-cache")


def test_the_rules_import_only_the_standard_library() -> None:
    strangers = [
        f"{relative(path)}: {name}"
        for path in modules()
        if path.is_relative_to(SOURCE / "procedure")
        for name in _imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("huiyin.procedure")
    ]
    assert not strangers


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module if node.module and not node.level else "huiyin.procedure"
