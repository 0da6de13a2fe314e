"""The numbers at the right of the rail: what is mine to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from huiyin.cases import queries
from huiyin.people.policy import may


def counts(request: HttpRequest) -> Mapping[str, int]:
    """How many open cases this person is responsible for, beside 我的一天; asked once a request."""
    if not hasattr(request, "desk_counts"):
        actor = getattr(request, "actor", None)
        mine = queries.open_count(actor) if actor and may(actor, "cases.see") else 0
        request.desk_counts = {"t": mine} if mine else {}  # type: ignore[attr-defined]
    return request.desk_counts  # type: ignore[attr-defined,no-any-return]


def known(request: HttpRequest, mine: int) -> None:
    """Takes the number from a page that counted it anyway."""
    request.desk_counts = {"t": mine} if mine else {}  # type: ignore[attr-defined]
