"""请假: from when to when somebody is away and who stands in, so that alarms reach somebody who is there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.people import absences
from huiyin.people.policy import Actor
from huiyin.web.desk.found import found
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"required": gettext_lazy("请写哪一天。")})


class AbsenceForm(forms.Form):
    """Who is away, when, and who stands in."""

    use_required_attribute = False
    staff = forms.TypedChoiceField(label=gettext_lazy("谁不在"), coerce=int)
    from_on = _day(gettext_lazy("从哪天"))
    to_on = _day(gettext_lazy("到哪天"))
    deputy = forms.TypedChoiceField(label=gettext_lazy("谁代办"), coerce=int, required=False, empty_value=None)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["staff"].choices = _options(absences.may_enter_for(actor))  # type: ignore[attr-defined]
        nobody = ("", _("没有代办人：告警直接给科室负责人"))
        self.fields["deputy"].choices = [nobody, *_options(absences.deputies(actor))]  # type: ignore[attr-defined]


def _options(people: list[Any]) -> list[tuple[int, str]]:
    return [(person.pk, f"{person.name}　{person.office}") for person in people]


@staff_page("absence.enter")
def page(request: HttpRequest) -> HttpResponse:
    """One's own absences and, for those who supervise, those of one's people; and the form for another."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    usual = {"staff": actor.staff_id, "from_on": clock.today()}
    form = AbsenceForm(actor, refusing.sent(request), auto_id="absence-%s", initial=usual)
    if form.is_valid() and _entered(request, form, actor):
        return HttpResponseRedirect(reverse("desk-absence"))
    listed = absences.of_people(actor, since=clock.today())
    return render(request, "desk/absence.html", {"form": form, "absences": listed})


def _entered(request: HttpRequest, form: AbsenceForm, actor: Actor) -> bool:
    given = form.cleaned_data
    try:
        absences.enter(
            by=actor, staff_id=given["staff"], from_on=given["from_on"], to_on=given["to_on"], deputy_id=given["deputy"],
            today=clock.today(),
        )  # fmt: skip
    except Refused as refused:
        refusing.show(form, refused)
        return False
    messages.success(request, _("记下了。这几天的告警会告诉代办的人。"))
    return True


@staff_page("absence.enter")
@require_POST
def end(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Takes an absence back: somebody is there after all."""
    found(lambda: absences.end(absence_id, by=request.actor))  # type: ignore[attr-defined]
    messages.success(request, _("撤掉了。"))
    return redirect("desk-absence")
