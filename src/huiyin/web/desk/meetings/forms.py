"""The forms of a meeting: when, where and with whom; what was said and decided about one matter. They only read what was typed;
what is missing or wrong the services say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huiyin.coordination.models import AgendaItem, Meeting
from huiyin.coordination.services import Plan
from huiyin.kernel.typed import row_number
from huiyin.web.desk.dates import read_day
from huiyin.web.desk.forms import OpenChoice
from huiyin.web.desk.meetings.people import People

KINDS = ((Meeting.Kind.HUDDLE, Meeting.Kind.HUDDLE.label), (Meeting.Kind.JOINT, Meeting.Kind.JOINT.label))


class PlanForm(forms.Form):
    """When, where, with whom."""

    use_required_attribute = False

    def __init__(
        self, people: People, today: date, data: Any = None, initial: Mapping[str, Any] | None = None, kind: bool = True
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="meeting-%s")
        self.today, self.people = today, people
        if kind:
            self.fields["kind"] = OpenChoice(label=_("种类"), choices=KINDS, widget=forms.RadioSelect, required=False)
        self.fields["held_on"] = forms.CharField(label=_("哪天"), required=False)
        self.fields["starts"] = forms.CharField(label=_("几点"), required=False, max_length=20)
        self.fields["place"] = forms.CharField(label=_("地点"), required=False, max_length=80)
        self.fields["chair"] = OpenChoice(
            label=_("主持人"), choices=[("", _("请选一位")), *people.chairs], required=False
        )
        self.fields["participants"] = forms.MultipleChoiceField(
            label=_("参加人"), choices=people.options, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["outside"] = forms.CharField(
            label=_("外单位参加人"),
            help_text=_("一行一位：姓名、单位"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean_held_on(self) -> date:
        day = read_day(self.cleaned_data["held_on"], today=self.today, ahead=True)
        if day is None:
            raise forms.ValidationError(_("请写开会日期，写成 2026-02-09 或者“明天”。"))
        return day

    def plan(self) -> Plan:
        """What was typed; call after is_valid()."""
        given = self.cleaned_data
        return Plan(
            str(given.get("kind") or ""), given["held_on"], row_number(given["chair"]) or 0, given["starts"], given["place"],
            tuple(int(pk) for pk in given["participants"]), given["outside"],
        )  # fmt: skip

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The boxes of the participants by office."""
        tags = {str(widget.data["value"]): widget for widget in self["participants"]}
        return [
            (office, [tags[str(pk)] for pk, _name in rows if str(pk) in tags]) for office, rows in self.people.grouped
        ]


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """The form's values for a meeting as it stands."""
    kept = {name: getattr(meeting, name) for name in ("kind", "starts", "place", "outside")}
    invited = [str(one.pk) for one in meeting.participants.all()]
    return kept | {"held_on": meeting.held_on.isoformat(), "chair": str(meeting.chair_id), "participants": invited}


class ItemForm(forms.Form):
    """What was said and decided about one matter."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, people: People, today: date, item: AgendaItem, data: Any = None) -> None:
        super().__init__(data, initial=_initial(item), auto_id="item-%s")
        self.today = today
        area = forms.Textarea
        self.fields["minutes"] = forms.CharField(label=_("会上怎么说的"), required=False, strip=False, widget=area)
        outcomes = [("", _("还没有决定")), *AgendaItem.Outcome.choices]
        self.fields["outcome"] = OpenChoice(
            label=_("怎么定的"), choices=outcomes, required=False, widget=forms.RadioSelect
        )
        self.fields["decision"] = forms.CharField(label=_("决定"), required=False, strip=False, widget=area)
        self.fields["owner"] = OpenChoice(
            label=_("谁去办"), choices=[("", _("请选一位")), *people.owners], required=False
        )
        self.fields["due_on"] = forms.CharField(label=_("哪天以前办完"), required=False)
        self.fields["reason"] = forms.CharField(label=_("为什么不另外办"), required=False, strip=False, widget=area)

    @property
    def typed(self) -> dict[str, Any]:
        """What goes to the service; call after is_valid(). A date that can't be read stays text, for the service to refuse."""
        given = dict(self.cleaned_data)
        return given | {
            "owner": row_number(given["owner"]),
            "due_on": read_day(given["due_on"], today=self.today, ahead=True),
        }


def _initial(item: AgendaItem) -> dict[str, Any]:
    kept = {name: getattr(item, name) for name in ("version", "minutes", "outcome", "decision", "reason")}
    due = item.due_on.isoformat() if item.due_on else ""
    return kept | {"owner": str(item.owner_id or ""), "due_on": due}
