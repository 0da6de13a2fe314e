"""A matter under review, at the desk of the unit whose opinion it is: read as a whole, found in a list, carried out after it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.cases.models import Case
from tests.web.desk.test_steps import send, state
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
TODAY = NOW.date().isoformat()
LIST = "/desk/cases/?relation=reviewed"
QUERIES = {"station_handler": 17, "station_leader": 24}  # those above ask the tree each time


def address(case: Case) -> str:
    return f"/desk/cases/{case.no}/"


@pytest.mark.parametrize("name", ["station_handler", "station_head", "station_leader"])
def test_the_unit_that_answered_reads_the_whole_matter_during_the_review(
    world: World, at_desk: Any, read: Any, name: str
) -> None:
    case = world.case("review_drafted")
    client = at_desk(name)
    page = client.get(address(case))
    assert page.status_code == 200 and page.context["actions"] == [] and page.context["may_whole"]
    assert "南桥所（sister_handler）正在复查，复查意见不晚于4月1日" in read(page).words
    letter = case.letters.first()
    assert letter is not None and client.get(f"{address(case)}letters/{letter.pk}/docx/").status_code == 200
    listed = read(client.get(LIST)).words
    assert "我们办过、复查过的" in listed and case.title in listed
    assert client.get(f"{address(case)}do/draft_review/").status_code == 403


@pytest.mark.parametrize("name", ["other_handler", "other_head", "handler"])
def test_a_third_office_does_not(world: World, at_desk: Any, read: Any, name: str) -> None:
    case = world.case("review_drafted")
    assert at_desk(name).get(address(case)).status_code == 403
    assert case.title not in read(at_desk(name).get(LIST)).words


def test_it_carries_out_what_the_review_decided_and_the_reviewers_read_on(
    world: World, at_desk: Any, read: Any
) -> None:
    case = world.case("review_issued")
    send(at_desk("sister_clerk"), case, "deliver_review", mode="direct", on=TODAY, received_by="孟庆兰")
    assert state(case) == "reviewed"
    for name in ("sister_handler", "sister_clerk"):
        page = at_desk(name).get(address(case))
        assert page.status_code == 200 and page.context["actions"] == []
        assert "事项回到南桥站（station_handler），由原办理单位执行" in read(page).words
        assert case.title in read(at_desk(name).get(LIST)).words
    theirs = at_desk("station_handler")
    assert case.title in read(theirs.get("/desk/")).words and case.title not in read(theirs.get(LIST)).words
    assert "sister_clerk → station_handler" in read(theirs.get(address(case))).words
    send(theirs, case, "carry_out", on=TODAY, done="补发180元。")
    assert Case.objects.get(pk=case.pk).marks["executed_on"] == TODAY


def test_a_request_for_a_re_review_says_for_what_one_waits(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("rereviewing")
    page = at_desk("station_handler").get(address(case))
    assert "等南桥所的上一级指定由谁办，复核意见不晚于4月1日" in read(page).words and page.context["actions"] == []


def test_their_page_asks_no_more_of_a_matter_that_went_through_all_levels(world: World, at_desk: Any) -> None:
    once, thrice = world.case("review_drafted"), world.case("rereview_drafted")
    for name, expected in QUERIES.items():
        client = at_desk(name)
        for case in (once, thrice):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(case)).status_code == 200
            assert len(asked) == expected, (name, case.state, len(asked))
