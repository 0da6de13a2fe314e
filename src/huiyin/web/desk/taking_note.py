"""知悉: one alarm, what happened to it, and the form in which somebody says what they will do and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases.supervision import queries, services
from huiyin.cases.supervision.asked import ANSWERS
from huiyin.cases.supervision.models import Alarm, AlarmEntry
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.alarms import RULES
from huiyin.procedure.editions import edition
from huiyin.web.desk import alarms
from huiyin.web.desk.dates import read_day
from huiyin.web.desk.found import found
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.parts import Entry, Link
from huiyin.web.ui.tags.words import day_text, moment
from huiyin.web.ui.time_parts import said


class NoteForm(forms.Form):
    """What will be done, and by when; the service checks both."""

    use_required_attribute = False
    promise = forms.CharField(label=gettext_lazy("要做什么"), required=False, max_length=600)
    promised_on = forms.CharField(label=gettext_lazy("哪天做到"), required=False, max_length=40)

    def clean_promised_on(self) -> date | None:
        typed = self.cleaned_data["promised_on"].strip()
        day = read_day(typed, today=clock.today(), ahead=True)
        if typed and day is None:
            raise forms.ValidationError(_("请写哪天，写成 2026-02-09 或者“明天”。"))
        return day


class ReadForm(forms.Form):
    """For what is only to be read: a word if one likes."""

    use_required_attribute = False
    promise = forms.CharField(label=gettext_lazy("看过以后怎么办（可以不写）"), required=False, max_length=600)


@dataclass(frozen=True)
class Asked:
    """The page of one alarm for one person."""

    alarm: Alarm
    actor: Actor
    today: date


@staff_page("cases.see")
def page(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """One alarm; sent, somebody takes note of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    alarm = found(lambda: queries.seen_by(actor, alarm_id))
    form = _form(alarm)(refusing.sent(request), auto_id="note-%s")
    status = 200
    if form.is_valid():
        if (status := _taken(request, alarm, actor, form)) == 302:
            return HttpResponseRedirect(reverse("desk-today"))
        alarm = queries.seen_by(actor, alarm_id)
    return render(request, "desk/alarm.html", _context(Asked(alarm, actor, clock.today()), form), status=status)


def _form(alarm: Alarm) -> type[forms.Form]:
    return ReadForm if RULES[alarm.kind].lasts == "read" else NoteForm


def _taken(request: HttpRequest, alarm: Alarm, actor: Actor, form: forms.Form) -> int:
    given = form.cleaned_data
    try:
        services.acknowledge(
            alarm, by=actor, now=clock.now(), promise=given["promise"], promised_on=given.get("promised_on")
        )
    except Refused as refused:
        refusing.show(form, refused)
        return 409 if isinstance(refused, Conflict) else 200
    messages.success(request, _("记下了：您已知悉。"))
    return 302


def _context(asked: Asked, form: forms.Form) -> dict[str, Any]:
    alarm, rule = asked.alarm, RULES[asked.alarm.kind]
    return {
        "alarm": alarm,
        "row": alarms.row(alarm, asked.actor, today=asked.today, calendar=orgs.calendar()),
        "when": said(rule.when),
        "only_read": rule.lasts == "read",
        "climbs_after": rule.climbs_after,
        "form": form,
        "answer": _answer(asked),
        "latest": services.latest_promise(alarm, asked.today),
        "entries": [_entry(entry) for entry in queries.history(alarm)],
        "open": alarm.ended_on is None and alarm.acknowledged_by_id is None,
    }


def _answer(asked: Asked) -> Link | None:
    """The step that ends the alarm, where it asks for an answer and this person handles the matter."""
    case = asked.alarm.case
    step = next((step for step, kind in ANSWERS.items() if kind == asked.alarm.kind), "")
    if not step or case is None or asked.alarm.ended_on or case.responsible_id != asked.actor.staff_id:
        return None
    return Link(said(edition(case.edition).action(step).label), reverse("desk-do", args=[case.no, step]))


def _entry(entry: AlarmEntry) -> Entry:
    rung = _("第{n}级").format(n=entry.rung + 1)
    told = _("告诉{who}（{rung}）").format(who=entry.to, rung=rung) if entry.to else _("没有人可以告诉")
    promised = _("{day}以前").format(day=day_text(entry.on)) if entry.on else ""
    ended = entry.what == AlarmEntry.What.ENDED
    acted = entry.what == AlarmEntry.What.ACKNOWLEDGED
    return Entry(
        moment(entry.at),
        entry.get_what_display(),
        entry.by.name if entry.by else "",
        said_of(entry) if ended else (f"{entry.words} {promised}" if acted else f"{told} {entry.words}").strip(),
        "person" if entry.by else "system",
    )


def said_of(entry: AlarmEntry) -> str:
    """Why an alarm ended, in words."""
    known = {
        "risen": _("到了下一步，换成新的告警"), "gone": _("期限重新算过，不再响"), "newer": _("有了新的一次"), "read": _("已看过"),
        "register": _("已登记"), "discarded": _("草稿不要了"),
    }  # fmt: skip
    if entry.words in known:
        return known[entry.words]
    case = entry.alarm.case
    return alarms.step_done(case, entry.words) if case else ""
