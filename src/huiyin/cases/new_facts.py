"""补充新情况: after the answer, new facts begin a matter of their own, linked to the one that was answered.

In one press a draft lies ready with who writes and what it is about; the letter's words, its title and requests are new. Facts and
reasons that were answered already, after the final opinion, are told so (Art. 36) by whoever handles the new matter: nothing is dropped.
"""

from __future__ import annotations

from datetime import datetime

from huiyin.cases import drafts, policy
from huiyin.cases.models import Case, Draft, Petitioner
from huiyin.cases.petitioners import addressee
from huiyin.kernel import clock
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.people import queries as people
from huiyin.people.policy import Actor
from huiyin.people.policy import may as may_page

KNOWS_ALL = frozenset({"self", "first_asked"})  # others see numbers and addresses masked, in the form too
CONTACT = ("phone", "id_number", "address")


def may(actor: Actor, case: Case) -> bool:
    """Whether this actor may begin such a matter: the earlier one was answered or is settled, and they may have it as a whole."""
    answered = bool(case.marks.get("delivered_on")) or not case.is_open
    open_to = may_page(actor, "cases.register").ok and policy.may(actor, "whole", case).ok
    return answered and open_to and not case.sealed


def begin(case: Case, *, by: Actor, now: datetime) -> Draft:
    """The draft of the new matter; pressed twice, it is the same one. Raises Forbidden, Refused where there is no answer yet."""
    if not policy.may(by, "whole", case) or not may_page(by, "cases.register"):
        raise Forbidden("这件事不归您登记。", "This matter isn't yours to register.")
    if not may(by, case):
        raise Refused(
            "这件还没有答复，新的情况请在这件里添加材料。",
            "This matter isn't answered yet; add the new facts to it as material.",
        )
    waiting = (
        Draft.objects.filter(owner_id=by.staff_id, case=None, data__follows=case.no).order_by("-updated_at").first()
    )
    return waiting or drafts.begin(by=by, now=now, data=_typed(case, by, now))[0]


def _typed(case: Case, by: Actor, now: datetime) -> dict[str, str]:
    """What is known already, as it would be typed."""
    rows = sorted(case.petitioners.all(), key=lambda each: each.number)
    first, named = addressee(rows), [row for row in rows if row.name]
    known = {
        "follows": case.no, "channel": "letter", "received_on": clock.on(now).isoformat(), "purpose": case.purpose,
        "topic": case.topic.code if case.topic else "", "place": case.place, "people_count": str(case.people_count),
        "accused": str(case.accused_id or ""),
    }  # fmt: skip
    return known | (_sender(first, named, case, by) if first else {})


def _sender(one: Petitioner, named: list[Petitioner], case: Case, by: Actor) -> dict[str, str]:
    whole = bool(policy.relations_of(by, case) & KNOWS_ALL)
    on_roster = one.person_id if one.person_id and people.kept_by(by, one.person_id) else None
    acts_for = "" if one.succeeds else one.acts_for
    typed = {"person": str(on_roster or ""), "person_q": one.name, "acts_for": acts_for, "reply_by": one.reply_by}
    typed |= {name: getattr(one, name) for name in CONTACT if whole}
    others = [row for row in named if row is not one] if case.people_count > 1 else []
    return typed | {
        "large_print": "on" if one.large_print else "",
        "representatives": "\n".join(row.name for row in others if row.is_representative),
        "members": "\n".join(row.name for row in others if not row.is_representative),
    }
