"""Who acts on a request, which addresses are nobody's, and that nothing of an answer is kept on a computer that others use too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from huiyin.people.services import actor_for


class NothingKeptMiddleware:
    """Tells browsers and proxies to keep no page, letter or answer; styles and scripts never come here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        made = self.get_response(request)
        made.headers.setdefault("Cache-Control", "private, no-store")
        return made


class StorableAddressMiddleware:
    """No page has an address with a NUL, and PostgreSQL would be asked for a row that it can't name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        return self.get_response(request)


class ActorMiddleware:
    """Puts the person who acts on the request: `request.actor`, None for everybody who is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = actor_for(user) if user.is_authenticated else None  # type: ignore[attr-defined]
        return self.get_response(request)
