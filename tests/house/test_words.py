"""Every word on screen and paper can be read in Chinese and in English."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.house import chinese
from tests.house.places import SOURCE, files, modules, relative

CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def _ask(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def _answers(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.fixture(scope="module")
def kept() -> list[polib.POEntry]:
    """What the English catalogue holds."""
    return list(polib.pofile(str(CATALOGUE)))


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What gettext finds in the source: (context, Chinese words)."""
    copy = tmp_path_factory.mktemp("words") / "huiyin"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("*.mo", "*.po", "static", "__pycache__"))
    (copy / "locale").mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--verbosity=0"]
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return {_ask(entry) for entry in polib.pofile(str(Path(copy, "locale", "en", "LC_MESSAGES", "django.po")))}


def test_no_chinese_bypasses_the_catalogues() -> None:
    readable = [*modules(), *files(".html", ".txt", ".js", ".typ", under="src")]
    bare = [f"{relative(path)}:{line}: {text}" for path in readable for line, text in chinese.found(path)]
    assert not bare, "\n".join(bare)


def test_everything_said_has_an_english_translation(kept: list[polib.POEntry], used: set[tuple[str, str]]) -> None:
    translated = {_ask(entry) for entry in kept if not entry.fuzzy and not entry.obsolete and all(_answers(entry))}
    missing = sorted(used - translated)
    assert not missing, f"{len(missing)} missing:\n" + "\n".join(words for _, words in missing)


def test_the_catalogue_holds_nothing_unused_or_doubtful(kept: list[polib.POEntry], used: set[tuple[str, str]]) -> None:
    doubtful = [entry.msgid for entry in kept if entry.obsolete or entry.fuzzy or _ask(entry) not in used]
    assert not doubtful, "\n".join(doubtful)


def test_translations_are_english_and_keep_their_placeholders(kept: list[polib.POEntry]) -> None:
    wrong = [entry.msgid for entry in kept for answer in _answers(entry) if not _fits(entry, answer)]
    assert not wrong, "\n".join(wrong)


def _fits(entry: polib.POEntry, answer: str) -> bool:
    same_places = set(PLACEHOLDER.findall(answer)) <= set(PLACEHOLDER.findall(entry.msgid))
    if not entry.msgid_plural:
        same_places = set(PLACEHOLDER.findall(answer)) == set(PLACEHOLDER.findall(entry.msgid))
    spoken = chinese.IDEOGRAPH.sub("", entry.msgid) != chinese.IDEOGRAPH.sub("", answer) or answer == ""
    return same_places and (spoken or not chinese.IDEOGRAPH.search(entry.msgid))
