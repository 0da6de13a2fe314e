"""What was recorded at a step, in words: each field of the procedure's table says its own value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases.names import Names
from huiyin.procedure.actions import Action, Field
from huiyin.procedure.editions.forms_2022 import RESULTS
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

LONGEST = 160
BARE = {
    "words",
    "note",
    "reason",
    "found",
    "source",
    "instruction",
    "opinion",
    "comment",
    "facts",
    "reply",
    "route",
    "office",
}
NEVER = {"title", "text", "topic", "purpose", "superior", "people_count", "recusal_checked", "channel", "staff"}
SPEAKING = {"choice", "claims"}
PEOPLE = {"representatives", "left", "main", "copies"}  # told as they stand after the step, by `behind`
_RESULTS = {choice.code: choice.name for choice in RESULTS}


def sentence(action: Action, facts: Mapping[str, Any], names: Names, *, on: date) -> str:
    """The recorded facts of an event of the day `on`, in the order of its form: what speaks for itself stands alone,
    other values after their label; a date is said where it is another day."""
    told = [
        field for field in action.fields if field.name not in NEVER | PEOPLE and facts.get(field.name) != on.isoformat()
    ]
    parts = [part for field in told if (part := _part(field, facts, names, on))]
    return _("；").join(part.rstrip("。；;. ") for part in parts)


def _part(field: Field, facts: Mapping[str, Any], names: Names, on: date) -> str:
    value = facts.get(field.name)
    if value in (None, "", [], False) or field.kind in {"yes", "person", "files"}:
        return ""
    words = value_words(field, value, names, on=on)
    if field.name in BARE or field.kind in SPEAKING:
        return words
    return _("{label}：{value}").format(label=said(field.label), value=words)


def value_words(field: Field, value: Any, names: Names, *, on: date) -> str:
    """One recorded value in words; a day of another year than `on` with its year."""
    if field.kind in {"choice", "rating"}:
        return next((said(choice.name) for choice in field.choices if choice.code == value), str(value))
    if field.kind == "date":
        day = date.fromisoformat(str(value))
        return day_text(day, "" if day.year == on.year else "year")
    if field.kind == "office":
        said_instead = next((said(choice.name) for choice in field.choices if choice.code == value), "—")
        return names.offices.get(value, said_instead)
    if field.kind == "staff":
        return names.staff.get(value, "—")
    if field.kind == "claims":
        return _claims(value)
    if field.kind == "several":
        return _("、").join(said(choice.name) for choice in field.choices if choice.code in value)
    if field.kind == "members":
        return _("、").join(names.petitioners.get(each, "—") for each in value)
    if field.kind == "requests":
        return _("、").join(map(str, value))
    if field.kind in {"member", "agent"}:
        return (names.agents if field.kind == "agent" else names.petitioners).get(value, "—")
    return short(str(value))


def short(text: str) -> str:
    """The beginning of a long text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _claims(claims: list[Mapping[str, str]]) -> str:
    results = Counter(claim["result"] for claim in claims if claim.get("result"))
    count = ngettext("{n}项诉求", "{n}项诉求", len(claims)).format(n=len(claims))
    if not results:
        return count
    each = _("、").join(f"{said(_RESULTS[code])} {results[code]}" for code in _RESULTS if results[code])
    return _("{count}：{each}").format(count=count, each=each)
