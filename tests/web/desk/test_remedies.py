"""The limits of other legal routes are said early: while one registers, on the fresh matter, and to the petitioner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from huiyin.kernel import clock
from huiyin.orgs import queries, remedies
from huiyin.orgs.models import Topic
from tests.web.portal.reading import words
from tests.world import World

RECONSIDERATION, SUIT = "自知道之日起60日内（社会保险法第八十三条、行政复议法第二十条）", "自知道之日起6个月内"
HEADER = ",".join(remedies.COLUMNS)
OWN = (
    '06,单位欠发的,unpaid by the employer,找劳动监察,labour inspection,2年内,within 2 years,某条例第二十条,"Art. 20",no'
)


@pytest.fixture
def own_table(settings: Any, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Lays a table of the office's own into a data folder."""
    settings.HOME = tmp_path

    def lay(text: str) -> None:
        (tmp_path / "remedies.csv").write_text(text, encoding="utf-8")
        remedies.table.cache_clear()

    yield lay
    remedies.table.cache_clear()


@pytest.mark.django_db
def test_the_closest_topic_counts_and_the_shipped_table_names_topics_that_are_there(world: World) -> None:
    assert {row.topic for row in remedies.table()} <= set(Topic.objects.values_list("code", flat=True))
    pension = remedies.of(queries.topic("060101"))
    assert [row.route.zh for row in pension] == ["申请行政复议", "提起行政诉讼"] and remedies.of(None) == ()
    assert [row.limit.en for row in remedies.of(queries.topic("060304"))] == [
        "within one year of learning of the breach"
    ]
    assert remedies.of(queries.topic("0802")) == () and "not held against the text" in pension[1].hint.en


@pytest.mark.django_db
def test_an_office_may_lay_its_own_table_over_the_shipped_one(world: World, own_table: Callable[[str], None]) -> None:
    own_table(f"{HEADER}\n{OWN}\n")
    assert [row.route.zh for row in remedies.of(queries.topic("060101"))] == ["找劳动监察"]
    own_table(f"{HEADER}\n{OWN}\n06,,,,,,,,,\n")
    with pytest.raises(ValueError, match="row 3"):
        remedies.table()


def test_the_registration_page_says_it_as_soon_as_the_topic_is_chosen(
    world: World, at_desk: Callable[[str], Client]
) -> None:
    said = {
        code: at_desk("clerk").post("/desk/register/follow/remedies/", {"topic": code})
        for code in ("060101", "0802", "nine")
    }
    assert RECONSIDERATION in said["060101"].content.decode() and SUIT in said["060101"].content.decode()
    assert not said["0802"].content.strip() and not said["nine"].content.strip()


def test_a_fresh_matter_says_it_at_the_desk_and_an_accepted_one_no_more(
    world: World, at_desk: Callable[[str], Client]
) -> None:
    shown = {
        state: words(at_desk("clerk").get(f"/desk/cases/{world.case(state, topic='060101').no}/"))
        for state in ("registered", "handling")
    }
    assert RECONSIDERATION in shown["registered"] and SUIT in shown["registered"]
    assert RECONSIDERATION not in shown["handling"]


@pytest.mark.parametrize(("state", "told"), [("registered", True), ("handling", True), ("delivered", False)])
def test_the_petitioner_reads_what_was_checked_until_there_is_an_answer(world: World, state: str, told: bool) -> None:
    case = world.case(state, topic="060101", now=clock.now() - timedelta(days=3))
    by_code, by_qr = Client(), Client()
    by_code.post("/track/", {"code": case.receipt_code})
    assert RECONSIDERATION not in words(by_code.get(f"/matter/{case.no}/"))  # it tells what the matter is about
    shown = words(by_qr.get(f"/t/{case.receipt_secret}/"))
    assert (RECONSIDERATION in shown) is told and SUIT not in shown
