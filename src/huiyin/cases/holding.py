"""What holds people and offices in place: open cases, and drafts. A person leaves, and an office closes, when they are in other hands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from huiyin.cases.models import Case, CaseLink, Draft
from huiyin.cases.turns import is_typed
from huiyin.kernel.errors import Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words

SAME = frozenset({CaseLink.Kind.SAME, CaseLink.Kind.REPEAT})  # what was linked as new facts is a matter of its own
LINKED = frozenset({"not_again", "not_accepted"})  # steps on what stands linked as the same
ASKS_ABOVE = frozenset({"request_review", "request_rereview"})
DISPUTES = frozenset({"decide_dispute", "record_dispute"})
CARRIES_ON = ("clerk", "handler", "head", "leader")  # who can take a next step with a case or hand it on


def who_keeps_staff(staff: Staff) -> Refused | None:
    """Why somebody can't leave yet: open cases that they answer for, or what they took in and did not register."""
    held = Case.objects.filter(responsible=staff, is_open=True).count()
    if held:
        return Refused(
            f"{staff.name}手里还有{held}件没办结，先交给别人再停用或调走。",
            f"{staff.name} still answers for {held} open matters; hand them to others first.",
            code="holds-cases",
        )
    if waiting := unregistered(staff):
        return Refused(
            f"{staff.name}还有{waiting}份没登记的草稿。请本人先登记（不用的删掉），或者在人员页上把草稿转交给接手的人，再停用或调走。",
            f"{staff.name} still has {waiting} drafts that are not registered. Let them register or discard them, or pass them on to a successor on the page of the account, first.",
            code="holds-drafts",
        )
    return None


def unregistered(staff: Staff) -> int:
    """How many drafts of somebody at the desk hold something: only their owner can open them."""
    waiting = Draft.objects.filter(owner=staff, case=None).prefetch_related("draft_files")
    return sum(bool(is_typed(draft.data) or draft.draft_files.all()) for draft in waiting)


def who_keeps_open(office: Office) -> Refused | None:
    """Why an office can't be closed yet: the number of open cases in it."""
    held = Case.objects.filter(office=office, is_open=True).count()
    if not held:
        return None
    return Refused(
        f"“{office.name}”还有{held}件没办结，先交给别的科室再停用。",
        f"“{office.name}” still has {held} open matters; hand them to another office first.",
        code="holds-cases",
    )


def keep_on_duty(staff_id: int) -> None:
    """Locks an account until the transaction ends, so that nobody leaves while a case comes to them. Refused if they left."""
    if not Staff.objects.select_for_update().filter(pk=staff_id, is_active=True).exists():
        raise Refused("这个账号已停用。", "This account is not in use.", field="staff", code="inactive")


def taken_up_again(case: Case, step: Action, effects: Mapping[str, Any], *, by: Actor) -> dict[str, Any]:
    """Who answers for a settled case that a step opens again, where whoever had it is on duty no more: who takes the step,
    else who takes intake. Empty where nothing changes."""
    if case.is_open or step.target is None or not STATES[step.target].open or "responsible" in effects:
        return {}
    if Staff.objects.select_for_update().filter(pk=case.responsible_id or 0, is_active=True).exists():
        return {}
    person = Staff.objects.get(pk=by.staff_id) if by.staff_id else people.intake()
    return {"office": person.office_id, "responsible": person.pk}


def on_duty(effects: Mapping[str, Any], step: Action) -> dict[str, Any]:
    """Who gets a case that goes to them by itself, where they left or work elsewhere now: whoever answers for their office. Empty where
    nothing changes."""
    if step.passes is None or "responsible" not in effects:
        return {}
    here = Staff.objects.filter(pk=effects["responsible"], office=effects["office"], is_active=True)
    if here.select_for_update().exists():
        return {}
    person = people.successor_at(orgs.office(effects["office"]))
    return {"office": person.office_id, "responsible": person.pk}


def check_asked(case: Case, facts: Mapping[str, Any]) -> None:
    """Raises Invalid unless the person asked for help with a case is on duty and works at the desk; any office may be asked."""
    keep_on_duty(facts["staff"])
    if not Staff.objects.filter(pk=facts["staff"], role_rows__role__in=CARRIES_ON).exists():
        raise not_to_be_asked()
    check_not_accused(case, Staff.objects.select_related("office").get(pk=facts["staff"]))


def not_to_be_asked() -> Invalid:
    """The refusal of somebody who can't be asked for help."""
    error = Refused(
        "不能请这个人协办，请选办事的人。",
        "This person can't be asked; choose someone who handles matters.",
        field="staff",
    )
    return Invalid({"staff": error})


def above_is_here(case: Case) -> bool:
    """Whether the unit above the one that has the case works in this system, so that it reviews here. The head of the whole
    installation is a unit; only what lies deeper asks the tree. `case.office` must be loaded."""
    if case.office is None or len(orgs.ids_above(case.office.path)) == 1:
        return False
    if case.office.kind == Office.Kind.UNIT:
        return True
    return len(orgs.ids_above(case.office.path)) > 2 and len(orgs.ids_above(orgs.unit_of(case.office).path)) > 1


def check_place_of(case: Case, step: Action, *, by: Actor, running: Collection[str] | None = None) -> None:
    """Refused where another place in the tree has to take this step, or does so itself. `running` are the terms that run
    for a case whose rows are not written yet."""
    if why := not_theirs(step, case, running):
        code = "unit_above_is_here" if why[0] is _ABOVE_IS_HERE else "not_theirs"
        raise Refused(why[0].zh, why[0].en, code=code)
    if step.name in DISPUTES:
        check_common_superior(case, step.name, by=by)


def not_theirs(step: Action, case: Case, running: Collection[str] | None = None) -> list[Words]:
    """Why a step is not for this case, as far as the tree or a decision that is awaited says so; empty for other steps."""
    action = step.name
    if step.outside or step.receiver == "above":
        here = above_is_here(case)
        return [] if here != step.outside else [_ABOVE_IS_HERE if here else _ABOVE_IS_OUTSIDE]
    if action == "send_up_sealed" and not accuses_everybody(case):
        return [_NOT_ABOUT_ALL]
    if action in LINKED and not _linked(case):
        return [_NOT_LINKED if action == "not_again" else _NOT_LINKED_BELOW]
    return [_DISPUTED] if action == "inform" and "dispute" in (_running(case) if running is None else running) else []


def known_of(case: Case, step: Action) -> dict[str, Any]:
    """What the matter and the tree say that a step must know: whether feedback is owed, whether the unit above that is asked for a
    review works here. `case.office` must be loaded."""
    if step.name == "archive":
        return {"feedback_owed": True} if case.marks.get("feedback_owed") else {}
    return {"above_is_here": True} if step.name in ASKS_ABOVE and above_is_here(case) else {}


def linked_as_same() -> Exists:
    """Whether a case stands linked as the same matter or a repeat, to be asked for along with it (`stands_linked`). Other links, as that
    of an item to its sealed letter, tell nothing here."""
    acts = CaseLink.objects.filter(Q(low_id=OuterRef("pk")) | Q(high_id=OuterRef("pk")), kind__in=SAME).annotate(
        odd=F("seq") % 2
    )
    later = CaseLink.objects.filter(low_id=OuterRef("low_id"), high_id=OuterRef("high_id"), seq=OuterRef("seq") + 1)
    return Exists(acts.filter(~Exists(later), odd=1))


def _linked(case: Case) -> bool:
    if not hasattr(case, "stands_linked"):
        found = Case.objects.filter(pk=case.pk).annotate(stands_linked=linked_as_same())
        return any(found.values_list("stands_linked", flat=True))
    return bool(case.stands_linked)


def _running(case: Case) -> set[str]:
    return {row.term for row in case.clocks.all() if row.stopped_on is None}


_ABOVE_IS_HERE = Words(
    "上一级单位就在本系统里，由它指定人办，不能由被复查的单位代记。",
    "The unit above works in this system: it names who does this; the unit under review can't record it.",
)
_ABOVE_IS_OUTSIDE = Words(
    "上一级单位不在本系统里，没有人可以指定；把请求转给它，收到它的意见书再记下来。",
    "The unit above does not work in this system, so nobody can be named; pass the request on to it and record its opinion when it comes.",
)
_NOT_ABOUT_ALL = Words(
    "反映的不是整个单位，由没有被反映的负责人移送。",
    "It is not about the whole unit; a leader whom it is not about passes it on.",
)
_NOT_LINKED = Words(
    "先把它和复核过的那一件连在一起，再决定是不是不再受理。",
    "Link it to the matter that was re-reviewed first; then it can be decided that it isn't taken again.",
)
_NOT_LINKED_BELOW = Words(
    "先把它和下级单位正在办的那一件连在一起，再决定是不是不予受理。",
    "Link it to the matter that the unit below is handling first; then it can be decided that it isn't accepted here.",
)
_DISPUTED = Words(
    "受理有争议，已经报请决定，等决定下来。", "Competence is disputed and a decision was asked for; wait for it."
)


def accuses_everybody(case: Case) -> bool:
    """Whether a matter is about the head of the tree that has it, and so about every leader above it. `case.office` must be loaded."""
    return (
        case.accused_id is not None
        and case.office is not None
        and case.accused_id == orgs.ids_above(case.office.path)[0]
    )


def check_common_superior(case: Case, action: str, *, by: Actor) -> None:
    """A dispute is decided by an office above both sides (Art. 24); a decision from outside is recorded only where none here is
    above both. Raises Refused."""
    other = Office.objects.filter(pk=case.marks.get("dispute_with") or 0).first()
    assert case.office is not None
    sides = [case.office.path, other.path] if other else []
    if action == "decide_dispute" and not (sides and all(_is_above(by.office_path, path) for path in sides)):
        raise Refused(
            "只有双方共同的上一级能定；在系统外的，等它定了再记下来。",
            "Only the common superior of both sides decides; if it stands outside, record its decision when it comes.",
            code="not_the_common_superior",
        )
    if action == "record_dispute" and sides and len(orgs.ids_above(sides[0])) > 1 and len(orgs.ids_above(sides[1])) > 1:
        raise Refused(
            "双方共同的上一级就在本系统里，由它来定。",
            "The common superior of both sides works in this system: it decides itself.",
            code="unit_above_is_here",
        )


def _is_above(path: str, below: str) -> bool:
    return below.startswith(path) and below != path


def check_receiver(case: Case, step: Action, facts: Mapping[str, Any], *, by: Actor) -> None:
    """Raises Invalid unless the person named may get the case by this step: on duty, within its reach, no administrator, and
    not below the office that the matter is about."""
    keep_on_duty(facts["staff"])
    person = Staff.objects.select_related("office").get(pk=facts["staff"])
    if person.office_id not in in_reach(case, step, by=by) or not person.role_rows.filter(role__in=CARRIES_ON).exists():
        raise not_to_them(step)
    check_not_accused(case, person)


def check_not_accused(case: Case, person: Staff) -> None:
    """Raises Invalid for somebody of the office that the case is about, or of one below it."""
    if (about := accused(case)) and person.office.path.startswith(about.path):
        raise _accused(about)


def accused(case: Case) -> Office | None:
    """The office that the case is about; None for most (no query)."""
    about = case.marks.get("accused")
    return Office.objects.filter(pk=about).first() if about else None


def in_reach(case: Case, step: Action, *, by: Actor) -> list[int]:
    """The offices that a step can give the case to: those of the actor's own unit and below; for what is passed on those below
    the own unit, for a petition bureau any other; for a review those of the unit above the one that handled it (Arts. 35, 36).
    Under review a case stays in the reviewing unit."""
    if step.receiver == "above":
        return _above(case)
    if step.receiver == "outside":
        whole = orgs.subtree_ids("" if orgs.is_bureau(by.unit_path) else by.unit_path)
        return sorted(set(whole) - set(orgs.unit_ids(by.unit_path)))
    if step.target is None and case.marks.get("review_taken"):
        assert case.office is not None
        return orgs.unit_ids(orgs.unit_of(case.office).path)
    return orgs.subtree_ids(by.unit_path)


def _above(case: Case) -> list[int]:
    """The offices of the nearest unit above the one that has the case; none where nothing is above it here."""
    assert case.office is not None
    handled = orgs.unit_of(case.office).path
    tree = list(Office.objects.values_list("pk", "path", "kind"))
    units = [
        path for _, path, kind in tree if kind == Office.Kind.UNIT and handled.startswith(path) and path != handled
    ]
    return orgs.own_ids(tree, max(units, key=len)) if units else []


def not_to_them(step: Action) -> Invalid:
    """The refusal of a receiver whom a step can't give the case to."""
    words = {
        "above": ("复查、复核只能交给上一级单位的人。", "A review can only be given to someone of the unit above."),
        "outside": (
            "转送、交办要给有权处理的别的单位；本单位的科室受理以后再交办。",
            "It is passed on to another unit that has authority; a section of your own gets it by assignment, after acceptance.",
        ),
    }.get(
        step.receiver,
        (
            "这件事不能交给这个人，请在本单位办事的人里选一位。",
            "The matter can't be given to this person; choose someone of your unit who handles matters.",
        ),
    )
    return Invalid({"staff": Refused(*words, field="staff")})


def _accused(about: Office) -> Invalid:
    error = Refused(
        f"这件事反映的是“{about.name}”，不能交给它的人办（第二十八条、第三十条）。",
        f"The matter is about “{about.name}”; it can't be given to its people (Arts. 28, 30).",
        field="staff",
    )
    return Invalid({"staff": error})
