"""Who may open a page. Every view carries one of the two decorators; a test walks all addresses and looks for `policy`.

The question itself is answered by `huiyin.people.policy.may`; whether a person may see one case is asked again in `cases`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from huiyin.people.policy import Actor, may
from huiyin.web.ui import errors

View = Callable[..., HttpResponse]
FIRST_STOP = "/desk/password/"


def public(view: View) -> View:
    """A page for everybody, signed in or not."""
    view.policy = "public"  # type: ignore[attr-defined]
    return view


def staff_page(verb: str) -> Callable[[View], View]:
    """A page for staff whose role includes `verb` (the table is `people.policy.VERBS`).

    Who is not signed in goes to the sign-in page and comes back; who has a password that somebody else set changes it
    first; who may not is told why (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            by = request.actor  # type: ignore[attr-defined]
            if by is None:
                return sign_in_first(request)
            if request.user.must_change_password and request.path != FIRST_STOP:  # type: ignore[union-attr]
                return HttpResponseRedirect(f"{FIRST_STOP}?{urlencode({'next': _back(request)})}")
            decision = may(by, verb)
            return view(request, *args, **kwargs) if decision.ok else errors.refused(request, decision.why)

        guarded.policy = verb  # type: ignore[attr-defined]
        return guarded

    return decorate


def actor(request: HttpRequest) -> Actor:
    """Who acts; the page's decorator saw to it that somebody does."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; a page turn comes back to where it was, a posted form to the page that it came from."""
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': _back(request)})}")


def _back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path


def address(request: HttpRequest) -> str:
    """What limits are counted by: the network address, of IPv6 the /64 that one line has; behind a proxy what it saw."""
    behind = settings.SECURE_PROXY_SSL_HEADER is not None
    forwarded = str(request.headers.get("X-Forwarded-For", "")) if behind else ""
    return _line(forwarded.split(",")[-1].strip() or str(request.META.get("REMOTE_ADDR", "")))


def _line(source: str) -> str:
    try:
        seen = ip_address(source.partition("%")[0].strip("[]"))
    except ValueError:
        return source
    if isinstance(seen, IPv4Address):
        return str(seen)
    return str(seen.ipv4_mapped or ip_network((seen, 64), strict=False))
