"""收到了，请放心: the code, the receipt, what happens next and by when, and ten minutes to change one's mind."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.documents import qr
from huiyin.kernel import clock
from huiyin.procedure.editions.guards_2022 import TAKE_BACK_WITHIN
from huiyin.web.portal import keeping, status
from huiyin.web.portal.keeping import personal, without_referrer

SHOWN_FOR = timedelta(days=1)


@personal
def page(request: HttpRequest) -> HttpResponse:
    """What was just handed in from this browser; after a day the code asks for the receipt."""
    draft, now = keeping.draft_of(request), clock.now()
    if draft is None or draft.case is None:
        return redirect("portal-file")
    case = queries.find(draft.case.no)
    if case is None or now - draft.updated_at > SHOWN_FOR:
        return redirect("portal-track")
    if case.state == "withdrawn":
        return redirect("portal-matter", no=case.no)
    keeping.show(request, case.no, keeping.OPENED)
    return without_referrer(
        render(request, "portal/file_done.html", context(case, now) | {"follows": draft.data.get("follows", "")})
    )


def context(case: Case, now: datetime) -> dict[str, Any]:
    """What the confirmation says."""
    until = case.registered_at + TAKE_BACK_WITHIN
    return {
        "case": case,
        "qr": picture(case),
        "steps": status.to_come_after_filing(case),
        "back_until": until if case.state == "registered" and now <= until else None,
        "receipt": reverse("portal-receipt", args=[case.no]),
    }


def picture(case: Case) -> str:
    """The QR code of the receipt as an address that carries the picture itself."""
    drawn = qr.svg(f"{settings.BASE_URL}/t/{case.receipt_secret}/")
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
