"""Art. 36(3): whether a matter was re-reviewed already. Only then may a leader decide that it isn't taken again.

That two matters are the same is never guessed: a person linked them, and the step names the earlier one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.cases import links, policy
from huiyin.cases.dossiers import dossier_of
from huiyin.cases.facts import tidy
from huiyin.cases.holding import SAME
from huiyin.cases.letter_contents.reviews import opinion_of
from huiyin.cases.models import Case
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import storable
from huiyin.people.policy import Actor

CONCLUDED = frozenset({"concluded", "archived"})


def concluded(case: Case, earlier_no: str, *, by: Actor) -> dict[str, Any]:
    """The opinion of the re-review that ended the earlier matter, as a letter names it. Raises Invalid where the two aren't
    linked or there was no re-review."""
    earlier = linked(case, earlier_no, by)
    told = opinion_of(dossier_of(earlier), "rereview_opinion") if earlier and _ended_by_it(earlier) else None
    if earlier is None:
        raise _refused("先在“相关事项”里把两件连在一起（并案或者重复反映），再写编号。",
                       "Link the two matters first, as the same or a repeat; then give the number.")  # fmt: skip
    if not shared(case, earlier):
        raise _refused("两件里没有同一个信访人（对名册、证件号，或者姓名加电话），不能用“不再受理”。",
                       "No petitioner is in both matters (by roster, ID number, or name and telephone); this step isn't open.")  # fmt: skip
    if earlier.marks.get("unbrought"):
        raise _refused("那一件的复核意见还没有送到信访人手里，先补送。",
                       "The opinion of that re-review has not reached the petitioner yet; bring it first.")  # fmt: skip
    if told is None or earlier.state not in CONCLUDED:
        raise _refused("那一件没有复核意见，还可以请求复查、复核，不能用“不再受理”。",
                       "That matter has no opinion of a re-review: a review may still be asked for, and this step isn't open.")  # fmt: skip
    if _revoked(earlier):
        raise _refused("那一件的意见撤销了，正要重新办理，请在那一件里办。",
                       "Its opinion was revoked and it is to be handled again; do so there.")  # fmt: skip
    if case.received_on < (on := date.fromisoformat(str(earlier.marks["review_delivered_on"]))):
        raise _refused(f"这件是{on:%Y-%m-%d}复核意见送达以前收到的，不是再次提出。",
                       f"This was received before the opinion of the re-review was delivered on {on:%Y-%m-%d}; it isn't brought again.")  # fmt: skip
    return {"concluded": {"no": earlier.no, **told}}


def re_reviewed(case: Case) -> bool:
    """Whether the opinion of a re-review stands and answered all that was brought."""
    return case.state in CONCLUDED and _ended_by_it(case) and not _revoked(case)


def _revoked(case: Case) -> bool:
    """Whether an opinion stands revoked, so that the matter is handled again; a re-review that maintained a revocation was once
    recorded as `maintain`, and its term to handle it again runs on."""
    outcome = case.marks.get("outcome")
    running = outcome == "maintain" and case.clocks.filter(term="rehandle", stopped_on=None).exists()
    return outcome == "revoke" or running


def _ended_by_it(earlier: Case) -> bool:
    """Whether a re-review stands: told, and the matter not handled anew since."""
    last = {event.action: event.seq for event in earlier.events.order_by("seq")}
    told = max(last.get(name, 0) for name in ("deliver_rereview", "record_rereview"))
    return told > last.get("rehandle", 0) and bool(earlier.marks.get("review_delivered_on"))


def shared(case: Case, earlier: Case) -> bool:
    """Whether somebody brought both: what ended for one petitioner is open to every other (Art. 36(3))."""
    return bool(_known(case) & _known(earlier))


def _known(case: Case) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for row in case.petitioners.all():
        found |= {("person", str(row.person_id))} if row.person_id else set()
        found |= {("id", row.id_number)} if row.id_number else set()
        found |= {("phone", row.name, row.phone)} if row.name and row.phone else set()
    return found


def brought_before(case: Case) -> bool:
    """Whether it stands linked, as the same or a repeat, to a matter that came before it, whoever may see that one."""
    return any(act.later and act.row.kind in SAME for act in links.standing(links.all_acts(case)))


def linked(case: Case, no: str, by: Actor) -> Case | None:
    """The matter of that number, where it stands linked as the same or a repeat and the actor may see it whole."""
    wanted = storable(tidy(no, one_line=True))
    standing = (act.other for act in links.standing(links.acts(case, by)) if act.row.kind in SAME)
    return next((other for other in standing if other.no == wanted and policy.may(by, "whole", other)), None)


def _refused(zh: str, en: str) -> Invalid:
    return Invalid({"earlier": Refused(zh, en, field="earlier", code="not_re_reviewed")})
