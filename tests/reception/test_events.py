"""Event notes: of events, not of people; complete for a violent act; they only grow; no way leads from a person to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction

from huiyin.cases.models import Case
from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.people.models import Person
from huiyin.reception import events
from huiyin.reception.models import EventAddition, EventNote
from tests.web.reception import FIGHT
from tests.world import NOW, World

AID = {"kind": "aid", "place": "候访室", "what": "有人头晕，坐不住。", "at_once": "扶到沙发上，量血压。"}


def note(world: World, *, key: str = "", by: str = "clerk", **facts: Any) -> EventNote:
    given = {"happened_at": NOW, **facts}
    return events.note(facts=given, key=key, by=world.actor(by), now=NOW + timedelta(hours=1))


def add(world: World, event: EventNote, kind: str, text: str, key: str = "") -> EventAddition:
    return events.add(event_id=event.pk, kind=kind, text=text, key=key, by=world.actor("clerk"), now=NOW)


def test_first_aid_is_noted_with_what_happened_and_what_was_done(world: World) -> None:
    event = note(world, **AID, called=["120"], called_by="值班的人决定并打了电话")
    assert (event.called, event.act, event.reviewer) == ("120", "", "")
    assert events.open_ends(event) == []


def test_sent_twice_it_is_one_note(world: World) -> None:
    assert note(world, key="a", **AID).pk == note(world, key="a", **AID).pk
    event = EventNote.objects.get()
    assert add(world, event, "more", "血压正常。", "b").pk == add(world, event, "more", "血压正常。", "b").pk
    for changed in (
        lambda: note(world, key="a", **{**AID, "place": "楼道"}),
        lambda: add(world, event, "more", "血压高。", "b"),
    ):
        with pytest.raises(Refused) as refused:
            changed()
        assert refused.value.code == "used"


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, {"kind", "place", "what", "at_once"}),
        ({**AID, "called": ["120"]}, {"called_by"}),
        ({**AID, "happened_at": NOW + timedelta(days=1)}, {"happened_at"}),
        ({**AID, "happened_at": None}, {"happened_at"}),
        ({**AID, "kind": "violence"}, {"act", "calmed", "reviewer"}),
        ({**FIGHT, "act": "7"}, {"act"}),
        ({**AID, "what": "孟某，身份证11010519491231002X，头晕。"}, {"what"}),
        ({**AID, "at_once": "给家里打电话138 0000 0000。"}, {"at_once"}),
    ],
)
def test_what_is_missing_or_names_somebody_is_refused_at_its_field(world: World, facts: Any, fields: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        note(world, **facts)
    assert set(refused.value.errors) == fields and not EventNote.objects.exists()


def test_a_violent_act_waits_for_the_person_to_be_told_and_for_the_legal_review(world: World) -> None:
    event = note(world, **FIGHT)
    assert events.open_ends(event) == ["told", "review"]
    add(world, event, "told", "当面告诉了本人记了什么。")
    add(world, event, "reply", "是我碰倒的，我道歉。")
    add(world, event, "review", "情节轻微，批评教育即可（第四十七条）。")
    event = events.one(world.actor("leader"), event.pk)
    assert events.open_ends(event) == []
    assert [each.kind for each in event.additions.all()] == ["told", "reply", "review"]


def test_an_addition_says_something_of_a_kind_and_names_nobody(world: World) -> None:
    event = note(world, **AID)
    for kind, text, field in (("", "话", "kind"), ("more", " ", "text"), ("reply", "我的电话13800000000", "text")):
        with pytest.raises(Refused) as refused:
            add(world, event, kind, text)
        assert refused.value.field == field


def test_notes_and_additions_only_grow(world: World) -> None:
    add(world, note(world, **AID), "more", "后来好了。")
    for model, changes in ((EventNote, {"what": "x"}), (EventAddition, {"text": "x"})):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            model.objects.update(**changes)
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_the_database_asks_a_violent_act_for_its_article_and_nothing_else_for_one(world: World) -> None:
    row = {
        "unit_id": world.unit.pk, "happened_at": NOW, "place": "门口", "what": "事", "at_once": "做", "written_at": NOW,
        "written_by_id": world.staff["clerk"].pk,
    }  # fmt: skip
    for facts in ({"kind": "violence"}, {"kind": "aid", "act": "3"}, {"kind": "aid", "called": "120"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventNote.objects.create(**{**row, **facts})


def test_no_column_leads_from_an_event_to_a_person_on_the_roster_or_to_a_matter() -> None:
    """Nor from a person or a matter to an event."""
    people: tuple[type[models.Model], ...] = (Person, Case, *apps.get_app_config("cases").get_models())
    for model in (EventNote, EventAddition):
        targets = {field.related_model for field in model._meta.get_fields() if field.related_model}
        assert not targets & set(people)


def test_supervisors_and_other_units_see_no_event(world: World) -> None:
    event = note(world, **AID)
    with pytest.raises(Forbidden):
        note(world, by="supervisor", **AID)
    with pytest.raises(Refused, match="没有这条记录"):
        events.one(world.actor("sister_clerk"), event.pk)
    assert not events.listed(world.actor("sister_clerk"), page=1)
