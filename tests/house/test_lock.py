"""The locked requirements (docs/adr/0001-requirements-lock.md) cover pyproject.toml, hash everything and name no host."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.places import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PRODUCT = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["ocr"]]


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _entries(lock: str) -> list[str]:
    return re.split(r"\n(?=\S)", (ROOT / "requirements" / lock).read_text().strip())


@pytest.mark.parametrize(
    ("lock", "wanted"), [("run.txt", PRODUCT), ("test.txt", PRODUCT + PROJECT["optional-dependencies"]["test"])]
)
def test_every_dependency_is_locked(lock: str, wanted: list[str]) -> None:
    missing = {_name(requirement) for requirement in wanted} - {_name(entry) for entry in _entries(lock)}
    assert not missing, "run `make lock`"


def test_product_and_tests_agree_on_every_version() -> None:
    def versions(lock: str) -> set[str]:
        return {entry.split(" ", 1)[0] for entry in _entries(lock)}

    assert versions("run.txt") <= versions("test.txt")


@pytest.mark.parametrize("lock", [path.name for path in LOCKS])
def test_every_locked_file_has_a_hash_and_no_host(lock: str) -> None:
    assert "://" not in (ROOT / "requirements" / lock).read_text()
    assert all("--hash=sha256:" in entry for entry in _entries(lock))
