"""查办到哪一步了: by the code on the receipt or by its QR code. A second fact opens letters and one's own words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from huiyin.cases import tracking
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.web.portal import keeping, matter
from huiyin.web.portal.forms import CodeForm, FactForm
from huiyin.web.portal.keeping import personal, without_referrer
from huiyin.web.ui.access import address

TRIED_OFTEN = 429


@personal
def page(request: HttpRequest) -> HttpResponse:
    """One field for the code, however it is typed."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "portal/track.html", {"form": form})
    try:
        case = tracking.by_code(form.cleaned_data["code"], address=address(request), now=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return render(request, "portal/track.html", {"form": form}, status=_status(refused))
    keeping.show(request, case.no, keeping.BY_CODE)
    return redirect("portal-matter", no=case.no)


@personal
def by_secret(request: HttpRequest, secret: str) -> HttpResponse:
    """From the QR code: everything is open, and the page itself is shown here, so that it can be kept as a bookmark."""
    case = tracking.by_secret(secret)
    if case is None:
        return without_referrer(render(request, "portal/secret_unknown.html", status=404))
    keeping.show(request, case.no, keeping.OPENED)
    return without_referrer(matter.shown(request, case, opened=True))


@personal
def second_fact(request: HttpRequest, no: str) -> HttpResponse:
    """What only the petitioner and the office know."""
    case = matter.load(request, no)
    wanted, form = tracking.wants(case), FactForm(request.POST or None)
    if keeping.shown(request, no) == keeping.OPENED:
        return redirect("portal-matter", no=no)
    status = 200
    if request.method == "POST" and wanted and form.is_valid():
        try:
            tracking.check_fact(case, form.cleaned_data["fact"], address=address(request), now=clock.now())
        except Refused as refused:
            form.add_error("fact", refused.say(get_language() or "zh"))
            status = _status(refused)
        else:
            keeping.show(request, no, keeping.OPENED)
            return redirect("portal-matter", no=no)
    return render(request, "portal/open.html", {"form": form, "case": case, "wanted": wanted}, status=status)


def _status(refused: Refused) -> int:
    return TRIED_OFTEN if refused.code == "too_many" else 200
