"""The report: coverage, what was answered and found; small numbers of people can't be read nor worked out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.kernel.errors import Forbidden
from huiyin.screening import findings, queries, report
from huiyin.screening.models import Finding
from huiyin.screening.report import People
from tests.screening.conftest import Round
from tests.world import NOW

MANY = 20


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, People(0)), (1, People(0, few=True)), (4, People(0, few=True)), (5, People(5)), (12, People(12))],
)
def test_fewer_than_five_people_are_not_counted_out(number: int, said: People) -> None:
    assert report.people(number) == said


@pytest.mark.parametrize(
    ("number", "said"), [(3, People(0, few=True)), (5, People(5)), (12, People(10)), (13, People(15))]
)
def test_people_whom_findings_touch_are_said_in_fives(number: int, said: People) -> None:
    assert report.rough(number) == said


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([People(10), People(15)], People(25)),
        ([People(10), People(0, few=True)], People(10, at_least=True)),
        ([People(0, few=True)], People(0, few=True)),
        ([], People(0)),
    ],
)
def test_no_sum_tells_a_small_part(parts: list[People], total: People) -> None:
    assert report.total_of(parts) == total


def test_answers_findings_and_outcomes_are_counted(underway: Round) -> None:
    world = underway.world
    question = underway.campaign.questions.first()
    assert question
    one = underway.find(question=str(question.pk), topic="150201")
    underway.find(topic="150201", people_count="")
    settled = underway.find(people_count="3", place="南桥")
    findings.make_case(one, by=world.actor("handler"), now=NOW)
    findings.settle(settled, by=world.actor("handler"), now=NOW, typed={"note": "当天补发。"})
    underway.hand_in("section", "head", "yes", "12", "走访", "无", found="findings")
    underway.hand_in("other", "other_head", "no", "0", "来电", "无")
    made = report.of(queries.campaign(world.actor("leader"), underway.campaign.pk), reader=world.actor("leader"))
    assert made.counts == {"in_time": 2, "late": 0, "not": 1}
    assert [row.counts for row in made.answers[:1]] == [[("yes", 1), ("no", 1)]]
    assert made.answers[1].total == People(12) and made.answers[2].counts == [("走访", 1), ("来电", 1), ("座谈会", 0)]
    assert made.outcomes == {"": 1, "case": 1, "settled": 1, "handed": 0}
    assert [(row.findings, row.people, row.open) for row in made.topics] == [
        (2, People(10), 1),
        (1, People(0, few=True), 0),
    ]
    assert made.people == People(10, at_least=True)
    assert [row.name for row in made.places] == ["湖滨路", "南桥"]
    assert (len(made.cases), made.cases_open, len(made.open)) == (1, 1, 1)


def counted(asked: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        asked()
    return len(captured)


def test_it_asks_the_same_of_one_finding_and_of_twenty(underway: Round) -> None:
    leader = underway.world.actor("leader")
    underway.find()

    def ask() -> None:
        report.of(queries.campaign(leader, underway.campaign.pk), reader=leader)

    before = counted(ask)
    for _ in range(MANY):
        underway.find()
    assert counted(ask) == before


def test_what_became_an_accusation_is_named_in_no_report_and_opens_for_whoever_may_see_it_alone(
    underway: Round,
) -> None:
    world = underway.world
    one, other = underway.find(), underway.find()
    for each in (one, other):
        findings.make_case(each, by=world.actor("handler"), now=NOW)
    plain, case = (Finding.objects.get(pk=each.pk).case for each in (other, one))
    assert plain and case
    assert queries.finding(world.actor("head"), one.pk).pk == one.pk
    world.perform(case, "reclassify", "leader", reason="反映的是有人截留补贴。", accused="outside")
    made = report.of(underway.campaign, reader=world.actor("leader"))
    assert [each.case for each in made.cases] == [plain] and made.outcomes["case"] == 2
    assert queries.finding(world.actor("leader"), one.pk).pk == one.pk
    with pytest.raises(Forbidden):
        queries.finding(world.actor("head"), one.pk)
    assert queries.finding(world.actor("head"), other.pk).pk == other.pk


def test_a_finding_about_an_office_is_kept_from_its_people(underway: Round) -> None:
    world = underway.world
    one = underway.find(concerned=str(world.section.pk))
    Finding.objects.filter(pk=one.pk).update(owner=world.staff["leader"], created_by=world.staff["leader"])
    assert queries.finding(world.actor("leader"), one.pk).pk == one.pk
    assert [each.pk for each in queries.open_findings(world.actor("leader")).rows] == [one.pk]
    assert queries.open_findings(world.actor("head")).rows == []
    with pytest.raises(Forbidden):
        queries.finding(world.actor("head"), one.pk)
