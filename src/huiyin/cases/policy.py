"""Who may see a case and who may take which step on it. One function, `may`; everything asks it.

A staff member's relation to a case follows from the tree: responsible for it, in its office, above it, in the same
unit, or first asked; or from a task on it: asked, until the matter is settled; or from having passed it on: sender; or from having
answered or reviewed it: reviewed. Who sees a matter only because they were asked, or sent it, does what that asks of them and nothing
else; who answered or reviewed it reads all of it and takes no step. The procedure's table says which roles and relations each step needs; it never reaches further than
what one sees: nobody takes a step on a matter that they may not open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from huiyin.cases.models import Case
from huiyin.orgs import queries as orgs
from huiyin.people.policy import YES, Actor, Decision
from huiyin.procedure.actions import Action
from huiyin.procedure.words import Words

# Relations that open a matter for what was asked of somebody, or for what they passed on and answer for: neither its whole file nor
# the steps of those who handle it.
LENT = frozenset({"asked", "sender", "sent_on"})
# That of whoever answered or reviewed a matter which others have now: it opens the whole file and gives no step.
READING = frozenset({"reviewed"})
SEES: dict[str, frozenset[str]] = {
    "clerk": frozenset({"self", "office", "unit", "first_asked"}) | LENT | READING,
    "handler": frozenset({"self", "office", "first_asked"}) | LENT | READING,
    "head": frozenset({"self", "office", "above", "first_asked"}) | LENT | READING,
    "leader": frozenset({"self", "office", "above", "first_asked"}) | LENT | READING,
    "supervisor": frozenset({"self", "office", "above", "first_asked"}) | LENT | READING,
}

# 检举控告 (Art. 30): whoever took it in or answers for it, and the leaders; nobody else, whatever their rank. Leaders of the
# office that it is about, and of those below it, are not among them.
SEES_SEALED: dict[str, frozenset[str]] = dict.fromkeys(SEES, frozenset({"self", "first_asked"})) | {
    "leader": SEES["leader"] - LENT - READING
}

OVERSEES = frozenset({"head", "leader", "supervisor"})
TOOK_IT_IN = frozenset({"self", "first_asked", "any"})


def may(actor: Actor | None, what: str | Action, case: Case) -> Decision:
    """May this actor see the case (`what="see"`), have its whole file (`"whole"`), or take this step? `case.office` must be loaded."""
    if actor is None:
        return Decision(False, Words("请先登录。", "Please sign in first."))
    relations = relations_of(actor, case)
    if isinstance(what, Action):
        return _may_act(actor, what, relations, sealed=case.sealed)
    return _may_see(actor, relations - LENT if what == "whole" else relations, sealed=case.sealed)


def offered(actor: Actor, actions: Iterable[Action], case: Case) -> list[Action]:
    """Those of the actions that this actor may take on the case; asks the tree once for all of them."""
    relations = relations_of(actor, case)
    return [action for action in actions if _may_act(actor, action, relations, sealed=case.sealed)]


def relations_of(actor: Actor, case: Case) -> frozenset[str]:
    """How the actor stands to the case. A petitioner who got this far proved it with the receipt."""
    if actor.kind == "petitioner":
        return frozenset({"owner", "any"})
    if actor.kind == "system":
        return frozenset({"any"})
    path = case.office.path if case.office else ""
    found = {
        "self": case.responsible_id == actor.staff_id,
        "first_asked": case.first_asked_id == actor.staff_id,
        "office": case.office_id == actor.office_id,
        "above": path != actor.office_path and path.startswith(actor.office_path),
        "unit": path.startswith(actor.unit_path) and _unit_path(case) == actor.unit_path,
        **_sent(actor, case),
        "reviewed": _had_it(actor, case),
        "asked": case.is_open and any(_is_asked(actor, task) for task in case.marks.get("tasks", {}).values()),
        "any": True,
    }
    held = frozenset(name for name, holds in found.items() if holds)
    return held & TOOK_IT_IN if case.accused_id in about_them(actor, sealed=case.sealed) else held


def about_them(actor: Actor, *, sealed: bool) -> list[int]:
    """The offices by which a matter is about whoever works there: their own and those above it. Where it is about the head of
    the whole installation nobody else is left to handle it, so that only accusations are kept from its people."""
    ids = orgs.ids_above(actor.office_path)
    return ids if sealed else ids[1:]


def _sent(actor: Actor, case: Case) -> dict[str, bool]:
    """Whether the actor, their office or one below it passed the matter on: last (`sender`, who decides an objection), or before."""
    *earlier, last = case.marks.get("senders") or [None]
    if last is None:
        return {}
    offices = {office for office, person in (*earlier, last) if person != actor.staff_id and office != actor.office_id}
    below = orgs.those_below(actor.office_path, offices) if offices and actor.roles & OVERSEES else set()

    def theirs(sent: list[Any]) -> bool:
        return sent[1] == actor.staff_id or sent[0] == actor.office_id or sent[0] in below

    return {"sender": theirs(last), "sent_on": any(theirs(sent) for sent in earlier)}


def _had_it(actor: Actor, case: Case) -> bool:
    """Whether the actor, or an office whose matters they see, answered or reviewed the matter (the mark `had`)."""
    had = (case.marks.get("had") or {}).values()
    if any(person == actor.staff_id or office == actor.office_id for office, person in had):
        return True
    offices = {office for office, _ in had}
    if offices and actor.roles & OVERSEES and orgs.those_below(actor.office_path, offices):
        return True
    return bool(offices) and "clerk" in actor.roles and not offices.isdisjoint(orgs.unit_ids(actor.unit_path))


def _is_asked(actor: Actor, task: Mapping[str, Any]) -> bool:
    return task["state"] != "recalled" and (task["staff"] == actor.staff_id or task["office"] == actor.office_id)


def _unit_path(case: Case) -> str:
    return orgs.unit_of(case.office).path if case.office else ""


def _may_see(actor: Actor, relations: frozenset[str], *, sealed: bool) -> Decision:
    sees = SEES_SEALED if sealed else SEES
    if actor.kind != "staff" or any(relations & sees.get(role, frozenset()) for role in actor.roles):
        return YES
    return Decision(False, Words("这件事不在您的办理范围内。", "This matter is outside your range."))


def _may_act(actor: Actor, action: Action, relations: frozenset[str], *, sealed: bool) -> Decision:
    if not (seen := _may_see(actor, relations, sealed=sealed)):
        return seen
    if not actor.roles & action.roles:
        return Decision(False, Words("您的岗位不办这一步。", "This step is not part of your role."))
    if actor.kind != "system" and not _acting(actor, relations, sealed=sealed) & action.relations:
        return Decision(False, Words("这件事不归您所在的科室办。", "This matter belongs to another section."))
    return YES


def _acting(actor: Actor, relations: frozenset[str], *, sealed: bool) -> frozenset[str]:
    """The relations that give somebody steps: being asked, or having passed it on, or having reviewed it, opens the matter, but lends
    no right that the place in the tree had not given anyway."""
    return relations if _may_see(actor, relations - LENT - READING, sealed=sealed) else relations & LENT


def knowable(actor: Actor, case: str = "") -> Q:
    """Accusations (Art. 30) stand in no list but that of the leaders above them and of whoever answers for them; what is about one's
    own office or one above it stands in no list of its people."""
    mine, all_mine = (about_them(actor, sealed=sealed) for sealed in (False, True))
    plain = Q(**{f"{case}sealed": False}) & _not_about(mine, case)
    if "leader" not in actor.roles:
        return plain
    led = Q() if actor.whole else Q(**{f"{case}office__in": orgs.subtree(actor.office_path).values("pk")})
    return plain | Q(**{f"{case}sealed": True}) & led & _not_about(all_mine, case)


def known(actor: Actor, case: str = "") -> Q:
    """What somebody may be told of in a list of other things than matters: what is knowable, and what they answer for or took in."""
    if actor.kind == "system":
        return Q()
    own = Q(**{f"{case}responsible": actor.staff_id}) | Q(**{f"{case}first_asked": actor.staff_id})
    return knowable(actor, case) | own


def _not_about(offices: list[int], case: str) -> Q:
    if not offices:
        return Q()
    return Q(**{f"{case}accused": None}) | ~Q(**{f"{case}accused__in": offices})
