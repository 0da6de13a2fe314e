"""Oral statements (Art. 19): every version kept, confirmed once, never changed after, registered once with the words in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from huiyin.cases import drafts
from huiyin.cases.models import Alarm
from huiyin.cases.sweep import sweep
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.reception import papers, statements
from huiyin.reception.models import Confirmation, Statement, StatementVersion
from tests.documents import files
from tests.documents.paper import words
from tests.web.addresses import keep
from tests.web.reception import SAID
from tests.world import NOW, REGISTER, World

HOW: dict[str, Any] = {"how": "aloud", "present": "本人、女儿", "mark": "signed"}


def write(world: World, *, key: str = "", text: str = SAID, by: str = "clerk") -> Statement:
    return statements.write_down(name="孟庆兰", via="visit", text=text, key=key, by=world.actor(by), now=NOW)


def correct(world: World, row: Statement, seen: int, text: str) -> Statement:
    return statements.correct(statement_id=row.pk, seen=seen, text=text, by=world.actor("clerk"), now=NOW)


def confirm(world: World, row: Statement, seen: int = 1, **facts: Any) -> Statement:
    given = {**HOW, **facts}
    return statements.confirm(statement_id=row.pk, seen=seen, by=world.actor("clerk"), now=NOW, **given)


def test_what_was_said_is_kept_word_for_word_in_every_version(world: World) -> None:
    row = correct(world, write(world), 1, "我家的暖气费补贴，少发了四个月。")
    assert [each.text for each in row.versions.all()] == [SAID, "我家的暖气费补贴，少发了四个月。"]
    assert statements.latest(row).number == 2
    assert (
        correct(world, row, 2, "我家的暖气费补贴，少发了四个月。").versions.count() == 2
    )  # nothing changed, no version


def test_sent_twice_it_is_one_statement(world: World) -> None:
    assert write(world, key="a").pk == write(world, key="a").pk
    assert StatementVersion.objects.count() == 1
    with pytest.raises(Refused, match="没有记下"):
        write(world, key="a", text="还有药费。")


def test_an_empty_statement_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(Refused) as refused:
        write(world, text=" \n ")
    assert refused.value.field == "text" and not Statement.objects.exists()


def test_only_the_words_that_were_read_back_are_confirmed(world: World) -> None:
    row = write(world)
    correct(world, row, 1, "改过的话。")
    with pytest.raises(Conflict):
        confirm(world, row, seen=1)
    done = confirm(world, row, seen=2)
    assert done.state == "confirmed" and done.confirmation.version.text == "改过的话。"
    assert (done.confirmation.how, done.confirmation.present) == ("aloud", "本人、女儿")


def test_a_confirmation_says_how_in_whose_presence_and_what_is_signed(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        confirm(world, write(world), how="", present=" ", mark="?")
    assert set(refused.value.errors) == {"how", "present", "mark"}


def test_after_the_confirmation_nothing_changes_any_more(world: World) -> None:
    row = confirm(world, write(world))
    with pytest.raises(Conflict):
        correct(world, row, 1, "后来改的话。")
    with pytest.raises(Conflict):
        confirm(world, row)
    for model, changes in ((StatementVersion, {"text": "x"}), (Confirmation, {"present": "x"})):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            model.objects.update(**changes)
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_it_is_registered_from_the_confirmed_words_and_only_once(world: World) -> None:
    paper = keep("签名.png", files.encoded("PNG"))
    row = confirm(world, write(world), paper_id=paper.pk)
    given: dict[str, Any] = {"statement_id": row.pk, "by": world.actor("clerk"), "now": NOW}
    draft = statements.begin_registration(**given)
    assert draft.data["text"] == SAID and draft.data["person_q"] == "孟庆兰" and draft.data["channel"] == "visit"
    assert draft.data["received_on"] == "2026-03-02" and drafts.files(draft) == [paper]
    assert statements.begin_registration(**given).pk == draft.pk
    with pytest.raises(Conflict, match="clerk正在登记"):
        statements.begin_registration(**{**given, "by": world.actor("counter_head")})
    drafts.discard(draft)
    assert statements.begin_registration(**given).pk != draft.pk


def test_before_the_confirmation_it_is_not_registered_and_another_unit_never_sees_it(world: World) -> None:
    row = write(world)
    with pytest.raises(Refused, match="先念给本人听"):
        statements.begin_registration(statement_id=row.pk, by=world.actor("clerk"), now=NOW)
    with pytest.raises(Refused, match="没有这份记录"):
        statements.one(world.actor("sister_clerk"), row.pk)
    with pytest.raises(Forbidden):
        write(world, by="supervisor")


def test_an_unregistered_statement_is_counted_until_it_is_registered_or_withdrawn(world: World) -> None:
    clerk, rows = world.actor("clerk"), [write(world, text=f"{SAID}{number}") for number in range(3)]
    assert statements.waiting(clerk) == 3 and statements.waiting(world.actor("sister_clerk")) == 0
    draft = statements.begin_registration(statement_id=confirm(world, rows[0]).pk, by=clerk, now=NOW)
    assert statements.waiting(clerk) == 3
    drafts.hand_in(draft, facts={**REGISTER, "channel": "visit"}, by=clerk, now=NOW)
    assert statements.waiting(clerk) == 2
    given: dict[str, Any] = {"by": clerk, "now": NOW}
    with pytest.raises(Refused, match="本人怎么说"):
        statements.withdraw(statement_id=rows[1].pk, why=" ", **given)
    statements.withdraw(statement_id=rows[1].pk, why="已经收到补发的钱了", **given)
    assert statements.waiting(clerk) == 1
    assert [each.pk for each in statements.open_ones(clerk)] == [rows[2].pk]
    assert {each.pk for each in statements.settled(clerk, page=1)} == {row.pk for row in rows[:2]}
    for row in rows[:2]:
        with pytest.raises(Conflict):
            statements.withdraw(statement_id=row.pk, why="不提了", **given)
    with pytest.raises(Conflict):
        confirm(world, rows[1])
    with pytest.raises(Refused):
        statements.begin_registration(statement_id=rows[1].pk, by=clerk, now=NOW)


def test_the_sheet_holds_the_words_and_the_lines_to_confirm_them(world: World) -> None:
    row = write(world)
    empty = words(papers.sheet_pdf(statements.one(world.actor("clerk"), row.pk), now=NOW))
    assert "口头反映记录" in empty and "孟庆兰" in empty and "去年冬天少发了三个月" in empty and "反映人签名" in empty
    full = words(papers.sheet_pdf(confirm(world, row), now=NOW))
    assert "念给本人听" in full and "本人、女儿" in full and "签了名" in full and "2026年3月2日09:30" in full


@pytest.mark.django_db(transaction=True)
def test_of_a_correction_and_a_confirmation_at_the_same_moment_one_wins(transactional_world: World) -> None:
    world = transactional_world
    row, clerk, start = write(world), world.actor("clerk"), Barrier(2)
    given: dict[str, Any] = {"statement_id": row.pk, "seen": 1, "by": clerk, "now": NOW}

    def act(place: int) -> bool:
        start.wait()
        try:
            if place:
                statements.confirm(**given, **HOW)
            else:
                statements.correct(text="改过的话。", **given)
            return True
        except Conflict:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(act, range(2)))
    after = Statement.objects.get()
    assert sorted(won) == [False, True]
    assert (after.state, after.latest) == (("confirmed", 1) if won[1] else ("writing", 2))
    assert after.versions.count() == after.latest


def test_what_was_said_and_is_not_registered_rings_until_it_is(world: World) -> None:
    """Written down on Monday, not confirmed: from Wednesday on it rings with who took it down, later with who registers it."""
    statement, by = write(world), world.actor("clerk")
    days = [NOW + timedelta(days=after) for after in (1, 2, 3)]
    sweep(now=days[0])
    assert not Alarm.objects.exists()
    for _ in range(2):
        sweep(now=days[1])
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.responsible, alarm.holder) == ("unregistered", world.staff["clerk"], world.staff["clerk"])
    sweep(now=days[2])
    alarm.refresh_from_db()
    assert alarm.holder == world.staff["counter_head"]
    statements.withdraw(statement_id=statement.pk, why="本人说不提了", by=by, now=days[2])
    sweep(now=days[2])
    alarm.refresh_from_db()
    assert alarm.how == "discarded"


def test_a_statement_that_is_being_registered_rings_once_and_from_the_day_it_was_said(world: World) -> None:
    statement = confirm(world, write(world))
    later = NOW + timedelta(days=4)
    draft = statements.begin_registration(statement_id=statement.pk, by=world.actor("clerk"), now=later)
    sweep(now=later)
    assert [alarm.draft for alarm in Alarm.objects.filter(ended_on=None)] == [draft.pk]


def test_what_became_an_accusation_is_read_by_whoever_may_see_the_matter_alone(world: World) -> None:
    row = confirm(world, write(world))
    draft = statements.begin_registration(statement_id=row.pk, by=world.actor("clerk"), now=NOW)
    assert statements.one(world.actor("counter_head"), row.pk).pk == row.pk
    case = drafts.hand_in(draft, facts={**REGISTER, "purpose": "accusation", "accused": "outside"}, now=NOW)
    assert case.sealed
    for name in ("counter_head", "head", "supervisor"):
        assert statements.settled(world.actor(name), page=1) == [], name
        with pytest.raises(Forbidden):
            statements.one(world.actor(name), row.pk)
    for name in ("clerk", "leader"):
        assert [each.pk for each in statements.settled(world.actor(name), page=1)] == [row.pk], name
        assert statements.one(world.actor(name), row.pk).pk == row.pk
