"""What was recorded at a step, in full and in the reader's words: each field of the procedure's table with its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from huiyin.procedure.actions import Action, Field
from huiyin.procedure.editions.forms_2022 import RESULTS
from huiyin.procedure.words import Words, day_words

RESULT_NAMES = {choice.code: choice.name for choice in RESULTS}
YES = Words("是", "yes")
JOINED = Words("新的代表", "the new representatives")
REQUEST = Words("诉求", "Request")
WAS = Words("登记时写的", "As registered")
REASON, BASIS = Words("答复", "Answer"), Words("依据", "Rule")
Names = Mapping[str, Mapping[Any, str]]
_NAMED = {"office": "offices", "staff": "staff", "member": "petitioners", "members": "petitioners", "agent": "agents"}


def recorded(action: Action, facts: Mapping[str, Any], names: Names, language: str) -> Iterator[tuple[str, list[str]]]:
    """(label, lines) of every field that was filled in, in the order of the form."""
    for field in action.fields:
        value = facts.get(field.name)
        if value not in (None, "", [], False):
            yield field.label.say(language), list(_lines(field, value, names, language))


def _lines(field: Field, value: Any, names: Names, language: str) -> Iterator[str]:
    if field.kind == "claims":
        for number, claim in enumerate(value, start=1):
            yield from _claim(number, claim, language)
    elif field.kind == "files":
        yield from (row["name"] for row in value)
    else:
        yield from _said(field, value, names, language).splitlines()


def _said(field: Field, value: Any, names: Names, language: str) -> str:
    if field.kind in ("choice", "rating") or (field.kind == "office" and isinstance(value, str)):
        return next((choice.name.say(language) for choice in field.choices if choice.code == value), str(value))
    if field.kind == "date":
        return day_words(date.fromisoformat(value), year=True).say(language)
    if field.kind in _NAMED:
        known = names[_NAMED[field.kind]]
        return "、".join(
            known.get(each, JOINED.say(language) if each == "new" else str(each))
            for each in (value if isinstance(value, list) else [value])
        )
    if field.kind == "several":
        return "、".join(choice.name.say(language) for choice in field.choices if choice.code in value)
    if field.kind == "requests":
        return "、".join(map(str, value))
    return YES.say(language) if field.kind == "yes" else str(value)


def _claim(number: int, claim: Mapping[str, str], language: str) -> Iterator[str]:
    result = RESULT_NAMES.get(claim.get("result", ""))
    yield f"{number}. {claim['text']}" + (f" – {result.say(language)}" if result else "")
    for name, label in (("was", WAS), ("reason", REASON), ("basis", BASIS)):
        if claim.get(name):
            yield f"{label.say(language)}: {claim[name]}"
