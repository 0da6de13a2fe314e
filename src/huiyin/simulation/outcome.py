"""How a simulation ends: what the auditor found, which matters can't move any more, and whether the records replay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.cases import verification
from huiyin.cases.models import Case
from huiyin.cases.snapshots import situation, snapshot_of
from huiyin.kernel import clock as time
from huiyin.procedure import engine
from huiyin.procedure.editions import edition
from huiyin.simulation.auditing import Auditor, Findings
from huiyin.simulation.diary import Diary
from huiyin.simulation.house import Roster
from huiyin.simulation.report import Report
from huiyin.simulation.running import Plan, Simulation
from huiyin.simulation.steps import is_theirs

Progress = Callable[[int], None]
SHOWN = 20


@dataclass
class Outcome:
    """Everything that is worth saying about one run. `stuck` and `broken` are sentences, empty in a good run."""

    diary: Diary
    found: Findings
    stuck: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.found.missed or self.found.doubled or self.stuck or self.broken or self.diary.failures)

    def figures(self) -> dict[str, Any]:
        """The figures of the last line, without the seconds."""
        found = self.found
        return {
            "cases": found.cases, "steps": found.steps, "crashes": self.diary.crashes, "overdue": found.overdue,
            "escalated": found.escalated, "missed": found.missed, "doubled": found.doubled,
        }  # fmt: skip

    def report(self) -> Report:
        """What is told of it."""
        counts = Counter(self.diary.counts)
        counts.update({f"matters in state {state}": number for state, number in self.found.reached.items()})
        counts.update({f"matters with step {step}": number for step, number in self.found.taken.items()})
        wrong = [*self.diary.failures, *self.stuck, *self.broken][:SHOWN] + self.found.lines
        return Report(self.good, Counter(self.figures()), counts, wrong)


# What leads on without being a milestone: a hearing is under way, a result is owed to whoever assigned the matter, somebody was asked
# about it, a review waits for a person.
ENDS_A_WAIT = frozenset({"end_hearing", "report_result", "answer_task", "recall_task", "take_review", "take_rereview"})


def simulate(plan: Plan, *, progress: Progress = lambda done: None) -> Outcome:
    """Runs a plan in an empty database and audits it; `progress` hears of every matter twice: as it comes and as it is audited."""
    run = Simulation(plan)
    diary = run.run(progress=progress)
    found = Auditor(diary, progress=progress).audit()
    broken = [f"{row.no} {row.code} {row.detail}" for row in verification.verify()]
    return Outcome(diary, found, list(stuck(run.roster, now=diary.rounds[-1].now)), broken)


def stuck(roster: Roster, *, now: datetime) -> Iterator[str]:
    """Open matters that nobody answers for, that no sweep will look at, or on which nobody can take a step that leads on."""
    for case in Case.objects.filter(is_open=True).prefetch_related("clocks").order_by("pk").iterator(chunk_size=500):
        if case.responsible_id not in roster.by_id:
            yield f"{case.no}: nobody on duty answers for it"
        elif case.next_alert_on is None or case.next_alert_on <= time.on(now):
            yield f"{case.no}: its day of looking, {case.next_alert_on}, has passed"
        elif not _leads_on(case, roster, now):
            yield f"{case.no}: nobody can take it on from “{case.state}”"


def _leads_on(case: Case, roster: Roster, now: datetime) -> bool:
    """Whether somebody can move it, or it waits for a date at which the system will."""
    snapshot = snapshot_of(case)
    if any(term.startswith("request-") for term in snapshot.clocks):
        return True
    assert case.office_id is not None
    case.office = roster.house.offices[case.office_id]
    steps = edition(case.edition).from_state(case.state)
    onward = (action for action in steps if action.target or action.milestone or action.name in ENDS_A_WAIT)
    return any(
        is_theirs(action, case, snapshot, by)
        and not engine.obstacles(
            action,
            situation(snapshot, {}, by=by, now=now, law=edition(case.edition), calendar=roster.house.calendar),
            early=True,
        )
        for action in onward
        for by in roster.doers(action, case)
    )
