"""What is told of a run, or of several side by side. Knows neither models nor settings, so that it can go from one process to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """`lines` are sentences about what went wrong, empty in a good run; `figures` those of the last line, without the seconds."""

    good: bool = True
    figures: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Report:
        """A report from its JSON form."""
        return cls(kept["good"], Counter(kept["figures"]), Counter(kept["counts"]), kept["lines"])


def together(reports: Iterable[Report]) -> Report:
    """Several reports as one."""
    whole = Report()
    for each in reports:
        whole.good = whole.good and each.good
        whole.figures.update(each.figures)
        whole.counts.update(each.counts)
        whole.lines += each.lines
    return whole
