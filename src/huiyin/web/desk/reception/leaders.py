"""领导接访日: announced, called off with a reason; matters heard that day are registered as such."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import row_number
from huiyin.people.policy import Actor, may
from huiyin.reception import leaders
from huiyin.web.desk.found import found
from huiyin.web.desk.reception.frame import framed
from huiyin.web.desk.reception.times import read_coming, read_time
from huiyin.web.ui import refusing
from huiyin.web.ui.access import actor, staff_page

PAST = timedelta(days=60)


class DayForm(forms.Form):
    """Who hears, when and where."""

    use_required_attribute = False
    leader = forms.ChoiceField(label=gettext_lazy("哪位领导"), required=False)
    day = forms.CharField(label=gettext_lazy("日期"), required=False)
    begins = forms.CharField(label=gettext_lazy("开始"), required=False)
    ends = forms.CharField(label=gettext_lazy("结束"), required=False)
    place = forms.CharField(
        label=gettext_lazy("地点"), required=False, max_length=100, help_text=gettext_lazy("写到哪一间，来的人照着找")
    )

    def __init__(self, by: Actor, data: Any = None) -> None:
        super().__init__(data, auto_id="day-%s", initial={"begins": "9:00", "ends": "11:00"})
        choices = [(str(one.pk), one.name) for one in leaders.leaders_of(by)]
        self.fields["leader"].choices = choices if len(choices) == 1 else [("", _("请选")), *choices]  # type: ignore[attr-defined]

    def facts(self, *, today: date) -> dict[str, Any]:
        """What is planned; call after is_valid()."""
        given = self.cleaned_data
        return {
            "leader_id": row_number(given["leader"]), "day": read_coming(given["day"], today=today), "begins": read_time(given["begins"]),
            "ends": read_time(given["ends"]), "place": given["place"],
        }  # fmt: skip


@staff_page("reception.see")
def page(request: HttpRequest) -> HttpResponse:
    """The days of the last weeks and those to come; whoever plans announces a new one."""
    by, now = actor(request), clock.now()
    plans = may(by, "reception.plan").ok
    form = DayForm(by, refusing.sent(request) if plans else None) if plans else None
    if form is not None and form.is_valid():
        try:
            leaders.plan(**form.facts(today=clock.on(now)), by=by, now=now)
            messages.success(request, _("排好了，门户上已经看得到。"))
            return redirect("desk-reception-leaders")
        except Refused as refused:
            refusing.show(form, refused)
    today = clock.on(now)
    rows = leaders.listed(by, since=today - PAST)
    context = framed(request, "desk-reception-leaders", form=form, today=today, rows=rows)
    return render(request, "desk/reception/leaders.html", context)


@staff_page("reception.plan")
def call_off(request: HttpRequest, day_id: int) -> HttpResponse:
    """Calls a day off, with the reason that everybody will read."""
    day, error = found(lambda: leaders.one(actor(request), day_id)), ""
    if request.method == "POST":
        try:
            leaders.call_off(day_id=day_id, why=request.POST.get("why", ""), by=actor(request), now=clock.now())
            messages.success(request, _("取消了，门户上已经写明。"))
            return redirect("desk-reception-leaders")
        except Refused as refused:
            error = refused.say(get_language() or "zh")
    form = forms.Form(refusing.sent(request), auto_id="off-%s", initial={})
    form.fields["why"] = forms.CharField(
        label=_("为什么取消"), required=False, max_length=100, help_text=_("门户上会写给大家看")
    )
    if error:
        form.add_error("why", error)
    return render(
        request, "desk/reception/leader_off.html", framed(request, "desk-reception-leaders", day=day, form=form)
    )


@staff_page("reception.work")
@require_POST
def register(request: HttpRequest, day_id: int) -> HttpResponse:
    """Opens the registration form for a matter that the leader heard."""
    by = actor(request)
    found(lambda: leaders.one(by, day_id))
    try:
        draft = leaders.begin_matter(day_id=day_id, by=by, now=clock.now())
    except Refused as refused:
        messages.warning(request, refused.say(get_language() or "zh"))
        return redirect("desk-reception-leaders")
    return redirect("desk-register-draft", draft_id=draft.pk)
