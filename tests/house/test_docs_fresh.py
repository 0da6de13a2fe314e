"""Pages that are made from the code are as the code makes them today (`make docs`)."""

from __future__ import annotations

import json
import re

from tests.house.places import ROOT, SOURCE, says


def test_the_page_of_the_procedure_is_fresh() -> None:
    assert (ROOT / "docs" / "procedure.md").read_text() == says("huiyin", "procedure", "--markdown"), "run `make docs`"


def test_the_page_of_alarms_is_fresh() -> None:
    assert (ROOT / "docs" / "supervision.md").read_text() == says("huiyin", "procedure", "--supervision"), (
        "run `make docs`"
    )


def test_the_description_of_the_interface_is_fresh() -> None:
    kept = json.loads((ROOT / "docs" / "openapi.json").read_text())
    assert kept == json.loads(says("huiyin", "openapi")), "run `make docs`"


def test_the_page_of_settings_names_just_those_that_are_read_with_what_they_usually_are() -> None:
    read = "".join(path.read_text() for path in (SOURCE / "settings").glob("*.py"))
    known = set(re.findall(r'(?:text|flag|choice|number)\(\s*"([A-Z_]+)"', read))
    rows = [line.strip("| \n").split(" | ") for line in (ROOT / "docs/operate/settings.md").read_text().splitlines()]
    usual = {row[0].strip("`"): row[-1].strip("`") for row in rows if row[0].startswith("`")}
    assert usual.keys() == known
    assert usual["HUIYIN_UPLOAD_MB"] in re.findall(r'"HUIYIN_UPLOAD_MB", (\d+)', read)
    for name in ("HUIYIN_LANGUAGE", "HUIYIN_LOG", "HUIYIN_BASE_URL"):
        assert usual[name] in re.findall(rf'"{name}", "([^"]+)"', read)
