"""The REST API: the same policy and the same door as the pages, with problems said in both languages."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.documents.models import StoredFile
from huiyin.people import services as people
from tests.world import NOW, World

NEW = {"channel": "phone", "name": "孟庆兰", "phone": "13800000000", "title": "取暖补贴", "text": "补贴少发了三个月。"}
Call = Callable[..., Any]


@pytest.fixture
def call(world: World, client: Client) -> Call:
    def send(method: str, path: str, by: str = "clerk", data: Any = None, **headers: str) -> Any:
        _, secret = people.issue_token(staff=world.staff[by], label="test", now=NOW)
        sent = {"data": data, "content_type": "application/json"} if data is not None else {}
        return getattr(client, method)(
            f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}", **headers}, **sent
        )

    return send


def test_a_matter_is_registered_and_can_be_read_with_its_clocks_and_steps(call: Call) -> None:
    made = call("post", "/cases", data=NEW)
    assert made.status_code == 201, made.content
    assert set(made.json()) == {"no", "receipt_code", "state"} and made.json()["state"] == "registered"
    shown = call("get", f"/cases/{made.json()['no']}", by="leader").json()
    assert [clock["term"] for clock in shown["clocks"]] == ["notice"]
    accept = next(action for action in shown["actions"] if action["name"] == "accept")
    assert accept["article"] == "第三十一条第六项" and {field["name"] for field in accept["fields"]} == {
        "purpose",
        "recusal_checked",
        "route",
    }


def test_the_receipt_code_is_told_at_registering_and_never_again(call: Call) -> None:
    made = call("post", "/cases", data=NEW).json()
    for path in (f"/cases/{made['no']}", "/cases"):
        answer = call("get", path, by="leader")
        assert answer.status_code == 200 and made["receipt_code"] not in answer.content.decode()


def test_the_same_idempotency_key_registers_once(call: Call) -> None:
    first = call("post", "/cases", data=NEW, **{"Idempotency-Key": "a1"}).json()
    assert call("post", "/cases", data=NEW, **{"Idempotency-Key": "a1"}).json() == first


def test_a_step_is_taken_and_a_stale_version_is_told(call: Call, world: World) -> None:
    case = world.register()
    facts = {"recusal_checked": True, "route": "由待遇科办理"}
    done = call("post", f"/cases/{case.no}/actions/accept", by="leader", data={"facts": facts, "version": 1})
    assert (done.status_code, done.json()["state"], done.json()["version"]) == (200, "accepted", 2)
    late = call("post", f"/cases/{case.no}/actions/note", by="leader", data={"facts": {"words": "问过"}, "version": 1})
    assert late.status_code == 409 and late.json()["code"] == "moved_on" and late.json()["message"]["en"]


@pytest.mark.parametrize(
    ("method", "path", "by", "data", "status"),
    [
        ("get", "/cases/2026-9999", "clerk", None, 404),
        ("get", "/cases/{no}", "sister_clerk", None, 403),
        ("get", "/cases/{no}", "system_admin", None, 403),
        ("get", "/cases", "auditor", None, 403),
        ("post", "/cases", "leader", NEW, 403),
        ("post", "/cases", "clerk", {**NEW, "channel": "pigeon"}, 422),
        ("post", "/cases", "clerk", {**NEW, "phone": "138"}, 422),
        ("post", "/cases", "clerk", {**NEW, "received_at": "2099-01-01"}, 422),
        ("post", "/cases", "clerk", {**NEW, "received_at": "2026-02-30"}, 422),
        ("post", "/cases", "clerk", {**NEW, "title": ""}, 422),
        ("post", "/cases/{no}/actions/fly", "clerk", {}, 404),
        ("post", "/cases/{no}/actions/accept", "handler", {}, 403),
        ("post", "/cases/{no}/actions/issue", "leader", {}, 409),
        ("post", "/cases/{no}/actions/accept", "leader", {}, 422),
        ("get", "/cases?page=0", "clerk", None, 422),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    call: Call, world: World, method: str, path: str, by: str, data: Any, status: int
) -> None:
    case = world.register()
    answer = call(method, path.format(no=case.no), by=by, data=data)
    assert answer.status_code == status, answer.content
    case.refresh_from_db()
    assert case.version == 1


def test_without_a_good_token_nothing_is_told(client: Client, world: World) -> None:
    case = world.register()
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}):
        assert client.get(f"/api/v1/cases/{case.no}", headers=headers).status_code == 401


def test_a_list_holds_just_what_its_reader_may_see(call: Call, world: World) -> None:
    case = world.register()
    assert [item["no"] for item in call("get", "/cases").json()["items"]] == [case.no]
    assert call("get", "/cases", by="sister_leader").json()["items"] == []
    assert call("get", "/cases?state=archived").json()["count"] == 0
    assert call("get", "/cases?q=取暖").json()["count"] == 1
    assert call("get", "/cases?q=骆驼").json()["count"] == 0


def test_a_paper_is_checked_kept_and_given_back_unchanged(world: World, client: Client) -> None:
    case = world.register()
    _, secret = people.issue_token(staff=world.staff["clerk"], label="test", now=NOW)
    headers = {"Authorization": f"Bearer {secret}"}
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    url = f"/api/v1/cases/{case.no}/attachments"
    kept = client.post(url, {"file": SimpleUploadedFile("票据.png", picture.getvalue())}, headers=headers)
    assert kept.status_code == 201, kept.content
    fetched = client.get(f"{url}/{kept.json()['id']}", headers=headers)
    assert b"".join(fetched.streaming_content) == picture.getvalue()
    refused = client.post(url, {"file": SimpleUploadedFile("票据.png", b"MZ\x90\x00 not a picture")}, headers=headers)
    assert refused.status_code == 422 and refused.json()["message"]["zh"]
    assert client.get(f"{url}/999999", headers=headers).status_code == 404


def test_the_description_and_its_page_are_served_from_here(client: Client, db: None) -> None:
    assert client.get("/api/v1/openapi.json").json()["info"]["title"]
    page = client.get("/api/v1/docs").content.decode()
    assert "swagger" in page and "https://" not in page


def test_a_step_cannot_carry_off_a_paper_of_a_matter_that_one_may_not_see(call: Call, world: World) -> None:
    theirs, own = world.register(), world.register(by="sister_clerk")
    sent = {"file": SimpleUploadedFile("a.txt", "机密".encode())}
    _, secret = people.issue_token(staff=world.staff["clerk"], label="t", now=NOW)
    kept = (
        Client()
        .post(f"/api/v1/cases/{theirs.no}/attachments", sent, headers={"Authorization": f"Bearer {secret}"})
        .json()["id"]
    )
    for files in ([kept], [str(kept)], [999], ["²"], "²", 5, True, [10**30], [None]):
        facts = {"words": "补充", "files": files}
        tried = call("post", f"/cases/{own.no}/actions/add_material", by="sister_clerk", data={"facts": facts})
        assert tried.status_code == 422 and tried.json()["errors"]["files"]["en"], files
    assert call("get", f"/cases/{own.no}/attachments/{kept}", by="sister_clerk").status_code == 404


@pytest.mark.parametrize(
    ("by", "to"),
    [
        *(("clerk", to) for to in ("system_admin", "security_admin", "auditor", "supervisor")),
        *(("sister_clerk", to) for to in ("clerk", "handler")),
    ],
)
def test_a_matter_goes_only_to_somebody_below_the_own_unit_who_can_carry_it_on(
    call: Call, world: World, by: str, to: str
) -> None:
    case, person = world.register(by=by), world.staff[to]
    facts = {"office": person.office_id, "staff": person.pk, "reason": "试"}
    told = call("post", f"/cases/{case.no}/actions/hand_over", by=by, data={"facts": facts})
    assert told.status_code == 422 and "staff" in told.json()["errors"]


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_the_ends_of_the_calendar_are_an_impossible_date_and_no_defect(call: Call, when: str) -> None:
    assert call("post", "/cases", data=NEW | {"received_at": when}).status_code == 422


def test_a_name_that_is_too_long_is_told_and_not_cut_off(call: Call) -> None:
    told = call("post", "/cases", data=NEW | {"name": "名" * 61})
    assert told.status_code == 422 and "61" in told.json()["errors"]["name"]["en"]


def test_a_key_used_for_one_step_never_stands_for_another(call: Call, world: World) -> None:
    case, other, key = world.register(), world.register(), {"Idempotency-Key": "k1"}
    note = {"facts": {"words": "记"}}
    first = call("post", f"/cases/{case.no}/actions/note", data=note, **key)
    assert first.status_code == 200
    again = call("post", f"/cases/{case.no}/actions/note", data=note, **key)
    assert (again.status_code, again.json()["version"]) == (200, first.json()["version"])
    for no, action, facts in (
        (case.no, "add_material", {"words": "补"}),
        (other.no, "note", {"words": "记"}),
    ):
        told = call("post", f"/cases/{no}/actions/{action}", data={"facts": facts}, **key)
        assert told.status_code == 409 and told.json()["code"] == "key_used"
    assert call("post", "/cases", data=NEW, **key).status_code == 409


def problem_of(answer: Any) -> str:
    """The code of an answer that has the one shape of problems; fails if it has another."""
    told = answer.json()
    assert answer["Content-Type"].startswith("application/json"), answer["Content-Type"]
    assert {"code", "detail", "message", "errors"} <= set(told) and set(told["message"]) == {"zh", "en"}, told
    return str(told["code"])


@pytest.mark.parametrize(
    ("method", "path", "sent", "kind", "status", "code"),
    [
        ("post", "/cases", "{broken", "application/json", 400, "bad_request"),
        ("post", "/cases", "\udcff".encode("utf-8", "surrogateescape"), "application/json", 400, "bad_request"),
        ("post", "/cases", "title=a", "application/x-www-form-urlencoded", 415, "content_type"),
        ("post", "/cases/x/attachments", "{}", "application/json", 415, "content_type"),
        ("post", "/cases", "{}" + " " * (5 << 20), "application/json", 413, "too_large"),
        ("put", "/cases", "{}", "application/json", 405, "method"),
        ("get", "/nowhere", None, "", 404, "not_found"),
        ("get", "/cases?state=flying", None, "", 422, "invalid"),
        ("get", "/cases?q=%00", None, "", 200, ""),
    ],
)
def test_whatever_goes_wrong_has_one_shape(
    client: Client, world: World, method: str, path: str, sent: Any, kind: str, status: int, code: str
) -> None:
    _, secret = people.issue_token(staff=world.staff["clerk"], label="test", now=NOW)
    given = {"data": sent, "content_type": kind} if sent is not None else {}
    answer = getattr(client, method)(f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}"}, **given)
    assert answer.status_code == status, answer.content
    assert not code or problem_of(answer) == code


def test_a_problem_is_said_in_the_language_asked_for(call: Call) -> None:
    chinese, english = call("get", "/cases/9"), call("get", "/cases/9", **{"Accept-Language": "en-GB"})
    assert chinese.json()["detail"] == chinese.json()["message"]["zh"]
    assert english.json()["detail"] == chinese.json()["message"]["en"] and english["Content-Language"] == "en"


def test_a_defect_is_a_problem_with_the_number_in_the_log(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("huiyin.cases.queries.listed", None)
    answer = call("get", "/cases")
    assert (answer.status_code, problem_of(answer)) == (500, "defect")
    assert answer.json()["number"] in caplog.text and "TypeError" in caplog.text


@pytest.mark.parametrize("when", [5, "5", 1e9, "1772000000", True, [], "2026-3-2"])
def test_a_number_is_no_date(call: Call, when: Any) -> None:
    told = call("post", "/cases", data=NEW | {"received_at": when})
    assert told.status_code == 422 and "received_at" in "".join(told.json()["errors"])


def test_moments_are_in_the_offices_zone_however_they_were_read(call: Call, world: World) -> None:
    case = world.register()
    made = call("post", f"/cases/{case.no}/actions/note", data={"facts": {"words": "记"}}).json()["event"]["at"]
    events = call("get", f"/cases/{case.no}").json()["events"]
    assert {each["at"][-6:] for each in events} == {"+08:00"} and events[-1]["at"][:19] == made[:19]
    assert made.endswith("+08:00")


def test_a_key_stands_for_one_request_of_one_caller(call: Call) -> None:
    key = {"Idempotency-Key": "once"}
    first = call("post", "/cases", data=NEW, **key)
    told = call("post", "/cases", data=NEW | {"phone": "13900000000"}, **key)
    assert told.status_code == 409 and problem_of(told) == "key_used"
    assert call("post", "/cases", data=NEW, by="sister_clerk", **key).json()["no"] != first.json()["no"]
    assert call("get", "/cases").json()["count"] == 1


def test_a_paper_sent_twice_under_one_key_is_added_once(world: World, client: Client) -> None:
    case = world.register()
    _, secret = people.issue_token(staff=world.staff["clerk"], label="test", now=NOW)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "paper"}

    def send(words: str) -> Any:
        paper = SimpleUploadedFile("a.txt", words.encode())
        return client.post(f"/api/v1/cases/{case.no}/attachments", {"file": paper}, headers=headers)

    first, again = send("机密"), send("机密")
    assert (first.status_code, again.status_code) == (201, 201) and again.json() == first.json()
    assert send("别的").status_code == 409 and case.files.count() == 1
    assert StoredFile.objects.count() == 1  # neither again nor beside it


def test_a_paper_that_may_not_be_added_is_not_kept(world: World, client: Client) -> None:
    case = world.case("archived")
    _, secret = people.issue_token(staff=world.staff["clerk"], label="test", now=NOW)
    url, headers = f"/api/v1/cases/{case.no}/attachments", {"Authorization": f"Bearer {secret}"}
    kept = StoredFile.objects.count()
    refused = client.post(url, {"file": SimpleUploadedFile("a.txt", "晚了".encode())}, headers=headers)
    assert refused.status_code == 409 and StoredFile.objects.count() == kept
