"""分件: the page on which a further item of a letter is split off. The letter's own words and requests stand ready to be shared out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huiyin.cases import files
from huiyin.cases.models import CaseFile
from huiyin.kernel import clock
from huiyin.procedure.actions import Action, Field
from huiyin.web.desk import effects, keeping
from huiyin.web.desk.forms import Around, OpenChoice, StepForm
from huiyin.web.desk.registration import topic_choices
from huiyin.web.desk.sheets import Sheet
from huiyin.web.ui.time_parts import said

PAPER = "paper-"
CLAIMS = ("part_claims", "claims")
NEEDED = frozenset({"title", "text"})


class SplitForm(StepForm):
    """The step's form with the topics to choose from, requests line by line, and a tick for each paper of the letter."""

    def __init__(self, step: Action, around: Around, papers: list[CaseFile], *data: Any) -> None:
        super().__init__(step, around, *data)
        self.papers = {f"{PAPER}{row.file_id}": row for row in papers}
        del self.fields["files"]
        self.fields |= {name: _lines(step.field(name)) for name in CLAIMS} | {"topic": _topic(step.field("topic"))}
        self.order_fields([known.name for known in step.fields])
        self.fields |= {name: _tick(row) for name, row in self.papers.items()}

    @property
    def facts(self) -> dict[str, Any]:
        """What was recorded, with the papers that are ticked."""
        chosen = [row.file_id for name, row in self.papers.items() if self.cleaned_data.get(name)]
        return {name: value for name, value in super().facts.items() if name not in self.papers} | {"files": chosen}

    def rows(self) -> list[tuple[str, Any, bool]]:
        """The fields in order; each paper is a tick of its own."""
        return [
            ("choices" if name == "purpose" else "line", self[name], name not in NEEDED and name not in self.papers)
            for name in self.fields
        ]


class SplitSheet(Sheet):
    """The page of the step."""

    def build_form(self) -> StepForm:
        data = (self.request.POST, self.request.FILES) if self.sent else (None, None)
        around = Around(clock.on(self.moment), offices=self._offices(), initial=self.initial())
        return SplitForm(self.step, around, [] if self.case.sealed else files.own(self.case), *data)

    def initial(self) -> dict[str, Any]:
        """The letter's words and requests, to be cut down to each side; over them what this person typed before."""
        claims = "\n".join(claim.text for claim in self.case.claims.all())
        return {"purpose": "request", "claims": claims} | (self.kept_before[0] if self.kept_before else {})

    def facts(self) -> dict[str, Any]:
        """What goes to the one door."""
        self.form.is_valid()
        return dict(self.form.facts)

    def effects(self) -> list[str]:
        """What becomes of the terms of both."""
        first = effects.sentences(self.case, self.step, {}, by=self.actor, now=self.moment)
        return [*first, _("分出来的一件，从原信收到那天起算期限。")]

    def _uploads(self) -> keeping.Taken:
        return keeping.Taken()


def _lines(known: Field) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=said(known.label), help_text=said(known.hint), required=False, strip=False, widget=widget
    )


def _topic(known: Field) -> OpenChoice:
    options = [("", _("还不清楚，先不分")), *topic_choices()]
    return OpenChoice(label=said(known.label), required=False, choices=options)


def _tick(row: CaseFile) -> forms.BooleanField:
    return forms.BooleanField(label=_("带上：{name}").format(name=row.file.name), required=False)
