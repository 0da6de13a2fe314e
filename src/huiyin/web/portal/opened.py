"""What a petitioner sees after the second fact: letters, the answer request by request, their own rating and papers."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.cases import files, letter_files
from huiyin.cases.models import Case, CaseLetter
from huiyin.procedure.editions.forms_2022 import RATINGS, RESULTS
from huiyin.procedure.editions.guards_2022 import ASPECTS
from huiyin.procedure.papers import TO_PETITIONER
from huiyin.web.ui.parts import Fact, Link
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

SENT = TO_PETITIONER
_RESULTS = {choice.code: choice.name for choice in RESULTS}
_RATINGS = {choice.code: choice.name for choice in RATINGS}


@dataclass(frozen=True)
class Result:
    """The answer to one request."""

    text: str
    outcome: str
    reason: str
    basis: str


@dataclass(frozen=True)
class Sent:
    """A letter to the petitioner, with the ways to read it."""

    name: str
    when: str
    page: str
    large: str
    pdf: str


def letters(case: Case) -> list[Sent]:
    """The letters to the petitioner, the newest first; proof of delivery is the office's own paper."""
    return [_sent(case, letter) for letter in reversed(list(case.letters.all())) if is_sent(case, letter)]


def is_sent(case: Case, letter: CaseLetter) -> bool:
    """Whether a letter is for the petitioner's eyes: of their kinds, not to one of several who takes no part any more, and not ordered
    back before it was delivered."""
    return letter.kind in SENT and not letter.data.get("own_part") and not letter_files.is_void(case, letter)


def _sent(case: Case, letter: CaseLetter) -> Sent:
    files = {form: reverse("portal-letter-file", args=[case.no, letter.pk, form]) for form in ("large", "pdf")}
    page = reverse("portal-letter", args=[case.no, letter.pk])
    return Sent(letter.get_kind_display(), day_text(letter.dated_on, "year"), page, files["large"], files["pdf"])


def results(case: Case) -> list[Result]:
    """The answers, once they are decided; before that nothing."""
    if not case.marks.get("issued_on") or case.marks.get("outcome") == "revoke":
        return []
    return [
        Result(claim.text, said(_RESULTS.get(claim.result)), claim.reason, claim.basis)
        for claim in case.claims.all()
        if claim.result
    ]


def sentence(case: Case) -> str:
    """The outcome in one sentence; "" before it is decided. What a review made of it counts."""
    outcome = case.marks.get("outcome") if case.marks.get("review_delivered_on") else None
    if outcome == "revoke":
        return _("原来的答复撤销了，换人重新办。")
    if outcome == "change":
        return _("上一级变更了原来的答复，看复查、复核意见书。")
    return _("上一级看过，维持原来的答复。") if outcome == "maintain" else _of_claims(case)


def _of_claims(case: Case) -> str:
    found = [claim.result for claim in case.claims.all() if claim.result] if case.marks.get("issued_on") else []
    if not found:
        return ""
    if set(found) <= {"answered", "adopted", "partly_adopted", "not_adopted"}:
        return _("您提的事，我们作了答复。")
    if set(found) == {"supported"}:
        return _("支持您的请求。")
    if "supported" in found:
        return _("有的支持，有的没有支持。") if "not_supported" in found else _("有的支持，有的作了说明。")
    return _("这次没有支持，原因写在答复里。") if "not_supported" in found else _("把规定和情况向您作了说明。")


def rated(case: Case) -> list[Fact]:
    """What the petitioner said of our work; empty while nothing was said."""
    given = case.evaluation
    if given is None:
        return []
    names = (_("接待"), _("办理"), _("过程"), _("结果"))
    rows = [Fact(name, said(_RATINGS[getattr(given, aspect)])) for name, aspect in zip(names, ASPECTS, strict=True)]
    return rows + ([Fact(_("您说的话"), given.comment, own=True)] if given.comment else [])


def papers(case: Case) -> list[Link]:
    """What the petitioner handed in."""
    return [Link(row.file.name, reverse("portal-paper", args=[case.no, row.file_id])) for row in files.own(case)]
