"""Reading campaigns, sheets and findings. What an actor may see narrows the query itself; no list asks more for more rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from huiyin.cases import policy as cases
from huiyin.cases.models import Case
from huiyin.kernel.db.columns import beginning
from huiyin.kernel.db.written import written_once
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.people.policy import Actor
from huiyin.screening import policy
from huiyin.screening.acts import NOT_YOURS
from huiyin.screening.models import Act, Campaign, Finding, Sheet

PAGE = 50
TODAY = 50
OF_FINDING = (
    "sheet__campaign__office",
    "sheet__office__parent__parent",
    "topic",
    "owner__office",
    "concerned",
    "case__office",
)


@dataclass(frozen=True)
class Page:
    """One page of open findings; `more` says that there are further ones."""

    rows: list[Finding]
    number: int
    more: bool


def campaign(actor: Actor, pk: int) -> Campaign:
    """A campaign with its questions, for whoever runs it. Raises Refused (not_found), Forbidden."""
    rows = Campaign.objects.select_related("office", "runner", "copied_from").prefetch_related("questions", "topics")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise _missing()
    if not policy.runs(actor, found):
        raise Forbidden(*NOT_YOURS)
    return found


def sheet(actor: Actor, pk: int) -> Sheet:
    """A sheet with its campaign's questions and its findings, for its office, those above and whoever runs it."""
    rows = Sheet.objects.select_related(
        "campaign__office", "campaign__runner", "office__parent__parent", "saved_by", "signed_by"
    )
    found = (
        rows.prefetch_related(
            "campaign__questions", "campaign__topics", "campaign__sheets", "findings__owner", "findings__case__office"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise _missing()
    if not policy.sees(actor, found):
        raise Forbidden(*NOT_YOURS)
    return found


def finding(actor: Actor, pk: int) -> Finding:
    """A finding, for its owner and whoever may see its sheet."""
    rows = Finding.objects.select_related(
        *OF_FINDING, "question", "outcome_by", "sheet__campaign__runner", "created_by"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise _missing()
    if not policy.sees_finding(actor, found):
        raise Forbidden(*NOT_YOURS)
    return found


def _missing() -> Refused:
    return Refused("没有找到。", "It was not found.", code="not_found")


def campaigns(actor: Actor, *, page: int = 1) -> tuple[list[Campaign], bool]:
    """The campaigns that the actor runs, drafts and running ones before closed ones; and whether there are more."""
    mine = Q(runner_id=actor.staff_id)
    if actor.roles & policy.RUN:
        mine |= beginning("office__path", actor.office_path)
    rows = Campaign.objects.filter(mine).select_related("office", "runner").prefetch_related("sheets")
    start = (max(1, page) - 1) * PAGE
    found = list(rows.order_by("-state", "-due_on", "-pk")[start : start + PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def own_sheets(actor: Actor) -> list[Sheet]:
    """The sheets of the actor's own office: of each campaign the one of the nearest office that takes part; newest first."""
    chain = policy.chain(actor)
    rows = Sheet.objects.filter(office_id__in=chain).select_related("campaign", "office").order_by("-campaign_id")
    nearest: dict[int, Sheet] = {}
    for each in rows[: PAGE * len(chain)]:
        known = nearest.get(each.campaign_id)
        if known is None or chain.index(each.office_id) < chain.index(known.office_id):
            nearest[each.campaign_id] = each
    return list(nearest.values())[:PAGE]


def sheets_of(found: Campaign) -> list[Sheet]:
    """The sheets of a campaign in the order of the tree."""
    rows = found.sheets.select_related("office", "signed_by").prefetch_related("findings")
    return list(rows.order_by("office__path"))


def waiting(actor: Actor, *, today: date) -> list[Sheet]:
    """What a person's day holds of screenings: sheets of the own office to be filled in, sheets to be signed, and late ones –
    for the head who signs and for whoever runs the campaign. The earliest first. One query."""
    found = _waiting(actor, today)
    open_ones = (each for each in found if each.state != Sheet.State.SIGNED)
    return [each for each in open_ones if _concerns(actor, each, found, today)][:TODAY]


@written_once
def _waiting(actor: Actor, today: date) -> QuerySet[Sheet]:
    late, signed = Q(due_on__lt=today), Q(state=Sheet.State.SIGNED)
    who = Q(campaign__runner_id=actor.staff_id) & late & ~signed
    if actor.roles & policy.FILL:
        who |= Q(office_id__in=policy.chain(actor))  # signed ones too: they say whose office takes part
    if actor.roles & policy.SIGN:
        who |= beginning("office__path", actor.office_path) & (late | Q(state=Sheet.State.FILLED)) & ~signed
    rows = Sheet.objects.filter(who, campaign__state=Campaign.State.RUNNING)
    return rows.select_related("campaign", "office__parent__parent").order_by("due_on", "pk")[: TODAY * 2]


def _concerns(actor: Actor, each: Sheet, found: list[Sheet], today: date) -> bool:
    """Leaves out what belongs to an office further up, or to another unit's head."""
    if each.campaign.runner_id == actor.staff_id and each.due_on < today:
        return True
    if policy.may_sign(actor, each) and (each.due_on < today or each.state == Sheet.State.FILLED):
        return True
    taking_part = {other.office_id for other in found if other.campaign_id == each.campaign_id}
    return bool(actor.roles & policy.FILL) and policy.own_of(actor, taking_part) == each.office_id


@written_once
def owed(actor: Actor, *, today: date) -> QuerySet[Finding]:
    """Open findings that a person owns, and late ones of campaigns that they run; the earliest first. One query."""
    mine = Q(owner_id=actor.staff_id) | Q(sheet__campaign__runner_id=actor.staff_id, due_on__lt=today)
    rows = Finding.objects.filter(mine, outcome="").select_related("owner", "sheet__office")
    return rows.order_by("due_on", "pk")[:TODAY]


def open_findings(actor: Actor, *, page: int = 1) -> Page:
    """Every finding without an outcome that the actor may see, the earliest date first."""
    start = (max(1, page) - 1) * PAGE
    rows = list(_visible(actor).filter(outcome="").order_by("due_on", "pk")[start : start + PAGE + 1])
    return Page(rows[:PAGE], max(1, page), len(rows) > PAGE)


def _visible(actor: Actor) -> QuerySet[Finding]:
    own = [each.pk for each in own_sheets(actor)]
    who = Q(owner_id=actor.staff_id) | Q(sheet_id__in=own) | Q(sheet__campaign__runner_id=actor.staff_id)
    if actor.roles & policy.RUN:
        who |= beginning("sheet__office__path", actor.office_path)
    about = Q(concerned_id__in=cases.about_them(actor, sealed=False))
    theirs = Q(owner_id=actor.staff_id) | Q(created_by_id=actor.staff_id)
    return Finding.objects.filter(who, Q(concerned=None) | ~about | theirs).select_related(
        "owner", "topic", "sheet__office", "sheet__campaign"
    )


def acts_of(found: Campaign | Sheet | Finding) -> list[Act]:
    """The record of a campaign, a sheet or a finding, newest first."""
    rows = found.acts.select_related("sheet__office")
    return list(rows.filter(finding=None) if isinstance(found, Campaign) else rows)


def origin(actor: Actor, case: Case) -> Finding | None:
    """The finding that a case was made of, if this actor may see it."""
    rows = Finding.objects.select_related(*OF_FINDING, "sheet__campaign__runner")
    found = rows.filter(case=case).first()
    return found if found is not None and policy.sees_finding(actor, found) else None


def with_findings(found: Campaign) -> list[Sheet]:
    """The sheets of a campaign with their findings and cases, for its report. Three queries."""
    findings = Prefetch("findings", Finding.objects.select_related("topic", "case__office", "owner").order_by("pk"))
    return list(found.sheets.select_related("office", "signed_by").prefetch_related(findings).order_by("office__path"))
