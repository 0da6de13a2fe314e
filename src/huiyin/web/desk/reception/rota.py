"""值班表: a month with every gap, planning for ticked days, copying the week before, swapping."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.kernel import clock
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import row_number
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor, may
from huiyin.reception import duties, rota
from huiyin.reception.models import Half
from huiyin.web.desk.dates import iso_day
from huiyin.web.desk.reception.frame import framed
from huiyin.web.ui import refusing
from huiyin.web.ui.access import actor, staff_page
from huiyin.web.ui.tags.words import day_text

PARTS = {"day": tuple(Half.values), "am": ("am",), "pm": ("pm",)}
SWAP_DAYS = 60


class PlanForm(forms.Form):
    """Somebody, for all day or half of it; the days are ticked in the month."""

    use_required_attribute = False
    staff = forms.ChoiceField(label=gettext_lazy("谁"), required=False)
    part = forms.ChoiceField(
        label=gettext_lazy("哪半天"), required=False, widget=forms.RadioSelect,
        choices=[("day", gettext_lazy("全天")), ("am", gettext_lazy("上午")), ("pm", gettext_lazy("下午"))],
    )  # fmt: skip

    def __init__(self, by: Actor, data: Any = None) -> None:
        super().__init__(data, auto_id="plan-%s", initial={"part": "day"})
        people = [(str(one.pk), f"{one.name} · {one.office.name}") for one in duties.candidates(by)]
        self.fields["staff"].choices = [("", _("请选")), *people]  # type: ignore[attr-defined]


class SwapForm(forms.Form):
    """Two people's days."""

    use_required_attribute = False
    first = forms.ChoiceField(label=gettext_lazy("谁的哪一天"), required=False)
    second = forms.ChoiceField(label=gettext_lazy("和谁的哪一天换"), required=False)

    def __init__(self, turns: list[tuple[rota.Turn, str]], data: Any = None) -> None:
        super().__init__(data, auto_id="swap-%s")
        self.turns = {f"{turn.day.isoformat()}:{turn.staff_id}": turn for turn, _name in turns}
        choices = [
            (f"{turn.day.isoformat()}:{turn.staff_id}", f"{day_text(turn.day, 'week')} {name}") for turn, name in turns
        ]
        for field in ("first", "second"):
            self.fields[field].choices = [("", _("请选")), *choices]  # type: ignore[attr-defined]


@staff_page("reception.see")
def page(request: HttpRequest) -> HttpResponse:
    """The month; whoever plans sends ticked days with a button."""
    month = _month(request)
    form = PlanForm(actor(request), refusing.sent(request))
    if request.method == "POST" and may(actor(request), "reception.plan") and form.is_valid() and _done(request, form):
        return redirect(f"{reverse('desk-reception-rota')}?month={month:%Y-%m}")
    return render(request, "desk/reception/rota.html", _context(request, month, form))


def _done(request: HttpRequest, form: PlanForm) -> bool:
    """Does what the button says; False, with the sentence in the form, if it was refused."""
    do, by, now = request.POST.get("do", ""), actor(request), clock.now()
    who = row_number(form.cleaned_data["staff"])
    chosen = {"days": _ticked(request), "halves": PARTS.get(form.cleaned_data["part"], ()), "by": by, "now": now}
    try:
        if do.startswith("copy:"):
            week = iso_day(do[5:])
            _tell(request, rota.copy_last_week(week_of=week, by=by, now=now) if week else 0)
        elif do == "clear":
            _tell(request, rota.clear(who=who, **chosen), gone=True)  # type: ignore[arg-type]
        else:
            _tell(request, rota.plan(who=who, **chosen))  # type: ignore[arg-type]
    except Refused as refused:
        refusing.show(form, refused)
        return False
    return True


def _tell(request: HttpRequest, count: int, *, gone: bool = False) -> None:
    if not count:
        messages.info(request, _("没有要改的，班表没有变。"))
    elif gone:
        messages.success(request, ngettext("撤下了%(n)s个半天。", "撤下了%(n)s个半天。", count) % {"n": count})
    else:
        messages.success(request, ngettext("排好了%(n)s个半天。", "排好了%(n)s个半天。", count) % {"n": count})


def _ticked(request: HttpRequest) -> list[date]:
    return [day for value in request.POST.getlist("day")[: rota.MOST_DAYS + 1] if (day := iso_day(value))]


def _month(request: HttpRequest) -> date:
    """The first day of the month in the address (`?month=2026-11`); of this month if there is none."""
    today = clock.today()
    return iso_day(f"{request.GET.get('month', '')}-01") or today.replace(day=1)


def _context(request: HttpRequest, month: date, form: PlanForm) -> dict[str, Any]:
    by, today, calendar = actor(request), clock.today(), orgs.calendar()
    after = (month + timedelta(days=32)).replace(day=1)
    rota_days = duties.days(by, first=month, last=after - timedelta(days=1), calendar=calendar)
    ticked = {day.isoformat() for day in _ticked(request)}
    return framed(
        request, "desk-reception-rota", form=form, month=month, today=today, weeks=_weeks(rota_days, today, ticked),
        gaps=duties.gaps(day for day in rota_days if day.day >= today), provisional=not all(day.official for day in rota_days),
        before=(month - timedelta(days=1)).strftime("%Y-%m"), after=after.strftime("%Y-%m"),
    )  # fmt: skip


def _weeks(rota_days: list[duties.DutyDay], today: date, ticked: set[str]) -> list[dict[str, Any]]:
    """Rows of seven cells, Monday first; None stands for a day of another month."""
    empty = [None] * rota_days[0].day.weekday()
    cells: list[dict[str, Any] | None] = [
        *empty,
        *(
            {"duty": each, "open": each.works and each.day >= today, "ticked": each.day.isoformat() in ticked}
            for each in rota_days
        ),
    ]
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    monday = rota_days[0].day - timedelta(days=len(empty))
    return [
        {
            "cells": week,
            "monday": monday + timedelta(days=7 * number),
            "open": any(cell and cell["open"] for cell in week),
        }
        for number, week in enumerate(weeks)
    ]


def _missing(**chosen: rota.Turn | None) -> Invalid:
    refused = Refused("两边都要选。", "Choose both.")
    return Invalid({name: refused for name, turn in chosen.items() if turn is None})


@staff_page("reception.work")
def swap(request: HttpRequest) -> HttpResponse:
    """Two people change days."""
    by, today = actor(request), clock.today()
    turns = rota.turns(by, today=today, until=today + timedelta(days=SWAP_DAYS))
    form = SwapForm(turns, refusing.sent(request))
    if form.is_valid():
        first, second = (form.turns.get(form.cleaned_data[name]) for name in ("first", "second"))
        try:
            if first is None or second is None:
                raise _missing(first=first, second=second)
            rota.swap(first=first, second=second, by=by, now=clock.now())
        except Refused as refused:
            refusing.show(form, refused)
        else:
            messages.success(request, _("换好了。"))
            return redirect("desk-reception-rota")
    return render(request, "desk/reception/swap.html", framed(request, "desk-reception-rota", form=form, turns=turns))
