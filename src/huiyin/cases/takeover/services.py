"""Takes earlier cases over from a file: settled ones with their reply, open ones to be handled from now on.

Nothing is taken twice: a case is known by its source and its number there, so the same file again, or the rest of a file
after an interruption, adds only what is missing. No step, date or answer is made up for the past.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction

from huiyin.cases import services
from huiyin.cases.bulk import Batch, House
from huiyin.cases.models import Case
from huiyin.cases.takeover import columns, rows
from huiyin.cases.takeover.report import Report
from huiyin.cases.takeover.rows import Layout, Read
from huiyin.kernel.db import statistics
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.kernel.typed import one_line
from huiyin.orgs.models import Topic
from huiyin.people.models import Person
from huiyin.people.policy import Actor, may
from huiyin.people.roster.columns import plain_heading
from huiyin.people.roster.files import Source, reading, spooled
from huiyin.procedure.words import Words

PIECE = 500
LONGEST_SOURCE = 40
Progress = Callable[[int, int], None]


@dataclass
class Takeover:
    """A takeover on its way. `place` are the office and person who will be responsible."""

    by: Actor
    now: datetime
    source: str
    layout: Layout
    place: dict[str, int]
    report: Report
    house: House = field(default_factory=House)
    seen: dict[str, tuple[int, str]] = field(default_factory=dict)


def take_over(
    file: Source, *, by: Actor, now: datetime, source: str, channel: str = "", progress: Progress | None = None
) -> Report:
    """Takes the cases in a file over and says what came of each row; rows that can't be used don't stop the others.

    `source` names where they come from and, with the number that a case had there, tells it from all others; `channel` is
    the code for rows that name none. Refused for a file that can't be read or has not the columns; Forbidden.
    """
    if by.kind == "staff" and not (decision := may(by, "cases.import")):
        raise Forbidden(decision.why.zh, decision.why.en)
    with reading(file) as table:
        found = columns.match(table.headers)
        columns.check(found, table.headers)
        ignored = [heading for place, heading in enumerate(table.headers) if heading and place not in found]
        report = Report(table.headers, ignored)
    place = services.first_responsible(by, {})
    takeover = Takeover(by, now, _source(source), Layout(found, channel, _topics()), place, report)
    with spooled(file) as spool:
        report.total, report.remarks = spool.total, spool.remarks
        done = 0
        while piece := list(islice(spool.rows, PIECE)):
            _take_piece(takeover, [rows.read(row, takeover.layout) for row in piece])
            done += len(piece)
            if progress:
                progress(done, spool.total)
    statistics.renew(written=report.opened + report.closed)
    return report


def _source(typed: str) -> str:
    name = one_line(typed)
    if not 1 <= len(name) <= LONGEST_SOURCE:
        raise Refused(
            f"请写明从哪里来，最多{LONGEST_SOURCE}个字，例如“旧系统”。",
            f"Name the source in up to {LONGEST_SOURCE} characters, such as “old system”.",
            field="source",
        )
    return name


def _topics() -> dict[str, str]:
    """Codes of topics by all that may be written for them."""
    found: dict[str, str] = {}
    for topic in Topic.objects.filter(is_active=True).order_by("-code"):
        found |= {plain_heading(word): topic.code for word in (topic.code, topic.name_zh, topic.name_en)}
    return found


def _take_piece(takeover: Takeover, piece: Sequence[Read]) -> None:
    usable = [row for row in piece if not row.problems and _is_new_in_file(takeover, row)]
    try:
        made = _write(takeover, usable)
    except IntegrityError:  # another process took some of these over a moment ago: look again
        made = _write(takeover, usable)
    for row in piece:
        if row.problems:
            takeover.report.rejected.add(row.number, row.cells, row.problems)
        elif row.remarks and row.external_id in made:
            takeover.report.remarked.add(row.number, [made[row.external_id].no, *row.cells], row.remarks)


def _is_new_in_file(takeover: Takeover, row: Read) -> bool:
    """Whether no row above it has its number; one that says something else under the same number has to be mended."""
    number, digest = takeover.seen.setdefault(row.external_id, (row.number, row.digest))
    if number == row.number:
        return True
    if digest == row.digest:
        takeover.report.present += 1
    else:
        row.problems.append(
            Words(
                f"原编号“{row.external_id}”和第{number}行相同，内容不同。",
                f"External ID “{row.external_id}” is that of row {number}, which says something else.",
            )
        )
    return False


@transaction.atomic
def _write(takeover: Takeover, usable: Sequence[Read]) -> dict[str, Case]:
    """Registers the rows that are not here yet; gives the new cases by their numbers in the source."""
    usable = [row for row in usable if not row.problems]
    wanted = [row.external_id for row in usable]
    present = set(
        Case.objects.filter(source=takeover.source, external_id__in=wanted).values_list("external_id", flat=True)
    )
    fresh = [row for row in usable if row.external_id not in present]
    people = _people_by_id(fresh)
    batch = Batch(takeover.house)
    begun = [row for row in fresh if _begin(takeover, batch, row, people)]
    made = {case.external_id: case for case in batch.write()}
    takeover.report.present += len(present)
    takeover.report.closed += sum(row.action == "import_closed" for row in begun)
    takeover.report.opened += sum(row.action == "register" for row in begun)
    return made


def _begin(takeover: Takeover, batch: Batch, row: Read, people: dict[str, int]) -> bool:
    for one in row.people:
        one["person_id"] = people.get(one["id_number"])
    try:
        batch.begin(
            action=row.action, by=takeover.by, now=takeover.now, facts=row.facts, people=row.people,
            office=takeover.place["office"], staff=takeover.place["staff"],
            source=takeover.source, external_id=row.external_id,
        )  # fmt: skip
    except Refused as refused:
        row.refuse(refused)
        return False
    return True


def _people_by_id(fresh: Sequence[Read]) -> dict[str, int]:
    """Who on the roster has one of the ID numbers: the same number is the same person."""
    numbers = {one["id_number"] for row in fresh for one in row.people if one["id_number"]}
    return dict(Person.objects.filter(id_number__in=numbers).values_list("id_number", "pk"))
