"""A calendar comes in on the page: looked at first, wrong rows in words, then the dates follow it in the background."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from huiyin.cases.verification import verify
from huiyin.kernel.clock import ZONE
from huiyin.orgs.models import CalendarEdition
from tests.cases.test_recomputing import YEAR_2027
from tests.world import World

AUTUMN = datetime(2026, 12, 10, 9, 30, tzinfo=ZONE)
ROWS = "date,kind,name_zh,name_en\n" + "\n".join(f"{row['date']},{row['kind']},{row['name_zh']}," for row in YEAR_2027)
BRING = {"version": "2027年通知", "rows": ROWS}


@pytest.fixture
def system(world: World, client: Client) -> Client:
    client.force_login(world.staff["system_admin"])
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode()).replace("<wbr>", "")


def work() -> None:
    """Does what waits in the queue, as the worker does."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )
    for row in DBTaskResult.objects.ready():
        worker.run_task(row)


def test_the_page_says_which_years_are_published_and_which_are_assumed(system: Client) -> None:
    shown = text_of(system.get("/admin/calendar/"))
    assert "2026-1" in shown and "已公布" in shown and "暂定" in shown


def test_a_look_says_what_would_change_and_changes_nothing(system: Client) -> None:
    shown = text_of(system.post("/admin/calendar/import/", {**BRING, "do": "look"}))
    assert "2027年从暂定变成已公布" in shown and "导入并重算期限" in shown and "2027年2月20日" in shown
    assert not CalendarEdition.objects.exists()


def test_a_file_is_read_in_gb18030_and_can_be_mended_as_text(system: Client) -> None:
    file = SimpleUploadedFile("2027.csv", ROWS.replace("2027-02-20,work", "2027-02-30,work").encode("gb18030"))
    answer = system.post("/admin/calendar/import/", {"version": "2027", "file": file, "do": "look"})
    shown = text_of(answer)
    assert "第13行" in shown and "没有" in shown and "2027-02-30,work,春节" in shown


@pytest.mark.parametrize(("given", "said"), [
    ({"version": ""}, "版本名"), ({"rows": ""}, "第一行要写列名"), ({"rows": "date,kind\n2027-01-01,rest"}, "不全"), ({"rows": "date,kind\n2027-13-01,rest"}, "没有"),
    ({"rows": 'date,kind\n"2027'}, "CSV"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(system: Client, given: dict[str, str], said: str) -> None:
    answer = system.post("/admin/calendar/import/", {**BRING, **given, "do": "import"})
    assert answer.status_code == 200 and said in text_of(answer)
    assert not CalendarEdition.objects.exists() and not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00program", b"PK\x03\x04zip", b"a" * ((1 << 20) + 1)], ids=["program", "zip", "large"]
)
def test_a_file_that_is_no_calendar_is_refused_in_words(system: Client, content: bytes) -> None:
    file = SimpleUploadedFile("2027.csv", content)
    answer = system.post("/admin/calendar/import/", {"version": "2027", "file": file, "do": "look"})
    assert answer.status_code == 200 and "field--wrong" in text_of(answer)


def test_an_import_recomputes_in_the_background_and_says_how_many(system: Client, world: World) -> None:
    for _ in range(2):
        world.case("handling", now=AUTUMN)
    begun = system.post("/admin/calendar/import/", {**BRING, "do": "import"})
    running = text_of(system.get(begun["Location"]))
    assert "0，共2" in running and 'hx-get="' in running
    assert "还有2件" in text_of(system.get("/admin/calendar/"))
    work()
    done = text_of(system.get(begun["Location"]))
    assert "期限重算了2件" in done and 'hx-get="' not in done
    part = text_of(system.get(begun["Location"], headers={"HX-Request": "true"})).strip()
    assert "<html" not in part and part in done
    assert "还有" not in text_of(system.get("/admin/calendar/")).split("<main")[1]
    assert list(verify()) == []


def test_a_recomputation_that_stopped_can_be_started_again(
    system: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huiyin.cases import recomputing

    world.case("handling", now=AUTUMN)
    begun = system.post("/admin/calendar/import/", {**BRING, "do": "import"})
    with monkeypatch.context() as broken:
        broken.setattr(recomputing, "BATCH", "x")
        work()
    assert "没有算完" in text_of(system.get(begun["Location"]))
    again = system.post("/admin/calendar/recompute/")
    work()
    assert "期限重算了1件" in text_of(system.get(again["Location"]))


def test_a_year_can_be_taken_as_a_file(system: Client) -> None:
    answer = system.get("/admin/calendar/2026.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "date,kind,name_zh,name_en" and all(line.startswith("2026-") for line in lines[1:])


def test_an_unknown_recomputation_is_said(system: Client) -> None:
    assert system.get(f"/admin/calendar/recomputing/{uuid.uuid4()}/").status_code == 404
