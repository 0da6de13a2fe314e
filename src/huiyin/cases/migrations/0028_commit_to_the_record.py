"""Commits to every event and receipt that was written before there was a ledger; the worker enters them into the log."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import migrations

from huiyin.cases import commitments
from huiyin.ledger.commitments import Row, commit

AT_ONCE = 5000


def commit_to_the_record(apps: Any, _: Any) -> None:
    for rows in (
        commitments.events(apps.get_model("cases", "CaseEvent")),
        commitments.receipts(apps.get_model("cases", "Case")),
    ):
        for part in _parts(rows):
            commit(part)


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while part := list(islice(rows, AT_ONCE)):
        yield part


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_ratings_of_each_answer"), ("ledger", "0001_the_log")]
    operations = [migrations.RunPython(commit_to_the_record, migrations.RunPython.noop, elidable=True)]
