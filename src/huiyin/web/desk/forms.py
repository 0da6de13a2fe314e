"""One form for every step: built from the fields of the procedure's table, so that the table alone says what is recorded.

A form only reads what was typed; what is missing or wrong the one door says, and its sentences are shown at the fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid, Refused
from huiyin.procedure.actions import Action, Field
from huiyin.web.desk.dates import read_day
from huiyin.web.ui.time_parts import said

FEW = 6
_OF_PEOPLE = frozenset({"several", "member", "members", "requests", "agent", "roster"})
AHEAD = frozenset(  # days to come, which nobody can guess
    {"due_on", "limit_on", "result_due_on", "perform_by", "execute_by", "hearing_on", "answer_by"}
)
NEVER_TODAY_UNASKED = frozenset({("succeed", "on")})  # the day of a death is asked for, never supposed
Options = Sequence[tuple[str, Any]]


class DayInput(forms.CharField):
    """A date as clerks type it; gives YYYY-MM-DD, and what it can't read unchanged, for the one door to refuse."""

    def __init__(self, *, today: date, ahead: bool = False, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.today, self.ahead = today, ahead

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        day = read_day(typed, today=self.today, ahead=self.ahead) if typed else None
        return day.isoformat() if day else typed


class OpenChoice(forms.ChoiceField):
    """A choice whose value the one door checks, so that its own sentence is shown."""

    def validate(self, value: Any) -> None:
        return None


class OpenChoices(forms.MultipleChoiceField):
    """Several choices, which the one door checks."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        return None


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads, as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [upload for upload in (data if isinstance(data, list) else [data]) if upload]


@dataclass(frozen=True)
class Around:
    """What a form needs to know besides the table: the day, the people who may be chosen, grouped by office, the tasks, all offices,
    the petitioners or requests by field, and whoever may have acted for them."""

    today: date
    people: Options = ()
    tasks: Options = ()
    offices: Options = ()
    members: Mapping[str, Options] = field(default_factory=dict)
    acting: Options = ()
    initial: Mapping[str, Any] = field(default_factory=dict)


class StepForm(forms.Form):
    """The form of one step. `facts` are what goes to the one door; `refuse` puts its sentences at the fields."""

    use_required_attribute = False

    def __init__(self, step: Action, around: Around, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial=dict(around.initial), auto_id="step-%s")
        self.step = step
        for known in step.fields:
            if (known.name != "name" or not self.looks_up) and (made := _made(known, around)):
                self.fields[known.name] = made
                if (step.name, known.name) in NEVER_TODAY_UNASKED:
                    made.initial = ""

    @property
    def facts(self) -> dict[str, Any]:
        """What was recorded, by the names of the table; call after is_valid(). Who is not on the roster goes by what was typed."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "files"}
        return found | ({"name": "" if found.get("person") else self.data.get("person_q", "")} if self.looks_up else {})

    @property
    def looks_up(self) -> bool:
        """Whether somebody may be chosen from the roster; the name is typed in the same place."""
        return any(known.kind == "roster" for known in self.step.fields)

    def refuse(self, error: Refused) -> None:
        """Shows a refusal: at its fields, or on top where it belongs to none that is on the page."""
        errors = error.errors if isinstance(error, Invalid) else {error.field: error}
        for name, each in errors.items():
            if name == "office" and "staff" in errors:
                continue  # it follows from the person: one gap, said once
            place = {"office": "staff", "name": "person" if self.looks_up else "name"}.get(name, name)
            words = each.say(get_language() or "zh")
            if name == "office" and not self.data.get("staff"):
                words = _("请选一位。")
            if place in self.fields and words in self.errors.get(place, []):
                continue
            self.add_error(place if place in self.fields else None, words)

    def rows(self) -> list[tuple[str, Any, bool]]:
        """The fields in order: how each is drawn (line, choices, rating or files), itself, whether it may stay empty."""
        known = [self.step.field(name) for name in self.fields]
        return [(_how(each, self[each.name]), self[each.name], _optional(each)) for each in known]


def _made(known: Field, around: Around) -> forms.Field | None:
    options: dict[str, Any] = {"label": said(known.label), "help_text": said(known.hint) if known.hint.zh else ""}
    if known.kind == "date":
        ahead = known.name in AHEAD
        day = around.today.isoformat() if known.required and not ahead else ""
        return DayInput(today=around.today, ahead=ahead, initial=day, **options)
    if known.kind in {"choice", "rating"}:
        return _choice(known, options)
    if known.kind in _OF_PEOPLE:
        return _of_people(known, around, options)
    if known.kind == "task":
        return OpenChoice(choices=around.tasks, required=False, **options)
    if known.kind == "staff":
        return OpenChoice(choices=[("", _("请选一位")), *around.people], required=False, **options)
    if known.kind == "yes":
        return forms.BooleanField(required=False, **options)
    if known.kind == "files":
        return FilesField(required=False, **options)
    if known.kind == "office" and known.name != "office":
        return OpenChoice(choices=[*office_rows(known), *around.offices], required=False, **options)
    if known.kind in {"office", "claims", "person"}:
        return None  # that office follows from the person; the other two have pages of their own
    return _text(known, options)


def office_rows(known: Field) -> list[tuple[str, str]]:
    """What may be chosen instead of an office."""
    nothing = _("请选") if known.required else _("没有具体科室、单位")
    return [("", nothing), *((choice.code, said(choice.name)) for choice in known.choices)]


def _of_people(known: Field, around: Around, options: dict[str, Any]) -> forms.Field | None:
    """A choice among the people of the matter, or of what one may do; left out where there is nobody to choose from."""
    if known.kind == "roster":
        return forms.CharField(required=False, **options)
    if known.kind == "several":
        return OpenChoices(choices=[(each.code, said(each.name)) for each in known.choices], required=False, **options)
    people = list(around.acting if known.kind == "agent" else around.members.get(known.name, ()))
    if not people:
        return None
    if known.kind in {"members", "requests"}:
        return OpenChoices(choices=people, required=False, **options)
    nobody = [] if known.required or known.kind == "member" else [("", _("本人"))]
    widget = forms.RadioSelect if len(people) <= FEW else forms.Select
    return OpenChoice(choices=[*nobody, *people], required=False, initial="", widget=widget, **options)


def _text(known: Field, options: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea if known.kind == "text" else forms.TextInput
    attrs = {"inputmode": "numeric"} if known.kind == "number" else {}
    return forms.CharField(required=False, strip=False, widget=widget(attrs=attrs), **options)


def _choice(known: Field, options: dict[str, Any]) -> forms.Field:
    rows = [(choice.code, said(choice.name)) for choice in known.choices]
    if known.kind == "rating":
        return OpenChoice(choices=rows, required=False, initial="", widget=forms.RadioSelect, **options)
    widget = forms.RadioSelect if len(rows) <= FEW else forms.Select
    return OpenChoice(choices=rows, required=False, widget=widget, **options)


def _optional(known: Field) -> bool:
    """One of several people is asked for only where there are several, and then must be named; so are the requests that are met."""
    return not known.required and known.kind not in {"member", "requests"}


def _how(known: Field, bound: forms.BoundField) -> str:
    if known.kind in {"rating", "files", "roster"}:
        return known.kind
    return "choices" if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "line"
