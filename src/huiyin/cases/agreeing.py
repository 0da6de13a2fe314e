"""撤回、和解: whether all agree whose matter is given away (procedure/editions/persons_2022).

What one of several does binds the others only if they agree (民事诉讼法 Art. 55(2), by analogy; the Regulations say nothing of it). Each
agrees in person and signs, or lets somebody act for it who is authorised to; or the representatives do, where the paper that names
them lets them (Art. 56). Who is counted and not named can't sign, so that others can't give away what they have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from huiyin.cases import agents, petitioners
from huiyin.cases.models import Case, Petitioner
from huiyin.kernel.errors import Invalid, Refused
from huiyin.procedure.actions import Action
from huiyin.procedure.editions.persons_2022 import FOR_ALL, SCOPE_OF
from huiyin.procedure.words import Words


def check(
    case: Case, step: Action, facts: Mapping[str, Any], *, today: date, people: Iterable[Petitioner] | None = None
) -> None:
    """Raises Invalid, naming who is missing, if a step ends the matter for several and not all of them agree."""
    if step.name not in FOR_ALL:
        return
    present = list(case.petitioners.all() if people is None else people)
    there, count = petitioners.living(case, present), petitioners.left_of(case, present)
    if present and not there:
        raise _no(
            "本人去世了，没有人能替本人同意；有人接着办的，先在“信访人去世”里写明。",
            "The petitioner died, and nobody can agree for them; if somebody carries on, record it under “The petitioner died” first.",
        )
    agree = {row.number for row in there} & (_in_person(facts, count) | agents.agreeing(case, step, facts, today=today))
    if count > 1 and not _speak_for_all(case, SCOPE_OF[step.name], there, agree):
        _check_everybody(SCOPE_OF[step.name], there, agree, count)


def _in_person(facts: Mapping[str, Any], count: int) -> set[int]:
    return set(facts.get("also") or ()) if count > 1 else set()


def _speak_for_all(case: Case, scope: str, there: Iterable[Petitioner], agree: Collection[int]) -> bool:
    """Whether all representatives agree, and the paper that names them lets them give this away for everybody."""
    speakers = {row.number for row in there if row.is_representative}
    return scope in (case.marks.get("empowered") or ()) and bool(speakers) and speakers <= set(agree)


def _check_everybody(scope: str, there: list[Petitioner], agree: Collection[int], count: int) -> None:
    missing = [row for row in there if row.number not in agree]
    if not missing and count == len(there):
        return
    who, what = _missing(missing, count - len(there)), agents.SCOPE_NAMES[scope]
    raise _no(
        f"这件事是几个人共同提的，一位不能替别人作主。“{what.zh}”还差：{who.zh}。本人同意、签了字的勾选；委托了人的另记委托；推选书写明代表可以替大家办的，"
        "记在“记信访人、推选代表”里，再勾选全部代表。只有一位要撤回的，用“其中一位撤回”，其他人的照办。",
        f"Several brought this matter, and none decides for another. “{what.en}” still wants: {who.en}. Tick those who agreed and signed; record an "
        "authorisation where they gave one; where the paper that names the representatives lets them do it for all, record that under “Record the people” and "
        "tick all representatives. If one alone takes it back, use “One of several takes back their part”; it goes on for the others.",
    )


def _missing(rows: list[Petitioner], unnamed: int) -> Words:
    """Who has not agreed yet: by name, and how many are only counted."""
    named = [Words(row.name, row.name) for row in rows if row.name]
    others = unnamed + len(rows) - len(named)
    who = [*named, *([Words(f"没有留名的{others}人", f"{others} who are not named")] if others else [])]
    return Words("、".join(one.zh for one in who), ", ".join(one.en for one in who))


def _no(zh: str, en: str) -> Invalid:
    return Invalid({"also": Refused(zh, en, field="also")})
