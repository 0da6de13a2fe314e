"""index.html of a bundle: the case for reading, in one language, with nothing that needs a network or a program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from huiyin.cases.archive.contents import Contents
from huiyin.cases.archive.telling import RESULT_NAMES, recorded
from huiyin.cases.models import CaseFile
from huiyin.procedure.articles import cite
from huiyin.procedure.deadlines import broken_off_late
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.forms_2022 import CHANNELS, PURPOSES, RATINGS, VIA
from huiyin.procedure.editions.guards_2022 import ASPECTS
from huiyin.procedure.papers import LETTERS
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words, day_words

BY = {"system": Words("系统", "the system"), "petitioner": Words("信访人", "the petitioner")}
OUTCOMES = {
    "met": Words("按期", "in time"), "late": Words("超期", "late"), "extended": Words("已延期", "extended"),
    "lapsed": Words("期满", "period over"), "withdrawn": Words("已撤回，不再走", "taken back, runs no more"),
    "replaced": Words("不再走", "runs no more"), "asked": Words("已提出", "asked for"),
}  # fmt: skip
ASPECT_NAMES = {
    "reception": Words("接待", "Reception"), "handling": Words("办理", "Handling"), "procedure": Words("过程", "Procedure"),
    "result": Words("结果", "Result"),
}  # fmt: skip


def page(contents: Contents, language: str) -> str:
    """The page in Chinese (zh-hans) or English (en)."""
    with translation.override(language):
        return render_to_string("cases/archive.html", _context(contents, language))


def _context(contents: Contents, language: str) -> dict[str, Any]:
    index, case = contents.index, contents.index["case"]
    known = edition(case["edition"])
    return {
        "style": _style(),
        "language": language,
        "case": case,
        "kind": _kind(case, language),
        "state": STATES[case["state"]].name.say(language),
        "edition": known.name.say(language),
        "received_on": day(case["received_on"], language),
        "petitioners": index["petitioners"],
        "agents": index["agents"],
        "claims": [_claim(claim, language) for claim in index["claims"]],
        "clocks": [_clock(clock, language) for clock in index["clocks"]],
        "events": [_event(event, known, index["names"], language) for event in contents.events],
        "letters": [_letter(letter, language) for letter in index["letters"]],
        "attachments": [
            {
                **row,
                "purpose": CaseFile.Purpose(row["purpose"]).label,
                "problem": one.problem.say(language) if one.problem else "",
            }
            for one, row in zip(contents.attachments, index["attachments"], strict=True)
        ],
        "evaluation": _evaluation(index["evaluation"], language),
    }


@cache
def _style() -> SafeString:
    css = files(__package__).joinpath("archive.css").read_text(encoding="utf-8")
    return mark_safe(f"<style>{css}</style>")  # noqa: S308 - a file of ours; a bundle is read without any server


def day(iso: str, language: str) -> str:
    """A date in words with its year; nothing for none."""
    return day_words(date.fromisoformat(iso), year=True).say(language) if iso else ""


def _kind(case: Mapping[str, Any], language: str) -> str:
    names = [
        next(one.name for one in known if one.code == case[field])
        for field, known in (("channel", CHANNELS), ("purpose", PURPOSES))
    ]
    parts = [name.say(language) for name in names]
    if case["topic"]:
        parts.append(case["topic"]["en" if language == "en" else "zh"])
    return " · ".join(parts)


def _claim(claim: Mapping[str, Any], language: str) -> dict[str, Any]:
    result = RESULT_NAMES.get(claim["result"])
    return {**claim, "result": result.say(language) if result else ""}


def _clock(clock: Mapping[str, Any], language: str) -> dict[str, Any]:
    short = "en" if language == "en" else "zh"
    said = {name: day(clock[name], language) for name in ("start", "due", "internal_due", "stopped_on")}
    return {
        **clock, **said, "name": clock["name"][short], "article": clock["article"][short],
        "outcome": _outcome(clock).say(language), "steps": clock["explanation"][short],
    }  # fmt: skip


def _outcome(clock: Mapping[str, Any]) -> Words:
    """How a clock ended; of one that was broken off, that it was late by then."""
    known = OUTCOMES.get(clock["outcome"], Words("", ""))
    if not clock["stopped_on"]:
        return known
    due, on = (date.fromisoformat(clock[name]) for name in ("due", "stopped_on"))
    late = broken_off_late(clock["term"], clock["outcome"], due, on)
    return Words(f"{known.zh}，停的时候已经超期", f"{known.en}, and late by then") if late else known


def _event(event: Mapping[str, Any], known: Any, names: Mapping[str, Any], language: str) -> dict[str, Any]:
    action, by = known.action(event["action"]), BY.get(event["by_kind"])
    return {
        "seq": event["seq"],
        "at": event["at"][:19].replace("T", " "),
        "name": action.done.say(language),
        "article": cite(action.article).say(language),
        "by": by.say(language) if by else event["by"],
        "rows": list(recorded(action, event["facts"], names, language)),
    }


def _letter(letter: Mapping[str, Any], language: str) -> dict[str, Any]:
    links = [(path.rpartition(".")[2].upper(), path) for path in letter["files"]]
    return {
        "kind": LETTERS[letter["kind"]].say(language), "label": letter["label"], "dated_on": day(letter["dated_on"], language),
        "links": links,
    }  # fmt: skip


def _evaluation(given: Mapping[str, Any] | None, language: str) -> dict[str, Any] | None:
    if given is None:
        return None
    marks = {choice.code: choice.name.say(language) for choice in RATINGS}
    via = {choice.code: choice.name.say(language) for choice in VIA}
    rows = [(ASPECT_NAMES[aspect].say(language), marks.get(given[aspect], given[aspect])) for aspect in ASPECTS]
    return {
        "rows": rows,
        "comment": given["comment"],
        "via": via.get(given["via"], given["via"]),
        "at": given["at"][:10],
    }
