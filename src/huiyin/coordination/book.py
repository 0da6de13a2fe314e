"""The review book (梳理册): every matter on the agenda of a monthly review in a line or two, late ones first, with room for the decision.

The first page holds five counts with their definitions. Made from the rows as they stand; a fixed number of queries.
"""

from __future__ import annotations

# data: the book is an official paper in the law's language
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F, Prefetch

from huiyin.cases import policy
from huiyin.cases.models import Case, CaseEvent, CaseTask
from huiyin.coordination.models import Meeting
from huiyin.documents.letters import press
from huiyin.documents.letters.wording import said
from huiyin.documents.table_writing import write_table
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people.ids import mask_name
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import SOON_WORKDAYS, due_words, urgency
from huiyin.procedure.editions import edition
from huiyin.procedure.states import STATES
from huiyin.procedure.terms import TERMS

SECTIONS = {
    "late": "已超期",
    "soon": f"{SOON_WORKDAYS}个工作日内到期",
    "calm": "还在期限内",
    "none": "没有在走的办理期限",
    "closed": "列入以后办结的",
}
HEADERS = (
    "序号",
    "编号",
    "事项",
    "信访人",
    "科室",
    "责任人",
    "期限",
    "还剩",
    "依据",
    "到了哪一步",
    "等什么",
    "协办",
    "最近一步",
    "决定",
)
LONGEST = 60
_HIDDEN = "密封的，或者反映的就是看册子的人所在单位的。"


@dataclass(frozen=True)
class Line:
    """A matter of the book."""

    place: int
    no: str
    title: str
    petitioner: str
    office: str
    responsible: str
    due_on: str
    left: str
    article: str
    state: str
    waits_for: str
    tasks: str
    last: str
    section: str
    decision: str = ""


@dataclass(frozen=True)
class Book:
    """The whole book: its title, its counts with their definitions, its lines in the order of the agenda within each section."""

    title: str
    unit: str
    made_at: datetime
    counts: list[tuple[str, int, str]]
    lines: list[Line]


def of(meeting: Meeting, *, reader: Actor, now: datetime) -> Book:
    """The book of a monthly review, without what is sealed or about the reader's office (Arts. 28, 30)."""
    today, calendar = clock.on(now), orgs.calendar()
    order, cases = _cases(meeting, reader)
    lines = [_line(place, cases[pk], today, calendar) for place, pk in enumerate(order, 1) if pk in cases]
    names = list(SECTIONS)
    lines.sort(key=lambda line: (names.index(line.section), line.place))
    month = meeting.month or meeting.held_on
    title = f"{month.year}年{month.month}月未办结事项梳理册"
    hidden = [("不便列出", len(order) - len(cases), _HIDDEN)] if len(cases) < len(order) else []
    return Book(title, meeting.office.name, now, [*_counts(lines, cases), *hidden], lines)


def _cases(meeting: Meeting, reader: Actor) -> tuple[list[int], dict[int, Case]]:
    """The ids in the order of the agenda, and the cases with their open tasks and their last act (four queries)."""
    order = list(meeting.items.values_list("case_id", flat=True))
    on = Case.objects.filter(policy.known(reader), sealed=False, pk__in=meeting.items.values("case_id"))
    opened = CaseTask.objects.filter(state=CaseTask.State.OPEN).select_related("office", "person")
    last = CaseEvent.objects.filter(seq=F("case__version")).defer("facts", "effects")
    rows = on.select_related("office", "responsible").defer("text", "marks").prefetch_related(
        Prefetch("tasks", opened, to_attr="waiting"), Prefetch("events", last, to_attr="latest")
    )  # fmt: skip
    return order, {case.pk: case for case in rows}


def _line(place: int, case: Any, today: date, calendar: Calendar) -> Line:
    term = TERMS.get(case.due_term)
    duty = bool(case.is_open and case.due_on and term and term.duty == "office")
    section = _section(case, duty, today, calendar)
    state = STATES[case.state]
    return Line(
        place, case.no, case.title, mask_name(case.petitioner_name) if case.petitioner_name else "没有署名",
        case.office.name if case.office else "", case.responsible.name if case.responsible else "",
        said(case.due_on) if duty else "", due_words(case.due_on, today, calendar).zh if duty else "",
        term.citation.zh if duty and term else "", state.name.zh, state.waits_for.zh, _tasks(case.waiting, today), _last(case), section,
    )  # fmt: skip


def _section(case: Case, duty: bool, today: date, calendar: Calendar) -> str:
    if not case.is_open:
        return "closed"
    if not duty or case.due_on is None:
        return "none"
    return {"late": "late", "today": "soon", "soon": "soon"}.get(urgency(case.due_on, today, calendar), "calm")


def _tasks(waiting: list[CaseTask], today: date) -> str:
    return "；".join(
        f"{task.office.name}{task.person.name}{'，晚了，应在' if task.due_on < today else ''}{said(task.due_on)}前回复"
        for task in waiting
    )


def _last(case: Any) -> str:
    if not case.latest:
        return ""
    event = case.latest[0]
    return f"{said(clock.on(event.at))}　{edition(case.edition).action(event.action).done.zh}"


def _counts(lines: list[Line], cases: dict[int, Any]) -> Iterator[tuple[str, int, str]]:
    open_ones = [line for line in lines if line.section != "closed"]
    yield "在办", len(open_ones), "还没有办结的事项，每件只算一次。"
    yield "已超期", _in(lines, "late"), "办理单位的法定期限已经过了，应做的还没有做的。"
    yield "快到期", _in(lines, "soon"), f"法定期限在{SOON_WORKDAYS}个工作日以内，今天到期的也算。"
    yield (
        "等签发",
        sum(case.is_open and case.state == "approved" for case in cases.values()),
        "意见已经核签，等单位负责人签发的。",
    )
    yield (
        "协办没回复",
        sum(bool(case.is_open and case.waiting) for case in cases.values()),
        "请别的科室、单位协办，至少有一项还没有回复的。",
    )


def _in(lines: list[Line], section: str) -> int:
    return sum(line.section == section for line in lines)


def pdf(book: Book) -> bytes:
    """The book on A4, landscape."""
    groups = [
        {"name": name, "lines": [asdict(line) for line in book.lines if line.section == code]}
        for code, name in SECTIONS.items()
        if _in(book.lines, code)
    ]
    data = {
        "title": book.title, "unit": book.unit, "made": said(clock.on(book.made_at)), "groups": groups,
        "counts": [{"name": name, "number": number, "means": means} for name, number, means in book.counts],
    }  # fmt: skip
    return press.pdf("review_book.typ", data, made_at=book.made_at, folder=settings.FONTS)


def xlsx(book: Book) -> bytes:
    """The same lines as a table to type the decisions into."""
    rows = [
        (
            str(line.place), line.no, line.title, line.petitioner, line.office, line.responsible, line.due_on, line.left, line.article,
            line.state, line.waits_for, line.tasks, line.last, line.decision,
        )
        for line in book.lines
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_table(path, HEADERS, rows, text_columns=("编号", "期限"))
        return path.read_bytes()
