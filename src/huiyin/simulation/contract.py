"""What must ring, and when: the rule that the auditor holds the product to, written down a second time and in other words.

A term that is an office's duty has three times: from the third working day before the day to be done by (not before it began)
it is *soon*, on that day and up to the statutory date *due*, after that *late*. A matter without any running term is *idle* when
five working days passed since somebody last took a step; what supervisors ask for and what the calendar moves is no step. What was
supported or agreed and not carried out is *unexecuted* from the day after the day that was named; its term is never late besides. After three
working days an extension rings that the petitioner was not told of, and a review that the unit above gave to nobody. Each of these rings
at the first sweep that finds it so, once for as long as it stays so. Four things ring by an act, once an act: an opinion that doesn't
support a request, leaves one out or says that a duty is not performed, the second and each later return of the same matter, an urging, and
what asks for an answer.

What nobody takes note of climbs after a few working days, again and again until its cause is gone; a promise counts until
its day is over. The numbers stand below. Source: docs/procedure.md, and `huiyin procedure --supervision` for the office's own days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from huiyin.simulation.days import Days

OF_PETITIONERS = frozenset({"request-review", "request-rereview"})
IN_WORKING_DAYS = frozenset({"object", "simple-accept", "simple-handle", "deliver"})
OF_THE_DAY = frozenset({"urgent"})
OF_NOTICE = frozenset({"notice", "notice-passed"})
OF_EXECUTION = frozenset({"execute", "perform"})
ENDED_STATES = frozenset({"closed", "archived", "concluded", "transferred", "withdrawn"})
NO_STEP = frozenset({"urge", "ask_explanation", "supervise", "recompute"})
RETURNS = frozenset({"return", "return_duty", "return_review", "return_rereview", "order_again", "order_duty_again"})
ASKING = {"urge": "urged", "ask_explanation": "explanation", "supervise": "feedback"}
CLIMBS_AFTER = {
    "notice_soon": 2, "notice_due": 1, "notice_late": 1, "soon": 2, "due": 1, "late": 1, "refused": 5, "unexecuted": 2,
    "returned": 3, "idle": 2, "urged": 1, "explanation": 1, "feedback": 2,
    "objected": 1, "untold": 1, "sent_late": 2, "extension_untold": 1, "untaken": 1,
}  # fmt: skip
SOON, IDLE, MANY_RETURNS, TELL_OF_MORE_TIME, NAME_A_REVIEWER = 3, 5, 2, 3, 3

Cause = tuple[str, str]


@dataclass(frozen=True)
class Term:
    """A term as a record's effects tell of it."""

    name: str
    start: date
    days: int
    raw: date
    due: date
    internal: date
    calendar: str

    def expected(self, by: Days) -> tuple[date, date, date]:
        """The raw, the statutory and the internal date, counted by the auditor."""
        if self.name in OF_THE_DAY:
            return self.start, self.start, self.start
        raw = (
            by.nth_after(self.start, self.days)
            if self.name in IN_WORKING_DAYS
            else self.start + timedelta(days=self.days)
        )
        due, before = by.from_on(raw), by.until(raw)
        return raw, due, due if self.name in OF_PETITIONERS or before <= self.start else before


@dataclass(frozen=True)
class Standing:
    """How a matter stands after some record."""

    state: str = ""
    terms: Mapping[str, Term] = field(default_factory=dict)
    marks: Mapping[str, Any] = field(default_factory=dict)
    last_step: date = date.min
    claims: tuple[str, ...] = ()
    returns: int = 0

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED_STATES

    def after(self, action: str, on: date, facts: Mapping[str, Any], effects: Mapping[str, Any]) -> Standing:
        """How it stands after one more record."""
        terms = dict(self.terms)
        for change in effects.get("clocks", ()):
            terms.pop(change["term"], None)
            if change["op"] == "start":
                terms[change["term"]] = _term(change)
        claims = tuple(claim.get("result", "") for claim in facts["claims"]) if facts.get("claims") else self.claims
        return replace(
            self, state=effects["state"], terms=terms, marks={**self.marks, **effects.get("marks", {})}, claims=claims,
            last_step=self.last_step if action in NO_STEP else on, returns=self.returns + (action in RETURNS),
        )  # fmt: skip

    def causes(self, on: date, by: Days) -> frozenset[Cause]:
        """Everything that holds on a day."""
        return frozenset(self._causes(on, by))

    def _causes(self, on: date, by: Days) -> Iterator[Cause]:
        for term in self.terms.values():
            if (
                term.name not in OF_PETITIONERS
                and (time := _time(term, on, by))
                and not (time == "late" and term.name in OF_EXECUTION)
            ):
                yield (f"notice_{time}" if term.name in OF_NOTICE else time), term.name
        if self.is_open and not self.terms and on >= by.nth_after(self.last_step, IDLE):
            yield "idle", ""
        if self.is_open and self.marks.get("senders"):
            yield from self._for_senders(on, by)
        yield from self._waiting(on, by)
        execution = self.marks.get("execution_due_on")
        if execution and not self.marks.get("executed_on") and on > date.fromisoformat(execution):
            yield "unexecuted", ""

    def _waiting(self, on: date, by: Days) -> Iterator[Cause]:
        """An extension that the petitioner was not told of; a review that the unit above, working here, gave to nobody."""
        marks = self.marks
        told = marks.get("extension_told_on") or marks.get("identity_unclear")
        extended = marks.get("extended_on") if "extend" in self.terms and not told else None
        if extended and on >= by.nth_after(date.fromisoformat(extended), TELL_OF_MORE_TIME):
            yield "extension_untold", ""
        waits = marks.get("asked_here") and not marks.get("review_taken")
        asked = next((self.terms[name] for name in ("review", "rereview") if name in self.terms), None)
        if waits and asked and on >= by.nth_after(asked.start, NAME_A_REVIEWER):
            yield "untaken", ""

    def _for_senders(self, on: date, by: Days) -> Iterator[Cause]:
        """What whoever passed it on must hear of: an objection, a petitioner who was not told, a term let pass."""
        if self.marks.get("objected_on"):
            yield "objected", ""
        if not self.marks.get("transfer_told_on") and "notice" in self.terms and _time(self.terms["notice"], on, by):
            yield "untold", "notice"
        for term in self.terms.values():
            if term.name not in OF_PETITIONERS | OF_EXECUTION and on > term.due:
                yield "sent_late", term.name

    def rung_by(self, action: str) -> str:
        """The alarm that the act rings after which it stands so; "" if none."""
        if action == "issue" and (
            "not_supported" in self.claims or self.marks.get("left_out") or self.marks.get("not_performed")
        ):
            return "refused"
        if action in RETURNS and self.returns >= MANY_RETURNS:
            return "returned"
        return ASKING.get(action, "")


def at_least(cause: Cause) -> list[Cause]:
    """The cause itself and what is more urgent about the same term."""
    kind, term = cause
    if term in OF_EXECUTION:
        return [cause, ("due", term), ("unexecuted", "")]
    before, _, time = kind.rpartition("_")
    times = ("soon", "due", "late")
    more = times[times.index(time) :] if time in times else (time,)
    return [(f"{before}_{each}" if before else each, term) for each in more]


def _time(term: Term, on: date, by: Days) -> str:
    if on > term.due:
        return "late"
    if on >= term.internal:
        return "due"
    return "soon" if on >= max(term.start, by.nth_before(term.internal, SOON)) else ""


def _term(change: Mapping[str, Any]) -> Term:
    days = {name: date.fromisoformat(change[name]) for name in ("start", "raw", "due", "internal")}
    return Term(
        change["term"], days["start"], change["days"], days["raw"], days["due"], days["internal"], change["calendar"]
    )
