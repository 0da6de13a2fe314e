"""Language, size of text and single keys: cookies that a link sets, so that nobody needs an account or a script for them.

`next` may only lead back into this site; anything else goes home.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.web.ui.access import public

PORTAL_COOKIE = "portal_size"
SIZE_COOKIE = "desk_size"
KEYS_COOKIE = "desk_keys"
CHOICES = {
    "language": (settings.LANGUAGE_COOKIE_NAME, {code for code, _ in settings.LANGUAGES}),
    "size": (PORTAL_COOKIE, {"normal", "elder"}),
    "desk-size": (SIZE_COOKIE, {"normal", "large"}),
    "keys": (KEYS_COOKIE, {"on", "off"}),
}
YEAR = 365 * 24 * 3600


@public
def prefer(request: HttpRequest, what: str, choice: str) -> HttpResponse:
    """Keep one choice for a year and go back to the page."""
    if what not in CHOICES or choice not in CHOICES[what][1]:
        raise Http404
    answer = HttpResponseRedirect(safe_next(request))
    answer.set_cookie(
        CHOICES[what][0], choice, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=what == "language"
    )
    return answer


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """The `next` of the request if it stays on this host, else `otherwise`."""
    target = request.GET.get("next") or request.POST.get("next") or ""
    fits = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if fits else otherwise


@public
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The table of keys as a page of its own: for printing, and where no script runs."""
    return render(request, "ui/shortcuts.html")
