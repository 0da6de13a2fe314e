"""来访登记: the visits of a day, and the form of one. Nothing here counts or finds people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.kernel.typed import row_number
from huiyin.people.policy import Actor
from huiyin.reception import duties, visits
from huiyin.reception.models import Visit
from huiyin.web.desk.dates import read_day
from huiyin.web.desk.found import found
from huiyin.web.desk.reception.frame import asked_day, framed, once
from huiyin.web.desk.reception.times import read_moment, read_time
from huiyin.web.ui import refusing
from huiyin.web.ui.access import actor, staff_page

SUM_DAYS = 14


class VisitForm(forms.Form):
    """One line of the log; what is missing or wrong the log itself says."""

    use_required_attribute = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    day = forms.CharField(label=gettext_lazy("日期"), required=False, help_text=gettext_lazy("也可以写“昨天”“2.9”"))
    came_at = forms.CharField(label=gettext_lazy("来的时间"), required=False)
    left_at = forms.CharField(label=gettext_lazy("走的时间"), required=False)
    people = forms.CharField(
        label=gettext_lazy("来了几个人"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    received_by = forms.ChoiceField(label=gettext_lazy("谁接待的"), required=False)
    case = forms.CharField(
        label=gettext_lazy("事项编号"),
        required=False,
        help_text=gettext_lazy("登记了的、来问进度的，写编号；没有就空着"),
    )
    done = forms.CharField(
        label=gettext_lazy("办了什么"),
        required=False,
        help_text=gettext_lazy("一句话，不写人名，例如“登记取暖补贴一件”"),
    )

    def __init__(self, by: Actor, *args: Any, also: Any = None, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "visit-%s", **options})
        people = {one.pk: one.name for one in duties.candidates(by)} | {by.staff_id: by.name}
        people |= {also.pk: also.name} if also else {}
        self.fields["received_by"].choices = [(str(pk), name) for pk, name in people.items()]  # type: ignore[attr-defined]

    def typed(self, *, today: date) -> dict[str, Any]:
        """What goes to the log; call after is_valid()."""
        given = self.cleaned_data
        day = given["day"] or today.isoformat()
        return {
            "came_at": read_moment(day, given["came_at"], today=today),
            "left_at": read_moment(day, given["left_at"], today=today) if given["left_at"] else None,
            "people": given["people"], "received_by": row_number(given["received_by"]), "case": given["case"], "done": given["done"],
        }  # fmt: skip

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("day") and read_day(given["day"], today=clock.today()) is None:
            self.add_error("day", _("请写日期，例如2月9日。"))
        if given.get("left_at") and read_time(given["left_at"]) is None:
            self.add_error("left_at", _("请写时间，例如9:30。"))


@staff_page("reception.see")
def page(request: HttpRequest) -> HttpResponse:
    """The visits of a day, and how many came on each of the last days."""
    by, today = actor(request), clock.today()
    day = asked_day(request, today=today)
    return render(request, "desk/reception/visits.html", framed(
        request, "desk-reception-visits", day=day, today=today, rows=visits.of_day(by, day),
        sums=visits.sums(by, first=day - timedelta(days=SUM_DAYS), last=max(day, today)),
        before=day - timedelta(days=1), after=day + timedelta(days=1) if day < today else None,
    ))  # fmt: skip


@staff_page("reception.work")
def new(request: HttpRequest) -> HttpResponse:
    """Writes a visit that came without a number."""
    now, by = clock.now(), actor(request)
    start = {"day": _("今天"), "came_at": f"{now:%H:%M}", "people": "1", "received_by": str(by.staff_id)}
    form = VisitForm(by, refusing.sent(request), initial={**start, "key": framed(request, "")["key"]})
    if form.is_valid() and _kept(
        form, lambda facts: visits.record(typed=facts, key=once(request), by=by, now=now), now
    ):
        return _to_day(request, form, now)
    return render(request, "desk/reception/visit.html", framed(request, "desk-reception-visits", form=form, visit=None))


@staff_page("reception.work")
def edit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Completes or mends one line."""
    by, now = actor(request), clock.now()
    visit = found(lambda: visits.one(by, visit_id))
    form = VisitForm(by, refusing.sent(request), initial=_initial(visit), also=visit.received_by)
    seen, status = row_number(request.POST.get("seen", "")) or 0, 200
    if form.is_valid():
        try:
            visits.change(visit_id=visit_id, seen=seen, typed=form.typed(today=clock.on(now)), by=by, now=now)
            return _to_day(request, form, now)
        except Refused as refused:
            refusing.show(form, refused)
            status = _after(form, refused, visits.one(by, visit_id))
    context = framed(request, "desk-reception-visits", form=form, visit=visit)
    return render(request, "desk/reception/visit.html", context, status=status)


def _after(form: VisitForm, refused: Refused, visit: Visit) -> int:
    """409 where somebody else was faster: what was typed may then be sent over the new version."""
    if not isinstance(refused, Conflict):
        return 200
    form.data = {**form.data.dict(), "seen": str(visit.version)}  # type: ignore[attr-defined]
    return 409


def _kept(form: VisitForm, keep: Any, now: datetime) -> bool:
    try:
        keep(form.typed(today=clock.on(now)))
    except Refused as refused:
        refusing.show(form, refused)
        return False
    return True


def _to_day(request: HttpRequest, form: VisitForm, now: datetime) -> HttpResponse:
    day = read_day(form.cleaned_data["day"], today=clock.on(now)) or clock.on(now)
    messages.success(request, _("存好了。"))
    return redirect(f"{reverse('desk-reception-visits')}?day={day.isoformat()}")


def _initial(visit: Visit) -> dict[str, Any]:
    came, left = visit.came_at.astimezone(clock.ZONE), visit.left_at.astimezone(clock.ZONE) if visit.left_at else None
    return {
        "seen": visit.version, "day": visit.day.isoformat(), "came_at": f"{came:%H:%M}", "left_at": f"{left:%H:%M}" if left else "",
        "people": visit.people, "received_by": str(visit.received_by_id), "case": visit.case.no if visit.case else "", "done": visit.done,
    }  # fmt: skip
