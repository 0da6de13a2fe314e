"""The words by which a case is found, kept in the index of all cases and in that of the open ones: few, and what most searches are for."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.cases.models import Case, CaseEvent, Petitioner
from huiyin.procedure.states import STATES
from huiyin.search import services as search


def follow(case: Case, event: CaseEvent) -> None:
    """Keeps the indexes after an event, inside its transaction."""
    if event.seq == 1:
        search.put("case", case.pk, _words(case))
    was = event.seq > 1 and STATES[event.from_state].open
    if case.is_open and not was:
        search.put("open case", case.pk, _words(case))
    elif was and not case.is_open:
        search.drop("open case", case.pk)


def renamed(case: Case) -> None:
    """Keeps the indexes where the people of a case changed."""
    search.put("case", case.pk, _words(case))
    if case.is_open:
        search.put("open case", case.pk, _words(case))


def searchable(case: Case, names: Iterable[str]) -> str:
    """The words by which a case is found; `names` are those of everybody who brought it, also of whoever died or left since."""
    return "\n".join((case.no, case.title, *dict.fromkeys((case.petitioner_name, *names)), case.text))


def _words(case: Case) -> str:
    return searchable(case, Petitioner.everyone.filter(case=case).order_by("pk").values_list("name", flat=True))
