"""The gallery: every component in every state on invented data, one page in each look. Also what the tests photograph."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.procedure.calendars import default
from huiyin.procedure.deadlines import compute
from huiyin.procedure.terms import TERMS
from huiyin.web.ui import samples
from huiyin.web.ui.access import public
from huiyin.web.ui.time_parts import clock, due_of, ruler

TODAY = date(2026, 2, 12)


class SampleForm(forms.Form):
    """Fields of every kind; bound with gaps it shows every fault."""

    story = forms.CharField(widget=forms.Textarea, error_messages={"required": samples.GAPS["story"]})
    phone = forms.RegexField(r"\d{4}-\d{3} \d{4}", error_messages={"invalid": samples.GAPS["phone"]})
    answer = forms.ChoiceField(choices=samples.ANSWERS, widget=forms.RadioSelect, initial="call")
    rating = forms.ChoiceField(choices=samples.RATINGS, widget=forms.RadioSelect, initial="skip")
    scope = forms.MultipleChoiceField(choices=samples.SCOPES, widget=forms.CheckboxSelectMultiple, initial=["see"])
    code = forms.CharField(required=False)
    way = forms.ChoiceField(choices=samples.ANSWERS, required=False)
    person = forms.CharField(required=False)
    agree = forms.BooleanField(required=False)
    photos = forms.FileField(required=False)


@public
def portal(request: HttpRequest) -> HttpResponse:
    """Everything that the portal is built from."""
    return render(request, "ui/gallery_portal.html", _forms() | samples.portal())


@public
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that the desk is built from."""
    return render(request, "ui/gallery_desk.html", _forms() | samples.desk() | _times() | _rows())


@public
def options(request: HttpRequest) -> HttpResponse:
    """Answers of the sample look-up."""
    given = request.POST or request.GET
    found = samples.people(given.get("q", ""), typing=bool(given.get("typing")))
    return render(request, "ui/gallery_options.html", {"options": found})


def _forms() -> dict[str, Any]:
    wrong = SampleForm(data={"phone": "0700-555 018", "answer": "call", "rating": "good", "scope": ["see"]}, prefix="w")
    wrong.is_bound, wrong.data = True, {f"w-{name}": value for name, value in wrong.data.items()}
    return {"form": SampleForm(auto_id="f_%s"), "wrong": wrong}


def _times() -> dict[str, Any]:
    calendar = default()
    handle = compute(TERMS["handle"], date(2025, 12, 24), calendar)
    far = compute(TERMS["handle"], date(2026, 2, 10), calendar)
    late = compute(TERMS["notice"], date(2026, 1, 26), calendar)
    marks = {date(2026, 2, 18): "raw", date(2026, 2, 24): "soon"}
    days = [TODAY + timedelta(number) for number in (0, 1, 2, 12, 15, 16, 18)]
    return {
        "days": ruler(
            calendar,
            TODAY,
            date(2026, 3, 3),
            today=TODAY,
            counts=dict(zip(days, (3, 2, 2, 3, 2, 1, 3), strict=True)),
            href="?on={day}",
        ),
        "small_days": ruler(calendar, date(2026, 2, 3), date(2026, 2, 24), today=TODAY, marks=marks),
        "clock_soon": clock(handle, today=TODAY, calendar=calendar, received_on=date(2025, 12, 16)),
        "clock_calm": clock(far, today=TODAY, calendar=calendar, received_on=date(2026, 2, 9)),
        "clock_late": clock(late, today=TODAY, calendar=calendar),
        "clock_done": clock(handle, today=TODAY, calendar=calendar, done_on=date(2026, 2, 2)),
        "due_soon": due_of(handle, today=TODAY, calendar=calendar),
        "due_calm": due_of(far, today=TODAY, calendar=calendar),
        "due_late": due_of(late, today=TODAY, calendar=calendar),
        "due_today": due_of(handle, today=handle.due, calendar=calendar),
        "due_done": due_of(handle, today=TODAY, calendar=calendar, done_on=date(2026, 2, 9)),
        "due_provisional": due_of(
            compute(TERMS["handle"], date(2026, 12, 20), calendar), today=TODAY, calendar=calendar
        ),
    }


def _rows() -> dict[str, Any]:
    page = Paginator(range(86), 17).page(2)
    return {"page": page}
