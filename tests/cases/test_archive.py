"""The file of a case leaves the house whole, the same each time, and proves itself."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from huiyin.cases import archive, queries
from huiyin.cases.archive.contents import safe_name
from huiyin.cases.models import Case
from huiyin.documents import services as documents
from huiyin.kernel.errors import Refused
from huiyin.orgs.services import import_calendar
from huiyin.procedure.calendars import default, rows_of
from tests.world import NOW, World


@pytest.fixture
def archived(world: World) -> Case:
    papers = [
        documents.keep(io.BytesIO(content), name=name, by="clerk", now=NOW).pk
        for name, content in (
            ("缴费单 “二”.txt", b"receipt"),
            ("../../etc/passwd.txt", b"other"),
            ("缴费单 “二”.txt", b"third"),
        )
    ]
    case = world.case("archived", files=papers)
    return loaded(case)


def loaded(case: Case) -> Case:
    found = queries.find(case.no)
    assert found is not None
    return found


def opened(case: Case) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(archive.write(case)))


def test_it_holds_pages_record_letters_papers_and_hashes(archived: Case) -> None:
    bundle = opened(archived)
    assert bundle.namelist() == [
        "index.html", "index.en.html", "index.json", "events.jsonl",
        "letters/01-acceptance.pdf", "letters/01-acceptance.docx", "letters/02-service.pdf", "letters/02-service.docx",
        "letters/03-opinion.pdf", "letters/03-opinion.docx", "letters/04-service.pdf", "letters/04-service.docx",
        "letters/05-execution.pdf", "letters/05-execution.docx",
        "attachments/01-缴费单_二.txt", "attachments/02-passwd.txt", "attachments/03-缴费单_二.txt", "MANIFEST.sha256",
    ]  # fmt: skip
    assert bundle.read("attachments/03-缴费单_二.txt") == b"third"


def test_the_hashes_are_in_the_form_of_sha256sum(archived: Case, tmp_path: Path) -> None:
    with opened(archived) as bundle:
        bundle.extractall(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "-c", "MANIFEST.sha256"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count(": OK") == 17


def test_the_same_case_gives_the_same_bytes(archived: Case) -> None:
    assert archive.write(archived) == archive.write(loaded(archived))


def test_the_index_says_everything_but_what_opens_the_case_to_its_petitioner(archived: Case) -> None:
    bundle = opened(archived)
    index = json.loads(bundle.read("index.json"))
    assert index["case"]["no"] == archived.no and index["case"]["text"] == archived.text
    assert [claim["result"] for claim in index["claims"]] == ["supported", "explained"]
    assert index["attachments"][0]["name"] == archived.files.order_by("pk")[0].file.name
    assert index["attachments"][0]["sha256"] == hashlib.sha256(b"receipt").hexdigest()
    assert index["evaluation"]["result"] == "mostly"
    handle = next(clock for clock in index["clocks"] if clock["term"] == "handle")
    assert handle["due"] == "2026-05-06" and any("60" in step for step in handle["explanation"]["zh"])
    whole = b"".join(bundle.read(name) for name in bundle.namelist())
    assert archived.receipt_code.encode() not in whole and archived.receipt_secret.encode() not in whole


def test_the_events_are_there_as_they_were_recorded(archived: Case) -> None:
    events = [json.loads(line) for line in opened(archived).read("events.jsonl").decode().splitlines()]
    kept = list(archived.events.order_by("seq"))
    assert [event["facts"] for event in events] == [event.facts for event in kept]
    assert [event["effects"] for event in events] == [event.effects for event in kept]


def test_the_pages_can_be_read_without_anything_else(archived: Case) -> None:
    bundle = opened(archived)
    chinese, english = bundle.read("index.html").decode(), bundle.read("index.en.html").decode()
    for page in (chinese, english):
        assert "<script" not in page and "http" not in page and "src=" not in page
        assert 'href="letters/03-opinion.pdf"' in page and archived.title in page
    assert 'lang="zh-hans"' in chinese and "受理告知书" in chinese and "书面告知" in chinese
    assert 'lang="en"' in english and "Written notice given" in english and "Section" in english


def test_words_in_a_letter_stay_words_on_the_page(world: World) -> None:
    case = world.register(title="<b>标题</b>", text="<script>alert(1)</script>")
    page = opened(loaded(case)).read("index.html").decode()
    assert "&lt;script&gt;" in page and "<script" not in page


def test_clocks_stay_explained_when_the_calendar_changed(world: World) -> None:
    case = world.case("accepted")
    rows = [
        {name: str(value) for name, value in row.items()}
        for row in rows_of(default())
        if row["date"].startswith("2026")
    ]
    rows = [row for row in rows if row["date"] != "2026-05-05"]
    import_calendar(rows=rows, version="改过的", by="x", now=NOW)
    index = json.loads(opened(loaded(case)).read("index.json"))
    handle = next(clock for clock in index["clocks"] if clock["term"] == "handle")
    assert handle["calendar"] == default().version and handle["due"] == "2026-05-06"
    assert "2026年5月6日" in " ".join(handle["explanation"]["zh"])


def test_a_bundle_that_was_changed_does_not_check(archived: Case, tmp_path: Path) -> None:
    whole = tmp_path / "case.zip"
    whole.write_bytes(archive.write(archived))
    assert archive.check_bundle(whole) == []
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            if name != "events.jsonl":
                target.writestr(name, b"x" if name == "index.json" else source.read(name))
        target.writestr("more.txt", "x")
    assert [(name, words.en) for name, words in archive.check_bundle(changed)] == [
        ("events.jsonl", "listed but not there"),
        ("index.json", "its content does not have the listed hash"),
        ("more.txt", "there but not listed"),
    ]


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"nothing")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as other:
        other.writestr("a.txt", "x")
    for name in ("a.zip", "b.zip"):
        with pytest.raises(Refused, match="不是回音的档案包"):
            archive.check_bundle(tmp_path / name)


def test_a_paper_that_the_store_lost_is_named_and_keeps_nothing_else_back(archived: Case) -> None:
    first, second, _ = (row.file for row in archived.files.order_by("pk"))
    damaged = documents.store().path(first.sha256)
    damaged.chmod(0o600)
    damaged.write_bytes(b"changed")
    documents.store().path(second.sha256).unlink()
    out = io.BytesIO()
    problems = archive.write_to(out, archived)
    assert ["损坏" in problems[0].zh, "找不到" in problems[1].zh, len(problems)] == [True, True, 2]
    bundle = zipfile.ZipFile(out)
    assert "attachments/02-passwd.txt" not in bundle.namelist()
    states = [paper["state"] for paper in json.loads(bundle.read("index.json"))["attachments"]]
    assert states == ["damaged", "missing", "whole"]
    page = bundle.read("index.html").decode()
    assert "找不到了" in page and "attachments/02-" not in page
    assert archive.check_bundle(out) == []


def test_names_are_safe_on_every_system() -> None:
    assert safe_name("缴费单（二）.PDF") == "缴费单（二）.PDF"
    assert safe_name("../../a b:c*?.tar.gz") == "a_b_c_.tar.gz"
    assert safe_name("...") == "file" and safe_name("") == "file"
    assert len(safe_name("长" * 300 + ".docx")) == 65
