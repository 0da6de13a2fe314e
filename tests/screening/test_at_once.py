"""Several people at the same moment: one sheet is written once, a finding becomes one case or is settled, never both."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from huiyin.cases.models import Case
from huiyin.kernel.errors import Conflict
from huiyin.screening import campaigns, findings, queries, sheets
from huiyin.screening.models import Act, Finding, Sheet
from tests.screening.conftest import Round, planned
from tests.world import NOW, World

AT_ONCE = 6


@pytest.fixture
def busy(transactional_world: World) -> Round:
    leader = transactional_world.actor("leader")
    campaign = queries.campaign(leader, planned(transactional_world).pk)
    return Round(transactional_world, campaigns.start(campaign, by=leader, now=NOW))


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each gives, or its Conflict."""
    start = Barrier(len(acts))

    def act(one: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return one()
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


@pytest.mark.django_db(transaction=True)
def test_of_six_who_save_one_sheet_one_does_and_five_are_told(busy: Round) -> None:
    sheet, by = busy.sheet("section"), busy.world.actor("handler")
    typed = [busy.answer("no", str(number), "走访", f"第{number}个人写的") for number in range(AT_ONCE)]
    given = at_once([
        lambda words=words: sheets.hand_in(sheet, by=by, now=NOW, typed=words, version=1) for words in typed
    ])  # fmt: skip
    assert sum(isinstance(each, Conflict) for each in given) == AT_ONCE - 1
    assert Sheet.objects.get(pk=sheet.pk).version == 2


@pytest.mark.django_db(transaction=True)
def test_a_finding_becomes_one_case_or_is_settled(busy: Round) -> None:
    one, actor = busy.find(), busy.world.actor
    handler, head = actor("handler"), actor("head")
    fresh = [queries.finding(head, one.pk) for _ in range(AT_ONCE)]
    given = at_once([
        *(lambda each=each: findings.make_case(each, by=handler, now=NOW) for each in fresh[1:]),
        lambda: findings.settle(fresh[0], by=head, now=NOW, typed={"note": "当场补发。"}),
    ])  # fmt: skip
    ended = Finding.objects.get(pk=one.pk)
    assert Case.objects.count() == (ended.outcome == "case") and ended.outcome
    assert Act.objects.filter(finding=one, kind__in=["case", "settled"]).count() == 1
    cases = [each for each in given if isinstance(each, Case)]
    assert cases == ([ended.case] * (AT_ONCE - 1) if ended.case else [])
