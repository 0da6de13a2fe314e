"""What is kept of a form that was not sent, or refused: what somebody wrote, and not what the form itself filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from huiyin.cases import queries, step_drafts
from huiyin.cases.models import Draft
from huiyin.kernel import clock
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


def test_a_confirmation_is_never_ticked_by_a_draft(world: World, at_desk: Any) -> None:
    case, client = world.register(), at_desk("leader")
    address = f"/desk/cases/{case.no}/do/accept/"
    typed = {"recusal_checked": "on", "route": "由待遇科核查。"}
    assert client.post(f"{address}draft/", typed).status_code == 204
    assert Draft.objects.get(case=case).data["typed"] == {"route": "由待遇科核查。"}
    Draft.objects.filter(case=case).update(data={"action": "accept", "typed": typed})  # kept before they were left out
    form = client.get(address).context["form"]
    assert form.initial["route"] == "由待遇科核查。" and not form["recusal_checked"].value()


def test_what_was_there_when_the_page_opened_is_no_draft(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("handling"), at_desk("handler")
    world.perform(
        case, "investigate", "handler", kind="files", on="2026-03-02", source="名册", found="第一行。\n第二行。"
    )
    address = f"/desk/cases/{case.no}/do/draft/"
    opened = {
        name: value
        for name, value in read(client.get(address)).fields.items()
        if name not in ("csrfmiddlewaretoken", "look")
    }
    client.post(f"{address}draft/", {name: value.replace("\n", "\r\n") for name, value in opened.items()})
    assert not Draft.objects.filter(case=case).exists()
    client.post(f"{address}draft/", {**opened, "claim-1-reason": "补发180元。"})
    again = client.get(address)
    assert again.context["kept_before"] and read(again).fields["claim-2-text"] == "说明标准"
    client.post(f"{address}draft/", opened)
    assert not Draft.objects.filter(case=case).exists(), "what was written was taken out again"


def test_a_draft_of_a_step_that_was_taken_since_is_not_offered(world: World, at_desk: Any) -> None:
    case = world.register()
    address = f"/desk/cases/{case.no}/do/hand_over/"
    with time_machine.travel(NOW, tick=False) as moment:
        at_desk("leader").post(f"{address}draft/", {"reason": "归待遇科。"})
        at_desk("clerk").post(f"/desk/cases/{case.no}/do/note/draft/", {"words": "打过电话。"})
        moment.shift(timedelta(minutes=5))
        world.perform(case, "note", "leader", now=clock.now(), words="看过了。")
        assert at_desk("clerk").get(f"/desk/cases/{case.no}/do/note/").context["kept_before"], "somebody else's note"
        world.perform(case, "note", "clerk", now=clock.now(), words="打过电话。")
        assert not at_desk("clerk").get(f"/desk/cases/{case.no}/do/note/").context["kept_before"]
        assert at_desk("leader").get(address).context["kept_before"]


def test_a_draft_of_a_step_that_led_on_by_somebody_else_is_not_offered(world: World, at_desk: Any) -> None:
    case = world.case("drafted", now=NOW - timedelta(hours=1))
    with time_machine.travel(NOW, tick=False) as moment:
        at_desk("head").post(f"/desk/cases/{case.no}/do/return_draft/draft/", {"reason": "改标准。"})
        at_desk("leader").post(f"/desk/cases/{case.no}/do/approve/draft/", {"opinion": "同意。"})
        moment.shift(timedelta(minutes=5))
        world.perform(case, "approve", "head", now=clock.now())
        assert step_drafts.kept(queries.find(case.no), "approve", by=world.actor("leader")) is None


def hidden_of(client: Any, address: str) -> dict[str, Any]:
    page = client.get(address)
    return {"version": page.context["version"], "key": page.context["key"]}


def test_other_words_under_the_same_key_are_told_and_kept(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("handling"), at_desk("handler")
    url = f"/desk/cases/{case.no}/do/note/"
    opened = client.get(url)
    data = {"version": opened.context["version"], "key": opened.context["key"], "words": "打了电话"}
    client.post(url, data)
    before = case.events.count()
    answer = client.post(url, {**data, "words": "打了电话，没有人接"})
    page = read(answer)
    assert answer.status_code == 409 and "内容和这次的不一样" in page.words
    assert page.fields["words"] == Draft.objects.get(case=case).data["typed"]["words"] == "打了电话，没有人接"
    assert client.post(url, {**page.fields, "words": "打了电话，没有人接"}).status_code == 302
    assert case.events.count() == before + 1
