"""Signing in and out, and the first password of one's own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from huiyin.people import services as people
from huiyin.people.models import ApiToken
from tests.world import NOW, PASSWORD, World

pytestmark = pytest.mark.django_db


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/desk/sign-in/", {"username": username, "password": password, **more})


def test_who_is_not_signed_in_comes_back_to_where_they_wanted_to_go(world: World, client: Client, read: Any) -> None:
    away = client.get("/desk/cases/?channel=letter")
    assert away.url == "/desk/sign-in/?next=%2Fdesk%2Fcases%2F%3Fchannel%3Dletter"
    page = read(client.get(away.url))
    assert sign_in(client, "clerk", next=page.fields["next"]).url == "/desk/cases/?channel=letter"


def test_nobody_is_led_to_another_site(world: World, client: Client) -> None:
    assert sign_in(client, "clerk", next="https://elsewhere.example/").url == "/desk/"


@pytest.mark.parametrize(("username", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("clerk", "")])
def test_a_wrong_name_or_password_is_said_without_telling_which(
    world: World, client: Client, read: Any, username: str, password: str
) -> None:
    page = read(sign_in(client, username, password))
    assert "没有登录成" in page.words and page.fields["username"] == username
    if password:
        assert "账号或密码不对" in page.words


def test_a_name_in_full_width_or_capitals_is_the_same_name(world: World, client: Client) -> None:
    assert sign_in(client, "ＣＬＥＲＫ").url == "/desk/"


def test_after_ten_wrong_attempts_even_the_right_password_waits(world: World, client: Client) -> None:
    for _ in range(10):
        sign_in(client, "clerk", "wrong")
    assert "试得太多了" in sign_in(client, "clerk").content.decode()
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "clerk").status_code == 302


def test_who_signs_in_often_is_never_told_to_wait_and_wrong_attempts_between_still_count(
    world: World, client: Client
) -> None:
    for _ in range(10):
        assert sign_in(Client(), "clerk").status_code == 302
    for _ in range(5):
        sign_in(client, "clerk", "wrong")
        assert sign_in(Client(), "clerk").status_code == 302
    for _ in range(5):
        sign_in(client, "clerk", "wrong")
    assert "试得太多了" in sign_in(client, "clerk").content.decode()


def test_a_stranger_who_tries_a_name_from_many_addresses_only_brakes_it_for_a_minute(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for place in range(3):
            for _ in range(11):
                sign_in(Client(REMOTE_ADDR=f"10.0.0.{place}"), "clerk", "wrong")
        assert "请过1分钟再试" in sign_in(Client(REMOTE_ADDR="10.0.1.1"), "clerk").content.decode()
        assert sign_in(Client(REMOTE_ADDR="10.0.1.1"), "handler").status_code == 302
        clock.shift(timedelta(seconds=61))
        assert sign_in(Client(REMOTE_ADDR="10.0.1.1"), "clerk").status_code == 302


def test_a_stranger_who_tries_many_names_keeps_nobody_out_elsewhere(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        for n in range(61):
            told = sign_in(Client(REMOTE_ADDR="10.0.0.1"), f"name{n}", "wrong").content.decode()
        assert "请过1分钟再试" in told
        assert sign_in(Client(REMOTE_ADDR="10.0.0.2"), "clerk").status_code == 302


@pytest.mark.parametrize("act", ["password", "leave"])
def test_who_is_out_is_out_everywhere_at_once_and_stays_so(world: World, at_desk: Any, act: str) -> None:
    window, admin, staff = at_desk("handler"), at_desk("security_admin"), world.staff["handler"]
    _, secret = people.issue_token(staff=staff, label="test", now=NOW)
    headers, page = {"Authorization": f"Bearer {secret}"}, f"/admin/staff/{staff.pk}/"
    assert window.get("/desk/").status_code == Client().get("/api/v1/cases", headers=headers).status_code == 200
    new = {"password": "grey-otter-77"}
    assert admin.post(f"{page}{act}/", new).status_code == 302
    if act == "leave":
        assert admin.post(reverse("admin-staff-return", args=[staff.pk])).status_code == 302
    assert window.get("/desk/").url.startswith("/desk/sign-in/")
    assert Client().get("/api/v1/cases", headers=headers).status_code == 401
    assert sign_in(Client(), "handler").status_code == 200
    admin.post(f"{page}password/", new)
    assert sign_in(Client(), "handler", "grey-otter-77").status_code == 302


def test_a_password_that_somebody_else_set_is_changed_before_anything_else(
    world: World, at_desk: Any, read: Any
) -> None:
    world.staff["handler"].must_change_password = True
    world.staff["handler"].save()
    client = at_desk("handler")
    away = client.get("/desk/cases/")
    assert away.url == "/desk/password/?next=%2Fdesk%2Fcases%2F"
    assert "请先换一个自己的密码" in read(client.get(away.url)).words
    new = {"old": PASSWORD, "new": "grey-otter-77", "again": "grey-otter-77", "next": "/desk/cases/"}
    assert client.post("/desk/password/", new).url == "/desk/cases/"
    assert client.get("/desk/cases/").status_code == 200


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"old": "wrong", "new": "grey-otter-77", "again": "grey-otter-77"}, "密码不对。"),
        ({"old": PASSWORD, "new": "grey-otter-77", "again": "grey-otter-78"}, "两遍写得不一样"),
        ({"old": PASSWORD, "new": "12345", "again": "12345"}, "密码"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "新密码和原密码一样"),
        ({}, "这一栏要写"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    world: World, at_desk: Any, read: Any, given: dict[str, str], words: str
) -> None:
    client = at_desk("handler")
    assert words in read(client.post("/desk/password/", given)).words
    assert client.get("/desk/").status_code == 200


def test_inside_a_session_the_password_is_not_guessed_for_ever(world: World, client: Client, read: Any) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        sign_in(client, "clerk")
        for number in range(5):
            wrong = {"old": f"wrong{number}", "new": "grey-otter-77", "again": "grey-otter-77"}
            assert "密码不对。" in read(client.post("/desk/password/", wrong)).words
            assert "密码不对。" in read(client.post("/desk/tokens/", {"label": "x", "password": "wrong"})).words
        right = {"old": PASSWORD, "new": "grey-otter-77", "again": "grey-otter-77"}
        assert "请过15分钟再试" in read(client.post("/desk/password/", right)).words
        assert "请过15分钟再试" in read(client.post("/desk/tokens/", {"label": "x", "password": PASSWORD})).words
        moment.shift(timedelta(minutes=15))
        assert client.post("/desk/password/", right).status_code == 302


def test_a_token_is_issued_by_its_owner_with_the_password_shown_once_and_ended(
    world: World, at_desk: Any, read: Any
) -> None:
    client = at_desk("handler")
    refused = read(client.post("/desk/tokens/", {"label": "考勤系统", "password": "wrong"}))
    assert "密码不对" in refused.words and refused.fields["label"] == "考勤系统"
    assert not ApiToken.objects.exists()
    shown = client.post("/desk/tokens/", {"label": "考勤系统", "password": PASSWORD})
    found = re.search(r"<code>([^<]+)</code>", shown.content.decode())
    assert found is not None and "no-store" in shown["Cache-Control"]
    actor = people.actor_for_token(found[1])
    assert actor is not None and actor.name == "handler"
    again = read(client.get("/desk/tokens/"))
    assert found[1] not in again.words and "考勤系统" in again.words
    end = f"/desk/tokens/{ApiToken.objects.get().pk}/revoke/"
    assert at_desk("leader").post(end).status_code == 404
    assert people.actor_for_token(found[1]) is not None
    assert "没有令牌" in read(client.post(end, follow=True)).words
    assert people.actor_for_token(found[1]) is None


def test_signing_out_needs_a_button_and_ends_the_session(world: World, at_desk: Any) -> None:
    client = at_desk("clerk")
    assert client.get("/desk/sign-out/").status_code == 405
    assert client.post("/desk/sign-out/").url == "/desk/sign-in/"
    assert client.get("/desk/").status_code == 302


def test_the_language_can_be_chosen_before_signing_in(world: World, client: Client) -> None:
    assert "/preferences/language/en/" in client.get("/desk/sign-in/").content.decode()
