"""What a page is about, found and allowed, or the error page with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404

from huiyin.kernel.errors import Forbidden, Refused
from huiyin.web.desk.loading import NotYours

T = TypeVar("T")


def found(look: Callable[[], T]) -> T:
    """What `look` gives; 403 with the reason where it is forbidden, 404 where it is refused."""
    try:
        return look()
    except Forbidden as refused:
        raise NotYours(refused) from refused
    except Refused as missing:
        raise Http404(missing.zh) from missing
