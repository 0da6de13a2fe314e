"""The questions of a campaign, as they are typed row by row, and the answers that offices give to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiyin.cases.facts import tidy
from huiyin.kernel.errors import Refused
from huiyin.screening.models import Campaign, Question
from huiyin.screening.typed import LONGEST, Reader, number

Kind = Question.Kind
MOST = 40
MOST_OPTIONS = 12
LONGEST_QUESTION = 300
LONGEST_OPTION = 60
YES, NO = "yes", "no"


def read(reader: Reader, rows: Sequence[Mapping[str, Any]]) -> list[Question]:
    """The questions of a form in their order; a row without words is none. Refusals stand at `q<row>`."""
    made = [_question(reader, place, row) for place, row in enumerate(rows) if tidy(str(row.get("text", "")))]
    if len(made) > MOST:
        reader.refuse("questions", Refused(f"最多{MOST}个问题。", f"At most {MOST} questions."))
    for place, question in enumerate(made, start=1):
        question.number = place
    return made


def _question(reader: Reader, place: int, row: Mapping[str, Any]) -> Question:
    text, kind = tidy(str(row.get("text", "")), one_line=True), str(row.get("kind", ""))
    question = Question(text=text[:LONGEST_QUESTION], kind=kind, options=_options(str(row.get("options", ""))))
    question.asks_finding = bool(row.get("asks_finding")) and kind == Kind.YES_NO
    question.counts_people = bool(row.get("counts_people")) and kind == Kind.NUMBER
    question.options = question.options if kind == Kind.CHOICE else []
    if refused := _wrong(question, text):
        reader.refuse(f"q{place}", refused)
    return question


def _options(typed: str) -> list[str]:
    """Options as typed in one line, parted by strokes, semicolons or commas of a list."""
    parts = re.split(r"[/／、;；|｜\n]", typed)  # data: what people write between options
    return list(dict.fromkeys(words for part in parts if (words := tidy(part, one_line=True))))


def _wrong(question: Question, text: str) -> Refused | None:
    if len(text) > LONGEST_QUESTION:
        return Refused(f"问题最多{LONGEST_QUESTION}个字。", f"A question takes at most {LONGEST_QUESTION} characters.")
    if question.kind not in Kind.values:
        return Refused("请选这个问题怎样答。", "Choose how this question is answered.")
    if question.kind == Kind.CHOICE and not 2 <= len(question.options) <= MOST_OPTIONS:
        return Refused(
            f"选一项的问题要写2到{MOST_OPTIONS}个选项，用“/”隔开。",
            f"A choice needs 2 to {MOST_OPTIONS} options, parted by “/”.",
        )
    if any(len(option) > LONGEST_OPTION for option in question.options):
        return Refused(f"一个选项最多{LONGEST_OPTION}个字。", f"An option takes at most {LONGEST_OPTION} characters.")
    return None


def write(campaign: Campaign, wanted: Iterable[Question]) -> None:
    """Puts these questions in place of those of a draft."""
    campaign.questions.all().delete()
    for question in wanted:
        question.campaign = campaign
    Question.objects.bulk_create(wanted)


def copy(source: Campaign, target: Campaign) -> None:
    """The same questions for another campaign."""
    columns = ("number", "kind", "text", "options", "asks_finding", "counts_people")
    Question.objects.bulk_create(
        Question(campaign=target, **{name: getattr(each, name) for name in columns}) for each in source.questions.all()
    )


def field_of(question: Question) -> str:
    """The name of a question's field in forms and answers."""
    return f"a{question.pk}"


def answers(reader: Reader, questions: Iterable[Question]) -> dict[str, Any]:
    """What was answered so far, by field; what is empty is left out."""
    found = {
        field_of(each): reader.take(field_of(each), lambda typed, each=each: _answer(each, typed), "")  # type: ignore[misc]
        for each in questions
    }
    return {name: value for name, value in found.items() if value not in ("", None)}


def _answer(question: Question, typed: str) -> Any:
    if question.kind == Kind.NUMBER:
        return number(typed)
    words = tidy(typed)
    if question.kind == Kind.TEXT:
        return _text(words)
    if words and words not in allowed(question):
        raise Refused("请从给出的答案里选。", "Choose one of the answers.")
    return words


def _text(words: str) -> str:
    if len(words) > LONGEST:
        raise Refused(
            f"最多{LONGEST}个字，现在有{len(words)}个字。", f"At most {LONGEST} characters; this has {len(words)}."
        )
    return words


def allowed(question: Question) -> list[str]:
    """The answers that can be chosen; empty for numbers and texts."""
    return [YES, NO] if question.kind == Kind.YES_NO else list(question.options)
