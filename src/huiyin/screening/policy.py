"""Who stands how to a campaign, a sheet and a finding. It follows from the tree of offices alone.

Heads, leaders and supervisors plan and run below themselves. An office's own people fill in its sheet; its head – or the
nearest one above, within the unit – signs it. Nobody sees the sheet of another office but those above it and whoever runs
the campaign.
"""

from __future__ import annotations

from collections.abc import Collection

from huiyin.cases import policy as cases
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people.policy import STAFF, VERBS, Actor
from huiyin.procedure.editions import in_force
from huiyin.screening.models import Campaign, Finding, Sheet

RUN = VERBS["screening.run"]
FILL = frozenset({"clerk", "handler", "head", "leader"})
SIGN = frozenset({"head", "leader"})


def runs(actor: Actor, campaign: Campaign) -> bool:
    """Whether this actor runs the campaign: named for it, or in charge at or above the office that planned it."""
    return campaign.runner_id == actor.staff_id or _above(actor, campaign.office.path)


def chain(actor: Actor) -> list[int]:
    """The offices for whose sheet an actor may speak, the nearest first: the own one and those above it within the unit."""
    own, unit = orgs.ids_above(actor.office_path), orgs.ids_above(actor.unit_path)
    return list(reversed(own[max(0, len(unit) - 1) :]))


def own_of(actor: Actor, taking_part: Collection[int]) -> int | None:
    """The office of a campaign that an actor belongs to: the nearest that takes part."""
    return next((pk for pk in chain(actor) if pk in taking_part), None)


def is_own(actor: Actor, sheet: Sheet) -> bool:
    """Whether the sheet is that of the actor's office. `sheet.campaign`'s sheets are asked for once."""
    if sheet.office_id not in chain(actor):
        return False
    return own_of(actor, {each.office_id for each in sheet.campaign.sheets.all()}) == sheet.office_id


def sees(actor: Actor, sheet: Sheet) -> bool:
    """Whether the actor may open the sheet."""
    if actor.kind != "staff" or not actor.roles & STAFF:
        return False
    return runs(actor, sheet.campaign) or _above(actor, sheet.office.path) or is_own(actor, sheet)


def may_fill(actor: Actor, sheet: Sheet) -> bool:
    """Whether the actor may write into the sheet: its own office does, and who signs for it."""
    return bool(actor.roles & FILL) and (is_own(actor, sheet) or may_sign(actor, sheet))


def may_sign(actor: Actor, sheet: Sheet) -> bool:
    """Whether the actor signs for the office: a head or leader at it or above it, in the same unit."""
    above = sheet.office.path.startswith(actor.office_path)
    return bool(actor.roles & SIGN) and above and orgs.unit_of(sheet.office).path == actor.unit_path


def may_handle(actor: Actor, finding: Finding) -> bool:
    """Whether the actor may change a finding and say what came of it: its owner, its office, those above, who runs it."""
    return finding.owner_id == actor.staff_id or _above(actor, finding.sheet.office.path) or (
        runs(actor, finding.sheet.campaign) or may_fill(actor, finding.sheet)
    )  # fmt: skip


def sees_finding(actor: Actor, finding: Finding) -> bool:
    """Whether the actor may read a finding."""
    return told_of(actor, finding) and (finding.owner_id == actor.staff_id or sees(actor, finding.sheet))


def told_of(actor: Actor, finding: Finding) -> bool:
    """Whether a list may name a finding to the actor: not where it is about their office or one above it, unless they wrote it or own it,
    nor where its matter is sealed or about somebody, and not theirs to see (Arts. 28, 30). `case__office` should be loaded."""
    case = finding.case
    if case and (case.sealed or case.accused_id) and not cases.may(actor, "see", case):
        return False
    theirs = actor.staff_id in (finding.owner_id, finding.created_by_id)
    return theirs or finding.concerned_id not in cases.about_them(actor, sealed=False)


def may_register(actor: Actor) -> bool:
    """Whether the actor's role registers matters; the procedure's table says which do."""
    return bool(actor.roles & in_force(clock.today()).action("register").roles)


def _above(actor: Actor, path: str) -> bool:
    return actor.kind == "staff" and bool(actor.roles & RUN) and path.startswith(actor.office_path)
