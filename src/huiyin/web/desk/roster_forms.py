"""The form of a retiree: every field but name and office may stay empty; what is wrong the roster's own rules say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huiyin.orgs.models import Office
from huiyin.people.models import Person
from huiyin.people.roster.columns import COLUMNS
from huiyin.web.desk.roster_words import CHOICES, name_of

FIELDS = tuple(column.field for column in COLUMNS if column.field != "office")
GROUPS = (
    ("name", "sex", "born_on", "died_on", "id_kind", "id_number"),
    ("phone", "address", "lives_elsewhere", "living", "languages", "contact_name", "contact_relation", "contact_phone"),
    ("office", "staff_no", "kind", "former_unit", "rank", "retired_on", "party_branch"),
)
DATES = frozenset({"born_on", "died_on", "retired_on"})
PHONES = frozenset({"phone", "contact_phone"})


class Open(forms.ChoiceField):
    """A choice whose value the roster checks, so that its own sentence is shown."""

    def validate(self, value: Any) -> None:
        return None


class PersonForm(forms.Form):
    """What is typed about a retiree; `data` is what goes to the roster."""

    use_required_attribute = False
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, offices: Sequence[Office], data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="person-%s")
        self.offices = {str(office.pk): office for office in offices}
        for field in FIELDS:
            self.fields[field] = _made(field)
        choices = [(pk, office.name) for pk, office in self.offices.items()]
        self.fields["office"] = Open(label=name_of("office"), choices=choices, required=False)

    @property
    def typed(self) -> dict[str, str]:
        """Field → what was typed; call after is_valid()."""
        return {field: self.cleaned_data[field] for field in FIELDS}

    @property
    def office(self) -> Office | None:
        """The office that was chosen, if it is one of those offered."""
        return self.offices.get(self.cleaned_data["office"])

    def groups(self) -> list[list[tuple[Any, bool]]]:
        """The fields in three groups (who, how to reach, work), each with whether it may stay empty."""
        return [[(self[field], field not in ("name", "office")) for field in group] for group in GROUPS]


def _made(field: str) -> forms.Field:
    label = name_of(field)
    if field in CHOICES:
        return Open(label=label, choices=[("", _("没有写")), *CHOICES[field].choices], required=False)
    if field == "lives_elsewhere":
        return Open(label=label, choices=[("no", _("否")), ("yes", _("是"))], required=False)
    hint = _("写成1949-12-31这样") if field in DATES else ""
    attrs = {"inputmode": "tel"} if field in PHONES else {}
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attrs))


def initial_of(person: Person) -> dict[str, Any]:
    """What a form of that person holds when it is opened."""
    values = {field: getattr(person, field) for field in FIELDS}
    texts = {field: value.isoformat() if isinstance(value, date) else value or "" for field, value in values.items()}
    elsewhere = "yes" if person.lives_elsewhere else "no"
    seen = person.changed_at.isoformat()
    return texts | {"lives_elsewhere": elsewhere, "office": str(person.office_id), "seen_at": seen}
