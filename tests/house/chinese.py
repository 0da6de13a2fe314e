"""Finds Chinese in templates and Python that no reader of English would get to read in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from django.template.base import DebugLexer, Token, TokenType

IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LATIN = re.compile(r"[A-Za-z]")
BOTH_IN_ONE = re.compile(r"·.*[A-Za-z]| [A-Z][a-z]+", re.DOTALL)
NUMBERS = re.compile(r"[年月日号第条款项零〇一二三四五六七八九十百千万]")  # dates and articles: numerals, not words
CATALOGUED = re.compile(r"_\((?:\"[^\"]*\"|'[^']*')\)")
GETTEXT = re.compile(r"_|(?:d?n?p?gettext)(?:_lazy|_noop)?")
MARK = "# data:"  # Chinese that is compared, not shown, or belongs to the document; a reason follows (see in_python)


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each bare piece of Chinese; `{% translate %}`, `{% blocktranslate %}`, `_("…")` and comments are fine."""
    inside = ""
    for token in DebugLexer(source).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if inside:
            inside = "" if name == f"end{inside}" else inside
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            inside = name
        elif name not in {"translate", "trans"}:
            yield from _bare(token)


def _bare(token: Token) -> Iterator[tuple[int, str]]:
    if token.token_type == TokenType.COMMENT:
        return
    text = token.contents if token.token_type == TokenType.TEXT else CATALOGUED.sub("", token.contents)
    for offset, line in enumerate(text.splitlines()):
        if IDEOGRAPH.search(line):
            yield (token.lineno or 0) + offset, line.strip()


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each Chinese string that is neither a docstring, nor catalogued, nor said in both languages, nor marked.

    The mark `# data: reason` excuses its line, the statement whose first line it ends, or at a line's very start the module.
    """
    lines = source.splitlines()
    if any(line.startswith(MARK) for line in lines):
        return
    tree = ast.parse(source)
    excused = set(_excused(tree, lines))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and IDEOGRAPH.search(node.value):
            marked = MARK in lines[node.lineno - 1]
            if id(node) not in excused and not marked and not _needs_no_translation(node.value):
                yield node.lineno, node.value.strip()[:60]


def _needs_no_translation(text: str) -> bool:
    return bool(BOTH_IN_ONE.search(text)) or not IDEOGRAPH.search(NUMBERS.sub("", text))


def _excused(tree: ast.AST, lines: list[str]) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            bare_string = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if bare_string or MARK in lines[node.lineno - 1]:
                yield from _within(node)
        elif isinstance(node, ast.Call) and GETTEXT.fullmatch(_called(node)):
            yield from _within(node)
        for one, other in pairwise(_neighbours(node)):
            if _speaks_chinese(one) and _speaks_english(other):
                yield from _within(one)


def _neighbours(node: ast.AST) -> list[ast.expr]:
    """What stands side by side: positional and then named arguments, members of a tuple or list, values of a dict."""
    if isinstance(node, ast.Call):
        return [*node.args, *(keyword.value for keyword in node.keywords)]
    if isinstance(node, ast.Tuple | ast.List):
        return node.elts
    return node.values if isinstance(node, ast.Dict) else []


def _within(node: ast.AST) -> Iterator[int]:
    return (id(part) for part in ast.walk(node))


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _strings(node: ast.AST) -> str:
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return "".join(part for part in parts if isinstance(part, str))


def _speaks_chinese(node: ast.AST) -> bool:
    return bool(IDEOGRAPH.search(_strings(node)))


def _speaks_english(node: ast.AST) -> bool:
    text = _strings(node)
    return bool(LATIN.search(text)) and not IDEOGRAPH.search(text)


def found(path: Path) -> Iterator[tuple[int, str]]:
    """Untranslated Chinese in a template, a Python file or a script for the browser."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return in_python(source)
    if path.suffix in {".html", ".txt"}:
        return in_template(source)
    if any(line.startswith("// data:") for line in source.splitlines()):
        return iter(())
    return ((number, line.strip()) for number, line in enumerate(source.splitlines(), 1) if _shown(line, path.suffix))


def _shown(line: str, suffix: str) -> bool:
    """Whether a line of JavaScript or Typst holds Chinese outside a comment at its end; `// data: reason` excuses the file."""
    return bool(IDEOGRAPH.search(line.partition("//")[0])) and suffix in {".js", ".typ"}
