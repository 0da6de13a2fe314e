"""A case for a page: found, allowed, or the error page with its reason."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.kernel.errors import Forbidden, Refused


class NotYours(PermissionDenied):
    """A refusal of the house as the web's 403; the page says its sentence."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.zh)
        self.refused = refused

    def say(self, language: str) -> str:
        return self.refused.say(language)


def load(request: HttpRequest, no: str, what: str = "see") -> Case:
    """The case with that number for whoever is signed in; 404 if there is none, 403 with the reason if it is not
    theirs to see, or to have as a whole (`what="whole"`)."""
    try:
        return queries.seen_by(request.actor, no, what)  # type: ignore[attr-defined]
    except Forbidden as refused:
        raise NotYours(refused) from refused
    except Refused as missing:
        raise Http404(missing.zh) from missing
