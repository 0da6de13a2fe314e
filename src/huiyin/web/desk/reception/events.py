"""情况记录: what happened in the room. The list is by time; nothing here finds or counts people, and nothing is exported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.reception import events
from huiyin.reception.models import EventAddition, EventNote
from huiyin.web.desk.found import found
from huiyin.web.desk.reception.frame import asked_page, framed, once
from huiyin.web.desk.reception.times import read_moment
from huiyin.web.ui import refusing
from huiyin.web.ui.access import actor, staff_page
from huiyin.web.ui.pages import Pages

CALLS = [("120", gettext_lazy("120急救")), ("119", gettext_lazy("119消防")), ("110", gettext_lazy("110公安"))]


class NoteForm(forms.Form):
    """An event: what, when, where, what was done, who was told."""

    use_required_attribute = False
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("哪一种"), required=False, choices=EventNote.Kind.choices, widget=forms.RadioSelect
    )
    day = forms.CharField(label=gettext_lazy("日期"), required=False)
    at = forms.CharField(label=gettext_lazy("时间"), required=False, help_text=gettext_lazy("例如9:30"))
    place = forms.CharField(label=gettext_lazy("地点"), required=False, max_length=60)
    what = forms.CharField(
        label=gettext_lazy("发生了什么"), required=False, widget=forms.Textarea,
        help_text=gettext_lazy("只写看到、听到的事，不写是谁，不评论人"),
    )  # fmt: skip
    at_once = forms.CharField(label=gettext_lazy("当场做了什么"), required=False, widget=forms.Textarea)
    called = forms.MultipleChoiceField(
        label=gettext_lazy("打了哪些电话"), required=False, choices=CALLS, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("打不打由在场的人决定，电话由人打"),
    )  # fmt: skip
    called_by = forms.CharField(label=gettext_lazy("谁决定打的、谁打的"), required=False, max_length=60)
    calmed = forms.CharField(
        label=gettext_lazy("怎样劝解的"), required=False, widget=forms.Textarea, help_text=gettext_lazy("冲突必须写")
    )
    act = forms.ChoiceField(
        label=gettext_lazy("第二十六条的哪一项"), required=False, choices=[("", gettext_lazy("不是冲突")), *EventNote.Act.choices]
    )  # fmt: skip
    reviewer = forms.CharField(
        label=gettext_lazy("谁做法制审核"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("冲突必须写，写岗位或者姓名"),
    )

    def facts(self, *, today: Any) -> dict[str, Any]:
        """What goes to the note; call after is_valid()."""
        given = dict(self.cleaned_data)
        given["happened_at"] = read_moment(given.pop("day"), given.pop("at"), today=today)
        return given


class AddForm(forms.Form):
    """Something that is added to a note."""

    use_required_attribute = False
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("补记哪一种"), required=False, choices=EventAddition.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=gettext_lazy("补记的话"), required=False, widget=forms.Textarea)


@staff_page("reception.events")
def page(request: HttpRequest) -> HttpResponse:
    """The notes of the unit by the time of the event."""
    number = asked_page(request)
    found_here = events.listed(actor(request), page=number)
    rows = [{"event": event, "open": events.open_ends(event)} for event in found_here[: events.PAGE]]
    pages = Pages(number, events.PAGE, len(rows), None, len(found_here) > events.PAGE)
    context = framed(request, "desk-reception-events", rows=rows, page=pages)
    return render(request, "desk/reception/events.html", context)


@staff_page("reception.events")
def new(request: HttpRequest) -> HttpResponse:
    """Writes an event down."""
    context, now = framed(request, "desk-reception-events"), clock.now()
    start = {"day": _("今天"), "key": context["key"]}
    form = NoteForm(refusing.sent(request), auto_id="note-%s", initial=start)
    if form.is_valid():
        try:
            facts = form.facts(today=clock.on(now))
            made = events.note(facts=facts, key=once(request), by=actor(request), now=now)
            messages.success(request, _("记下了。写下的不能再改，可以补记。"))
            return redirect("desk-reception-event", event_id=made.pk)
        except Refused as refused:
            refusing.show(form, refused, {"happened_at": "at"})
    return render(request, "desk/reception/event_new.html", {**context, "form": form})


@staff_page("reception.events")
def one(request: HttpRequest, event_id: int) -> HttpResponse:
    """A note with what was added to it; more can be added, nothing changed."""
    event = found(lambda: events.one(actor(request), event_id))
    context = framed(request, "desk-reception-events", event=event, open=events.open_ends(event))
    form = AddForm(refusing.sent(request), auto_id="add-%s", initial={"kind": "more", "key": context["key"]})
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("kind", "text")}
        try:
            events.add(event_id=event_id, **words, key=once(request), by=actor(request), now=clock.now())
            messages.success(request, _("补记好了。"))
            return redirect("desk-reception-event", event_id=event_id)
        except Refused as refused:
            refusing.show(form, refused)
    return render(request, "desk/reception/event.html", {**context, "form": form})
