"""What a page of the documentation points to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.places import files, relative

PAGES = files(".md")


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not missing
