"""What the portal remembers of a visitor: the draft that a cookie opens, and the matters that this browser was shown.

A cookie without a name or an account: whoever holds it may go on writing. Pages about a person are never cached or listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from huiyin.cases import drafts, filing
from huiyin.cases.models import Draft
from huiyin.web.ui.access import public

DRAFT_COOKIE = "huiyin_draft"
DRAFT_AGE = int(filing.DRAFT_KEPT.total_seconds())
DRAFT_PATH = "/file/"
MATTERS = "matters"
LETTERS = "letters"  # the items of a letter that was split, each with the number that its receipt names
BY_CODE, OPENED = "code", "open"

View = Callable[..., HttpResponse]


class NotReached(Exception):
    """This browser has not shown the code of a matter, or not the second fact. `answer` leads to the page that asks for it."""

    def __init__(self, where: str, *args: str) -> None:
        super().__init__(where)
        self.answer = redirect(where, *args)


def personal(view: View) -> View:
    """A page about somebody: for everybody who got there, but kept by no cache and no search engine, and without a referrer.

    A page with a form says where it comes from to this site alone; without that its form would not be taken.
    """

    @wraps(view)
    def kept_close(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except NotReached as asked_first:
            answer = asked_first.answer
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        return answer

    return public(kept_close)


def without_referrer(answer: HttpResponse) -> HttpResponse:
    """For pages without a form: no address of ours goes along with a click, not even to ourselves."""
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def draft_of(request: HttpRequest) -> Draft | None:
    """The draft that this browser may open, handed in or not."""
    return drafts.of_secret(request.COOKIES.get(DRAFT_COOKIE, ""))


def open_draft(request: HttpRequest) -> Draft | None:
    """The draft that this browser is still writing."""
    draft = draft_of(request)
    return draft if draft is not None and draft.case_id is None else None


def remember_draft(answer: HttpResponse, request: HttpRequest, secret: str) -> None:
    """Sets the cookie that opens a draft for 30 days."""
    answer.set_cookie(
        DRAFT_COOKIE,
        secret,
        max_age=DRAFT_AGE,
        path=DRAFT_PATH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_draft(answer: HttpResponse) -> None:
    """Takes the cookie away."""
    answer.delete_cookie(DRAFT_COOKIE, path=DRAFT_PATH)


def show(request: HttpRequest, no: str, how: str) -> None:
    """Remembers that this browser reached a matter: BY_CODE (how far it is) or OPENED (letters and own words too)."""
    seen = dict(request.session.get(MATTERS, {}))
    request.session[MATTERS] = seen | {no: OPENED if OPENED in (how, seen.get(no)) else how}


def shown(request: HttpRequest, no: str) -> str:
    """How far this browser got with a matter: "", BY_CODE or OPENED."""
    return str(request.session.get(MATTERS, {}).get(no, ""))


def show_items(request: HttpRequest, no: str, items: Collection[str]) -> None:
    """The receipt of a letter that was split opens its items as far as the letter itself, without another code."""
    how, letters = shown(request, no), request.session.get(LETTERS, {})
    if any(letters.get(item) != no or shown(request, item) not in (how, OPENED) for item in items):
        request.session[LETTERS] = {**letters, **dict.fromkeys(items, no)}
        for item in items:
            show(request, item, how)


def letter_of(request: HttpRequest, no: str) -> str:
    """The number of the letter through whose receipt this browser came to an item; "" for any other matter."""
    return str(request.session.get(LETTERS, {}).get(no, ""))


def forget(request: HttpRequest, no: str) -> None:
    """Forgets a matter in this browser, with all others of its letter."""
    letters = request.session.get(LETTERS, {})
    first = _first(no, letters)
    gone = {no, first} | {item for item in letters if _first(item, letters) == first}
    for name in (MATTERS, LETTERS):
        request.session[name] = {key: kept for key, kept in request.session.get(name, {}).items() if key not in gone}


def _first(no: str, letters: dict[str, str]) -> str:
    """The matter that a letter was registered as, from any of its items or items of these."""
    for _ in letters:
        no = letters.get(no, no)
    return no
