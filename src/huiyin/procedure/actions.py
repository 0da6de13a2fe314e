"""What an action of the procedure is made of. The editions fill these in; the engine carries them out.

An action without sources begins a matter. `target` None leaves the state as it is. Everything that a screen, a paper,
the API, the manual and the tests need to know about a step stands here once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from huiyin.procedure.calendars import Calendar
from huiyin.procedure.terms import TERMS, Term
from huiyin.procedure.words import Words

FieldKind = Literal[
    "line",
    "text",
    "date",
    "choice",
    "number",
    "yes",
    "office",
    "staff",
    "claims",
    "rating",
    "files",
    "person",
    "task",
    "several",
    "member",
    "members",
    "requests",
    "agent",
    "roster",
]
Relation = Literal[
    "self", "office", "above", "unit", "first_asked", "asked", "sender", "sent_on", "reviewed", "owner", "any"
]
Receiver = Literal["own", "outside", "above"]
# How a clock ends: "done" only where the duty itself was done (kept as met or late by its day); "asked" and "lapsed" for the
# petitioner's own periods; "withdrawn" with the matter; "replaced" where the matter goes another way, on which other terms run.
Ending = Literal["done", "extended", "asked", "lapsed", "withdrawn", "replaced"]
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    code: str
    name: Words


@dataclass(frozen=True)
class Field:
    """One thing that must (or may) be recorded. `most` bounds length or number; dates are given as YYYY-MM-DD. What is `private`
    stays with the people of the matter and never stands in an event."""

    name: str
    kind: FieldKind
    label: Words
    required: bool = True
    hint: Words = Words("", "")
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = 5000
    private: bool = False


@dataclass(frozen=True)
class Running:
    """A clock that runs: what the law counts from, and the dates that follow."""

    term: str
    start: date
    days: int
    raw: date
    due: date
    internal: date
    provisional: bool
    calendar: str


@dataclass(frozen=True)
class Doer:
    """Who acts, as far as the rules must know: kind is staff, petitioner or system; `office` is where they work."""

    kind: str
    id: int | None = None
    roles: frozenset[str] = frozenset()
    office: int | None = None


@dataclass(frozen=True)
class Snapshot:
    """Where a matter stands. `marks` keeps what later guards ask for, as JSON values (dates as text)."""

    state: str = ""
    office: int | None = None
    responsible: int | None = None
    clocks: Mapping[str, Running] = field(default_factory=dict)
    marks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """All that a guard or an effect may look at."""

    snapshot: Snapshot
    facts: Facts
    by: Doer
    now: datetime
    today: date
    calendar: Calendar
    terms: Mapping[str, Term] = field(default_factory=lambda: TERMS)

    def mark(self, name: str) -> Any:
        return self.snapshot.marks.get(name)

    def date_mark(self, name: str) -> date | None:
        kept = self.snapshot.marks.get(name)
        return date.fromisoformat(kept) if kept else None

    def running(self, term: str) -> Running | None:
        return self.snapshot.clocks.get(term)


@dataclass(frozen=True)
class Guard:
    """A condition of an action. `early` guards need no facts and decide whether the button is offered at all; a `silent` one
    says what kind of matter the step is for: for others a page doesn't speak of the step. `met_by` names the step after which it
    holds."""

    code: str
    holds: Callable[[Situation], bool]
    words: Words
    early: bool = False
    field: str = ""
    silent: bool = False
    met_by: str = ""


@dataclass(frozen=True)
class Start:
    """Starts the clock of `term` on the day that `counted_from` gives; None starts nothing. `days` may shorten the term."""

    term: str
    counted_from: Callable[[Situation], date | None]
    days: Callable[[Situation], int] | None = None


@dataclass(frozen=True)
class Stop:
    """Stops the clock of `term`, if it runs, on the day that `on` gives; None stops nothing. What was done is met or late by
    that day."""

    term: str
    on: Callable[[Situation], date | None]
    ending: Ending


@dataclass(frozen=True)
class Together:
    """Marks that come from several functions, which have nothing to do with each other."""

    parts: tuple[Callable[[Situation], dict[str, Any]], ...]

    def __call__(self, situation: Situation) -> dict[str, Any]:
        return {name: kept for part in self.parts for name, kept in part(situation).items()}


@dataclass(frozen=True)
class Passing:
    """Responsibility that goes with a step by itself: to the office and person that `to` gives, None where it stays; in words."""

    to: Callable[[Situation], tuple[int, int] | None]
    words: Words


@dataclass(frozen=True)
class Paper:
    """An official letter that a step makes. `when` looks at the marks after the step, its facts and its day; without it always.

    A proof of delivery names in `proves` the kinds of letters that this step brings to the petitioner; the last one made counts.
    `to` is the field that names the one of several to whom alone it goes.
    """

    kind: str
    when: Callable[[Mapping[str, Any], Facts, date], bool] | None = None
    proves: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True)
class Action:
    """One step of the procedure. `relations` says how the actor must stand to the matter's responsible office or person.

    `outside` steps write down what a unit outside this system did; where the unit above works in it they are not for it.
    `main` is the step that leads on from where the matter stands. `recomputes` brings every running clock to the calendar in force. Where the step `assigns`, `receiver` says who may get the
    matter: somebody of the actor's own unit and below (`own`), a unit that has authority, below or for a petition bureau
    beside it (`outside`), or the unit above the one that handled it (`above`). `passes` says to whom the
    matter goes by itself with the step. `mistakes` warns of what usually goes wrong: the manual shows it.
    """

    name: str
    label: Words
    done: Words
    plain: Words
    article: str
    help: Words
    sources: frozenset[str]
    target: str | None
    roles: frozenset[str]
    relations: frozenset[Relation]
    fields: tuple[Field, ...] = ()
    guards: tuple[Guard, ...] = ()
    starts: tuple[Start, ...] = ()
    stops: tuple[Stop, ...] = ()
    marks: Callable[[Situation], dict[str, Any]] | None = None
    papers: tuple[Paper, ...] = ()
    assigns: bool = False
    passes: Passing | None = None
    receiver: Receiver = "own"
    outside: bool = False
    milestone: bool = False
    main: bool = False
    recomputes: bool = False
    mistakes: tuple[Words, ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if the action has none."""
        return {known.name: known for known in self.fields}[name]

    def papers_for(self, marks: Mapping[str, Any], facts: Facts, on: date) -> list[Paper]:
        """The letters that the step makes on a day for a matter with these marks (after the step), in their order."""
        return [paper for paper in self.papers if paper.when is None or paper.when(marks, facts, on)]


@dataclass(frozen=True)
class Edition:
    """The procedure as one law has it. A matter keeps the edition under which it was registered; `terms` are those of terms.py unless
    the law has others."""

    code: str
    name: Words
    in_force: date
    actions: Mapping[str, Action]
    terms: Mapping[str, Term] = field(default_factory=lambda: TERMS)

    def action(self, name: str) -> Action:
        """The action of that name; KeyError if this edition has none."""
        return self.actions[name]

    def from_state(self, state: str) -> list[Action]:
        """The actions that may follow in a state, in the order of the table."""
        return [action for action in self.actions.values() if state in action.sources]
