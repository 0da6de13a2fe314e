"""A roster file on its way into the house: kept as it came, its columns chosen, previewed, then imported piece by piece.

Each piece is one transaction with its own place in the file, so that an import that was killed goes on where it stopped
and one that is run again changes nothing. Rows that can't be used are kept with the reasons; nothing is lost.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from huiyin.documents.services import store
from huiyin.documents.spreadsheets import Row
from huiyin.kernel import clock
from huiyin.kernel.db import bulk, statistics
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import queries
from huiyin.people.models import Person, PersonChange, RosterImport
from huiyin.people.persons import add_keys, rekey
from huiyin.people.policy import Actor, may
from huiyin.people.roster.columns import checked_columns
from huiyin.people.roster.files import Source, Spool, plan, reading, source_of, spooled
from huiyin.people.roster.problems import keep_problems, problems_of, write_problems
from huiyin.people.roster.sorting import CHANGED, NEW, REJECTED, SAME, RosterRow, Seen, Target, read_row, sort
from huiyin.procedure.words import Words

PIECE = 1000
PREVIEW = 20
WIDEST = 1 << 14
Progress = Callable[[int, int], None]
_State = RosterImport.State
_STOPPED = Words("中途停下，后来重新导入了。", "Stopped half-way; imported again later.")
_COLUMNS = [column.name for column in Person._meta.concrete_fields if not column.primary_key]


def begin(*, stream: IO[bytes], name: str, office: Office, by: Actor, now: datetime) -> RosterImport:
    """Keeps an uploaded file and matches its columns; nothing is imported before `run`.

    Refused when it is no table; Forbidden where the actor may not import for that office. An import of the same file
    that stopped half-way is closed: this one finds its people and goes on from there.
    """
    _check_right(by, office)
    sha256, _ = store().put(stream)
    seen = plan(Source(store().path(sha256), name))
    stopped = RosterImport.objects.filter(sha256=sha256, office=office, by_id=by.staff_id, state=_State.RUNNING)
    stopped.update(state=_State.FAILED, message=_STOPPED.as_dict())
    return RosterImport.objects.create(
        office=office,
        by_id=by.staff_id,
        at=now,
        name=name[:200],
        sha256=sha256,
        sheet=seen.sheet[:100],
        heading_row=seen.heading_row,
        columns=seen.columns,
    )


def choose(*, roster_import: RosterImport, columns: Mapping[int, str], sheet: str | None = None) -> RosterImport:
    """Sets which place holds which field, and the sheet. Refused as in `checked_columns`, and after the import began."""
    seen = plan(replace(source_of(roster_import), sheet=sheet or roster_import.sheet))
    chosen = checked_columns(columns, len(seen.headings))
    changed = RosterImport.objects.filter(pk=roster_import.pk, state=_State.UPLOADED).update(
        columns=chosen, sheet=seen.sheet[:100], heading_row=seen.heading_row
    )
    if not changed:
        raise Conflict("导入已经开始，不能再改列。", "The import has begun; its columns can't be changed.")
    roster_import.refresh_from_db()
    return roster_import


def preview(roster_import: RosterImport, *, on: date, limit: int = PREVIEW) -> list[RosterRow]:
    """What the first rows would do (`outcome`, `problems`, `person`, `changes`); nothing is written."""
    place = target_of(roster_import, on=on)
    with reading(source_of(roster_import)) as table:
        rows = [read_row(row, place) for row in islice(table.rows, limit)]
    sort(rows, place, Seen())
    return rows


def survey(
    source: Source, target: Target, *, remarks: list[Words], progress: Progress | None = None
) -> Iterator[RosterRow]:
    """Every row of a file with what it would do; nothing is written and the file is not kept.

    What is to be said about the file as a whole is added to `remarks`.
    """
    seen, done, progress = Seen(), 0, progress or _silent
    with spooled(source) as spool:
        remarks += spool.remarks
        progress(0, spool.total)
        while piece := [read_row(row, target) for row in islice(spool.rows, PIECE)]:
            sort(piece, target, seen)
            yield from piece
            done += len(piece)
            progress(done, spool.total)


def run(import_id: int, *, now: datetime, progress: Progress | None = None) -> RosterImport:
    """Imports the file, or goes on where an earlier run stopped; gives the import with its figures.

    `progress(rows done, rows in all)` is called once the file was read and after each piece of a thousand rows. A file that turns out to be damaged
    ends in state `failed` with its words in `message`, before anything was imported. Conflict: another run is at it.
    """
    found = RosterImport.objects.select_related("office").get(pk=import_id)
    if found.state == _State.DONE:
        return found
    RosterImport.objects.filter(pk=found.pk).update(state=_State.RUNNING, message={})
    try:
        with spooled(source_of(found)) as spool:
            RosterImport.objects.filter(pk=found.pk).update(total=spool.total)
            _import_rows(found, spool, now, progress or _silent)
            _finish(found, spool)
    except Conflict:
        raise
    except Refused as refused:
        words = {"zh": refused.zh, "en": refused.en}
        RosterImport.objects.filter(pk=found.pk).update(state=_State.FAILED, message=words)
    found.refresh_from_db()
    return found


def target_of(roster_import: RosterImport, *, on: date) -> Target:
    """Where the rows of an import go."""
    columns = {int(place): field for place, field in roster_import.columns.items()}
    return target_at(roster_import.office, columns, on=on)


def target_at(office: Office, columns: Mapping[int, str], *, on: date) -> Target:
    """Where rows go: offices by name within the unit of that office, `upper/name` where two share a name."""
    unit = orgs.unit_of(office)
    reach = frozenset(orgs.subtree_ids(unit.path))
    return Target(checked_columns(columns, WIDEST), office.pk, _offices_by_name(unit), reach, on)


def _offices_by_name(unit: Office) -> dict[str, int]:
    offices = list(orgs.offices_below(unit).select_related("parent"))
    names = [office.name for office in offices]
    single = {office.name: office.pk for office in offices if names.count(office.name) == 1}
    return single | {f"{office.parent.name}/{office.name}": office.pk for office in offices if office.parent}


def _import_rows(found: RosterImport, spool: Spool, now: datetime, progress: Progress) -> None:
    place, done = target_of(found, on=clock.on(now)), found.done
    seen = _seen_before(found, islice(spool.rows, done), place)
    progress(done, spool.total)
    while piece := list(islice(spool.rows, PIECE)):
        _import_piece(found, piece, place, seen, now, done)
        done += len(piece)
        progress(done, spool.total)


def _silent(done: int, total: int) -> None:
    """For those who don't watch."""


def _seen_before(found: RosterImport, rows: Iterator[Row], target: Target) -> Seen:
    """What an earlier run accepted, so that doubles are noticed across an interruption."""
    seen, rejected = Seen(), set(found.problems.values_list("row", flat=True))
    for raw in rows:
        if raw.number not in rejected:
            row = read_row(raw, target)
            seen.add(row, row.values.get("office_id", target.office_id))
    return seen


def _import_piece(found: RosterImport, piece: list[Row], target: Target, seen: Seen, now: datetime, done: int) -> None:
    try:
        with transaction.atomic():
            rows = _bring(found, piece, target, seen, now)
            _advance(found, rows, done)
    except IntegrityError:  # somebody entered one of these people meanwhile: find out which
        with transaction.atomic():
            rows = [_bring_one(found, raw, target, seen, now) for raw in piece]
            _advance(found, rows, done)


def _bring(found: RosterImport, piece: list[Row], target: Target, seen: Seen, now: datetime) -> list[RosterRow]:
    rows = [read_row(raw, target) for raw in piece]
    sort(rows, target, seen)
    _write(found, rows, now)
    return rows


def _bring_one(found: RosterImport, raw: Row, target: Target, seen: Seen, now: datetime) -> RosterRow:
    try:
        with transaction.atomic():
            return _bring(found, [raw], target, seen, now)[0]
    except IntegrityError:
        row = read_row(raw, target)
        row.reject(
            Refused(
                "证件号码或工号和名册上的另一个人重复，没有导入。",
                "The ID number or staff number belongs to somebody else on the roster; not imported.",
                code="taken",
            )
        )
        return row


def _write(found: RosterImport, rows: list[RosterRow], now: datetime) -> None:
    new = [row.person for row in rows if row.outcome == NEW and row.person]
    changed = [row for row in rows if row.outcome == CHANGED and row.person]
    for person in (*new, *(row.person for row in changed if row.person)):
        person.changed_at = now
    Person.objects.bulk_create(new)
    add_keys(new)
    _write_changed(changed)
    _remember(
        found,
        now,
        [(person.pk, {}) for person in new] + [(row.person.pk, row.changes) for row in changed if row.person],
    )


def _remember(found: RosterImport, now: datetime, changes: list[tuple[int, dict[str, list[str]]]]) -> None:
    """Writes the history: {} for people who were entered."""
    at, source = bulk.as_stored(PersonChange, "at", now), f"import:{found.pk}"
    rows = ((pk, at, found.by_id, source, json.dumps(changed, ensure_ascii=False)) for pk, changed in changes)
    bulk.insert(PersonChange, ("person", "at", "by", "source", "changes"), rows)


def _write_changed(rows: list[RosterRow]) -> None:
    """One insert that updates on conflict: bulk_update would build a CASE for every column and row."""
    people = [row.person for row in rows if row.person]
    if people:
        Person.objects.bulk_create(people, update_conflicts=True, unique_fields=["id"], update_fields=_COLUMNS)
    rekey([row.person for row in rows if row.person and not row.changes.keys().isdisjoint(("name", "office_id"))])


def _advance(found: RosterImport, rows: list[RosterRow], done: int) -> None:
    """Counts a piece and keeps its problems, if no other run has counted it already."""
    counts = {outcome: sum(row.outcome == outcome for row in rows) for outcome in (NEW, CHANGED, SAME, REJECTED)}
    moved = RosterImport.objects.filter(pk=found.pk, done=done).update(
        done=done + len(rows),
        created=F("created") + counts[NEW],
        updated=F("updated") + counts[CHANGED],
        unchanged=F("unchanged") + counts[SAME],
        rejected=F("rejected") + counts[REJECTED],
    )
    if not moved:
        raise Conflict("这份名册正在另一处导入。", "This roster is being imported by another process.")
    keep_problems(found, (row for row in rows if row.outcome == REJECTED))


def _finish(found: RosterImport, spool: Spool) -> None:
    errors = _errors_file(found)
    remarks = [words.as_dict() for words in spool.remarks]
    message = {"remarks": remarks} if remarks else {}
    RosterImport.objects.filter(pk=found.pk).update(state=_State.DONE, errors_sha256=errors, message=message)
    statistics.renew(written=spool.total)


def _errors_file(found: RosterImport) -> str:
    """The SHA-256 of the file of rows to mend; empty when every row was used."""
    if not found.problems.exists():
        return ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problems.xlsx"
        write_errors(found, path, language=settings.LANGUAGE_CODE)
        with path.open("rb") as stream:
            return store().put(stream)[0]


def write_errors(roster_import: RosterImport, path: Path, *, language: str) -> None:
    """Writes the rows that were not imported as .xlsx, what to mend beside each, in the reader's language."""
    headings = plan(source_of(roster_import)).headings
    write_problems(path, headings, problems_of(roster_import), language=language)


def _check_right(by: Actor, office: Office) -> None:
    if by.kind == "system":
        return
    decision = may(by, "roster.import")
    if not decision:
        raise Forbidden(decision.why.zh, decision.why.en)
    if office.pk not in queries.reach(by):
        raise Forbidden("只能导入本单位的名册。", "Only the roster of one's own unit can be imported.", field="office")
