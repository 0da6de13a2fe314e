"""Meetings: the agenda from cases, minutes that two people write, a decision that becomes a task on its case."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from huiyin.cases import verification
from huiyin.cases.models import Case, CaseEvent, CaseTask
from huiyin.coordination import access, confirming, minutes, queries, services, suggesting
from huiyin.coordination.models import Addendum, AgendaItem, Meeting, Minutes
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.people import absences
from huiyin.people import services as people
from tests.world import ANSWERS, NOW, World

TODAY = NOW.date()
LATER = NOW + timedelta(hours=3)


def meet(
    world: World,
    *cases: Case,
    by: str = "leader",
    chair: str = "leader",
    people: tuple[str, ...] = ("head",),
    **more: Any,
) -> Meeting:
    invited = tuple(world.staff[name].pk for name in people)
    plan = services.Plan("huddle", TODAY, world.staff[chair].pk, participants=invited, place="三楼会议室", **more)
    meeting = services.plan(by=world.actor(by), now=NOW, plan=plan)
    services.put_on(meeting, by=world.actor(by), cases=[case.pk for case in cases])
    return queries.find(world.actor(by), meeting.pk)


def decide(world: World, item: AgendaItem, *, by: str = "head", person: str = "other_handler", **more: Any) -> None:
    typed = {
        "minutes": "两科都说了情况。",
        "outcome": "task",
        "decision": "查2025年发放记录",
        "owner": world.staff[person].pk,
        "due_on": date(2026, 3, 6),
    }
    services.write(item, by=world.actor(by), now=NOW, version=item.version, typed=typed | more)


def confirm(world: World, meeting: Meeting, chair: str = "leader") -> tuple[int, int]:
    confirming.confirm(meeting, by=world.actor(chair), now=LATER, version=meeting.version)
    return confirming.carry(meeting, by=world.actor(chair), now=LATER)


def test_a_decision_becomes_an_event_and_a_task_of_its_case(world: World) -> None:
    case, other = world.case("handling"), world.case("handling")
    meeting = meet(world, case, other)
    first, second = meeting.items.all()
    decide(world, first)
    decide(world, second, outcome="no_action", decision="", reason="已经补发。")
    assert confirm(world, meeting) == (2, 0)
    task = CaseTask.objects.get()
    assert (task.case, task.person, task.due_on, task.asked_by) == (
        case,
        world.staff["other_handler"],
        date(2026, 3, 6),
        world.staff["leader"],
    )
    assert task.origin == "2026年3月2日碰头会 第1项"
    event = CaseEvent.objects.get(case=other, action="decide")
    assert event.facts == {
        "meeting": "2026年3月2日碰头会 第2项",
        "on": "2026-03-02",
        "decision": "不另外办：已经补发。",
    }
    assert not list(verification.verify())
    assert list(meeting.items.values_list("task", flat=True)) == [1, None]


def test_confirming_twice_or_after_a_crash_writes_nothing_twice(world: World) -> None:
    meeting = meet(world, world.case("handling"))
    decide(world, meeting.items.get())
    confirm(world, meeting)
    AgendaItem.objects.update(carried_at=None, task=None)  # as if the process had died before it was noted
    assert confirming.carry(meeting, by=world.actor("leader"), now=LATER + timedelta(hours=1)) == (1, 0)
    assert CaseTask.objects.count() == CaseEvent.objects.filter(action="decide").count() == 1
    with pytest.raises(Conflict):
        confirming.confirm(meeting, by=world.actor("leader"), now=LATER, version=meeting.version)


def test_what_the_door_refuses_is_said_and_the_others_still_go(world: World) -> None:
    gone, case = world.case("delivered"), world.case("handling")
    meeting = meet(world, gone, case)
    for item in meeting.items.all():
        decide(world, item)
    world.settle(gone)
    assert confirm(world, meeting) == (1, 1)
    assert "办结" in AgendaItem.objects.get(case=gone).refusal["zh"] and AgendaItem.objects.get(case=case).carried_at


def test_even_the_responsible_person_can_be_given_a_task_by_a_meeting(world: World) -> None:
    meeting = meet(world, world.case("handling"))
    decide(world, meeting.items.get(), person="handler")
    assert confirm(world, meeting) == (1, 0)
    assert CaseTask.objects.get().person == world.staff["handler"]


def test_two_who_write_the_same_item_do_not_overwrite_each_other(world: World) -> None:
    meeting = meet(world, world.case("handling"))
    item = meeting.items.get()
    decide(world, item, minutes="甲写的")
    with pytest.raises(Conflict):
        decide(world, item, by="leader", minutes="乙写的")
    assert AgendaItem.objects.get().minutes == "甲写的"


def test_confirmed_minutes_are_frozen_in_the_services_and_in_the_database(world: World) -> None:
    meeting = meet(world, world.case("handling"))
    item = meeting.items.get()
    decide(world, item)
    confirm(world, meeting)
    item = queries.item_of(queries.find(world.actor("head"), meeting.pk), item.pk, reader=world.actor("head"))
    for change in (
        lambda: decide(world, item), lambda: services.take_off(item, by=world.actor("leader")),
        lambda: services.put_on(item.meeting, by=world.actor("leader"), cases=[world.case("handling").pk]),
    ):  # fmt: skip
        with pytest.raises(Refused):
            change()
    confirming.add(item.meeting, by=world.actor("head"), now=LATER, words="3月3日电话核实无误。")
    for rows in (Minutes.objects.all(), Addendum.objects.all()):
        for act in (lambda rows=rows: rows._raw_delete("default"), lambda rows=rows: rows.update(meeting=meeting)):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


def test_who_still_has_the_page_open_when_the_chair_confirms_changes_nothing(world: World) -> None:
    meeting = meet(world, world.case("handling"), world.case("handling"))
    seen = list(meeting.items.select_related("meeting"))  # as two pages loaded them, still planned
    confirm(world, meeting)
    before = list(AgendaItem.objects.values())
    with pytest.raises(Conflict):
        decide(world, seen[0])
    with pytest.raises(Conflict):
        services.take_off(seen[1], by=world.actor("leader"))
    assert list(AgendaItem.objects.values()) == before


def test_only_the_chair_confirms_and_not_before_the_day(world: World) -> None:
    meeting = meet(world, world.case("handling"))
    with pytest.raises(Forbidden):
        confirm(world, meeting, chair="head")
    Meeting.objects.update(held_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        confirm(world, queries.find(world.actor("leader"), meeting.pk))
    assert refused.value.code == "not_held"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"decision": ""}, "decision"), ({"owner": None}, "owner"), ({"owner": 987654}, "owner"), ({"due_on": None}, "due_on"),
        ({"due_on": date(2026, 2, 1)}, "due_on"), ({"outcome": "no_action", "reason": ""}, "reason"), ({"minutes": "长" * 10001}, "minutes"),
    ],
)  # fmt: skip
def test_a_decision_says_what_who_and_when_or_why_nothing_is_done(
    world: World, typed: dict[str, Any], field: str
) -> None:
    meeting = meet(world, world.case("handling"))
    with pytest.raises(Invalid) as refused:
        decide(world, meeting.items.get(), **typed)
    assert field in refused.value.errors
    assert AgendaItem.objects.get().written_at is None


def test_the_agenda_takes_only_what_its_chair_may_decide_and_is_ordered_by_hand(world: World) -> None:
    ours, more, theirs = world.case("handling"), world.case("handling"), world.case("registered")
    meeting = meet(world, theirs, ours, more, by="head", chair="head")
    assert [item.case for item in meeting.items.all()] == [ours, more]
    second = queries.item_of(meeting, meeting.items.all()[1].pk, reader=world.actor("leader"))
    services.move(second, by=world.actor("head"), up=True)
    assert [item.case for item in meeting.items.all()] == [more, ours]
    services.take_off(second, by=world.actor("head"))
    assert [item.case for item in meeting.items.all()] == [ours]
    with pytest.raises(Refused):
        services.case_by_number(theirs.no, chair=services.chair_of(meeting))


def test_who_may_read_write_and_plan(world: World) -> None:
    meeting = meet(world, world.case("handling"), people=("head", "sister_clerk"))
    reads = {name for name in world.staff if access.readable(world.actor(name)).exists()}
    assert reads == {"leader", "supervisor", "head", "sister_clerk"}
    writes = {
        name for name in reads if access.takes_part(world.actor(name), queries.find(world.actor(name), meeting.pk))
    }
    assert writes == {"leader", "head", "sister_clerk"}
    for name in ("handler", "other_head", "auditor"):
        with pytest.raises(Forbidden):
            queries.find(world.actor(name), meeting.pk)
    with pytest.raises(Forbidden):
        meet(world, by="handler")
    with pytest.raises(Invalid) as refused:
        meet(world, chair="handler")
    assert "chair" in refused.value.errors


def test_suggestions_come_with_their_reasons_and_take_the_same_queries_for_any_number(world: World) -> None:
    late = world.case("handling", now=NOW - timedelta(days=90))
    joint, waiting = world.case("handling"), world.case("approved")
    for person in ("other_handler", "sister_clerk"):
        world.ask(joint, person)
    returned = world.case("drafted")
    for _ in range(2):
        world.perform(returned, "return", "head", reason="依据不清")
        facts = {"claims": ANSWERS, "facts": "查明", "superior": "省公司"}
        world.perform(returned, "draft", "handler", **facts)
    meeting, chair, counts = meet(world), world.actor("leader"), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            found = suggesting.suggestions(meeting, chair=chair, today=TODAY, calendar=orgs.calendar())
        counts.append(len(captured))
        for _ in range(5):
            world.case("approved", now=NOW - timedelta(days=80))
    why = {each.case.pk: set(each.why) for each in found}
    assert (
        why[late.pk] == {"late"}
        and why[joint.pk] == {"offices"}
        and why[waiting.pk] == {"leader"}
        and why[returned.pk] == {"returned"}
    )
    assert counts == [6, 6]


def test_the_minutes_print_as_they_were_confirmed_in_both_forms(world: World) -> None:
    case = world.case("handling")
    meeting = meet(world, case, world.case("registered"), outside="王主任 医保中心")
    decide(world, meeting.items.all()[0])
    draft = PdfReader(BytesIO(minutes.made(meeting, "pdf", reader=world.actor("leader"))))
    assert "草稿" in "".join(page.extract_text() for page in draft.pages)
    confirm(world, meeting)
    meeting = queries.find(world.actor("leader"), meeting.pk)
    AgendaItem.objects.update(minutes="后来改的")
    text = "".join(
        "".join(
            page.extract_text()
            for page in PdfReader(BytesIO(minutes.made(meeting, "pdf", reader=world.actor("leader")))).pages
        ).split()
    )
    for words in (
        "碰头会纪要",
        case.no,
        "两科都说了情况。",
        "查2025年发放记录。由other_handler",
        "王主任医保中心",
        "没有议到的还有1件",
        "主持人leader2026年3月2日确认",
    ):
        assert words in text, words
    assert "后来改的" not in text
    assert minutes.made(meeting, "docx", reader=world.actor("leader"))[:2] == b"PK"


def printed(world: World, meeting: Meeting, reader: str) -> str:
    pdf = PdfReader(BytesIO(minutes.made(meeting, "pdf", reader=world.actor(reader))))
    return "".join("".join(page.extract_text() for page in pdf.pages).split())


def shown(world: World, meeting: Meeting, reader: str) -> list[str]:
    return [row.case.no for row in queries.agenda(meeting, reader=world.actor(reader)).rows]


def test_what_is_sealed_later_leaves_the_agenda_the_minutes_and_what_is_confirmed(world: World) -> None:
    plain, sealed, unwritten = world.case("handling"), world.case("handling"), world.case("handling")
    meeting = meet(world, plain, sealed, unwritten)
    for item in meeting.items.all()[:2]:
        decide(world, item)
    for case in (sealed, unwritten):
        world.perform(case, "reclassify", "leader", reason="反映的是有人截留补贴。", accused="outside")
    assert shown(world, meeting, "head") == [plain.no]
    assert queries.agenda(meeting, reader=world.actor("head")).hidden == 2
    assert queries.agenda(meeting, reader=world.actor("head")).counts["decided"] == 1
    with pytest.raises(Refused):
        queries.item_of(meeting, meeting.items.all()[1].pk, reader=world.actor("head"))
    assert confirm(world, meeting) == (1, 0)
    assert [item.case for item in meeting.items.all()] == [plain, sealed]
    assert [item["no"] for item in Minutes.objects.get(meeting=meeting).data["items"]] == [plain.no]
    text = printed(world, queries.find(world.actor("head"), meeting.pk), "head")
    assert plain.no in text and sealed.no not in text and "一件不便列出" in text


def test_confirmed_minutes_hide_what_was_sealed_after_and_what_is_about_the_readers_office(world: World) -> None:
    plain, later, about = world.case("handling"), world.case("handling"), world.case("handling", accused=world.other.pk)
    meeting = meet(world, plain, later, about, people=("head", "other_head"))
    for item in meeting.items.all():
        decide(world, item, person="handler")
    confirm(world, meeting)
    kept = {**later.marks, "nature": "accusation"}
    Case.objects.filter(pk=later.pk).update(sealed=True, marks=kept)
    meeting = queries.find(world.actor("leader"), meeting.pk)
    text = {reader: printed(world, meeting, reader) for reader in ("leader", "head", "other_head")}
    assert [case.no in text["head"] for case in (plain, later, about)] == [True, False, True]
    assert [case.no in text["other_head"] for case in (plain, later, about)] == [True, False, False]
    assert "二件不便列出" in text["other_head"] and later.no not in text["leader"]
    assert shown(world, meeting, "other_head") == [plain.no]


def waiting(world: World) -> Meeting:
    """A meeting whose minutes the unit's leader confirmed and whose decisions did not reach their matters."""
    meeting = meet(world, world.case("handling"))
    decide(world, meeting.items.get())
    confirming.confirm(meeting, by=world.actor("leader"), now=LATER, version=meeting.version)
    return meeting


def test_while_the_chair_is_there_nobody_else_carries_the_decisions_on(world: World) -> None:
    meeting = waiting(world)
    with pytest.raises(Forbidden):
        confirming.carry(meeting, by=world.actor("head"), now=LATER)
    assert confirming.carry(meeting, by=world.actor("leader"), now=LATER) == (1, 0)


def test_the_deputy_of_a_chair_who_is_away_finds_the_meeting_and_carries_it_on(world: World) -> None:
    world.hire({"second": ("unit", ["leader"]), "third": ("unit", ["leader"])})
    meeting = waiting(world)
    absences.enter(
        by=world.actor("leader"), staff_id=world.staff["leader"].pk, from_on=LATER.date(), to_on=LATER.date() + timedelta(days=9),
        deputy_id=world.staff["second"].pk, today=LATER.date(),
    )  # fmt: skip
    with pytest.raises(Forbidden):  # a deputy was named
        confirming.carry(meeting, by=world.actor("third"), now=LATER)
    found = queries.find(world.actor("second"), meeting.pk)
    assert confirming.carry(found, by=world.actor("second"), now=LATER) == (1, 0)


def test_a_chair_who_left_is_followed_by_a_leader_of_the_same_office(world: World) -> None:
    meeting = waiting(world)
    world.hire({"successor": ("unit", ["leader"])})
    people.deactivate_staff(staff=world.staff["leader"], now=LATER)
    found = queries.find(world.actor("successor"), meeting.pk)
    with pytest.raises(Forbidden):  # a section below
        confirming.carry(found, by=world.actor("head"), now=LATER)
    assert confirming.carry(found, by=world.actor("successor"), now=LATER) == (1, 0)
