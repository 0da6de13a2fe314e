"""补充新情况: after the answer, new facts begin a matter of their own, linked to the one that was answered.

In one press a draft lies ready with who writes and what it is about; the letter's words, its title and requests are new. Facts and
reasons that were answered already, after the final opinion, are told so (Art. 36) by whoever handles the new matter: nothing is dropped.
In the portal the petitioners themselves do so, behind the second fact; contact data that they left before are kept, and not shown.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.cases import again, drafts, filing, petitioners, policy
from huiyin.cases.models import Case, Draft, Petitioner
from huiyin.cases.petitioners import addressee, gone
from huiyin.kernel import clock
from huiyin.kernel.errors import Forbidden, Refused
from huiyin.people import queries as people
from huiyin.people.policy import Actor
from huiyin.people.policy import may as may_page

KNOWS_ALL = frozenset({"self", "first_asked"})  # others see numbers and addresses masked, in the form too
CONTACT = ("phone", "id_number", "address")
WAITING = frozenset({"delivered", "reviewed"})  # answered, and nothing done until a review is asked for


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
    mine = Draft.objects.filter(owner_id=by.staff_id, case=None, data__follows=case.no).order_by("-updated_at")
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)  # of two presses at once the second waits and finds the draft
        return mine.first() or drafts.begin(by=by, now=now, data=_typed(case, by, now))[0]


def may_petitioner(case: Case) -> bool:
    """Whether its petitioner may begin such a matter in the portal: nobody works on this one any more, or is to handle
    it again. What they took back goes on where it was (`resume`); an accusation is not spoken of in an open matter (Art. 30)."""
    if case.state == "withdrawn" or case.sealed or case.marks.get("outcome") == "revoke":
        return False
    return case.state in WAITING or not case.is_open


def begin_in_portal(case: Case, *, secret: str, address: str, now: datetime) -> Draft:
    """The draft of the petitioner's new matter, which this secret opens; pressed twice, it is the same one. Raises Refused where this
    matter is still worked on, or beyond the limit of an address."""
    if not may_petitioner(case):
        raise Refused(
            "这件事还在办，新的情况请在这件里补充。", "This matter is being handled; add the new facts to it."
        )
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        return drafts.of_secret(secret) or filing.begin(address=address, now=now, data=_left(case), secret=secret)[0]


def told_no_more(case: Case) -> bool:
    """Whether the same facts and reasons would not be taken again (Art. 36(3)): a re-review stands, of this matter or the one before."""
    decided = [
        event.action for event in case.events.order_by("seq") if event.action in ("not_again", "recall_direction")
    ]
    return again.re_reviewed(case) or decided[-1:] == ["not_again"]


def _left(case: Case) -> dict[str, str]:
    """Who writes, as far as they may see it on the screen: by name, without telephone and address."""
    one = petitioners.alone(case)  # of several nobody knows who writes
    if one is None:
        return {"follows": case.no}
    acts_for = "" if one.succeeds else one.acts_for
    known = {"follows": case.no, "name": one.name, "acts_for": acts_for, "who": "other" if acts_for else "self"}
    return known | {"reply_by": one.reply_by, "large_print": "on" if one.large_print else ""}


def _typed(case: Case, by: Actor, now: datetime) -> dict[str, str]:
    """What is known already, as it would be typed."""
    rows = sorted(case.petitioners.all(), key=lambda each: each.number)
    first, named = addressee(rows, gone(case)), [row for row in rows if row.name]
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
