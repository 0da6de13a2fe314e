"""What a page is about, found, or the page that says that there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from huiyin.kernel.errors import Refused

T = TypeVar("T")


def found(look: Callable[[], T]) -> T:
    """What `look` gives; 404 where it is refused."""
    try:
        return look()
    except Refused as missing:
        raise Http404(missing.zh) from missing


def done(request: HttpRequest, act: Callable[[], object], words: str) -> bool:
    """Whether an act without a form succeeded; says so, or says why not, on the next page."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
        return False
    messages.success(request, words)
    return True
