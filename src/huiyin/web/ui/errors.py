"""The pages for what goes wrong: what happened, what is kept, what to do – in the look of the half that one is in.

A page for a defect must not fail itself: it is drawn without request, context processors or database.
"""

from __future__ import annotations

import logging
import secrets
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from huiyin.procedure.words import Words

log = logging.getLogger("huiyin.errors")
STAFF_SIDE = ("/desk/", "/admin/", "/ui/desk/")


def refused(request: HttpRequest, why: Words) -> HttpResponse:
    """403 with the reason in words."""
    return _page(request, "forbidden", 403, why=why.say(get_language() or "zh"))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "forbidden", 403, why=_sentence(exception))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "bad", 400, why="")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "missing", 404, why="")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit: signed out in another window, or cookies are off."""
    return _page(request, "stale", 403, why="")


def server_error(request: HttpRequest) -> HttpResponse:
    """500. The number on the page is the one in the log, in one line with the traceback.

    The log names the pattern of the address: the address itself may hold a receipt's secret.
    """
    number = f"E-{secrets.token_hex(3).upper()}"
    route = getattr(request.resolver_match, "route", "")
    log.error("%s %s /%s", number, request.method, route, exc_info=sys.exc_info()[0] is not None)
    return HttpResponse(_defect_page(request, number), status=500, headers={"X-Defect": number})


def _page(request: HttpRequest, name: str, status: int, **words: Any) -> HttpResponse:
    return render(request, f"ui/errors/{_side(request)}.html", {"name": name, "status": status, **words}, status=status)


def _defect_page(request: HttpRequest, number: str) -> str:
    language = "en" if (get_language() or "").startswith("en") else "zh-CN"
    side = "desk" if _side(request) == "desk" else "portal"
    return render_to_string("ui/errors/defect.html", {"number": number, "html_lang": language, "side": side})


def _side(request: HttpRequest) -> str:
    """Staff pages for people who are signed in; everybody else gets the portal's look."""
    on_desk = request.path.startswith(STAFF_SIDE)
    return "desk" if on_desk and getattr(request, "actor", None) is not None else "portal"


def _sentence(exception: Exception | None) -> str:
    """Refusals of the house carry a sentence; a bare PermissionDenied does not."""
    say = getattr(exception, "say", None)
    return say(get_language() or "zh") if say else ""
