"""What every page knows: whose house it is, how the reader wants to see it, and whether the data are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from huiyin.orgs import queries
from huiyin.web.ui.preferences import KEYS_COOKIE, PORTAL_COOKIE, SIZE_COOKIE


@dataclass(frozen=True)
class House:
    """The office that stands at the counter, as the portal shows it. All fields may be empty before the installation is set up."""

    unit: str = ""
    name: str = ""
    phone: str = ""
    hours: str = ""
    address: str = ""
    demo: bool = False


def house(request: HttpRequest) -> dict[str, Any]:
    """Context of every page. `office` and `demo` ask the database only when a template reads them; staff bring `demo` along."""
    office, actor = SimpleLazyObject(installed), getattr(request, "actor", None)
    language = get_language() or "zh-hans"
    return {
        "office": office,
        "demo": actor.demo if actor else SimpleLazyObject(lambda: office.demo),
        "html_lang": "en" if language.startswith("en") else "zh-CN",
        "in_english": language.startswith("en"),
        "elder": request.COOKIES.get(PORTAL_COOKIE) == "elder",
        "text_size": request.COOKIES.get(PORTAL_COOKIE, "normal"),
        "desk_large": request.COOKIES.get(SIZE_COOKIE) == "large",
        "keys_off": request.COOKIES.get(KEYS_COOKIE) == "off",
    }


def installed() -> House:
    """The installation's counter, or an empty house where nothing is set up yet."""
    row = queries.installation()
    if row is None:
        return House()
    counter = row.counter
    return House(row.unit.name, counter.name, counter.phone, counter.hours, counter.address, row.demo)
