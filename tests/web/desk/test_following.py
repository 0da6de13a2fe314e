"""What follows on the registration page while one types: who was chosen, their open matters, the days that come of date and channel."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from huiyin.kernel import clock
from huiyin.people.models import Person
from huiyin.people.persons import save_person
from huiyin.people.policy import SYSTEM
from tests.world import World

SIGNED = {"person_q": "孟庆兰", "phone": "13800000000"}


def retiree(world: World, name: str = "梁素琴", **facts: str) -> Person:
    data = {"name": name, "phone": "13900000001", "former_unit": "送变电公司", "born_on": "1948-05-06", **facts}
    person: Person = save_person(person=None, data=data, by=SYSTEM, now=clock.now(), office=world.counter)
    return person


def part(client: Client, name: str, **typed: Any) -> str:
    answer = client.post(f"/desk/register/follow/{name}/", typed)
    assert answer.status_code == 200 and "<html" not in answer.content.decode()
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_whoever_is_chosen_can_be_told_from_others_of_the_name_and_their_numbers_stay_masked(
    world: World, at_desk: Callable[[str], Client]
) -> None:
    person = retiree(world)
    shown = part(at_desk("clerk"), "chosen", person=str(person.pk))
    assert "梁素琴" in shown and "送变电公司" in shown and "1948" in shown and "139********" in shown
    assert "13900000001" not in shown and "重新找" in shown
    assert not part(at_desk("clerk"), "chosen", person="").strip()


def test_matters_of_theirs_that_are_still_open_are_named_and_settled_ones_are_not(
    world: World, at_desk: Callable[[str], Client]
) -> None:
    person = retiree(world)
    brought = [{"person": str(person.pk), "name": person.name}]
    still_open = world.register(title="取暖费没有到账", petitioners=brought)
    world.register(title="别人的事")
    settled = world.case("closed", title="早就办结的")
    settled.petitioners.update(person=person)
    shown = part(at_desk("clerk"), "chosen", person=str(person.pk))
    assert still_open.no in shown and "取暖费没有到账" in shown and "已登记" in shown
    assert "别人的事" not in shown and "早就办结的" not in shown


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "abc"])
def test_another_units_people_and_nonsense_choose_nobody(
    world: World, at_desk: Callable[[str], Client], number: str
) -> None:
    person = retiree(world)
    assert not part(at_desk("sister_clerk"), "chosen", person=str(person.pk)).strip()
    assert not part(at_desk("clerk"), "chosen", person=number).strip()


@pytest.mark.parametrize(
    ("typed", "said", "unsaid"),
    [
        ({"received_on": "2026-02-27"}, "3月16日", "还读不懂"),
        ({"received_on": "2026-02-26"}, "3月13日", "提出异议"),
        ({"received_on": "二月三十"}, "还读不懂，先按今天算", "暂定"),
        ({"received_on": "2099-01-01"}, "在今天以后，先按今天算", "暂定"),
        ({"received_on": "1901-01-01"}, "还读不懂，先按今天算", "暂定"),
        ({"channel": "superior"}, "提出异议", "可以不书面告知"),
        ({"phone": ""}, "可以不书面告知", "提出异议"),
        ({"phone": "", "channel": "hotline"}, "提出异议", "可以不书面告知"),
        ({"purpose": "enquiry"}, "研究答复", "第三十四条"),
        ({}, "受理起60日", "研究答复"),
    ],
)
def test_the_days_follow_the_date_and_the_channel(
    world: World, at_desk: Callable[[str], Client], typed: dict[str, str], said: str, unsaid: str
) -> None:
    shown = part(at_desk("clerk"), "dates", **{**SIGNED, "channel": "letter", **typed})
    assert said in shown and unsaid not in shown


def test_dates_beyond_the_official_calendar_are_called_provisional(
    world: World, at_desk: Callable[[str], Client]
) -> None:
    with time_machine.travel(datetime(2026, 12, 28, 9, tzinfo=UTC), tick=False):
        client = at_desk("clerk")
        shown = part(client, "dates", **SIGNED, channel="letter", received_on="今天")
    assert "暂定" in shown and "公布后自动重算" in shown


def test_without_a_script_a_choice_is_undone_by_its_button(world: World, at_desk: Callable[[str], Client]) -> None:
    client, person = at_desk("clerk"), retiree(world)
    url = client.get("/desk/register/")["Location"]
    typed = {"person": str(person.pk), "person_q": person.name, "title": "取暖", "text": "话"}
    assert "送变电公司" in client.post(url, {**typed, "do": "look"}).content.decode()
    shown = client.post(url, {**typed, "do": "someone-else"}).content.decode()
    assert "送变电公司" not in shown and "取暖" in shown
