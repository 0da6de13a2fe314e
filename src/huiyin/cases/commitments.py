"""What the ledger holds of cases: a commitment to every event, and to every receipt.

The receipt's content is what the petitioner may show to prove that the matter was handed in: number, days, title and the hash of
the words. An event's content is the whole row. Moments are cut to milliseconds: `dumpdata` keeps no more when a database is moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from operator import attrgetter
from typing import Any

from huiyin.cases.models import Case, CaseEvent
from huiyin.ledger.commitments import Kind, Row, canonical, commit

EVENT, RECEIPT = "event", "receipt"
EVENT_FIELDS = (
    "seq", "action", "from_state", "to_state", "at", "by_kind", "by_id", "by_name", "facts", "effects", "key",
)  # fmt: skip
RECEIPT_FIELDS = ("no", "title", "text", "channel", "received_on", "registered_at")
READ_AT_ONCE = 2000
_event_values = attrgetter(*EVENT_FIELDS)
_receipt_values = attrgetter(*RECEIPT_FIELDS)


def write(events: Iterable[CaseEvent]) -> None:
    """Commits to events that were just saved, and to the receipt of a case with its first one. The case has its key."""
    commit(row for event in events for row in _rows_of(event))


def _rows_of(event: CaseEvent) -> Iterator[Row]:
    case = event.case
    yield event_row(case.pk, _event_values(event))
    if event.seq == 1:
        yield receipt_row(case.pk, _receipt_values(case))


def event_row(case_id: int, values: Sequence[Any]) -> Row:
    """An event to commit to, from the values of EVENT_FIELDS."""
    content = dict(zip(EVENT_FIELDS, values, strict=True), case=case_id)
    content["at"] = content["at"].astimezone(UTC).isoformat(timespec="milliseconds")
    return Row(EVENT, case_id, content["seq"], canonical(EVENT, content))


def receipt_row(case_id: int, values: Sequence[Any]) -> Row:
    """A receipt to commit to, from the values of RECEIPT_FIELDS."""
    return Row(RECEIPT, case_id, 0, canonical(RECEIPT, receipt_content(values)))


def receipt_content(values: Sequence[Any]) -> dict[str, str]:
    """What a receipt says; the letter's own words as their SHA-256."""
    known = dict(zip(RECEIPT_FIELDS, values, strict=True))
    return {
        "no": known["no"],
        "title": known["title"],
        "text_sha256": hashlib.sha256(known["text"].encode()).hexdigest(),
        "channel": str(known["channel"]),
        "received_on": known["received_on"].isoformat(),
        "registered_at": known["registered_at"].astimezone(UTC).isoformat(timespec="milliseconds"),
    }


def events(model: Any = CaseEvent) -> Iterator[Row]:
    """All events, in the order of case and place. `model` is CaseEvent, or what a migration knows of it."""
    read = model.objects.order_by("case_id", "seq").values_list("case_id", *EVENT_FIELDS)
    for case_id, *values in read.iterator(chunk_size=READ_AT_ONCE):
        yield event_row(case_id, values)


def receipts(model: Any = Case) -> Iterator[Row]:
    """All receipts, in the order of cases."""
    read = model.objects.order_by("pk").values_list("pk", *RECEIPT_FIELDS)
    for case_id, *values in read.iterator(chunk_size=READ_AT_ONCE):
        yield receipt_row(case_id, values)


KINDS = (Kind(EVENT, events), Kind(RECEIPT, receipts))
