"""补充新情况: after the answer, new facts open a registration that is filled in and linked, in one press."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from huiyin.cases import links, new_facts
from huiyin.cases.models import Case, CaseLink, Draft
from tests.world import NOW, World

AT_ONCE = 6
pytestmark = pytest.mark.django_db
NEW = {"title": "找到了1998年的工资单", "text": "我找到了1998年的工资单，标准写错了，请重新核对。"}


def press(client: Any, case: Case) -> Any:
    return client.post(f"/desk/cases/{case.no}/new-facts/")


def typed(page: Any) -> dict[str, str]:
    return {name: str(bound.value() or "") for name, bound in ((each.name, each) for each in page.context["form"])}


def test_one_press_opens_a_registration_that_is_filled_in_and_linked_when_sent(
    world: World, at_desk: Any, read: Any
) -> None:
    case, client = world.case("delivered"), at_desk("clerk")
    assert "补充新情况，另立一件" in read(client.get(f"/desk/cases/{case.no}/")).words
    address = press(client, case).url
    page = client.get(address)
    form = typed(page)
    assert (form["phone"], form["address"], form["purpose"]) == ("13800000000", "湖滨路2号", "request")
    assert page.context["shown"] == "孟庆兰" and form["title"] == "" and form["text"] == ""
    assert f"接着{case.no}" in read(page).words
    sent = client.post(address, {**form, "person_q": "孟庆兰", **NEW})
    made = Case.objects.exclude(pk=case.pk).get()
    assert sent.status_code == 302 and made.no in sent.url
    (act,) = links.standing(links.acts(made, world.actor("clerk")))
    assert (act.other, act.row.kind, act.later) == (case, "new_facts", True)
    assert made.receipt_code != case.receipt_code and Case.objects.get(pk=case.pk).version == case.version
    assert "后来的新情况" in read(client.get(f"/desk/cases/{case.no}/")).words


def test_pressed_twice_it_is_one_draft_and_sent_twice_one_matter(world: World, at_desk: Any) -> None:
    case, client = world.case("delivered"), at_desk("clerk")
    address = press(client, case).url
    assert press(client, case).url == address and Draft.objects.count() == 1
    for _ in range(2):
        client.post(address, {**typed(client.get(address)), "person_q": "孟庆兰", **NEW}, follow=True)
    assert Case.objects.count() == 2 and CaseLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressed_many_times_at_once_it_is_one_draft(transactional_world: World) -> None:
    world, start = transactional_world, Barrier(AT_ONCE)
    case, clerk = world.case("delivered"), world.actor("clerk")

    def one(_: int) -> Draft:
        start.wait()
        try:
            return new_facts.begin(case, by=clerk, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert len({draft.pk for draft in pool.map(one, range(AT_ONCE))}) == 1
    assert Draft.objects.count() == 1


def test_what_is_missing_is_said_and_the_link_is_not_forgotten(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("closed"), at_desk("clerk")
    address = press(client, case).url
    refused = client.post(address, {"title": "", "text": "写了一半"})
    assert "写了一半" in refused.content.decode() and f"接着{case.no}" in read(refused).words
    client.post(address, {**typed(client.get(address)), "person_q": "孟庆兰", **NEW})
    assert CaseLink.objects.get().low == case


def test_before_the_answer_it_is_not_offered(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("handling"), at_desk("handler")
    assert "补充新情况" not in read(client.get(f"/desk/cases/{case.no}/")).words
    assert "这件还没有答复" in read(client.post(f"/desk/cases/{case.no}/new-facts/", follow=True)).words
    assert not Draft.objects.exists()


def test_who_sees_numbers_masked_is_not_shown_them_in_the_form(world: World, at_desk: Any) -> None:
    case = world.case("delivered")
    page = at_desk("head").get(press(at_desk("head"), case).url)
    form = typed(page)
    assert page.context["shown"] == "孟庆兰" and (form["phone"], form["address"], form["id_number"]) == ("", "", "")
    assert "13800000000" not in page.content.decode()


def test_another_section_can_not_begin_it(world: World, at_desk: Any) -> None:
    case = world.case("delivered")
    assert press(at_desk("other_handler"), case).status_code == 403


def test_the_petitioners_matter_is_registered_though_the_earlier_one_moved_out_of_sight(
    world: World, at_desk: Any
) -> None:
    case, client = world.case("delivered"), at_desk("clerk")
    address = press(client, case).url
    Case.objects.filter(pk=case.pk).update(sealed=True, first_asked=world.staff["leader"])
    client.post(address, {**typed(client.get(address)), "person_q": "孟庆兰", **NEW})
    made = Case.objects.exclude(pk=case.pk).get()
    assert links.acts(made, world.actor("clerk")) == [] and CaseLink.objects.get().at == NOW
