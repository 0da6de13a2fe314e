"""An Idempotency-Key sent many times at the same moment: one request is carried out, whatever the others ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from huiyin.cases.models import Case, CaseEvent
from huiyin.people import services as people
from tests.api.test_api import NEW
from tests.world import NOW, World

AT_ONCE = 8


def send_at_once(world: World, bodies: list[tuple[str, Any]]) -> list[Any]:
    """The answers to these (path, body), each sent by a thread of its own under one key, all at the same moment."""
    _, secret = people.issue_token(staff=world.staff["clerk"], label="test", now=NOW)
    headers, start = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "once"}, Barrier(len(bodies))

    def send(path: str, body: Any) -> Any:
        start.wait()
        try:
            return Client().post(f"/api/v1/cases{path}", body, content_type="application/json", headers=headers)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, *zip(*bodies, strict=True)))


@pytest.mark.django_db(transaction=True)
def test_of_different_matters_under_one_key_one_is_registered(transactional_world: World) -> None:
    bodies = [("", NEW | {"title": f"取暖补贴{number}"}) for number in range(AT_ONCE)]
    answers = send_at_once(transactional_world, bodies)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (AT_ONCE - 1)
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"key_used"}
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_matter_under_one_key_is_registered_once_and_all_are_told_its_number(
    transactional_world: World,
) -> None:
    answers = send_at_once(transactional_world, [("", NEW)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json()["no"] for answer in answers} == {Case.objects.get().no}


@pytest.mark.django_db(transaction=True)
def test_of_steps_on_different_matters_under_one_key_one_is_taken(transactional_world: World) -> None:
    nos = [transactional_world.register().no for _ in range(AT_ONCE)]
    answers = send_at_once(
        transactional_world, [(f"/{no}/actions/note", {"facts": {"words": "记"}, "version": 1}) for no in nos]
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (AT_ONCE - 1)
    assert CaseEvent.objects.filter(action="note").count() == 1
