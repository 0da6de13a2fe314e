"""Joint handling: another office is asked, sees the matter, answers; who is responsible never changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.cases import bulk, policy, queries, services, tasks, verification
from huiyin.cases.models import Case, CaseTask
from huiyin.cases.sweep import sweep
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.people.policy import Actor
from huiyin.procedure.editions import CURRENT, edition
from tests.world import NOW, World

LATER = NOW + timedelta(hours=2)
TODAY = NOW.date()


def sees(world: World, name: str, case: Case) -> bool:
    case = Case.objects.select_related("office").get(pk=case.pk)
    return policy.may(world.actor(name), "see", case).ok


def answer(world: World, case: Case, by: str, task: int = 1, outcome: str = "done", **more: Any) -> Case:
    return world.perform(case, "answer_task", by, now=LATER, task=task, outcome=outcome, found="查到三笔。", **more)


def listed(actor: Actor) -> list[str]:
    return [case.no for case in queries.listed(actor, queries.Filters(relation="asked")).rows]


def test_a_partner_office_is_asked_sees_this_matter_alone_and_answers_and_the_lead_stays(world: World) -> None:
    case, unseen = world.case("handling"), world.case("handling")
    assert not sees(world, "sister_clerk", case)
    case = world.ask(case, "sister_clerk", by="handler")
    assert sees(world, "sister_clerk", case) and sees(world, "sister_leader", case)
    assert not sees(world, "sister_clerk", unseen) and not sees(world, "other_handler", case)
    assert listed(world.actor("sister_clerk")) == listed(world.actor("sister_leader")) == [case.no]
    assert listed(world.actor("other_handler")) == []
    case = answer(world, case, "sister_clerk")
    assert (case.responsible, case.office, case.state) == (world.staff["handler"], world.section, "handling")
    row = CaseTask.objects.get()
    assert (row.state, row.answer, row.ended_on, row.answered_by) == (
        "answered",
        "查到三笔。",
        TODAY,
        world.staff["sister_clerk"],
    )
    assert sees(world, "sister_clerk", case), "it sees what it answered until the matter is settled"


def test_after_settling_the_office_that_was_asked_sees_it_no_more(world: World) -> None:
    case = world.ask(world.case("delivered"), "sister_clerk")
    case = answer(world, case, "sister_clerk")
    case = world.settle(case, now=LATER)
    assert not sees(world, "sister_clerk", case) and listed(world.actor("sister_clerk")) == []


def test_a_task_that_was_recalled_closes_the_matter_to_the_office_that_was_asked(world: World) -> None:
    case = world.ask(world.case("handling"), "sister_clerk")
    case = world.perform(case, "recall_task", "handler", task=1, reason="材料已经找到。")
    assert CaseTask.objects.get().state == "recalled" and not sees(world, "sister_clerk", case)
    with pytest.raises(Forbidden):
        answer(world, case, "sister_clerk")


def test_who_was_asked_has_no_other_step_no_whole_file_and_no_contact_data(world: World) -> None:
    case = world.ask(world.case("handling"), "other_handler")
    actor = world.actor("other_handler")
    steps = {step.action.name for step in queries.steps(actor, case, now=LATER)}
    assert steps == {"note", "answer_task"}
    assert policy.may(actor, "see", case) and not policy.may(actor, "whole", case)


def test_a_matter_is_not_settled_while_a_task_is_open_and_no_opinion_is_held_up_by_one(world: World) -> None:
    case = world.ask(world.case("approved"), "other_handler")
    case = world.perform(case, "issue", "leader")
    day = NOW.date().isoformat()
    case = world.perform(case, "deliver", "clerk", mode="direct", on=day, received_by="孟庆兰")
    world.settle(case, close=False)
    with pytest.raises(Refused) as refused:
        services.perform(case, "close", by=world.actor("handler"), now=LATER)
    assert refused.value.code == "no_open_tasks"
    sweep(now=NOW + timedelta(days=60))
    case.refresh_from_db()
    assert case.state == "delivered" and case.next_alert_on, "the sweep goes on and looks at it again"
    world.perform(answer(world, case, "other_handler"), "close", "handler", now=LATER)


def test_progress_leaves_the_task_open_and_the_last_word_ends_it(world: World) -> None:
    case = world.ask(world.case("handling"), "other_handler")
    case = answer(world, case, "other_handler", outcome="so_far")
    assert CaseTask.objects.get().state == "open"
    case = answer(world, case, "other_head")
    assert CaseTask.objects.get().state == "answered", "a colleague of the office may answer"
    with pytest.raises(Refused):
        answer(world, case, "other_handler")


def test_several_offices_each_answer_their_own(world: World) -> None:
    case = world.ask(world.ask(world.case("handling"), "other_handler"), "sister_clerk")
    with pytest.raises(Invalid) as refused:
        answer(world, case, "other_handler", task=2)
    assert "task" in refused.value.errors
    answer(world, case, "sister_clerk", task=2)
    assert [row.state for row in CaseTask.objects.order_by("number")] == ["open", "answered"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"due_on": "2026-03-01"}, "due_on"),
        ({"words": ""}, "words"),
        ({"office": 0}, "office"),
        ({"staff": 999}, "staff"),
    ],
)
def test_what_can_not_be_asked_is_said_at_its_field(world: World, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        world.ask(world.case("handling"), "other_handler", **facts)
    assert field in refused.value.errors and not CaseTask.objects.exists()


def test_neither_the_responsible_person_nor_an_administrator_nor_another_section_can_be_named(world: World) -> None:
    case = world.case("handling")
    for person, more in (("handler", {}), ("auditor", {}), ("other_handler", {"office": world.sister.pk})):
        with pytest.raises(Invalid) as refused:
            world.ask(case, person, **more)
        assert "staff" in refused.value.errors


def test_a_colleague_of_the_handler_gives_no_tasks(world: World) -> None:
    from huiyin.people import services as people

    people.create_staff(
        username="colleague", name="同事", office=world.section, roles=["handler"], password="x-lake-42-heron"
    )
    case = world.case("handling")
    world.staff["colleague"] = type(world.staff["handler"]).objects.get(username="colleague")
    with pytest.raises(Refused) as refused:
        world.ask(case, "other_handler", by="colleague")
    assert refused.value.code == "leads"


def test_of_two_who_answer_the_same_task_one_is_told(world: World) -> None:
    case = world.ask(world.case("handling"), "other_handler")
    facts = {"task": 1, "outcome": "done", "found": "查到。"}
    services.perform(case, "answer_task", by=world.actor("other_handler"), now=LATER, facts=facts, version=case.version)
    with pytest.raises(Conflict):
        services.perform(
            case, "answer_task", by=world.actor("other_head"), now=LATER, facts=facts, version=case.version
        )


def test_an_origin_that_somebody_types_lifts_no_guard_and_is_not_kept(world: World) -> None:
    case, typed = world.case("handling"), {"origin": "3月2日碰头会 第2项"}
    with pytest.raises(Invalid) as own:
        world.ask(case, "handler", **typed)
    assert list(own.value.errors) == ["staff"]
    with pytest.raises(Invalid) as past:
        world.ask(case, "other_handler", due_on=(NOW - timedelta(days=1)).date().isoformat(), **typed)
    assert list(past.value.errors) == ["due_on"]
    world.ask(case, "other_handler", **typed)
    assert CaseTask.objects.get().origin == "" and "origin" not in case.events.get(action="ask").facts


def test_the_rows_are_what_the_events_give_and_verify_finds_one_that_was_edited(world: World) -> None:
    case = world.ask(world.ask(world.case("handling"), "other_handler"), "sister_clerk")
    case = world.perform(
        answer(world, case, "sister_clerk", task=2), "recall_task", "head", now=LATER, task=1, reason="不用了"
    )
    assert list(verification.verify()) == []
    CaseTask.objects.filter(number=2).update(answer="改过")
    assert [finding.code for finding in verification.verify()] == ["tasks_differ"]


def test_tasks_given_by_the_thousand_leave_the_same_rows(world: World) -> None:
    from django.db import transaction

    facts = {
        **services.kept_facts(edition(CURRENT).action("ask"), {}),
        "channel": "letter",
        "received_on": "2026-03-02",
        "title": "补贴",
        "text": "少发",
        "purpose": "request",
    }
    with transaction.atomic():
        batch = bulk.Batch(bulk.House(), proof=False)
        facts = bulk.reading.clean(edition(CURRENT).action("register"), facts)
        facts.pop("petitioners")
        clerk = world.actor("clerk")
        matter = batch.begin(
            by=clerk, now=NOW, facts=facts, people=[], office=world.counter.pk, staff=world.staff["clerk"].pk
        )
        asked = {
            "office": world.other.pk,
            "staff": world.staff["other_handler"].pk,
            "words": "请查。",
            "due_on": "2026-03-09",
        }
        batch.step(matter, "ask", by=world.actor("leader"), now=NOW, facts=asked)
        batch.step(
            matter,
            "answer_task",
            by=world.actor("other_handler"),
            now=LATER,
            facts={"task": 1, "outcome": "done", "found": "有"},
        )
        batch.write()
    assert CaseTask.objects.get().state == "answered" and list(verification.verify()) == []


def test_a_late_task_is_in_the_day_of_who_was_asked_of_the_lead_and_of_their_head(world: World) -> None:
    world.ask(world.case("handling"), "other_handler")
    soon, late = TODAY, TODAY + timedelta(days=9)

    def counted(name: str, today: date) -> tuple[int, int]:
        asked, others = tasks.of_day(world.actor(name), today=today)
        return len(asked), len(others)

    assert counted("other_handler", soon) == counted("other_handler", late) == (1, 0)
    for name in ("handler", "head"):
        assert (counted(name, soon), counted(name, late)) == ((0, 0), (0, 1)), name
    for name in ("other_head", "sister_leader", "counter_head"):
        assert counted(name, late) == (0, 0), name


def test_the_list_of_what_was_asked_takes_the_same_queries_for_one_and_for_twenty(world: World) -> None:
    actor, counts = world.actor("sister_clerk"), []
    for number in (1, 19):
        for _ in range(number):
            world.ask(world.case("handling"), "sister_clerk")
        with CaptureQueriesContext(connection) as captured:
            listed(actor)
        counts.append(len(captured))
    assert counts == [3, 3]
