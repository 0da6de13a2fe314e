"""What waits is entered once and in order, whatever happens on the way; a log that was changed is not continued."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from huiyin.commands import look_at_the_ledger
from huiyin.ledger import keys, reading, sequencing, tree
from huiyin.ledger.commitments import Row, commit, value_of
from huiyin.ledger.models import Checkpoint, Commitment, Tile
from huiyin.ledger.notes import Checkpoint as Head
from huiyin.ledger.sequencing import Broken


def add(count: int, *, kind: str = "test") -> None:
    first = Commitment.objects.filter(kind=kind).count()
    commit(Row(kind, number, 0, f"row {number}".encode()) for number in range(first, first + count))


def entries() -> list[bytes]:
    return [bytes(value) for value in Commitment.objects.order_by("index").values_list("value", flat=True)]


def head() -> Head:
    signed = reading.head()
    assert signed is not None
    return signed


@pytest.mark.django_db
def test_entries_stand_in_the_order_of_their_ids() -> None:
    for count in (3, 254, 600):
        add(count)
        assert sequencing.sequence_all() == count
    places = list(Commitment.objects.order_by("pk").values_list("index", flat=True))
    assert places == list(range(857))
    assert head().root == tree.over(map(tree.leaf_hash, entries()))
    assert list(Checkpoint.objects.order_by("number").values_list("number", "size")) == [(1, 3), (2, 257), (3, 857)]


@pytest.mark.django_db
def test_a_commitment_is_the_hash_of_salt_and_content() -> None:
    add(2)
    first, second = Commitment.objects.order_by("pk")
    assert bytes(first.value) == value_of(bytes(first.salt), b"row 0")
    assert len(first.salt) == 32 and bytes(first.salt) != bytes(second.salt)


@pytest.mark.django_db
def test_nothing_is_signed_where_nothing_waits() -> None:
    assert sequencing.sequence_all() == 0
    assert reading.head() is None


@pytest.mark.django_db
def test_a_row_is_committed_to_once() -> None:
    add(1)
    with pytest.raises(Exception, match=r"committed_to_once|UNIQUE"), transaction.atomic():
        commit([Row("test", 0, 0, b"other")])


@pytest.mark.django_db
def test_the_name_of_the_log_stays_when_the_address_changes(settings: object) -> None:
    add(1)
    sequencing.sequence_all()
    settings.BASE_URL = "https://elsewhere.example"  # type: ignore[attr-defined]
    add(1)
    sequencing.sequence_all()
    assert keys.origin() == head().origin == "127.0.0.1:8000/ledger"


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["tile", "root", "key"])
def test_a_log_that_was_changed_is_not_continued(change: str, settings: object) -> None:
    add(300)
    sequencing.sequence_all()
    if change == "tile":
        row = Tile.objects.get(level=0, number=1)
        Tile.objects.filter(pk=row.pk).update(hashes=bytes(32) + bytes(row.hashes)[32:])
    elif change == "root":
        Checkpoint.objects.update(size=299)
    else:
        settings.LEDGER_KEY = bytes(32)  # type: ignore[attr-defined]
    add(1)
    with pytest.raises(Broken):
        sequencing.sequence_all()
    assert sequencing.waiting() == 1


@pytest.mark.django_db
def test_a_changed_log_is_told_of_at_the_start_and_a_sound_one_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    look_at_the_ledger()
    add(300)
    sequencing.sequence_all()
    add(1)
    look_at_the_ledger()
    assert capsys.readouterr().err == ""
    Commitment.objects.filter(index=299).delete()
    look_at_the_ledger()
    said = capsys.readouterr().err
    assert "存证账" in said and "huiyin verify" in said


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_entry_leaves_nothing_behind() -> None:
    """Whatever statement is the last one: afterwards all is as before, and the next run gives the whole log."""
    add(300)
    for last in range(1, 40):
        with connection.execute_wrapper(Interrupted(last)):
            try:
                sequencing.sequence()
            except KeyboardInterrupt:
                assert (Tile.objects.count(), Checkpoint.objects.count(), sequencing.waiting()) == (0, 0, 300)
                continue
        break
    else:
        pytest.fail("it never ended")
    assert last > 8
    assert head().root == tree.over(map(tree.leaf_hash, entries()))


class Interrupted:
    """Stands for the end of the process before a statement."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, execute: object, sql: str, params: object, many: bool, context: object) -> object:
        if not sql.startswith(("ROLLBACK", "SAVEPOINT", "RELEASE")):
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return execute(sql, params, many, context)  # type: ignore[operator]


@pytest.mark.django_db(transaction=True)
def test_two_workers_enter_everything_once() -> None:
    add(500)
    both, entered = Barrier(2), []

    def work() -> None:
        both.wait()
        entered.append(sequencing.sequence_all())
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(entered) == 500
    assert head().root == tree.over(map(tree.leaf_hash, entries()))
