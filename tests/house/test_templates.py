"""Templates: djlint's rules, and none of what the content security policy would block."""

from __future__ import annotations

import re

from tests.house.places import files, relative, says

INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)[^>]*>|javascript:", re.IGNORECASE
)
DATA_BLOCK = re.compile(r"<script[^>]*\btype=[\"']application/(?:ld\+)?json[\"'][^>]*>", re.IGNORECASE)


def test_djlint_finds_nothing() -> None:
    says("djlint", "src", "--lint", "--quiet")


def test_no_template_carries_script_or_style_inline() -> None:
    found = [
        f"{relative(path)}:{number}: {line.strip()[:100]}"
        for path in files(".html", under="src")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if INLINE.search(DATA_BLOCK.sub("", line))
    ]
    assert not found, "\n".join(found)
