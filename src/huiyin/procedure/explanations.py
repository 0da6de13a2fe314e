"""Says step by step, in both languages, how a date came about: what was not counted, what was, what moved and why."""

from __future__ import annotations

from datetime import date

from huiyin.procedure.calendars.calendar import ONE_DAY, Calendar
from huiyin.procedure.terms import Term
from huiyin.procedure.words import Words, day_words, weekday_words


def explain(
    term: Term,
    start: date,
    raw: date,
    due: date,
    internal_due: date,
    unofficial: tuple[int, ...],
    calendar: Calendar,
) -> tuple[Words, ...]:
    """The steps of one computation, each a full sentence. `unofficial`: years whose days are assumptions."""
    steps = [_started(term, start), _counted(term, start, raw)]
    if term.unit == "workday":
        steps += _exceptions(start, raw, calendar)
    else:
        steps.append(rolled(start, raw, due, calendar))
    if internal_due < raw:
        steps.append(_reminded(start, raw, internal_due, calendar))
    return (*steps, *_notes(term), *(provisional(year) for year in unofficial))


def explain_same_day(term: Term, start: date) -> tuple[Words, ...]:
    """Why a term ends on the day it starts."""
    day = day_words(start, year=True, weekday=True)
    ends = Words(
        f"期限就是当天（{term.citation.zh}），周末和放假也不顺延。",
        f"The term ends that same day ({term.citation.en}), at a weekend or in a holiday too.",
    )
    return (Words(f"{day.zh}{term.starts.zh}。", f"{term.starts.en} on {day.en}."), ends, *_notes(term))


def _said(day: date, start: date) -> Words:
    """A date with its weekday, and its year where that is not the year of the start."""
    return day_words(day, year=day.year != start.year, weekday=True)


def _worked(day: date, start: date) -> Words:
    """A working day with its weekday; a worked weekend day says so: 2月14日（周六上班）."""
    if day.weekday() < 5:
        return _said(day, start)
    plain = day_words(day, year=day.year != start.year)
    return Words(f"{plain.zh}（{weekday_words(day).zh}上班）", f"{_said(day, start).en} (a working day)")


def _started(term: Term, start: date) -> Words:
    day = day_words(start, year=True, weekday=True)
    return Words(
        f"{day.zh}{term.starts.zh}，当天不计。",
        f"{term.starts.en} on {day.en}; that day is not counted.",
    )


def _counted(term: Term, start: date, raw: date) -> Words:
    last = _said(raw, start)
    if term.unit == "day":
        return Words(
            f"{term.length.zh}按自然日数（{term.citation.zh}），第{term.days}日是{last.zh}。",
            f"The term is {term.length.en}, natural days ({term.citation.en}); day {term.days} is {last.en}.",
        )
    return Words(
        f"{term.length.zh}（{term.citation.zh}），周末和放假的日子不数，第{term.days}个工作日是{last.zh}。",
        f"The term is {term.length.en} ({term.citation.en}), weekends and holidays not counted; "
        f"working day {term.days} is {last.en}.",
    )


def _exceptions(start: date, raw: date, calendar: Calendar) -> list[Words]:
    """The worked weekend days and the holidays met while counting working days."""
    worked: list[date] = []
    festivals: dict[str, Words] = {}
    day = start + ONE_DAY
    while day <= raw:
        name = calendar.name_of(day)
        if calendar.is_workday(day) and day.weekday() >= 5:
            worked.append(day)
        elif name and not calendar.is_workday(day):
            festivals[name.zh] = name
        day += ONE_DAY
    return _worked_weekends(worked, start) + _skipped(list(festivals.values()))


def _worked_weekends(worked: list[date], start: date) -> list[Words]:
    if not worked:
        return []
    days = [_worked(day, start) for day in worked]
    return [
        Words(
            f"{'、'.join(day.zh for day in days)}，照常数在内。",
            f"Counted like any other working day: {', '.join(day.en for day in days)}.",
        )
    ]


def _skipped(festivals: list[Words]) -> list[Words]:
    if not festivals:
        return []
    return [
        Words(
            f"中间的{'、'.join(name.zh for name in festivals)}假期不数。",
            f"The holidays in between are not counted: {', '.join(name.en for name in festivals)}.",
        )
    ]


def rolled(start: date, raw: date, due: date, calendar: Calendar) -> Words:
    """Whether and why a last day moved to the next working day."""
    raw_day, due_day = day_words(raw, year=raw.year != start.year), _worked(due, start)
    if raw == due:
        return _not_rolled(raw, start, calendar)
    name = calendar.name_of(raw)
    if name is None:
        weekday = weekday_words(raw)
        return Words(
            f"{raw_day.zh}是{weekday.zh}，不上班，顺延到下一个工作日：{due_day.zh}。",
            f"{raw_day.en} is a {weekday.en}, not a working day; the date moves to the next working day: {due_day.en}.",
        )
    return Words(
        f"{raw_day.zh}在{name.zh}假期，顺延到假后第一个工作日：{due_day.zh}。",
        f"{raw_day.en} falls in the {name.en} holiday; the date moves to the first working day after it: {due_day.en}.",
    )


def _not_rolled(raw: date, start: date, calendar: Calendar) -> Words:
    day, name = _worked(raw, start), calendar.name_of(raw)
    if raw.weekday() < 5 or name is None:
        return Words(f"{day.zh}是工作日，不用顺延。", f"{day.en} is a working day; the date stays.")
    plain = _said(raw, start)
    return Words(
        f"{plain.zh}上班（{name.zh}），是工作日，不用顺延。",
        f"{plain.en} is worked ({name.en}); the date stays.",
    )


def _reminded(start: date, raw: date, internal_due: date, calendar: Calendar) -> Words:
    day = _worked(internal_due, start)
    zh, en = ("周末", "at the weekend") if calendar.name_of(raw) is None else ("假期", "in the holiday")
    return Words(
        f"{zh}不能办，提醒提前到{day.zh}。",
        f"Nothing can be done {en}; the reminder is brought forward to {day.en}.",
    )


def _notes(term: Term) -> list[Words]:
    notes = [term.note] if term.note else []
    if term.duty == "petitioner":
        notes.append(
            Words(
                "这是本人请求复查、复核的期限：邮寄的以邮戳为准；因不可抗力或者正当理由晚了的，说明理由，不按超期处理。",
                "This is the petitioner's own term: for letters the postmark counts; "
                "with good reason, a late request is still taken.",
            )
        )
    if not term.checked:
        notes.append(term.source)
    return notes


def provisional(year: int) -> Words:
    """That a date rests on days nobody published yet."""
    return Words(
        f"这里还没有{year}年公布的放假安排，这个日期是暂定的；导入公布的日历后会重算。",
        f"The published holidays of {year} are not in this calendar yet, so the date is provisional; "
        "it is computed again when the published calendar is imported.",
    )
