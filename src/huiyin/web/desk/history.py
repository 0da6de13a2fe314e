"""经过: the events of a case as the desk shows them, newest first. They only grow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from huiyin.cases import letter_files
from huiyin.cases.models import Case, CaseEvent
from huiyin.cases.names import Names
from huiyin.kernel import clock
from huiyin.procedure.deadlines import broken_off_late
from huiyin.procedure.editions import edition
from huiyin.web.desk import behind
from huiyin.web.desk.recorded import sentence
from huiyin.web.ui.parts import Entry, Link
from huiyin.web.ui.tags.words import day_text, moment
from huiyin.web.ui.time_parts import said

RECENT = 300  # days for which a date needs no year


def entries(case: Case, names: Names, *, today: date, whole: bool) -> list[Entry]:
    """Every event in words: the table's own word, who, when, what was recorded, which dates it moved, its papers; letters that are
    for the `whole` file alone only with it."""
    return [entry(case, event, names, today=today, whole=whole) for event in reversed(list(case.events.all()))]


def entry(case: Case, event: CaseEvent, names: Names, *, today: date, whole: bool) -> Entry:
    """One event in words."""
    action = edition(case.edition).action(event.action)
    more = [
        *behind.told(event, names),
        sentence(action, event.facts, names, on=clock.on(event.at)),
        *_clocks(case, event.effects),
    ]
    if event.seq == 1 and event.facts.get("identity_unclear") and case.channel != "screening":
        more.append(_("姓名或地址不清，无法书面告知"))
    return Entry(
        when(event.at, today),
        said(action.done),
        _who(event, names),
        _("。").join(part for part in more if part) + (_("。") if any(more) else ""),
        "system" if event.by_kind == "system" else "milestone" if action.milestone else "person",
        _links(case, event, whole),
        anchor=f"event-{event.seq}",
    )


def when(at: datetime, today: date) -> str:
    """A moment of the record, as short as it stays clear."""
    on = clock.on(at)
    if on == today:
        return format_html("{} {}", _("今天"), moment(at, "time"))
    return str(moment(at)) if (today - on).days < RECENT else day_text(on, "year")


def _who(event: CaseEvent, names: Names) -> str:
    by = {"system": _("系统"), "petitioner": _("信访人")}.get(event.by_kind, event.by_name)
    named = event.facts["staff"] if event.action == "ask" else event.effects.get("responsible")
    taker = names.staff.get(named or 0) if event.seq > 1 else None
    return f"{by} → {taker}" if taker and taker != by else by


def _clocks(case: Case, effects: Mapping[str, Any]) -> list[str]:
    """The dates that an event moved: started with their end, stopped in time or late."""
    changes = effects.get("clocks") or []
    return [_clock(case, change) for change in changes]


def _clock(case: Case, change: Mapping[str, Any]) -> str:
    term = edition(case.edition).terms[change["term"]]
    if change["op"] == "start":
        due = date.fromisoformat(change["due"])
        return _("{term}期限到{day}").format(term=said(term.name), day=day_text(due, "year week"))
    words = {
        "met": _("{term}按期"), "late": _("{term}晚了"), "extended": _("{term}改按延长后的期限"), "lapsed": _("{term}没有提出"),
        "asked": _("{term}：提出了"),
    }  # fmt: skip
    stopped = _("{term}不再走，停的时候已经过期") if _was_late(case, change) else _("{term}不再走")
    return words.get(change["outcome"], stopped).format(term=said(term.name))


def _was_late(case: Case, change: Mapping[str, Any]) -> bool:
    """Whether the clock that this change broke off was over by then."""
    term, outcome, on = change["term"], change["outcome"], date.fromisoformat(change["on"])
    ended = (row for row in case.clocks.all() if (row.term, row.outcome, row.stopped_on) == (term, outcome, on))
    return any(broken_off_late(term, outcome, row.due_on, on) for row in ended)


def _links(case: Case, event: CaseEvent, whole: bool) -> list[Link]:
    letters = [
        Link(
            f"{capfirst(letter.get_kind_display())} {letter.label}",
            reverse("desk-letter", args=[case.no, letter.pk, "pdf"]),
        )
        for letter in case.letters.all()
        if letter.seq == event.seq and (whole or not letter_files.needs_whole(letter, "pdf"))
    ]
    files = [
        Link(row.file.name, reverse("desk-file", args=[row.file_id]))
        for row in case.files.all()
        if row.seq == event.seq
    ]
    return letters + files


def since(case: Case, seq: int, names: Names, *, today: date) -> list[Entry]:
    """What happened after the event numbered `seq`: shown to someone whose page was older."""
    return [entry(case, event, names, today=today, whole=False) for event in case.events.all() if event.seq > seq]
