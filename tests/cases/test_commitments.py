"""Every act leaves a commitment, in its own transaction; what came before the ledger is committed to by the migration."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import transaction

from huiyin.cases import commitments
from huiyin.cases.bulk import Batch, House
from huiyin.cases.models import Case, CaseEvent
from huiyin.ledger.commitments import value_of
from huiyin.ledger.models import Commitment
from tests.cases.test_bulk import begin, walk
from tests.world import NOW, World

MIGRATION = import_module("huiyin.cases.migrations.0028_commit_to_the_record")


def kept() -> dict[tuple[str, int, int], tuple[bytes, bytes]]:
    rows = Commitment.objects.values_list("kind", "owner", "place", "salt", "value")
    return {(kind, owner, place): (bytes(salt), bytes(value)) for kind, owner, place, salt, value in rows}


def check_all() -> None:
    """Each event and receipt, as it is read again, is what its commitment says; there is no other commitment."""
    rows = [*commitments.events(), *commitments.receipts()]
    assert {(row.kind, row.owner, row.place) for row in rows} == kept().keys()
    for row in rows:
        salt, value = kept()[row.kind, row.owner, row.place]
        assert value == value_of(salt, row.content)


@pytest.mark.parametrize("state", ["concluded", "archived"])
def test_every_event_and_the_receipt_are_committed_to(world: World, state: str) -> None:
    world.case(state)
    assert Commitment.objects.count() == CaseEvent.objects.count() + 1
    check_all()


def test_what_is_written_in_bulk_is_committed_to(world: World) -> None:
    world.path(NOW, "archived")
    with transaction.atomic():
        batch = Batch(House())
        for _ in range(3):
            walk(batch, world, begin(batch, world), "archived")
        batch.write()
    assert Commitment.objects.count() == CaseEvent.objects.count() + 3
    check_all()


def test_an_act_that_failed_leaves_no_commitment(world: World) -> None:
    world.case("concluded")
    before = Commitment.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        world.case("concluded")
        1 / 0  # noqa: B018
    assert Commitment.objects.count() == before


def test_the_migration_commits_to_what_is_older(world: World) -> None:
    world.case("archived")
    Commitment.objects.all().delete()
    MIGRATION.commit_to_the_record(apps, None)
    assert Commitment.objects.count() == CaseEvent.objects.count() + 1
    check_all()


def test_a_database_that_is_moved_keeps_its_commitments(world: World) -> None:
    world.case("archived", now=NOW.replace(microsecond=123456))
    for model, rows in ((CaseEvent, commitments.event_row), (Case, commitments.receipt_row)):
        for row in serializers.deserialize("jsonl", serializers.serialize("jsonl", model.objects.all())):
            made = rows(*values(row.object))
            salt, value = kept()[made.kind, made.owner, made.place]
            assert value == value_of(salt, made.content)
    dumped = serializers.serialize("jsonl", Commitment.objects.all())
    moved = [row.object for row in serializers.deserialize("jsonl", dumped)]
    assert {bytes(row.value) for row in moved} == {value for _, value in kept().values()}


def values(row: Any) -> tuple[int, list[Any]]:
    if isinstance(row, CaseEvent):
        return row.case_id, [getattr(row, name) for name in commitments.EVENT_FIELDS]
    return row.pk, [getattr(row, name) for name in commitments.RECEIPT_FIELDS]


def test_a_receipt_tells_nothing_but_what_it_says(world: World) -> None:
    case = Case.objects.get(pk=world.case("concluded").pk)
    content = commitments.receipt_content([getattr(case, name) for name in commitments.RECEIPT_FIELDS])
    assert {"no", "title", "text_sha256", "channel", "received_on", "registered_at"} == content.keys()
    assert case.text not in str(content) and case.receipt_code not in str(content)
