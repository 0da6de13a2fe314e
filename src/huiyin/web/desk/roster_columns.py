"""The page on which the columns of a roster file are matched: a select for each target, and what the first rows would do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Refused
from huiyin.people.models import RosterImport
from huiyin.people.roster import files, importing
from huiyin.people.roster.columns import COLUMNS, FIELDS
from huiyin.people.roster.sorting import CHANGED, NEW, REJECTED, SAME, RosterRow
from huiyin.web.ui.time_parts import said as in_words

Places = dict[str, int]
LONGEST = 24


def places(posted: Mapping[str, Any]) -> Places:
    """Which place was chosen for which field, from the selects `column-<field>`."""
    given = {column.field: str(posted.get(f"column-{column.field}", "")) for column in COLUMNS}
    return {field: int(value) for field, value in given.items() if value.isdecimal() and len(value) < 6}


def chosen(posted: Mapping[str, Any]) -> dict[int, str]:
    """Which place holds which field. Refused where two fields take the same column."""
    found: dict[int, str] = {}
    for field, place in places(posted).items():
        if place in found:
            raise _same_column(found[place], field)
        found[place] = field
    return found


def _same_column(one: str, other: str) -> Refused:
    first, second = FIELDS[one].name, FIELDS[other].name
    return Refused(
        f"“{first.zh}”和“{second.zh}”选了同一列，请只留一个。",
        f"“{first.en}” and “{second.en}” take the same column; keep one.",
        field="columns",
    )


def context(one: RosterImport, *, today: date, typed: Places | None, said: str) -> dict[str, Any]:
    """Everything that the page shows. With `typed` the choice that was refused is shown, and no preview of it."""
    plan = files.plan(files.source_of(one))
    taken = typed if typed is not None else {field: int(place) for place, field in one.columns.items()}
    rows, refused = ([], said) if said else _preview(one, today)
    return {
        "one": one,
        "said": refused,
        "sheets": plan.sheets if len(plan.sheets) > 1 else (),
        "sheet": plan.sheet,
        "targets": _targets(plan.headings, taken),
        "unmatched": [name for place, name in enumerate(plan.headings) if name and place not in taken.values()],
        "fields": [in_words(FIELDS[field].name) for field in _in_order(taken)],
        "rows": rows,
        "wrong": sum(bool(row["problems"]) for row in rows),
    }


def _in_order(taken: Places) -> list[str]:
    return sorted(taken, key=lambda field: taken[field])


def _targets(headings: list[str], taken: Places) -> list[dict[str, Any]]:
    """One row for each target field: its name, the options (place, heading), the place that is chosen."""
    options = [(place, heading[:LONGEST] or _("第{n}列").format(n=place + 1)) for place, heading in enumerate(headings)]
    return [
        {
            "field": column.field,
            "name": in_words(column.name),
            "options": options,
            "place": taken.get(column.field),
            "must": column.field == "name",
        }
        for column in COLUMNS
    ]


def _preview(one: RosterImport, today: date) -> tuple[list[dict[str, Any]], str]:
    """The first rows, and why there are none where the columns don't do."""
    try:
        rows = importing.preview(one, on=today)
    except Refused as refused:
        return [], refused.say(get_language() or "zh")
    fields = _in_order({field: int(place) for place, field in one.columns.items()})
    return [_row(row, fields) for row in rows], ""


def _row(row: RosterRow, fields: list[str]) -> dict[str, Any]:
    outcomes = {NEW: _("新增"), CHANGED: _("更新"), SAME: _("不变"), REJECTED: _("要改正")}
    return {
        "number": row.number,
        "cells": [row.texts.get(field, "") for field in fields],
        "outcome": outcomes.get(row.outcome, ""),
        "problems": [problem.say(get_language() or "zh") for problem in row.problems],
    }
