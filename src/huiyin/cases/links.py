"""Links between matters: who may make and undo them, and who learns of them.

Whoever links two matters may see both as a whole. Of a link nobody learns who may not see the other matter too: neither its
number, nor the reason, nor that there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, Subquery

from huiyin.cases import policy, queries
from huiyin.cases.facts import tidy
from huiyin.cases.models import Case, CaseLink
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.kernel.typed import storable
from huiyin.people.policy import Actor
from huiyin.people.policy import may as may_page

LONGEST_REASON = 1000
OFFERED = 8
NEW_FACTS = "答复以后，信访人提出了新的事实、理由，另立一件。"  # data: the record of a case is Chinese
ONE_LETTER = "一封信里的几件事，分开登记、分别办。"  # data: the record of a case is Chinese


@dataclass(frozen=True)
class Act:
    """One act of a pair, seen from one matter: `other` is the other one; `later` says that this matter came after it."""

    row: CaseLink
    other: Case
    later: bool


def acts(case: Case, actor: Actor) -> list[Act]:
    """All that was linked and undone about this matter, oldest first, as far as this actor may see the other side (one query)."""
    seen = all_acts(case)
    may = {act.other.pk: policy.may(actor, "see", act.other).ok for act in seen}
    return [act for act in seen if may[act.other.pk]]


def all_acts(case: Case) -> list[Act]:
    """The same whoever may see it; never shown."""
    rows = CaseLink.objects.filter(Q(low=case) | Q(high=case)).order_by("at", "pk")
    whole = ("low__office__parent__parent", "high__office__parent__parent", "by")
    return [_from(case, row) for row in rows.select_related(*whole).defer("low__text", "high__text")]


def standing(found: list[Act]) -> list[Act]:
    """Of these acts those by which a link stands now: the last of each pair, where it made one."""
    last = {act.other.pk: act for act in found}
    return [act for act in last.values() if act.row.made]


def _from(case: Case, row: CaseLink) -> Act:
    other = row.high if row.low_id == case.pk else row.low
    return Act(row, other, (case.received_on, case.pk) > (other.received_on, other.pk))


def may(actor: Actor, case: Case) -> bool:
    """Whether this actor may link this matter to others."""
    return may_page(actor, "cases.link").ok and policy.may(actor, "whole", case).ok


def join(case: Case, other_no: str, *, by: Actor, now: datetime, kind: str, reason: str) -> CaseLink:
    """Links two matters; pressed twice, it is one link. Raises Forbidden, Invalid, Conflict where they are linked already."""
    _check(case, by)
    errors: dict[str, Refused] = {}
    other = _other(case, other_no, by)
    why = _reason(reason, errors)
    if kind not in CaseLink.Kind.values:
        errors["kind"] = Refused("请选一种关系。", "Choose how they belong together.", field="kind")
    if isinstance(other, Refused):
        errors["other"] = other
    if errors or isinstance(other, Refused):
        raise Invalid(errors)
    return _make(case, other, by=by, now=now, kind=kind, reason=why)


def part(case: Case, other_no: str, *, by: Actor, now: datetime, reason: str, seq: int) -> CaseLink:
    """Undoes the link that the act `seq` made; what was recorded stays. Pressed twice, it is undone once. Raises Forbidden,
    Invalid, Conflict where it no longer stands."""
    _check(case, by)
    errors: dict[str, Refused] = {}
    other = _other(case, other_no, by)
    if isinstance(other, Refused):
        raise other
    why = _reason(reason, errors)
    if errors:
        raise Invalid(errors)
    with transaction.atomic():
        last = _last(case, other)
        if last and last.seq == seq + 1 and (last.by_id, last.reason) == (by.staff_id, why):
            return last
        if last is None or not last.made or last.seq != seq:
            raise _not_linked()
        return _write(case, other, by=by, now=now, kind=last.kind, reason=why, seq=seq + 1)


def follow(case: Case, earlier_no: str, *, by: Actor, now: datetime) -> CaseLink | None:
    """Links a matter just registered to the one whose answer it follows, by whoever registered it: the petitioner themselves, or
    somebody of the staff who was allowed to see that one when they began; if that has changed since, it is linked all the same."""
    earlier = Case.objects.filter(no=storable(earlier_no)).first()
    if earlier is None or earlier.pk == case.pk:
        return None
    return _make(case, earlier, by=by, now=now, kind=CaseLink.Kind.NEW_FACTS, reason=NEW_FACTS)


def brought_after(case: Case) -> list[CaseLink]:
    """The matters in which the petitioner brought new facts to this one in the portal, in their order; `high` is each. One that is no
    longer linked is left out."""
    made = CaseLink.objects.filter(low=case, kind=CaseLink.Kind.NEW_FACTS, by=None)
    pair = CaseLink.objects.filter(low=OuterRef("low"), high=OuterRef("high")).order_by("-seq")
    rows = made.annotate(last=Subquery(pair.values("seq")[:1]))
    found = rows.select_related("high").defer("high__text", "high__marks").order_by("at", "pk")
    return [row for row in found if row.last % 2 == 1]


def split(case: Case, item: Case, *, by: Actor, now: datetime) -> CaseLink:
    """Links an item of a letter, registered just now, to the matter that it was split off from."""
    return _make(item, case, by=by, now=now, kind=CaseLink.Kind.SPLIT, reason=ONE_LETTER)


def offered(case: Case, actor: Actor, found: list[Act]) -> list[Case]:
    """Other matters of the same people on the roster that this actor sees in lists and that are not linked yet, the newest first.
    Only offered: a person decides whether they belong together."""
    people = [one.person_id for one in case.petitioners.all() if one.person_id]
    if not people:
        return []
    linked = [act.other.pk for act in standing(found)]
    theirs = (
        queries.visible(actor)
        .filter(petitioners__person__in=people, petitioners__until=None)
        .exclude(pk__in=[case.pk, *linked])
        .distinct()
    )
    return list(theirs.defer("text", "marks").order_by("-received_on", "-pk")[:OFFERED])


def _check(case: Case, by: Actor) -> None:
    if not may(by, case):
        raise Forbidden(
            "这件事不归您办，不能由您连到别的事项。", "This matter isn't yours to handle, so it isn't yours to link."
        )


def _other(case: Case, no: str, by: Actor) -> Case | Refused:
    """The other matter; one and the same refusal whether it is missing or not to be seen, so that nobody can try numbers."""
    wanted = tidy(no, one_line=True)
    found = Case.objects.select_related("office__parent__parent").filter(no=storable(wanted)).first()
    if found is None or not policy.may(by, "whole", found):
        return Refused(
            "您的办理范围内没有这个编号的事项，请对照编号再看一眼，如2026-0042。",
            "There is no matter with this number within your range; check it, like 2026-0042.",
            field="other", code="not_found",
        )  # fmt: skip
    if found.pk == case.pk:
        return Refused(
            "这就是这一件，请写另一件的编号。", "That is this matter; give the other's number.", field="other"
        )
    return found


def _reason(typed: str, errors: dict[str, Refused]) -> str:
    words = tidy(typed)
    if not words:
        errors["reason"] = Refused("请写为什么。", "Say why.", field="reason")
    elif len(words) > LONGEST_REASON:
        errors["reason"] = Refused(
            f"最多{LONGEST_REASON}个字，现在有{len(words)}个字。", f"At most {LONGEST_REASON} characters; this has {len(words)}.", field="reason"
        )  # fmt: skip
    return words


def _make(case: Case, other: Case, *, by: Actor, now: datetime, kind: str, reason: str) -> CaseLink:
    with transaction.atomic():
        last = _last(case, other)
        if last and last.made:
            if (last.kind, last.by_id, last.reason) == (kind, by.staff_id, reason):
                return last
            raise Conflict(
                "这两件已经连在一起了。要改成别的关系，先撤销现在的。",
                "These two are linked already. To change how, undo the present link first.",
            )
        return _write(case, other, by=by, now=now, kind=kind, reason=reason, seq=last.seq + 1 if last else 1)


def _not_linked() -> Conflict:
    return Conflict(
        "这条关系已经撤销或者改过了，这次没有改动。请看一眼事项页上现在的情况。",
        "This link was undone or changed already; nothing was changed now. See the page of the matter as it stands.",
    )


def _last(case: Case, other: Case) -> CaseLink | None:
    low, high = sorted((case.pk, other.pk))
    return CaseLink.objects.filter(low_id=low, high_id=high).order_by("-seq").first()


def _write(case: Case, other: Case, *, by: Actor, now: datetime, kind: str, reason: str, seq: int) -> CaseLink:
    low, high = sorted((case.pk, other.pk))
    try:
        with transaction.atomic():
            return CaseLink.objects.create(
                low_id=low, high_id=high, seq=seq, kind=kind, reason=reason, by_id=by.staff_id, at=now
            )  # type: ignore[misc]
    except IntegrityError as error:
        raise Conflict(
            "刚才有人改了这两件的关系，您的还没有存。请看一眼现在的情况，再决定。",
            "Someone just changed how these two are linked; yours was not kept. See how it stands, then decide.",
            code="moved_on",
        ) from error
