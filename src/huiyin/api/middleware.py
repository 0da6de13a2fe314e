"""Everything that the API answers is JSON of one shape, also what Django refuses before or instead of the router."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.api import problems
from huiyin.kernel.typed import row_number

PREFIX = "/api/v1/"
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


class ProblemMiddleware:
    """Refuses what is too large or of the wrong type before it is read, and turns pages about errors into problems."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        made = self.get_response(request)
        if not request.path.startswith(PREFIX) or made.status_code < 400 or _is_json(made):
            return made
        told = problems.general(request, made.status_code, number=made.headers.get("X-Defect", ""))
        for name in KEPT_HEADERS:
            if name in made.headers:
                told[name] = made[name]
        return told

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Known addresses only: what is nowhere stays a 404 whatever it brings."""
        if not request.path.startswith(PREFIX) or request.method != "POST":
            return None
        files = request.path.endswith("/attachments")
        most = settings.BODY_LIMIT if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if (row_number(request.META.get("CONTENT_LENGTH", "")) or 0) > most:
            return problems.general(request, 413)
        if request.content_type == ("multipart/form-data" if files else "application/json"):
            return None
        return problems.answer(request, problems.FORM_WANTED if files else problems.JSON_WANTED, 415)


def _is_json(made: HttpResponse) -> bool:
    return made.headers.get("Content-Type", "").startswith("application/json")
