"""One campaign for whoever runs it: how far its offices are, what is missing to start it, and how it ends."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import one_line
from huiyin.orgs import queries as orgs
from huiyin.screening import campaigns, queries, report
from huiyin.screening.models import Campaign
from huiyin.web.desk.found import found
from huiyin.web.desk.screening import words
from huiyin.web.desk.screening.fields import Kept, text
from huiyin.web.ui.access import staff_page


@staff_page("screening.run")
def page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What it is, who answered, the record."""
    return render(request, "desk/screening/campaign.html", _context(_one(request, campaign_id)))


def _one(request: HttpRequest, campaign_id: int) -> Campaign:
    return found(lambda: queries.campaign(request.actor, campaign_id))  # type: ignore[attr-defined]


def _context(campaign: Campaign) -> dict[str, Any]:
    today, calendar, is_draft = clock.today(), orgs.calendar(), campaign.state == Campaign.State.DRAFT
    sheets = queries.sheets_of(campaign)
    missing = campaigns.not_ready(campaign, today=today) if is_draft else []
    return {
        "campaign": campaign,
        "facts": words.facts(campaign),
        "why": words.why(campaign),
        "sheets": [(each, words.sheet_due(each, today=today, calendar=calendar)) for each in sheets],
        "late": [each for each in sheets if campaign.state == Campaign.State.RUNNING and report.late_by(each, today)],
        "offices": [office.name for office in campaign.offices.all()] if is_draft else [],
        "missing": [each.say(get_language() or "zh") for each in missing],
        "entries": words.entries(queries.acts_of(campaign)),
        "key": uuid.uuid4().hex,
    }


@staff_page("screening.run")
@require_POST
def start(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Gives the offices their sheets."""
    campaign = _one(request, campaign_id)
    try:
        campaigns.start(campaign, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("开始了。每个单位都有了自己的表。"))
    except Refused as refused:
        messages.error(request, refused.say(get_language() or "zh"))
    return redirect("desk-screening-campaign", campaign_id=campaign.pk)


class CloseForm(Kept):
    """Why it ends."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="close-%s")
        self.fields["note"] = text(_("结束说明"))


@staff_page("screening.run")
def close(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Ends it, with a note where sheets are missing."""
    campaign = _one(request, campaign_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _closed(request, campaign, form):
        return redirect("desk-screening-campaign", campaign_id=campaign.pk)
    owing = [each for each in queries.sheets_of(campaign) if each.state != each.State.SIGNED]
    return render(request, "desk/screening/close.html", {"campaign": campaign, "form": form, "owing": owing})


def _closed(request: HttpRequest, campaign: Campaign, form: CloseForm) -> bool:
    try:
        campaigns.close(campaign, by=request.actor, now=clock.now(), note=form.typed["note"])  # type: ignore[attr-defined]
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("结束了。没有着落的发现还在，直到有着落。"))
    return True


@staff_page("screening.run")
@require_POST
def copy(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Takes it as the pattern of the next one."""
    campaign, key = _one(request, campaign_id), one_line(request.POST.get("key", "")[:32]) or None
    made = campaigns.copy(campaign, by=request.actor, now=clock.now(), key=key)  # type: ignore[attr-defined]
    messages.success(request, _("照这一次拟好了下一次，日子请看一眼。"))
    return redirect("desk-screening-edit", campaign_id=made.pk)
