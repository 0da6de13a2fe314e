"""A sheet on the page of one person: the form of its questions, what this person typed before, what stands in the way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.kernel.typed import row_number
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.screening import policy, queries, questions, sheets
from huiyin.screening.models import Campaign, Question, Sheet
from huiyin.web.desk.forms import OpenChoice
from huiyin.web.desk.loading import NotYours
from huiyin.web.desk.screening import words
from huiyin.web.desk.screening.fields import Kept, line, text
from huiyin.web.ui.parts import Fact

Kind = Question.Kind


class SheetForm(Kept):
    """One field for each question, and whether anything was found."""

    def __init__(self, sheet: Sheet, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="sheet-%s")
        self.questions = list(sheet.campaign.questions.all())
        for question in self.questions:
            self.fields[questions.field_of(question)] = _field(question)
        self.fields["found"] = OpenChoice(
            label=_("有没有发现问题"), choices=Sheet.Found.choices, required=False, widget=forms.RadioSelect
        )

    def rows(self) -> list[tuple[Any, bool]]:
        """The fields of the questions, and whether each is drawn as choices."""
        bound = [(self[questions.field_of(each)], each) for each in self.questions]
        return [(one, each.kind in (Kind.YES_NO, Kind.CHOICE)) for one, each in bound]


def _field(question: Question) -> forms.Field:
    label = words.written(f"{question.number}. {question.text}")
    if question.kind == Kind.NUMBER:
        return line(label, _("填人数，数字就行") if question.counts_people else _("填数字"), inputmode="numeric")
    if question.kind == Kind.TEXT:
        return text(label)
    hint = _("答“是”的，请在下面写一条发现") if question.asks_finding else ""
    rows = [(answer, said(answer)) for answer in questions.allowed(question)]
    return OpenChoice(label=label, help_text=hint, choices=rows, required=False, widget=forms.RadioSelect)


def said(answer: Any) -> SafeString | str:
    """An answer in words."""
    fixed = {questions.YES: _("是"), questions.NO: _("否"), "": "—"}
    return fixed[answer] if answer in fixed else words.written(str(answer))


class Answering:
    """The page of a sheet. `conflict` is set where somebody else saved first; what was typed stays in the form."""

    def __init__(self, request: HttpRequest, sheet: Sheet) -> None:
        self.request, self.sheet = request, sheet
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        self.sent, self.conflict = request.method == "POST", False
        self.step = request.POST.get("do", "save") if request.POST.get("do") in sheets.STEPS else "save"
        self.draft = None if self.sent else sheets.kept(sheet, by=self.actor)
        self.version = self.draft.version if self.draft else sheet.version
        stored = sheet.answers | {"found": sheet.found}
        self.form = SheetForm(sheet, request.POST if self.sent else None, self.draft.typed if self.draft else stored)

    def save(self) -> Sheet | None:
        """Saves and takes the step; None if it was refused, with the reasons in the form."""
        given: dict[str, Any] = {"by": self.actor, "now": clock.now(), "typed": self.form.typed, "step": self.step}
        try:
            return sheets.hand_in(self.sheet, version=row_number(self.request.POST.get("version", "")) or 0, **given)
        except Forbidden as refused:
            raise NotYours(refused) from refused
        except Conflict as refused:
            self._look_again(refused)
        except Refused as refused:
            self.form.refuse(refused)
        return None

    def _look_again(self, refused: Conflict) -> None:
        self.conflict = True
        self.form.add_error(None, refused.say(get_language() or "zh"))
        self.sheet = queries.sheet(self.actor, self.sheet.pk)
        self.version = self.sheet.version

    def done_words(self) -> str:
        return {
            "save": _("存好了。"), "fill": _("交给负责人签字了。"), "sign": _("签字交上了。")
        }[self.step]  # fmt: skip

    def stored(self) -> list[Fact]:
        """What is stored now, question by question."""
        answers = self.sheet.answers
        rows = [
            Fact(words.written(f"{each.number}. {each.text}"), said(answers.get(questions.field_of(each), "")))
            for each in self.form.questions
        ]
        return [*rows, Fact(_("有没有发现问题"), self.sheet.get_found_display() or "—")]

    def context(self) -> dict[str, Any]:
        sheet, today, calendar = self.sheet, clock.today(), orgs.calendar()
        writes = sheet.state in sheets.EDITABLE and sheet.campaign.state == Campaign.State.RUNNING
        writes = writes and policy.may_fill(self.actor, sheet)
        told = [each for each in sheet.findings.all() if policy.told_of(self.actor, each)]
        return {
            "sheet": sheet, "campaign": sheet.campaign, "form": self.form, "version": self.version, "conflict": self.conflict,
            "due": words.sheet_due(sheet, today=today, calendar=calendar),
            "facts": words.facts(sheet.campaign), "why": words.why(sheet.campaign), "stored": self.stored(),
            "findings": [(each, words.finding_due(each, today=today, calendar=calendar)) for each in told],
            "writes": writes, "signs": writes and policy.may_sign(self.actor, sheet),
            "returns": sheets.may_return(self.actor, sheet), "runs": policy.runs(self.actor, sheet.campaign),
            "draft": self.draft, "draft_url": reverse("desk-screening-sheet-draft", args=[sheet.pk]),
            "entries": words.entries(queries.acts_of(sheet)),
        }  # fmt: skip
