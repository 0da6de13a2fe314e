"""What the other ways change: which days count, what is marked for later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiyin.procedure.actions import Ending, Situation, Stop
from huiyin.procedure.editions import money_2022 as money
from huiyin.procedure.editions.effects_2022 import Marks, office_named, today
from huiyin.procedure.editions.guards_2022 import fact_date, is_plea, nature
from huiyin.procedure.editions.standing_2022 import FRESH
from huiyin.procedure.terms import LONGEST

# A matter that goes another way can't be taken back by a click any more, nor handled simply; a draft for the earlier way is none for this one.
ANOTHER_WAY: dict[str, Any] = {
    "by_web": False, "simple_excluded": True, "registered_at": None, "drafted_by": None, "approved_by": None, "pays": None, "execute_by": None,
    "executed_on": None,
}  # fmt: skip
# The terms that run while it is not settled by whom, and by which way, a matter is handled.
ROUTING_TERMS = ("forward", "object", "dispute", "simple-accept")
# Where a matter waits for somebody to handle it: registered, passed on, accepted.
RECEIVING = FRESH | {"objected", "accepted"}
ANSWER_TERMS = ("handle", "extend", "reply", "simple-handle", "duty")


@dataclass(frozen=True)
class DaysUntil:
    """Days from today to the day recorded under `name`; at least one, and no more than can be counted."""

    name: str

    def __call__(self, situation: Situation) -> int:
        return _countable(fact_date(self.name, situation) - situation.today)


def if_given(name: str) -> Callable[[Situation], date | None]:
    """Today, where a day was recorded under that name."""
    return lambda situation: situation.today if situation.facts.get(name) else None


def stop_all(ending: Ending, *terms: str) -> tuple[Stop, ...]:
    """These clocks end today."""
    return tuple(Stop(term, today, ending) for term in terms)


def no_result_owed(situation: Situation) -> dict[str, Any]:
    """The result was reported, or is another's to give now."""
    return {"result_owed": None}


def took_part(situation: Situation) -> list[int]:
    """Everybody who had a hand in the matter so far, the actor among them: none of them may review it."""
    mark, snapshot = situation.mark, situation.snapshot
    these = (situation.by.id, snapshot.responsible, mark("drafted_by"), mark("approved_by"), *(mark("reviewers") or ()))
    return _with("hands", situation, *these)


def by_hand(situation: Situation) -> dict[str, Any]:
    """Whoever looks into the facts, answers a task or writes the answer has a hand in it, whoever is responsible."""
    return also("hands", situation, situation.by.id)


def given(situation: Situation) -> dict[str, Any]:
    """Whoever is given a matter to handle has a hand in it, also once it went on to others (Art. 28); who only receives or passes it on
    has none. Who is given a review has one when that is over."""
    if situation.snapshot.state in RECEIVING:
        return {}
    return also("reviewers" if situation.mark("review_taken") else "hands", situation, situation.facts["staff"])


def given_to_handle(situation: Situation) -> dict[str, Any]:
    """Whoever is named to handle it."""
    return also("hands", situation, situation.facts["staff"])


def also(name: str, situation: Situation, *these: int | None) -> dict[str, Any]:
    return {name: _with(name, situation, *these)}


def _with(name: str, situation: Situation, *these: int | None) -> list[int]:
    return sorted(set(situation.mark(name) or ()) | {each for each in these if each})


def accepted_since(situation: Situation) -> date:
    """The 60 days run from the first acceptance, whatever way the matter took since."""
    return situation.date_mark("accepted_on") or situation.today


def handle_from(situation: Situation) -> date | None:
    """The 60 days of a matter that is accepted, or comes back from another way; where they were extended, the extension runs."""
    return None if situation.mark("extended_on") else accepted_since(situation)


def extension_again(situation: Situation) -> date | None:
    """The extension of a matter that comes back from another way follows on the 60 days, as it did before."""
    if not situation.mark("extended_on"):
        return None
    return accepted_since(situation) + timedelta(days=situation.terms["handle"].days)


def days_extended(situation: Situation) -> int:
    return int(situation.mark("extended_days") or situation.terms["extend"].days)


def notice_passed_from(situation: Situation) -> date | None:
    """Art. 23(3) waives no notice of what was passed on; but what a screening found has no petitioner at all."""
    return None if situation.facts.get("nobody_to_tell") else situation.today


def whereabouts_from(situation: Situation) -> date | None:
    """What was told of an earlier passing-on does not tell where it is now: 15 days to say so begin anew, unless they run still or
    nobody has to be told (Art. 23)."""
    known = situation.running("notice") is not None or situation.mark("notice_waived")
    return None if known else notice_passed_from(situation)


def forwarded(situation: Situation) -> dict[str, Any]:
    """What was assigned with a date for the result is not for simple handling (Measures, Art. 5)."""
    assigned = {"simple_excluded": True, "result_owed": True} if situation.facts.get("result_due_on") else {}
    return {"forwarded_on": situation.today.isoformat(), "transfer_told_on": None} | assigned


def sent(situation: Situation) -> dict[str, Any]:
    """Who sent it – the office that had it, and by whom – is remembered, the last one at the end."""
    return {"senders": [*(situation.mark("senders") or []), [situation.snapshot.office, situation.by.id]]}


def returned(situation: Situation) -> dict[str, Any]:
    return {**ANOTHER_WAY, "result_owed": None, "objected_on": None}


def back_with_sender(situation: Situation) -> dict[str, Any]:
    """Back with the last one who passed it on; who passed it to them before stays its sender."""
    return {"senders": (situation.mark("senders") or [])[:-1] or None}


def forward_again(situation: Situation) -> date | None:
    """What comes back to a petition bureau is its own to pass on again: 15 days from the day on which it is back (Art. 22)."""
    back = situation.mark("at_bureau") and len(situation.mark("senders") or ()) == 1
    return situation.today if back else None


def forward_on(situation: Situation) -> date | None:
    """What a petition bureau decided wrongly, before anybody was told, has the 15 days that it had (Art. 22)."""
    own = situation.mark("at_bureau") and not situation.mark("senders") and not situation.mark("accepted_on")
    return situation.date_mark("received_on") if own else None


def withdrawn(situation: Situation) -> dict[str, Any]:
    return {"withdrawn_on": fact_date("on", situation).isoformat()}


def asked_again(situation: Situation) -> date | None:
    """The written notice of what is taken up again is due as if it had come in on the day on which the petitioner said so."""
    return None if situation.mark("notice_waived") else fact_date("on", situation)


def forward_resumed(situation: Situation) -> date | None:
    return fact_date("on", situation) if situation.mark("at_bureau") and not situation.mark("senders") else None


def resumed(situation: Situation) -> dict[str, Any]:
    """Nothing of the earlier terms is held against either side: notice and acceptance come anew, what was found stays."""
    again = ("accepted_on", "acceptance_told_on", "notified_on", "extended_on", "extended_days", "extension_told_on")
    undone = (
        "objected_on",
        "dispute",
        "execution_due_on",
    )
    return {**dict.fromkeys((*again, *undone)), "simple": False, **ANOTHER_WAY}


def plea_again(situation: Situation) -> dict[str, Any]:
    """What was a statutory duty before is decided anew, with all the rights of a plea until then."""
    return {"nature": "plea"} if nature(situation.snapshot.marks) == "duty" else {}


def received_here(situation: Situation) -> date | None:
    """The day on which the unit that has it now received it."""
    return situation.date_mark("forwarded_on") or situation.date_mark("received_on")


def simple_accepted(situation: Situation) -> dict[str, Any]:
    return {"accepted_on": accepted_since(situation).isoformat(), "simple": True}


def notice_again(situation: Situation) -> date | None:
    """Where the petitioner was told of a simple acceptance and the matter takes the ordinary procedure, the new notice is owed from today."""
    return situation.today if situation.mark("acceptance_told_on") else None


def duty_drafted(situation: Situation) -> dict[str, Any]:
    refuses = situation.facts["outcome"] == "not_performed"
    return {"drafted_by": situation.by.id, "left_out": None, "not_performed": refuses} | by_hand(situation)


def approved(situation: Situation) -> dict[str, Any]:
    return {"approved_by": situation.by.id} | by_hand(situation)


def found_out(situation: Situation) -> dict[str, Any]:
    return {"findings": (situation.mark("findings") or 0) + 1} | by_hand(situation)


def duty_taken(situation: Situation) -> dict[str, Any]:
    return {"accepted_on": accepted_since(situation).isoformat(), "nature": "duty"}


def settled(situation: Situation) -> dict[str, Any]:
    """What was agreed is to be carried out; who recorded it doesn't settle the matter."""
    kept = {"agreed_by": situation.by.id, "pays": money.as_a_whole(situation)}
    return kept | {"execution_due_on": situation.facts["perform_by"], "executed_on": None}


def carried_out(situation: Situation) -> dict[str, Any]:
    return {"executed_on": fact_date("on", situation).isoformat()}


def reclassified(situation: Situation) -> dict[str, Any]:
    """Sealed from now on, also for whoever passed it on."""
    return {"nature": "accusation", "simple": False, "senders": None, **ANOTHER_WAY}


def accused_of(situation: Situation) -> dict[str, Any]:
    """Whom it is about, where it is an office of this system: it decides who sees an accusation."""
    return {"accused": office_named(situation.facts["accused"])}


def told_on(situation: Situation) -> date:
    return fact_date("on", situation)


# An accusation is passed on, and nobody was told: what the notice and the result would have been is no longer owed.
PASSED_UNDER_SEAL = (
    Stop("forward", told_on, "done"),
    *stop_all("replaced", "object", "dispute", "simple-accept", "notice", "notice-passed", "result"),
)


def rereview_start(situation: Situation) -> date | None:
    """The clock of a re-review goes on from where it began, longer by the hearing; in handling nothing moves, nor where none was held."""
    clock = situation.running("rereview")
    return clock.start if clock and situation.mark("hearing_since") and hearing_held(situation) else None


def rereview_days(situation: Situation) -> int:
    """听证所需时间不计算在内 (Art. 36): the days on which the hearing was held are added, none before it nor after."""
    clock = situation.running("rereview")
    assert clock is not None
    return min(clock.days + hearing_days(situation), LONGEST)


def hearing_began(situation: Situation) -> date:
    """Its first day; its only one, where no other is given."""
    return fact_date("from_on" if situation.facts.get("from_on") else "on", situation)


def hearing_days(situation: Situation) -> int:
    """From its first day to its last, both counted."""
    return max((fact_date("on", situation) - hearing_began(situation)).days + 1, 0)


def hearing_called(situation: Situation) -> dict[str, Any]:
    return {"hearing_since": situation.today.isoformat(), "hearing_on": situation.facts["hearing_on"]}


def hearing_held(situation: Situation) -> bool:
    return situation.facts.get("held") != "not"


def hearing_ended(situation: Situation) -> dict[str, Any]:
    found = {"findings": True} if hearing_held(situation) else {}
    return {"hearing_since": None, "hearing_on": None} | found


def drafted(situation: Situation) -> dict[str, Any]:
    """What is supported is carried out by the day named, else within the unit's own 30 days."""
    supports = any(claim.get("result") == "supported" for claim in situation.facts.get("claims") or [])
    usual = (situation.today + timedelta(days=situation.terms["execute"].days)).isoformat()
    return {
        "drafted_by": situation.by.id,
        "not_performed": None,
        **by_hand(situation),
        "execute_by": (situation.facts.get("execute_by") or usual) if supports else None,
        "pays": money.of_claims(situation),
        "left_out": bool(situation.facts.get("omitted")) or None,
    }


def issued(situation: Situation) -> dict[str, Any]:
    """The opinion is made; by when it is to be carried out was drafted with it."""
    marks: dict[str, Any] = {"issued_on": situation.today.isoformat(), "hands": took_part(situation)}
    if situation.mark("execute_by"):
        marks |= {"execution_due_on": situation.mark("execute_by"), "executed_on": None}
    return marks


def delivered(situation: Situation) -> dict[str, Any]:
    """The petitioner has the answer; `answered_by` is the office that gave the last one, 0 for one outside."""
    return {"delivered_on": fact_date("on", situation).isoformat(), "answered_by": situation.snapshot.office}


def ran(situation: Situation) -> dict[str, Any]:
    """The term of handling that ends with the opinion: should the matter be ordered back, it runs on."""
    clock = next((clock for term in ANSWER_TERMS if (clock := situation.running(term))), None)
    return {"ran": {"term": clock.term, "start": clock.start.isoformat(), "days": clock.days} if clock else None}


def execution_from(situation: Situation) -> date | None:
    return situation.today if situation.mark("execute_by") else None


def days_to_execute(situation: Situation) -> int:
    due = situation.date_mark("execute_by")
    return _countable(due - situation.today) if due else 1


def _countable(distance: timedelta) -> int:
    """What was drafted long ago may be due by now; what lies too far ahead the forms refuse."""
    return min(max(1, distance.days), LONGEST)


def plea_opinion(marks: Marks, facts: Any, on: date) -> bool:
    return is_plea(marks)


def duty_reply(marks: Marks, facts: Any, on: date) -> bool:
    return nature(marks) == "duty"


def died(situation: Situation) -> dict[str, Any]:
    """When somebody died last, and the numbers of all who did."""
    who = situation.facts.get("who")
    gone = dead(situation.snapshot.marks) | ({who} if who else set())
    return {"died_on": fact_date("on", situation).isoformat(), "died": sorted(gone)}


def dead(marks: Marks) -> set[int]:
    """The numbers of the petitioners who died; where one alone could be recorded, the mark was that number."""
    kept = marks.get("died") or []
    return {kept} if isinstance(kept, int) else set(kept)


def assigned_by_sender(marks: Marks, facts: Any, on: date) -> bool:
    return bool(facts.get("mode") == "assign")


def only_passed_on(marks: Marks, facts: Any, on: date) -> bool:
    return not assigned_by_sender(marks, facts, on)
