"""Drafts of the desk when two requests come at once: what was typed is never thrown away as blank."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

from huiyin.cases import drafts, step_drafts, turns
from huiyin.cases.models import Draft
from huiyin.documents import services as documents
from tests.world import NOW, World


def test_a_draft_that_another_request_filled_is_not_thrown_away_as_blank(world: World) -> None:
    stale, draft = _twice(world)
    drafts.save(draft, data={"text": "补贴少发了。"}, now=NOW)
    drafts.discard_blank(stale, beside=())
    assert Draft.objects.get(pk=draft.pk).data["text"] == "补贴少发了。"
    drafts.save(stale, data={"title": "补贴"}, now=NOW)
    assert Draft.objects.get(pk=draft.pk).data == {"text": "补贴少发了。", "title": "补贴"}


def test_what_is_typed_into_a_draft_that_was_just_thrown_away_is_kept(world: World) -> None:
    stale, draft = _twice(world)
    drafts.discard_blank(draft, beside=())
    assert not Draft.objects.exists()
    drafts.save(stale, data={"text": "补贴少发了。"}, now=NOW)
    kept = Draft.objects.get()
    assert (kept.pk, kept.owner_id, kept.data["text"]) == (stale.pk, world.staff["clerk"].pk, "补贴少发了。")


def test_a_scan_into_a_draft_that_was_just_thrown_away_is_kept(world: World) -> None:
    stale, draft = _twice(world)
    drafts.discard_blank(draft, beside=())
    file = documents.keep(io.BytesIO("来信".encode()), name="来信.txt", by="clerk", now=NOW)
    drafts.add_file(stale, file, now=NOW)
    drafts.discard_blank(stale, beside=())
    assert drafts.files(Draft.objects.get()) == [file]


def _twice(world: World) -> tuple[Draft, Draft]:
    """One blank draft as two requests hold it."""
    by, name = world.actor("clerk"), uuid.uuid4()
    return drafts.at_desk(by, name, now=NOW), drafts.at_desk(by, name, now=NOW)


def test_words_that_come_late_are_not_put_over_newer_ones(world: World) -> None:
    draft, case, by = (
        drafts.at_desk(world.actor("clerk"), uuid.uuid4(), now=NOW),
        world.register(),
        world.actor("clerk"),
    )
    sent = [("短", "k3x9-1", "短"), ("更长的话", "k3x9-3", "更长的话"), ("更长", "k3x9-2", "更长的话"), ("另一页", "zz-1", "另一页"), ("没有脚本", "", "没有脚本")]  # fmt: skip
    for typed, turn, kept in sent:
        drafts.save(draft, data={"text": typed}, now=NOW, turn=turn)
        step_drafts.keep(case, "note", by=by, now=NOW + timedelta(seconds=1), typed={"words": typed}, turn=turn)
        draft.refresh_from_db()
        found = step_drafts.kept(case, "note", by=by)
        assert draft.data["text"] == kept and found is not None and found[0] == {"words": kept}
    assert turns.turn_of({"turn": "k3x9-1"}) and not turns.turn_of({"turn": "x" * 50}) and not turns.turn_of({})


def test_a_turn_alone_is_no_words(world: World) -> None:
    draft = drafts.at_desk(world.actor("clerk"), uuid.uuid4(), now=NOW)
    drafts.save(draft, data={"text": " "}, now=NOW, turn="k3x9-1")
    assert drafts.is_blank(draft, beside=()) and not turns.is_typed(draft.data | {"text": ""})
