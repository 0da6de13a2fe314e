"""Migrations say what the models say, and have names that tell their purpose."""

from __future__ import annotations

import re

from tests.house.places import files, relative, says


def test_no_model_waits_for_a_migration() -> None:
    says("python", "-m", "django", "makemigrations", "--check", "--dry-run")


def test_every_migration_is_named_after_its_purpose() -> None:
    migrations = [
        path for path in files(".py", under="src") if path.parent.name == "migrations" and path.stem != "__init__"
    ]
    nameless = [relative(path) for path in migrations if re.search(r"_auto_\d|^\d{4}$", path.stem)]
    assert not nameless
