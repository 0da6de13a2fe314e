"""Nothing of an answer is kept on a computer that others use too, and the log tells defects from refusals."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from huiyin.cases.models import Case
from huiyin.kernel.logs import RefusalsAreOneLine
from tests.world import World


def addresses(case: Case) -> list[tuple[str, str]]:
    letter = case.letters.all()[0].pk
    matter = f"/matter/{case.no}/"
    return [
        *(("clerk", path) for path in ("/desk/", "/desk/cases/", f"/desk/cases/{case.no}/", "/desk/register/", "/desk/nowhere/")),
        *(("security_admin", path) for path in ("/admin/", "/admin/staff/")),
        *(("", path) for path in (f"/t/{case.receipt_secret}/", matter, f"{matter}receipt/", f"{matter}letters/{letter}/pdf/")),
        *(("", path) for path in ("/desk/sign-in/", "/track/", "/api/v1/cases", "/api/v1/openapi.json")),
    ]  # fmt: skip


def test_no_page_letter_receipt_or_answer_is_kept_by_a_browser(world: World) -> None:
    case = world.case("accepted")
    visitor, staff = Client(), {name: Client() for name in ("clerk", "security_admin")}
    for name, window in staff.items():
        window.force_login(world.staff[name])
    for name, path in addresses(case):
        answer = staff.get(name, visitor).get(path)
        assert "no-store" in answer.headers.get("Cache-Control", ""), path


def test_styles_are_kept(client: Client, db: None) -> None:
    style = client.get("/static/ui/desk.css")
    style.close()
    assert "no-store" not in style.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("testserver", "/nowhere/", 404),
        ("testserver", "/t/some-secret-that-is-wrong/", 404),
        ("testserver", "/desk/cases/{no}/", 403),
        ("testserver", "/admin/staff/", 403),
        ("elsewhere.example", "/desk/", 400),
    ],
)
def test_a_refusal_leaves_no_traceback_and_no_address_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture, host: str, path: str, status: int
) -> None:
    case, window = world.register(), Client(headers={"host": host})
    window.force_login(world.staff["sister_clerk"])
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["refusals"]
    caplog.handler.addFilter(RefusalsAreOneLine())
    assert window.get(path.format(no=case.no)).status_code == status
    assert "Traceback" not in caplog.text and "secret" not in caplog.text and len(caplog.records) <= 1


def test_a_defect_is_one_line_with_its_number_and_the_traceback(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("broken")

    case, window = world.register(), Client(raise_request_exception=False)
    monkeypatch.setattr("huiyin.cases.tracking.by_secret", breaks)
    answer = window.get(f"/t/{case.receipt_secret}/")
    [record] = caplog.records
    number = record.getMessage().split()[0]
    assert answer.status_code == 500 and number in answer.content.decode() and record.exc_info is not None
    assert "ZeroDivisionError" in caplog.text and case.receipt_secret not in record.getMessage()


@pytest.mark.parametrize(
    ("headers", "line"),
    [
        ({}, "CSRF cookie not set.: POST /t/<str:secret>/"),
        ({"origin": "https://elsewhere.example"}, "Origin checking failed: POST /t/<str:secret>/"),
        ({"host": "elsewhere.example"}, "DisallowedHost: POST /"),
        ({"referer": "https://elsewhere.example/t/{secret}/"}, "Referer checking failed: POST /t/<str:secret>/"),
    ],
)
def test_a_refused_form_leaves_the_reason_and_the_pattern_of_its_address_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture, headers: dict[str, str], line: str
) -> None:
    secret, window = world.register().receipt_secret, Client(enforce_csrf_checks=True)
    caplog.handler.addFilter(RefusalsAreOneLine())
    sent = {name: value.format(secret=secret) for name, value in headers.items()}
    answer = window.post(f"/t/{secret}/", secure="referer" in sent, headers=sent)
    assert answer.status_code in (400, 403)
    assert [record.getMessage() for record in caplog.records] == [line]
    assert secret not in caplog.text and "elsewhere" not in caplog.text
