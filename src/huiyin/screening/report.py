"""The figures of a campaign: who answered and when, what was answered, what was found, what came of it.

Numbers of people below five are not said, and no sum from which they could be worked out: a handful of neighbours could be
told by them. How many people findings touch is rough anyway and said in fives. Counts of findings and of offices are no counts of people and stand as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.orgs.models import Topic
from huiyin.people.policy import Actor
from huiyin.screening import policy, queries, questions
from huiyin.screening.models import Campaign, Finding, Question, Sheet

FEWEST = 5
IN_TIME, LATE, NOT = "in_time", "late", "not"


@dataclass(frozen=True)
class People:
    """Roughly how many people. `few`: more than none but fewer than FEWEST; `at_least`: only what may be said was added up."""

    number: int
    few: bool = False
    at_least: bool = False


@dataclass(frozen=True)
class Coverage:
    """One office: its sheet and whether it came in time, late or not (yet)."""

    sheet: Sheet
    how: str
    findings: int


@dataclass(frozen=True)
class ByKind:
    """Findings of one topic (or policy, or place): how many, roughly how many people, and how many by outcome ("" open)."""

    name: Any
    findings: int
    people: People
    outcomes: dict[str, int]

    @property
    def open(self) -> int:
        return self.outcomes[""]


@dataclass(frozen=True)
class Answered:
    """A question with what was answered: (answer, by how many offices), or the sum of the numbers."""

    question: Question
    counts: list[tuple[str, int]]
    total: People | None


@dataclass(frozen=True)
class Report:
    coverage: list[Coverage]
    counts: dict[str, int]
    answers: list[Answered]
    topics: list[ByKind]
    places: list[ByKind]
    outcomes: dict[str, int]
    cases: list[Finding]
    open: list[Finding]
    people: People

    @property
    def cases_open(self) -> int:
        return sum(1 for each in self.cases if each.case and each.case.is_open)


def of(campaign: Campaign, *, reader: Actor) -> Report:
    """The report of a campaign as it stands; it names what its reader may be told of, and counts all. The number of queries is the same for any number of offices and findings."""
    sheets = queries.with_findings(campaign)
    found = [each for sheet in sheets for each in sheet.findings.all()]
    told = [each for each in found if policy.told_of(reader, each)]
    coverage = [Coverage(sheet, how(sheet, campaign), len(sheet.findings.all())) for sheet in sheets]
    topics = _grouped(found, lambda each: each.topic)
    return Report(
        coverage,
        {name: sum(row.how == name for row in coverage) for name in (IN_TIME, LATE, NOT)},
        [_answered(question, sheets) for question in campaign.questions.all()],
        topics,
        [row for row in _grouped(found, lambda each: each.place) if row.name],
        _outcomes(found),
        [each for each in told if each.case and not each.case.sealed],
        sorted((each for each in told if not each.outcome), key=lambda each: (each.due_on, each.pk)),
        total_of([row.people for row in topics]),
    )


def how(sheet: Sheet, campaign: Campaign) -> str:
    """In time only if the first signature came by the campaign's day and the last by the sheet's own: a return gives more
    days for what is to be mended, not for what came late."""
    if sheet.state != Sheet.State.SIGNED or sheet.signed_on is None or sheet.first_signed_on is None:
        return NOT
    return IN_TIME if sheet.first_signed_on <= campaign.due_on and sheet.signed_on <= sheet.due_on else LATE


def people(number: int) -> People:
    """A number of people as it may be said."""
    return People(0, few=True) if 0 < number < FEWEST else People(number)


def rough(number: int) -> People:
    """The same for people whom findings touch: in fives, so that no difference between two tables tells a small number."""
    known = people(number)
    return known if known.few else People(FEWEST * round(number / FEWEST))


def total_of(parts: Sequence[People]) -> People:
    """The sum of what may be said; where a part is hidden the sum hides it too."""
    hidden = any(part.few for part in parts)
    said = sum(part.number for part in parts)
    if hidden and not said:
        return People(0, few=True)
    return People(said, at_least=hidden or any(part.at_least for part in parts))


def _grouped(found: Iterable[Finding], name: Callable[[Finding], Topic | str | None]) -> list[ByKind]:
    """Findings by what `name` gives, the most first."""
    groups: dict[Any, list[Finding]] = {}
    for each in found:
        groups.setdefault(name(each), []).append(each)
    rows = [
        ByKind(key, len(group), rough(sum(each.people_count or 0 for each in group)), _outcomes(group))
        for key, group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.findings, str(row.name)))


def _outcomes(found: Iterable[Finding]) -> dict[str, int]:
    counts = Counter(each.outcome for each in found)
    return {code: counts.get(code, 0) for code in ("", *Finding.Outcome.values)}


def _answered(question: Question, sheets: Iterable[Sheet]) -> Answered:
    name = questions.field_of(question)
    given = [sheet.answers[name] for sheet in sheets if sheet.state == Sheet.State.SIGNED and name in sheet.answers]
    if question.kind == Question.Kind.NUMBER:
        total = sum(int(value) for value in given)
        return Answered(question, [], people(total) if question.counts_people else People(total))
    counts = Counter(str(value) for value in given)
    return Answered(question, [(answer, counts[answer]) for answer in questions.allowed(question)], None)


def late_by(sheet: Sheet, today: date) -> bool:
    """Whether a sheet that was not signed yet is late."""
    return sheet.state != Sheet.State.SIGNED and sheet.due_on < today
