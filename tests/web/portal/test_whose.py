"""Whom the page names: who handles a matter here, which unit reviews it and by when, or which body elsewhere is competent."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client

from huiyin.cases.models import Case
from huiyin.documents import services as documents
from huiyin.kernel import clock
from tests.ways import BODY
from tests.web.portal.test_tracking import by_code, by_qr, of_days_ago
from tests.world import World


@pytest.mark.parametrize("state", ["led", "informed"])
def test_what_belongs_elsewhere_names_the_competent_body_and_nobody_here(
    client: Client, world: World, state: str
) -> None:
    html = by_qr(client, of_days_ago(world, state))
    assert "该找谁" in html and BODY["body"] in html and BODY["body_phone"] in html
    assert "告诉您该找谁、怎么找，最晚到" in html
    assert "谁在办" not in html and "告诉您谁来办" not in html


def test_the_last_day_of_another_procedure_is_told_where_the_office_knows_it(client: Client, world: World) -> None:
    case = of_days_ago(world, "registered")
    recorded = dict(world.path(clock.now(), "led")[0][3])
    case = world.perform(case, "lead", "leader", now=clock.now(), **{**recorded, "item": "2", "limit_on": "2031-03-03"})
    assert "最晚到2031年3月3日" in by_code(client, case)


def test_told_of_it_the_petitioner_still_finds_the_competent_body_here(client: Client, world: World) -> None:
    case = of_days_ago(world, "informed")
    told = {"mode": "direct", "on": case.received_on.isoformat(), "received_by": "孟庆兰"}
    case = world.perform(case, "tell_direction", "clerk", now=clock.now(), **told)
    assert case.state == "closed"
    assert BODY["body"] in by_code(client, case)


def test_under_review_the_unit_is_named_with_the_day_of_the_request_and_the_last_day(
    client: Client, world: World
) -> None:
    case = of_days_ago(world, "reviewing")
    html = by_code(client, case)
    assert "谁在复查" in html and "收到您的请求" in html and "正在指定由谁办" in html
    opened = by_qr(client, case)  # what was answered first stands beside it, as what it is
    assert "谁在复查" in opened and "原来的答复" in opened and "收到您的请求" in opened
    assert "给您复查意见，最晚到" in html and "谁在办" not in html


def test_taken_the_review_shows_who_does_it_in_the_unit_above(client: Client, world: World) -> None:
    case = of_days_ago(world, "review_drafted")
    html = by_code(client, case)
    assert "谁在复查" in html and "南桥所" in html and "sister_handler" in html and "收到您的请求" in html


def test_an_accusation_speaks_of_its_own_way_and_not_of_suggestions(client: Client, world: World) -> None:
    case = of_days_ago(world, "registered", purpose="accusation", claims=[])
    html = by_qr(client, case)
    assert "移送有权处理的机关" in html and "由受理的机关告诉您" in html
    assert "建议" not in html and "请您评价" not in html and "告诉您谁来办" not in html


def test_with_the_code_alone_a_review_can_be_asked_for_after_the_second_fact(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    assert f'href="/matter/{case.no}/review/"' in by_code(client, case)
    assert f'href="/matter/{case.no}/open/"' in client.get(f"/matter/{case.no}/review/").content.decode()


def test_a_review_outside_is_never_said_to_be_given_to_somebody_and_names_whom_its_opinion_names(
    client: Client, world: World
) -> None:
    case, untold = (_reviewed_outside(client, world, remedy) for remedy in ("国家电网公司", ""))
    assert "国家电网公司" in client.get(f"/matter/{case.no}/review/").content.decode()
    html = client.get(f"/matter/{untold.no}/review/").content.decode()
    assert "云江省电力公司" not in html
    words = "".join(re.findall(r"[\u4e00-\u9fff]", re.sub("<[^>]+>", "", html)))
    assert "由谁复核看复查意见书最后写的单位" in words, words


def _reviewed_outside(client: Client, world: World, remedy: str) -> Case:
    case = of_days_ago(world, "delivered")
    now = clock.now()
    today = clock.on(now).isoformat()
    case = world.perform(case, "request_review", "petitioner", now=now, received_on=today, request="不服。")
    html = by_qr(client, case)
    assert "云江省电力公司" in html and "已请它办" in html and "正在指定" not in html
    kept = documents.keep(io.BytesIO(remedy.encode() or b"x"), name="意见书.txt", by="clerk", now=now)
    said = {"body": "云江省电力公司", "label": "1号", "reasons": "维持。", "outcome": "maintain", "mode": "direct", "received_by": "孟庆兰"}  # fmt: skip
    case = world.perform(case, "record_review", "clerk", now=now, dated_on=today, on=today, files=[kept.pk], remedy=remedy, **said)  # fmt: skip
    html = by_qr(client, case)
    assert "意见书.txt" not in html
    assert client.get(f"/matter/{case.no}/papers/{kept.pk}/").status_code == 404
    assert "谁复查的" in html and "正在指定" not in html and "已请它办" not in html
    return case
