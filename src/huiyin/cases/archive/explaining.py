"""Why a clock of a case ends on its day, in words that stay true when the calendar has changed since."""

from __future__ import annotations

from datetime import date

from huiyin.cases.models import Clock
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import compute
from huiyin.procedure.words import Words, day_words


def explain(row: Clock, calendar: Calendar) -> list[Words]:
    """The steps of the computation; if the calendar gives other days now, the dates as they were computed then."""
    rule = row.rule
    deadline = compute(rule, row.start_on, calendar)
    if (deadline.raw, deadline.due, deadline.internal_due) == (row.raw_on, row.due_on, row.internal_on):
        return [*deadline.steps, *posted(row), *known(row)]
    start, due, internal = (day_words(day, year=True) for day in (row.start_on, row.due_on, row.internal_on))
    return [
        Words(
            f"从{start.zh}起算{rule.length.zh}，按当时的日历{row.calendar}，法定期限{due.zh}，宜在{internal.zh}以前办完。",
            f"{rule.length.en} counted from {start.en}; by the calendar of the time, {row.calendar}, due on {due.en}, "
            f"to be done by {internal.en}.",
        ),
        *posted(row),
        *known(row),
    ]


def posted(row: Clock) -> list[Words]:
    """For a request for review that came by post: on which of its two days the petitioner's term and the unit's term rest."""
    level = row.term.removeprefix("request-")
    if level not in {"review", "rereview"}:
        return []
    on, name = (row.start_on, "received_on") if level == row.term else (row.stopped_on, "posted_on")
    sent = (
        event.facts
        for event in row.case.events.all()
        if event.action == f"request_{level}" and event.facts.get("posted_on")
    )
    return [_both(facts["posted_on"], facts["received_on"]) for facts in sent if on and facts[name] == on.isoformat()][
        :1
    ]


def known(row: Clock) -> list[Words]:
    """For a notice owed to somebody who became known later: why it counts from that day, and not from receipt."""
    on = row.case.marks.get("identified_on") if row.term == "notice" else None
    return [_KNOWN] if on == row.start_on.isoformat() else []


_KNOWN = Words(
    "收到的时候姓名、住址不清，免去了书面告知（第二十三条第二款）；弄清以后就要告知，从弄清那天起算。条例没有写从哪天起，这样算是本系统的理解。",
    "Name or address were unclear when it came, so the notice was waived (Art. 23(2)); once they are known it is owed, counted from "
    "that day. The Regulations name no day; counting so is how this system reads them.",
)


def _both(posted_on: str, received_on: str) -> Words:
    sent, came = (day_words(date.fromisoformat(day), year=True) for day in (posted_on, received_on))
    return Words(
        f"请求是{sent.zh}寄出的（以邮戳为准），信访人的30日看这一天；{came.zh}收到，办理单位的30日从这一天起算。",
        f"The request was posted on {sent.en} (by its postmark): the petitioner's 30 days are held against that day; it was received "
        f"on {came.en}, and the unit's 30 days count from then.",
    )
