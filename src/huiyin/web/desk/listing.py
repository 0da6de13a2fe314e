"""事项: all cases that one may see, narrowed and in order of their dates. A fragment for htmx is the same template's part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases import queries, saved_views
from huiyin.cases.models import Case, SavedView
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor, may
from huiyin.procedure.calendars import Calendar
from huiyin.web.desk import counting, words
from huiyin.web.desk.filters import Asked, chips, due_range, read, said_topic
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.parts import Due, Tab
from huiyin.web.ui.tags.words import day_text

PRESETS: dict[str, dict[str, str]] = {
    "open": {}, "mine": {"relation": "mine"}, "soon": {"due": "soon"}, "first": {"relation": "first_asked"}, "asked": {"relation": "asked"}, "sent": {"relation": "sent"}, "reviewed": {"relation": "reviewed"},
    "rating": {"state": "delivered", "unrated": "on"}, "closed": {"scope": "closed"},
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of the list, in words."""

    case: Case
    petitioner: str
    channel: str
    topic: str
    state: str
    whose: str
    received: str
    due: Due


@dataclass(frozen=True)
class Pages:
    """What the pagination component asks of a page; a count that was cut off says so."""

    found: queries.Page

    @property
    def paginator(self) -> Pages:
        return self

    @property
    def count(self) -> str:
        return str(self.found.count) if self.found.counted_all else _("{n}多").format(n=self.found.count)

    def start_index(self) -> int:
        return (self.found.number - 1) * queries.PAGE + 1

    def end_index(self) -> int:
        return self.start_index() + len(self.found.rows) - 1

    def has_previous(self) -> bool:
        return self.found.number > 1

    def has_next(self) -> bool:
        return self.found.more

    def previous_page_number(self) -> int:
        return self.found.number - 1

    def next_page_number(self) -> int:
        return self.found.number + 1


@staff_page("cases.see")
def page(request: HttpRequest) -> HttpResponse:
    """The list; htmx asks for the part `found` of the same template."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, calendar = clock.today(), orgs.calendar()
    choices = queries.choices(actor)
    asked = read(request.GET, choices, today=today, calendar=calendar)
    context = _context(actor, asked, choices.reach, today, calendar) | {"several": len(choices.offices) > 1}
    counting.known(request, context["found"].others["mine"])
    if not getattr(request, "htmx", False):
        return render(request, "desk/cases.html", context)
    part = render(request, "desk/cases.html#found", context)
    part["HX-Push-Url"] = asked.href()
    return part


def _context(actor: Actor, asked: Asked, reach: queries.Offices, today: date, calendar: Calendar) -> dict[str, Any]:
    lists = {name: _preset(name, today, calendar) for name in PRESETS} | _alarming(asked, today, calendar)
    found = queries.listed(actor, asked.filters, page=asked.page, reach=reach, others=lists)
    views, counts = queries.saved_views(actor), found.others
    return {
        "asked": asked,
        "form": asked.form,
        "chips": chips(asked),
        "rows": [_row(case, today, calendar) for case in found.rows],
        "page": Pages(found),
        "found": found,
        "tabs": _tabs(asked, counts, views),
        "views": views,
        "current_view": _current_view(asked, views),
        "query": urlencode(asked.params),
        "late": counts.get("late", 0),
        "nearly": counts.get("nearly", 0),
        "clear": reverse("desk-cases"),
        "may_register": may(actor, "cases.register").ok,
    }


def _preset(name: str, today: date, calendar: Calendar) -> queries.Filters:
    wanted = queries.Filters()
    if name == "soon":
        return _due("soon", wanted, today, calendar)
    if name == "rating":
        return replace(wanted, state="delivered", unrated=True)
    if name == "closed":
        return replace(wanted, scope="closed")
    return replace(wanted, relation=PRESETS[name].get("relation", ""))


def _due(name: str, filters: queries.Filters, today: date, calendar: Calendar) -> queries.Filters:
    """The same list, narrowed to what is late or soon due."""
    found = due_range(name, today, calendar)
    return replace(filters, duty=True, due_from=found["due_from"], due_to=found["due_to"])


def _alarming(asked: Asked, today: date, calendar: Calendar) -> dict[str, queries.Filters]:
    """How many of the listed ones are late or nearly due; not asked for a search or a list with dates of its own."""
    if asked.filters.scope != "open" or asked.filters.q or asked.filters.due_to or asked.filters.due_from:
        return {}
    nearly = replace(_due("soon", asked.filters, today, calendar), due_from=today)
    return {"late": _due("late", asked.filters, today, calendar), "nearly": nearly}


def _tabs(asked: Asked, counts: dict[str, int], views: list[SavedView]) -> list[Tab]:
    names = {
        "open": _("在办"), "mine": _("我承办的"), "soon": _("快到期"), "first": _("我首问的"), "asked": _("请我们协办的"), "sent": _("我们转出去的"), "reviewed": _("我们办过、复查过的"), "rating": _("待评价"), "closed": _("已办结"),
    }  # fmt: skip
    base = reverse("desk-cases")
    tabs = [
        Tab(
            words_,
            base + (f"?{urlencode(PRESETS[name])}" if PRESETS[name] else ""),
            counts[name],
            asked.params == PRESETS[name],
        )
        for name, words_ in names.items()
    ]
    return tabs + [
        Tab(view.name, f"{base}?{view.query}", None, dict(parse_qsl(view.query)) == asked.params) for view in views
    ]


def _current_view(asked: Asked, views: list[SavedView]) -> SavedView | None:
    return next((view for view in views if dict(parse_qsl(view.query)) == asked.params), None)


def _row(case: Case, today: date, calendar: Calendar) -> Row:
    return Row(
        case, words.petitioner(case), words.channel(case), said_topic(case.topic) if case.topic else "—", words.state(case),
        case.responsible.name if case.responsible else "—", _received(case.received_on, today),
        words.due(case, today=today, calendar=calendar),
    )  # fmt: skip


def _received(day: date, today: date) -> str:
    return day_text(day, "" if (today - day).days < 300 else "year")


@staff_page("cases.see")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keeps the filters of the list under a name."""
    query = request.POST.get("query", "")
    try:
        saved_views.keep(by=request.actor, name=request.POST.get("name", ""), query=query)  # type: ignore[attr-defined]
        messages.success(request, _("视图存好了，在上面一排里。"))
    except Refused as error:
        messages.error(request, error.say(get_language() or "zh"))
    return HttpResponseRedirect(reverse("desk-cases") + (f"?{query}" if query else ""))


@staff_page("cases.see")
@require_POST
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Deletes one of one's own views; the cases stay."""
    saved_views.drop(by=request.actor, view_id=view_id)  # type: ignore[attr-defined]
    messages.success(request, _("视图删掉了，事项都还在。"))
    return HttpResponseRedirect(reverse("desk-cases"))
