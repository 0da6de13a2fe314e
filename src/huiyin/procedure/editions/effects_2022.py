"""What the steps of the 2022 Regulations change: from which day a clock counts, what is marked for later, which letters are due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from huiyin.procedure.actions import Facts, Situation
from huiyin.procedure.editions.guards_2022 import ASPECTS, fact_date, is_plea, nature

# Channels by which a matter comes from a petition bureau or an office above (Art. 23(3)).
PASSED_ON = frozenset({"superior", "hotline"})
NATURES = {"suggestion": "suggestion", "enquiry": "enquiry", "accusation": "accusation"}
Marks = Mapping[str, Any]
Counted = Callable[[Situation], date | None]


def today(situation: Situation) -> date:
    return situation.today


def on(name: str) -> Callable[[Situation], date]:
    """The day recorded under that name."""
    return lambda situation: fact_date(name, situation)


def for_pleas(counted: Counted) -> Counted:
    """A clock that only complaints and requests have (Arts. 34 and 35)."""
    return lambda situation: counted(situation) if _is_plea(situation) else None


def for_others(counted: Counted) -> Counted:
    """A clock for suggestions and enquiries."""
    return lambda situation: None if _is_plea(situation) else counted(situation)


def _is_plea(situation: Situation) -> bool:
    """As the step decides it: acceptance may set the purpose right."""
    return nature_after(situation) == "plea"


def nature_after(situation: Situation) -> str:
    """The kind of the matter when the step is taken."""
    return set_right(situation).get("nature") or nature(situation.snapshot.marks)


def set_right(situation: Situation) -> dict[str, Any]:
    """The kind of the matter, where the step records a purpose that makes it another one."""
    purpose = situation.facts.get("purpose")
    kind = NATURES.get(purpose, "plea") if purpose else ""
    return {"nature": kind} if kind and kind != nature(situation.snapshot.marks) else {}


def notice_from(situation: Situation) -> date | None:
    """Art. 23(2) waives the written notice where name or address are unclear; Art. 23(3), for what was passed on, does not."""
    return None if notice_waived(situation) else fact_date("received_on", situation)


def forward_from(situation: Situation) -> date | None:
    """A petition bureau passes the matter on within 15 days (Art. 22)."""
    return fact_date("received_on", situation) if situation.facts.get("at_bureau") else None


def object_from(situation: Situation) -> date | None:
    """What came from outside the system may be objected to within 5 working days of receipt (Art. 23(3))."""
    return fact_date("received_on", situation) if situation.facts["channel"] in PASSED_ON else None


def if_over(term: str) -> Callable[[Situation], date | None]:
    """Today, where that period is over."""

    def counted(situation: Situation) -> date | None:
        window = situation.running(term)
        return situation.today if window and window.due < situation.today else None

    return counted


def notice_waived(situation: Situation) -> bool:
    facts = situation.facts
    return bool(facts.get("identity_unclear")) and facts["channel"] not in PASSED_ON


def extension_from(situation: Situation) -> date | None:
    """Counted from the unmoved end of the 60 days, so that both together never exceed 90."""
    clock = situation.running("handle")
    return clock.raw if clock else None


def office_named(accused: Any) -> int | None:
    """The office of this system that a matter is about, if one was named."""
    return accused if isinstance(accused, int) else None


def registered(situation: Situation) -> dict[str, Any]:
    marks = {
        "received_on": fact_date("received_on", situation).isoformat(),
        "registered_at": situation.now.isoformat(),
        "by_web": situation.facts["channel"] == "web",
        "notice_waived": notice_waived(situation),
        "identity_unclear": bool(situation.facts.get("identity_unclear")),
        "simple_excluded": situation.facts["channel"] == "superior" or (situation.facts.get("people_count") or 1) > 1,
        "accused": office_named(situation.facts.get("accused")),
        "at_bureau": bool(situation.facts.get("at_bureau")),
        "outside": "open" if situation.facts["channel"] in PASSED_ON else None,
    }
    return marks | set_right(situation)


def imported(situation: Situation) -> dict[str, Any]:
    """A settled matter that is taken over was settled when it was answered, not when it was taken over."""
    return registered(situation) | {"closed_on": fact_date("replied_on", situation).isoformat()}


def accepted(situation: Situation) -> dict[str, Any]:
    """A matter that comes back from another way keeps the day on which it was accepted first; simple handling is over."""
    return {"accepted_on": situation.mark("accepted_on") or situation.today.isoformat(), "simple": False}


def taken_on(situation: Situation) -> dict[str, Any]:
    """Whoever takes on what came from outside the system does not send it back any more."""
    return {"outside": "refused" if situation.mark("outside") else None}


def notified(situation: Situation) -> dict[str, Any]:
    """The first notice keeps its day; a day from acceptance on means that acceptance was told."""
    told, accepted_on = fact_date("on", situation), situation.date_mark("accepted_on")
    marks: dict[str, Any] = {} if situation.mark("notified_on") else {"notified_on": told.isoformat()}
    return marks | ({"acceptance_told_on": told.isoformat()} if accepted_on and told >= accepted_on else {})


def rated(situation: Situation) -> dict[str, Any]:
    given = [situation.facts[aspect] for aspect in ASPECTS if situation.facts.get(aspect)]
    order = ("dissatisfied", "mostly", "satisfied")
    asked = {"call_me": True} if situation.facts.get("call_me") else {}
    return {"evaluated": min(given, key=order.index) if given else "comment"} | asked


def acceptance_told_on(situation: Situation) -> date | None:
    """The term of the notice ends when the petitioner is told of the acceptance (Art. 44(3)), not by the first notice alone."""
    return fact_date("on", situation) if situation.mark("accepted_on") else None


def brought_on(situation: Situation) -> date | None:
    """The day on which the answer reached the petitioner. Where nobody could be found their rights don't begin to run out."""
    return fact_date("on", situation) if brought(situation.snapshot.marks, situation.facts, situation.today) else None


def brought(marks: Marks, facts: Facts, on: date) -> bool:
    return facts.get("mode") != "unknown"


def notice_written(marks: Marks, facts: Facts, on: date) -> bool:
    """Whether a notice before acceptance is recorded on its own day: then it is written now. One recorded later was given
    on another paper."""
    return not marks.get("accepted_on") and str(facts["on"]) == on.isoformat()


def acceptance_told(marks: Marks, facts: Facts, on: date) -> bool:
    """Whether the step brings the notice of acceptance to the petitioner."""
    return bool(marks.get("acceptance_told_on")) and str(facts["on"]) >= str(marks["accepted_on"])


def plea_answered(marks: Marks, facts: Facts, on: date) -> bool:
    return is_plea(marks)


def other_answered(marks: Marks, facts: Facts, on: date) -> bool:
    return nature(marks) in {"suggestion", "enquiry"}
