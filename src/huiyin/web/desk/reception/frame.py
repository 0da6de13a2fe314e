"""What all pages of the reception share: the tabs below the title, the key of a form, PDFs in the browser."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.kernel.typed import row_number
from huiyin.people.policy import may
from huiyin.web.desk.dates import iso_day
from huiyin.web.ui.access import actor
from huiyin.web.ui.parts import Tab

MOST_PAGES = 10_000


def framed(request: HttpRequest, current: str, **context: Any) -> dict[str, Any]:
    """The context of a page with its tabs and what its reader may do."""
    by = actor(request)
    verbs = {verb: may(by, f"reception.{verb}").ok for verb in ("work", "plan", "events")}
    rows = [Tab(words, reverse(name), current=name == current) for name, words in _places(verbs)]
    return {"tabs_rows": rows, "may": verbs, "key": str(uuid.uuid4()), **context}


def _places(verbs: dict[str, bool]) -> list[tuple[str, str]]:
    places = [
        ("desk-reception", _("候访")), ("desk-reception-visits", _("来访登记")), ("desk-reception-statements", _("口头反映")),
        ("desk-reception-rota", _("值班表")), ("desk-reception-leaders", _("领导接访日")),
    ]  # fmt: skip
    return [*places, ("desk-reception-events", _("情况记录"))] if verbs["events"] else places


def once(request: HttpRequest) -> str:
    """The key that a form carries, so that sending it twice does it once; a new one if it carries none."""
    try:
        return str(uuid.UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid.uuid4())


def asked_day(request: HttpRequest, *, today: date) -> date:
    """The day in the address (`?day=2026-11-25`); today if there is none or it is no date."""
    return iso_day(request.GET.get("day", "")) or today


def asked_page(request: HttpRequest) -> int:
    """The page of a list in the address (`?page=2`); the first if there is none."""
    return min(row_number(request.GET.get("page", "")) or 1, MOST_PAGES)


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and leaves no copy in a shared computer's cache."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer
