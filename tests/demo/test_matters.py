"""The invented matters: every theme can be said, answered and written as a letter."""

from __future__ import annotations

import random
import re

import pytest

from huiyin.cases.facts import clean
from huiyin.demo.matters import Author, invent, themes
from huiyin.demo.office import SECTIONS
from huiyin.demo.scan import letter
from huiyin.orgs.services import _shipped_topics
from huiyin.procedure.editions import CURRENT, edition

AUTHOR = Author("孟庆兰", 78, "变电工区")
NAMELESS = Author("", 0, "")


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme["titles"][0])
def test_every_theme_fills_its_forms_whatever_chance_says(theme: dict[str, object]) -> None:
    topics = {row["code"] for row in _shipped_topics()}
    steps = edition(CURRENT).actions
    for seed in range(40):
        channel = random.Random(seed).choice(("letter", "visit", "hotline", "web"))
        matter = invent(random.Random(seed), AUTHOR if seed % 5 else NAMELESS, channel, theme=theme)
        assert matter.topic in topics and matter.section in SECTIONS
        assert matter.purpose in {"request", "appeal"}  # Art. 31(6) takes nothing else
        said = " ".join((matter.title, matter.text, matter.facts, *(answer["reason"] for answer in matter.answers)))
        assert not re.search(r"[{}]|None", said)
        clean(steps["register"], {
            "channel": channel, "received_on": "2026-03-02", "title": matter.title, "text": matter.text,
            "claims": matter.requests, "purpose": matter.purpose, "topic": matter.topic, "place": matter.place,
        })  # fmt: skip
        drafted = clean(steps["draft"], {"claims": matter.answers, "facts": matter.facts, "superior": "上级单位"})
        assert all(claim["result"] and claim["reason"] and claim["basis"] for claim in drafted["claims"])
        for kind, source, found in matter.findings:
            clean(steps["investigate"], {"kind": kind, "on": "2026-03-03", "source": source, "found": found})


def test_the_same_chance_invents_the_same_matter() -> None:
    assert invent(random.Random(5), AUTHOR, "letter") == invent(random.Random(5), AUTHOR, "letter")
    assert invent(random.Random(5), AUTHOR, "letter") != invent(random.Random(6), AUTHOR, "letter")


def test_a_scan_is_a_picture_of_a_page() -> None:
    picture = letter("我家暖气费补贴少发了三个月，请补发。" * 40, random.Random(1)).getvalue()
    assert picture.startswith(b"\xff\xd8") and 50_000 < len(picture) < 1_000_000
