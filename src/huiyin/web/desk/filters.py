"""What the case list is narrowed to: read from the address, said as chips, kept in links. The address holds everything,
so that a list can be sent to a colleague; whatever can't be read there is said and leaves the list wider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huiyin.cases.queries import Choices, Filters
from huiyin.kernel.typed import one_line
from huiyin.orgs.models import Topic
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import SOON_WORKDAYS
from huiyin.procedure.editions.forms_2022 import CHANNELS
from huiyin.procedure.states import STATES
from huiyin.web.desk.dates import read_day
from huiyin.web.ui.parts import Chip
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

SCOPES = (("open", gettext_lazy("在办的")), ("closed", gettext_lazy("已办结的")), ("all", gettext_lazy("全部")))
DUES = (
    ("late", gettext_lazy("已超期")),
    ("today", gettext_lazy("今天到期")),
    ("soon", gettext_lazy("3个工作日内，含已超期")),
)
RELATIONS = (
    ("mine", gettext_lazy("我承办的")),
    ("first_asked", gettext_lazy("我首问的")),
    ("asked", gettext_lazy("请我们协办的")),
    ("sent", gettext_lazy("我们转出去的")),
    ("reviewed", gettext_lazy("我们办过、复查过的")),
)
DATES = ("received_from", "received_to", "due_from", "due_to")
ANY = (("", gettext_lazy("不限")),)
LONGEST_Q = 200


class PlainSelect(forms.Select):
    """A select drawn in one go: Django draws each option from a template, which is slow for a hundred topics."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        options = SafeString(
            "".join(
                f'<option value="{escape(str(key))}"{" selected" * (str(key) == chosen)}>{escape(str(words))}</option>'
                for key, words in self.choices
            )
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class DayField(forms.CharField):
    """A date as clerks type it."""

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(max_length=40, required=False, **options)
        self.today = today

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        day = read_day(typed, today=self.today) if typed else None
        if typed and day is None:
            raise forms.ValidationError(
                _("“{typed}”不是一个日期，可以写“昨天”“2.9”或2026-02-09。").format(typed=typed[:20])
            )
        return day


class FilterForm(forms.Form):
    """The filters as fields. Nothing is required; what is not in a list of choices is an error of its field."""

    def __init__(self, data: QueryDict, choices: Choices, *, today: date) -> None:
        super().__init__(data, auto_id="filter-%s")
        offices = [(str(pk), name) for pk, name in choices.offices]
        people = [(str(pk), f"{name} · {office}") for pk, name, office in choices.staff]
        topics = [(str(pk), en if in_english() else zh) for pk, zh, en in choices.topics]
        states = [(code, said(state.name)) for code, state in STATES.items()]
        channels = [(choice.code, said(choice.name)) for choice in CHANNELS]
        for name, label, options in (
            ("scope", _("范围"), SCOPES), ("state", _("阶段"), [*ANY, *states]), ("channel", _("渠道"), [*ANY, *channels]),
            ("topic", _("类别"), [*ANY, *topics]), ("office", _("科室"), [*ANY, *offices]), ("person", _("承办人"), [*ANY, *people]),
            ("due", _("期限"), [*ANY, *DUES]), ("relation", _("与我的关系"), [*ANY, *RELATIONS]),
        ):  # fmt: skip
            self.fields[name] = forms.ChoiceField(label=label, choices=options, required=False, widget=PlainSelect)
        for name, label in zip(DATES, (_("收到，从"), _("收到，到"), _("期限，从"), _("期限，到")), strict=True):
            self.fields[name] = DayField(label=label, today=today)
        self.fields["unrated"] = forms.BooleanField(label=_("还没评价"), required=False)
        self.full_clean()

    def given(self, name: str) -> Any:
        """The clean value of a filter, empty where it was not given or not understood."""
        return self.cleaned_data.get(name) or ""


@dataclass(frozen=True)
class Asked:
    """What one request asks for: the filters, the page, and the parameters in force (in a fixed order)."""

    filters: Filters
    page: int
    params: dict[str, str]
    form: FilterForm

    def href(self, without: Iterable[str] = (), **more: str) -> str:
        """The list's address with these parameters, less some, plus some."""
        kept = {name: value for name, value in self.params.items() if name not in set(without)} | more
        return reverse("desk-cases") + (f"?{urlencode(kept)}" if kept else "")


def in_english() -> bool:
    """Whether the reader has chosen English."""
    return (get_language() or "").startswith("en")


def said_topic(topic: Topic) -> str:
    """A topic in the reader's language."""
    return topic.name_en if in_english() else topic.name_zh


def read(query: QueryDict, choices: Choices, *, today: date, calendar: Calendar) -> Asked:
    """The filters in the address."""
    form = FilterForm(query, choices, today=today)
    q = one_line(query.get("q", ""))[:LONGEST_Q]
    form_params = {name: str(query[name]).strip() for name in form.fields if form.given(name) and query.get(name)}
    params = ({"q": q} if q else {}) | {
        name: value for name, value in form_params.items() if (name, value) != ("scope", "open")
    }
    return Asked(_filters(form, q, today, calendar), _page(query.get("page", "1")), params, form)


def _filters(form: FilterForm, q: str, today: date, calendar: Calendar) -> Filters:
    dates = {name: form.given(name) or None for name in DATES}
    due = form.given("due")
    if due:
        dates |= due_range(due, today, calendar)
    ids = {name: int(form.given(name)) if form.given(name) else None for name in ("topic", "office", "person")}
    return Filters(
        q=q, scope=form.given("scope") or "open", state=form.given("state"), channel=form.given("channel"),
        topic=ids["topic"], office=ids["office"], responsible=ids["person"], relation=form.given("relation"),
        unrated=bool(form.given("unrated")), duty=bool(due), **dates,
    )  # fmt: skip


def due_range(due: str, today: date, calendar: Calendar) -> dict[str, date | None]:
    """The due dates that late, today and soon (late ones included) mean on this day."""
    if due == "today":
        return {"due_from": today, "due_to": today}
    until = today - timedelta(days=1) if due == "late" else calendar.add_workdays(today, SOON_WORKDAYS)
    return {"due_from": None, "due_to": until}


def _page(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 and int(typed) else 1


def chips(asked: Asked) -> list[Chip]:
    """The filters in force, each with the list's address without it."""
    values: Mapping[str, Any] = {"q": asked.filters.q} | {name: asked.form.given(name) for name in asked.form.fields}
    return [
        Chip(_name(name, asked.form), _value(name, values[name], asked.form), asked.href(without=(name, "page")))
        for name in asked.params
    ]


def _name(name: str, form: FilterForm) -> str:
    return _("搜索") if name == "q" else str(form.fields[name].label)


def _value(name: str, value: Any, form: FilterForm) -> str:
    if isinstance(value, date):
        return day_text(value, "year")
    field = form.fields.get(name)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return _("是") if value is True else str(value)
