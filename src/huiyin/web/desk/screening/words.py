"""Short words that the pages of screenings share: until when, what it is about, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.orgs import queries as orgs
from huiyin.procedure.calendars import Calendar
from huiyin.screening import deadlines, report
from huiyin.screening.models import Act, Campaign, Finding, Sheet
from huiyin.web.desk.filters import said_topic
from huiyin.web.ui.parts import Due, Entry, Fact
from huiyin.web.ui.tags.words import day_text, moment
from huiyin.web.ui.time_parts import due_at, said


def written(words: str) -> SafeString:
    """What somebody wrote, marked as Chinese."""
    return format_html('<span lang="zh-CN">{}</span>', words)


def sheet_due(sheet: Sheet, *, today: date, calendar: Calendar) -> Due:
    """Until when a sheet is handed in, or when it was."""
    return due_at(sheet.due_on, today=today, calendar=calendar, done_on=sheet.signed_on if _signed(sheet) else None)


def _signed(sheet: Sheet) -> bool:
    return sheet.state == Sheet.State.SIGNED


def finding_due(finding: Finding, *, today: date, calendar: Calendar) -> Due:
    """Until when something is to come of a finding; what came of it, once it did."""
    if finding.outcome:
        return Due(finding.get_outcome_display(), None, "", "done")
    return due_at(finding.due_on, today=today, calendar=calendar)


def why(campaign: Campaign) -> list[str]:
    """The day for the sheets, step by step."""
    return [said(step) for step in deadlines.settle(campaign.asked_on, orgs.calendar()).steps]


def about(campaign: Campaign) -> str:
    """What is looked into: topics, a policy, a place; everything where none is named."""
    parts = [said_topic(topic) for topic in campaign.topics.all()] + [campaign.policy, campaign.place]
    return _("、").join(part for part in parts if part) or _("各方面")


def facts(campaign: Campaign) -> list[Fact]:
    """What a campaign is, as rows."""
    period = _("{first}到{last}").format(
        first=day_text(campaign.starts_on, "year"), last=day_text(campaign.ends_on, "year")
    )
    rows = [
        Fact(_("怎样排查"), f"{campaign.get_kind_display()} · {campaign.get_scope_display()}"),
        Fact(_("查什么"), written(about(campaign))),
        Fact(_("时间"), period),
        Fact(
            _("交表期限"), day_text(campaign.due_on, "year week") + (f" · {_('暂定')}" if campaign.provisional else "")
        ),
        Fact(_("谁主持"), campaign.runner.name),
    ]
    if campaign.aim:
        rows.append(Fact(_("说明"), campaign.aim, own=True))
    if campaign.closing_note:
        rows.append(Fact(_("结束说明"), campaign.closing_note, own=True))
    return rows


def entries(acts: Iterable[Act]) -> list[Entry]:
    """The record, newest first; what was done at a sheet names its office."""
    return [
        Entry(
            moment(act.at),
            act.get_kind_display(),
            f"{act.by_name} · {act.sheet.office.name}" if act.sheet else act.by_name if act.by_id else _("系统"),
            act.words,
            "person" if act.by_id else "system",
        )
        for act in acts
    ]


def count(number: int) -> str:
    return ngettext("{n}条", "{n}条", number).format(n=number)


def people(number: report.People | None, *, about: bool = True) -> str:
    """A number of people as it may be said; `about` where it is rough."""
    if number is None or not (number.number or number.few):
        return "—"
    if number.few:
        return _("不到{n}人").format(n=report.FEWEST)
    words = _("至少{n}人") if number.at_least else _("约{n}人") if about else _("{n}人")
    return words.format(n=number.number)


def topic(found: Any) -> str:
    """A finding's topic in words."""
    return said_topic(found) if found else _("没有分类")


def how(name: str) -> str:
    """Whether a sheet came in time."""
    return {report.IN_TIME: _("按期交"), report.LATE: _("超期交"), report.NOT: _("没有交")}[name]
