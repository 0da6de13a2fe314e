"""Ways to change the database past the program, of one who knows how it works. Each does something for sure, or raises."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, models

from huiyin.cases.models import Case, CaseEvent
from huiyin.kernel.db import append_only
from huiyin.ledger import keys, notes, reading, tiles, tree
from huiyin.ledger.commitments import KINDS, value_of
from huiyin.ledger.models import Checkpoint, Commitment, Tile

Chance = random.Random
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    CaseEvent: (
        "seq", "action", "from_state", "to_state", "at", "by_kind", "by_id", "by_name", "facts", "effects", "key", "case_id",
    ),
    Case: ("no", "title", "text", "channel", "received_on", "registered_at"),
    Commitment: ("kind", "owner", "place", "salt", "value", "index"),
    Tile: ("level", "number", "hashes"),
    Checkpoint: ("number", "size", "note"),
}  # fmt: skip
TABLES = tuple(COLUMNS)


class NothingDone(Exception):
    """This way was not open here."""


def without_triggers() -> None:
    """Takes the protection of the tables away, as whoever changes them would."""
    for table in append_only.TABLES:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def any_row(chance: Chance, model: type[models.Model], **conditions: Any) -> Any:
    pks = list(model._default_manager.filter(**conditions).order_by("pk").values_list("pk", flat=True))
    return model._default_manager.get(pk=chance.choice(pks))


def put(row: models.Model, **values: Any) -> None:
    assert type(row)._default_manager.filter(pk=row.pk).update(**values) == 1


def remove(found: models.QuerySet[Any]) -> None:
    found._raw_delete(found.db)


def other(value: Any, chance: Chance) -> Any:
    """A value of the same kind that is not the same."""
    if isinstance(value, bool) or value is None:
        return chance.randint(1, 5)
    if isinstance(value, bytes | memoryview):
        return _other_bytes(bytes(value), chance)
    if isinstance(value, int):
        return value + chance.choice((1, -1, 2, 1000))
    if isinstance(value, str):
        return _other_text(value, chance)
    if isinstance(value, dict):
        return _other_facts(value, chance)
    return value + chance.choice((-1, 1)) * timedelta(days=chance.randint(1, 400))


def _other_bytes(value: bytes, chance: Chance) -> bytes:
    place = chance.randrange(len(value))
    changed = value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1 :]
    return chance.choice((changed, changed, value[:-1], value + b"\0"))


def _other_text(value: str, chance: Chance) -> str:
    place = chance.randrange(len(value) + 1)
    return value[:place] + chance.choice("x改0") + value[place + chance.randint(0, 1) :][:90] + "."


def _other_facts(value: dict[str, Any], chance: Chance) -> dict[str, Any]:
    name = chance.choice([*value, "new"])
    return (
        {**value, name: "changed"}
        if chance.random() < 0.7 or name == "new"
        else {key: kept for key, kept in value.items() if key != name}
    )


def change(chance: Chance) -> None:
    """One value of one row, back-dated moments among them."""
    model = chance.choice(TABLES)
    name = chance.choice(COLUMNS[model])
    row = any_row(chance, model)
    put(row, **{name: other(getattr(row, name), chance)})


def back_date(chance: Chance) -> None:
    row = any_row(chance, CaseEvent)
    put(row, at=row.at - timedelta(seconds=chance.randint(1, 10**7)))


def delete(chance: Chance) -> None:
    model = chance.choice(TABLES)
    remove(model._default_manager.filter(pk=any_row(chance, model).pk))


def delete_with_commitment(chance: Chance) -> None:
    """An event and all that is known of it, but for the tree."""
    row = any_row(chance, CaseEvent)
    remove(Commitment.objects.filter(kind="event", owner=row.case_id, place=row.seq))
    remove(CaseEvent.objects.filter(pk=row.pk))


def insert(chance: Chance) -> None:
    """A copy of a row in another place."""
    model = chance.choice((CaseEvent, Commitment, Tile, Checkpoint))
    row = any_row(chance, model)
    free = 1000 + chance.randint(0, 1000)
    row.pk = None
    for name, value in {"seq": free, "key": None, "place": free, "index": free, "number": free, "size": free}.items():
        if hasattr(row, name):
            setattr(row, name, value)
    row.save(force_insert=True)


def insert_in_order(chance: Chance) -> None:
    """An event after the last one of its case, with a commitment that takes the place of another's entry."""
    row, robbed = any_row(chance, CaseEvent), any_row(chance, Commitment)
    row.pk, row.key, row.seq = None, None, CaseEvent.objects.filter(case=row.case_id).count() + 1
    row.save(force_insert=True)
    put(robbed, kind="event", owner=row.case_id, place=row.seq)
    recommit("event", row.case_id, row.seq)


def swap(chance: Chance) -> None:
    """What two rows of a table hold, in one column that tells them apart."""
    model, name = chance.choice(((CaseEvent, "facts"), (CaseEvent, "at"), (CaseEvent, "seq"), (Commitment, "index"), (Commitment, "value"),
                                 (Commitment, "salt"), (Tile, "hashes"), (Checkpoint, "note"), (Case, "title")))  # fmt: skip
    one, two = any_row(chance, model), any_row(chance, model)
    first, second = getattr(one, name), getattr(two, name)
    if first == second:
        raise NothingDone
    if name in ("seq", "index"):
        put(one, **{name: 5000})
    put(two, **{name: first})
    put(one, **{name: second})


def truncate(chance: Chance) -> None:
    """The last rows of one table."""
    model = chance.choice(TABLES)
    keep = chance.randrange(model._default_manager.count())
    last = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[keep:])
    remove(model._default_manager.filter(pk__in=last))


def forge(chance: Chance) -> None:
    """An event, its commitment and the whole tree above it: all but the signature."""
    row = any_row(chance, CaseEvent)
    put(row, **{(name := chance.choice(("by_name", "at", "facts"))): other(getattr(row, name), chance)})
    recommit("event", row.case_id, row.seq)
    grow_anew()


def lose_with_tree(chance: Chance) -> None:
    """An event out of the middle, with everything after it moved up and the tree grown anew."""
    lost = any_row(chance, Commitment, kind="event")
    remove(CaseEvent.objects.filter(case=lost.owner, seq=lost.place))
    remove(Commitment.objects.filter(pk=lost.pk))
    for row in Commitment.objects.filter(index__gt=lost.index).order_by("index"):
        put(row, index=(row.index or 0) - 1)
    grow_anew()


WAYS: tuple[Callable[[Chance], None], ...] = (
    change, change, change, back_date, delete, delete_with_commitment, insert, insert_in_order, swap, truncate, forge, lose_with_tree,
)  # fmt: skip


def roll_back(chance: Chance) -> None:
    """To an earlier checkpoint: nothing is left of what came after it."""
    head = any_row(chance, Checkpoint, number__lt=reading.latest().number)  # type: ignore[union-attr]
    for row in Commitment.objects.filter(index__gte=head.size):
        remove(
            CaseEvent.objects.filter(case=row.owner, seq=row.place)
            if row.kind == "event"
            else Case.objects.filter(pk=row.owner)
        )
    remove(Commitment.objects.filter(index__gte=head.size))
    remove(Checkpoint.objects.filter(number__gt=head.number))
    grow_anew()


def rewrite(chance: Chance) -> None:
    """By whoever holds the key: the history as they want it, signed anew."""
    forge(chance)
    for row in Checkpoint.objects.all():
        head = notes.Checkpoint(keys.origin(), row.size, tree.root(row.size, reading.nodes()))
        put(row, note=keys.signer().sign(str(head)))


def recommit(kind: str, owner: int, place: int) -> None:
    row = Commitment.objects.get(kind=kind, owner=owner, place=place)
    content = next(each.content for each in KINDS[kind].rows() if (each.owner, each.place) == (owner, place))
    put(row, value=value_of(bytes(row.salt), content))


def grow_anew() -> None:
    remove(Tile.objects.all())
    leaves = [tree.leaf_hash(value) for value in reading.entries(0, 10**6)]
    grown = tiles.grown(0, leaves, lambda *_: b"")
    Tile.objects.bulk_create(
        Tile(level=level, number=number, hashes=hashes) for (level, number), hashes in grown.items()
    )
