"""How a matter stands, in the petitioner's words: who has it, by when, how that day was found, what is behind and what is to come.

Pure: the case comes with its rows loaded, the day and the calendar are given. Nothing here that only the desk may know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases.archive.explaining import posted
from huiyin.cases.models import Case, Clock
from huiyin.cases.names import Names
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import compute, urgency
from huiyin.procedure.editions.guards_2022 import WINDOWS
from huiyin.procedure.editions.standing_2022 import REVIEWING
from huiyin.procedure.terms import TERMS
from huiyin.web.portal import steps
from huiyin.web.portal.whose import ELSEWHERE, Who, who_of
from huiyin.web.ui.parts import Step
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

ANSWER_TERMS = ("rereview", "review", "extend", "handle", "simple-handle", "duty", "reply")
TOLD_TERMS = ("notice-passed", "notice")


@dataclass(frozen=True)
class Until:
    """The date that counts now. `late_days` counts only what we owe; a right of the petitioner that ended is not late."""

    over: str
    date: str
    urgency: str
    left: str
    why: Sequence[str] = ()
    note: str = ""
    provisional: str = ""
    late_days: int = 0


@dataclass(frozen=True)
class Status:
    """Everything that the status page says, whoever looks."""

    plain: str
    who: Who | None
    until: Until | None
    steps: Sequence[Step]
    late: str = ""
    under_review: bool = False

    @property
    def two(self) -> bool:
        """Whether two cells stand side by side; under review what was answered stands above them."""
        return self.who is not None and not self.under_review

    @property
    def why(self) -> Sequence[str]:
        """How the date was found, if there is one."""
        return self.until.why if self.until else ()

    @property
    def note(self) -> str:
        """The article behind the date."""
        return self.until.note if self.until else ""


def status_of(case: Case, *, today: date, calendar: Calendar, names: Names) -> Status:
    """The status of a case whose rows are loaded (`queries.find`); `names` are the offices and people in its record."""
    until = until_of(case, today=today, calendar=calendar)
    return Status(
        plain=steps.plain(case),
        who=who_of(case),
        until=until,
        steps=[
            *steps.behind(case, names),
            *steps.ahead(case, notice=running(case, "notice"), answer=answer_clock(case), today=today),
        ],
        late=_late(until) if until else "",
        under_review=case.state in REVIEWING,
    )


def running(case: Case, term: str) -> Clock | None:
    """The running clock of a term."""
    return next((row for row in case.clocks.all() if row.term == term and row.stopped_on is None), None)


def window(case: Case, today: date) -> Clock | None:
    """The running period in which the petitioner may ask for a review or a re-review, as long as it is not over."""
    rows = (running(case, name) for name in WINDOWS)
    return next((row for row in rows if row and row.due_on >= today), None)


def answer_clock(case: Case) -> Clock | None:
    """The clock that the written answer is due by."""
    return next((row for term in ANSWER_TERMS if (row := running(case, term))), None)


def leading(case: Case) -> Clock | None:
    """The clock that the petitioner waits for: the answer, before that the notice, after that its delivery, their own review and
    what was promised."""
    names = ("deliver", *TOLD_TERMS, *WINDOWS, "rehandle", "perform", "execute")
    return answer_clock(case) or next((row for name in names if (row := running(case, name))), None)


def until_of(case: Case, *, today: date, calendar: Calendar) -> Until | None:
    """The date that counts now; None where none does."""
    row = leading(case)
    if row is None or (row.term in WINDOWS and row.due_on < today):
        return None
    urgent = urgency(row.due_on, today, calendar)
    ours = TERMS[row.term].duty == "office"
    return Until(
        over=_over(case, row.term, late=ours and row.due_on < today),
        date=day_text(row.due_on, "long" if row.due_on.year == today.year else "long year"),
        urgency=urgent,
        left=left_words(row.due_on, today),
        why=why(row, calendar),
        note=_NOTES.get(row.term, lambda: said(row.rule.citation))(),
        provisional=_provisional(row),
        late_days=max(0, (today - row.due_on).days) if ours else 0,
    )


def left_words(due: date, today: date) -> str:
    """还有47天, in natural days as people count them."""
    days = (due - today).days
    if days == 0:
        return _("就是今天。")
    if days > 0:
        return ngettext("还有{days}天。", "还有{days}天。", days).format(days=days)
    return ngettext("晚了{days}天。", "晚了{days}天。", -days).format(days=-days)


def why(row: Clock, calendar: Calendar) -> list[str]:
    """How the date was found, sentence by sentence; nothing where the calendar changed since."""
    deadline = compute(row.rule, row.start_on, calendar)
    steps = [*deadline.steps, *posted(row)] if deadline.due == row.due_on else []
    return [said(step) for step in steps]


def to_come_after_filing(case: Case) -> list[Step]:
    """What happens next, on the page that confirms the filing."""
    first = Step(_("收到并登记"), _("今天，{day}").format(day=day_text(case.received_on, "long")), "", "done")
    return [first, *steps.ahead(case, notice=running(case, "notice"), answer=None, today=case.received_on)]


def _over(case: Case, term: str, *, late: bool) -> str:
    what = (
        steps.notice_of(case)
        if term in TOLD_TERMS or case.state in ELSEWHERE
        else _WHAT.get(term, lambda: _("给您书面答复"))()
    )
    return (_("{what}，应该在") if late else _("{what}，最晚到")).format(what=what)


_WHAT = {
    "request-review": lambda: _("请上一级复查"),
    "request-rereview": lambda: _("请再上一级复核"),
    "review": lambda: _("给您复查意见"),
    "rereview": lambda: _("给您复核意见"),
    "deliver": lambda: _("把书面答复送到您手里"),
    "rehandle": lambda: _("定下由谁重新办"),
    "perform": lambda: _("把协议办到"),
    "execute": lambda: _("把答应的事办到"),
}
_NOTES = {
    "notice": lambda: _("《信访工作条例》第二十三条。"),
    "handle": lambda: _("《信访工作条例》第三十四条。情况复杂要延长的，最多30天，会写信说明原因。"),
    "extend": lambda: _("《信访工作条例》第三十四条。已经延长过一次，不会再延。"),
    "reply": lambda: _("《信访工作条例》没有给建议和咨询规定天数，这个日子是我们自己定的。"),
    "deliver": lambda: _("《信访工作条例》没有规定几天送到，这个日子是我们自己定的。"),
    "request-review": lambda: _("《信访工作条例》第三十五条。寄信的，以邮戳为准。"),
    "request-rereview": lambda: _("《信访工作条例》第三十六条。寄信的，以邮戳为准。"),
    "review": lambda: _("《信访工作条例》第三十五条。复查不能延期。"),
    "rereview": lambda: _("《信访工作条例》第三十六条。开听证会的，听证用的天数不算在内。"),
}


def _provisional(row: Clock) -> str:
    if not row.provisional:
        return ""
    return _("暂定：{year}年放哪些假还没公布，公布以后会重新算。").format(year=row.due_on.year)


def _late(until: Until) -> str:
    if not until.late_days:
        return ""
    days = ngettext("晚了{days}天", "晚了{days}天", until.late_days).format(days=until.late_days)
    return _("应该在{date}以前，{days}，对不起").format(date=until.date, days=days)
