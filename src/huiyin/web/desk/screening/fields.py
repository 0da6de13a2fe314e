"""Fields of the forms of screenings: days to come as clerks type them, choices that the services check themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language

from huiyin.kernel.errors import Invalid, Refused
from huiyin.people.models import Staff
from huiyin.web.desk.dates import NAMED, read_day
from huiyin.web.desk.forms import OpenChoice

A_YEAR = timedelta(days=364)


class ComingDay(forms.CharField):
    """A date as clerks type it; without its year the next one. Gives YYYY-MM-DD, and unchanged what it can't read."""

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(required=False, max_length=40, **options)
        self.today = today

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        soon = typed.strip().lower() in NAMED
        day = read_day(typed, today=self.today if soon else self.today + A_YEAR) if typed else None
        return day.isoformat() if day else typed


class OpenMany(forms.MultipleChoiceField):
    """Several choices whose values the services check."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        return None


class Kept(forms.Form):
    """A form that only reads what was typed; what is wrong the services say, and `refuse` shows it."""

    use_required_attribute = False

    @property
    def typed(self) -> dict[str, Any]:
        self.is_valid()
        return dict(self.cleaned_data)

    def refuse(self, error: Refused) -> None:
        """Shows a refusal at its fields, or on top."""
        for name, each in (error.errors if isinstance(error, Invalid) else {error.field: error}).items():
            self.add_error(name if name in self.fields else None, each.say(get_language() or "zh"))


def line(label: str, hint: str = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, strip=False, widget=forms.TextInput(attrs=attrs)
    )


def text(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, strip=False, widget=forms.Textarea)


def people(label: str, found: Iterable[Staff], hint: str = "") -> OpenChoice:
    """Staff grouped by office, in the order they come."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        grouped.setdefault(one.office.name, []).append((str(one.pk), one.name))
    return OpenChoice(label=label, help_text=hint, choices=[("", "—"), *grouped.items()], required=False)
