"""What goes wrong is said in words: what happened, what is kept, what to do."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from huiyin.kernel.errors import Forbidden
from huiyin.people.policy import Actor
from huiyin.web.ui import errors


def words(answer: HttpResponse) -> str:
    return answer.content.decode().replace("<wbr>", "")


def request(path: str, actor: Actor | None = None):  # type: ignore[no-untyped-def]
    made = RequestFactory().get(path)
    made.actor = actor
    return made


@pytest.mark.django_db
def test_a_missing_page_says_that_everything_is_still_there(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "您办过的事都还在" in words(answer)


@pytest.mark.django_db
def test_staff_get_the_desks_look_and_everybody_else_the_portals() -> None:
    staff = Actor("staff", "周岚", 1, 1, roles=frozenset({"clerk"}))
    assert 'class="desk ' in words(errors.page_not_found(request("/desk/x/", staff)))
    assert 'class="portal ' in words(errors.page_not_found(request("/desk/x/")))
    assert 'class="portal ' in words(errors.page_not_found(request("/x/")))


@pytest.mark.django_db
def test_a_stale_form_says_that_nothing_was_sent() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ui/portal/", {"what": "all"})
    assert answer.status_code == 403
    assert "刚才没有交，也没有改动什么" in words(answer)


@pytest.mark.django_db
def test_a_refusal_of_the_house_is_said_in_its_own_words() -> None:
    answer = errors.permission_denied(
        request("/t/x/"), Forbidden("这件事反映的是您所在的科。", "This concerns your own section.")
    )
    assert answer.status_code == 403
    assert "这件事反映的是您所在的科" in words(answer)


def test_the_page_for_a_defect_needs_no_database_and_its_number_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    answer = errors.server_error(request("/track/"))
    number = caplog.records[-1].getMessage().split()[0]
    assert answer.status_code == 500
    assert number.startswith("E-") and number in words(answer)
    assert "没有改动任何东西" in words(answer)
