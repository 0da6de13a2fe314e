"""Who may open a page, and which choices a link may keep."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.web.ui.access import public, staff_page

pytestmark = pytest.mark.django_db


def the_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def opened(
    roles: frozenset[str] | None,
    path: str = "/desk/cases/?page=2",
    method: str = "get",
    new_password: bool = False,
) -> HttpResponse:
    request = getattr(RequestFactory(), method)(path)
    request.user = Staff(name="周岚", must_change_password=new_password)
    request.actor = Actor("staff", "周岚", 1, 1, roles=roles) if roles is not None else None
    return staff_page("cases.see")(the_page)(request)


def test_a_page_carries_its_policy() -> None:
    assert staff_page("cases.see")(the_page).policy == "cases.see"  # type: ignore[attr-defined]
    assert public(the_page).policy == "public"  # type: ignore[attr-defined]


def test_staff_with_the_right_come_in() -> None:
    assert opened(frozenset({"clerk"})).content == b"inside"


def test_who_still_has_the_first_password_changes_it_before_anything_else() -> None:
    answer = opened(frozenset({"clerk"}), new_password=True)
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/password/?next=%2Fdesk%2Fcases%2F%3Fpage%3D2"


def test_who_is_not_signed_in_signs_in_first_and_comes_back() -> None:
    answer = opened(None)
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/sign-in/?next=%2Fdesk%2Fcases%2F%3Fpage%3D2"


def test_after_a_posted_form_one_comes_back_to_the_page_without_its_query() -> None:
    assert opened(None, method="post")["Location"] == "/desk/sign-in/?next=%2Fdesk%2Fcases%2F"


def test_who_may_not_is_told_why_in_words() -> None:
    answer = opened(frozenset({"auditor"}))
    assert answer.status_code == 403
    words = answer.content.decode().replace("<wbr>", "")
    assert "您的岗位没有这项权限" in words
    assert "什么都没有改" in words


@pytest.mark.parametrize("path", ["/ui/portal/", "/ui/desk/", "/ui/options/", "/preferences/shortcuts/"])
def test_pages_of_this_room_declare_their_policy(path: str) -> None:
    assert resolve(path).func.policy == "public"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "cookie", "value"),
    [
        ("/preferences/size/elder/", "portal_size", "elder"),
        ("/preferences/language/en/", "django_language", "en"),
        ("/preferences/desk-size/large/", "desk_size", "large"),
        ("/preferences/keys/off/", "desk_keys", "off"),
    ],
)
def test_a_link_keeps_a_choice_for_a_year(client: Client, path: str, cookie: str, value: str) -> None:
    answer = client.get(path, {"next": "/track/"})
    assert answer["Location"] == "/track/"
    assert answer.cookies[cookie].value == value
    assert answer.cookies[cookie]["max-age"] == 365 * 24 * 3600


@pytest.mark.parametrize("path", ["/preferences/size/huge/", "/preferences/colour/red/", "/preferences/language/fr/"])
def test_a_choice_that_is_not_offered_is_not_found(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert not answer.cookies


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_preference_never_leads_to_another_site(client: Client, target: str) -> None:
    assert client.get("/preferences/size/elder/", {"next": target})["Location"] == "/"
