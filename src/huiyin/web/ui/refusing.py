"""Puts the house's refusals at the fields of a form, in the reader's language; what belongs to no field stands on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language

from huiyin.kernel.errors import Invalid, Refused


def sent(request: HttpRequest) -> Any:
    """What was posted, be it nothing at all; None where the page was only opened."""
    return request.POST if request.method == "POST" else None


def show(form: forms.Form, error: Refused, places: Mapping[str, str] | None = None) -> None:
    """Shows a refusal in a form that was validated. `places`: field of the refusal → field of the form, where they differ."""
    for name, each in (error.errors if isinstance(error, Invalid) else {error.field: error}).items():
        field = (places or {}).get(name, name)
        form.add_error(field if field in form.fields else None, each.say(get_language() or "zh"))
