"""What is kept of a form that was not sent, or refused: what somebody wrote, and not what the form itself filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.world import NOW, World

pytestmark = pytest.mark.django_db


def test_a_day_that_the_form_filled_in_is_no_draft_and_is_another_tomorrow(
    world: World, at_desk: Any, read: Any
) -> None:
    case, client = world.case("issued"), at_desk("clerk")
    address = f"/desk/cases/{case.no}/do/deliver/"
    with time_machine.travel(NOW, tick=False) as moment:
        filled = {"on": read(client.get(address)).fields["on"], "received_by": "孟庆兰", **hidden_of(client, address)}
        client.post(address, filled)
        moment.shift(timedelta(days=3))
        again = read(client.get(address)).fields
        assert again["received_by"] == "孟庆兰" and again["on"] == (NOW + timedelta(days=3)).date().isoformat()
        client.post(address, {**filled, "on": "2026-02-27"})
        assert read(client.get(address)).fields["on"] == "2026-02-27"


def hidden_of(client: Any, address: str) -> dict[str, Any]:
    page = client.get(address)
    return {"version": page.context["version"], "key": page.context["key"]}
