"""A step about to be taken: its form, its effects, what stands in its way, and what came of sending it.

Whatever goes wrong, what was typed stays on the page, and files that came stay kept.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.cases import previews, queries, services, step_drafts, wishes
from huiyin.cases.facts import digest_of
from huiyin.cases.models import Case, CaseEvent
from huiyin.cases.names import names_in
from huiyin.cases.turns import TURN, turn_of
from huiyin.documents.letters.wording import said as said_date
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Refused
from huiyin.kernel.typed import one_line
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.supervision_2022 import usual_day
from huiyin.web.desk import (
    asked,
    behind,
    citing,
    effects,
    handing,
    history,
    joint,
    keeping,
    panel,
    promised,
    requests,
    words,
)
from huiyin.web.desk.forms import Around, OpenChoices, Options, StepForm
from huiyin.web.desk.registration import found_people, office_choices
from huiyin.web.ui.parts import Link
from huiyin.web.ui.time_parts import said

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "key", "kept", "look", "add", "lookup", TURN})
KEY_LENGTH = 32
WARNED = frozenset({"draft", "approve", "issue"})


class Sheet:
    """The page of one step for one person. `moment` is when the request came."""

    template = "desk/do.html"

    def __init__(self, request: HttpRequest, case: Case, step: Action, *, moment: datetime) -> None:
        self.request, self.case, self.step, self.moment = request, case, step, moment
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        self.sent = request.method == "POST"
        self.conflict: Conflict | None = None
        self.uploads = self._uploads()
        self.form = self.build_form()

    def build_form(self) -> StepForm:
        data = (self.request.POST, self.request.FILES) if self.sent else (None, None)
        people = handing.options(self.case, self.step, self.actor)
        today = clock.on(self.moment)
        chosen = (
            behind.members(self.case, self.step) | requests.choices(self.case, self.step),
            behind.acting(self.case, self.step),
        )
        return StepForm(
            self.step, Around(today, people, self._tasks(), self._offices(), *chosen, self.initial()), *data
        )

    def _tasks(self) -> Options:
        if not any(field.kind == "task" for field in self.step.fields):
            return ()
        return joint.choices(self.case, self.actor, own=self.step.name == "answer_task")

    def _offices(self) -> Options:
        named = any(field.kind == "office" and field.name != "office" for field in self.step.fields)
        return office_choices() if named else ()

    def initial(self) -> dict[str, Any]:
        """What the fields hold when the page is opened: what is registered already, over it what this person typed before."""
        known = {"purpose": self.case.purpose} if any(field.name == "purpose" for field in self.step.fields) else {}
        asked_by = usual_day(self.step.name, clock.on(self.moment), orgs.calendar())
        known |= {"answer_by": asked_by.isoformat()} if asked_by else {}
        known |= behind.initial(self.case, self.step)
        known |= wishes.initial(self.case) if self.step.name.startswith("request_") else {}
        kept = self.kept_before[0] if self.kept_before else {}
        return known | {name: value for name, value in kept.items() if name not in self.confirmations}

    @cached_property
    def kept_before(self) -> tuple[dict[str, str], datetime] | None:
        return None if self.sent else step_drafts.kept(self.case, self.step.name, by=self.actor)

    def facts(self) -> dict[str, Any]:
        """What goes to the one door."""
        self.form.is_valid()
        facts = dict(self.form.facts) | {"files": [file.id for file in self.uploads.files]}
        if "staff" in self.form.fields:
            facts["office"] = handing.office_of(str(facts.get("staff", "")), self.case, self.step, self.actor)
        return facts

    def take(self) -> CaseEvent | None:
        """Takes the step; None if it was refused, with the reasons in the form or in `conflict` and what was typed as a draft."""
        facts = self.facts()
        for refused in self.uploads.refused:
            self.form.refuse(refused)
        event = None if self.form.errors else self._tried(facts)
        if event is None:
            self.keep_typed()
        return event

    def _tried(self, facts: dict[str, Any]) -> CaseEvent | None:
        try:
            event = self._perform(facts)
        except Forbidden:
            raise
        except Conflict as conflict:
            self.conflict = conflict
        except Refused as refused:
            self.refuse(refused)
        else:
            step_drafts.drop(self.case, self.step.name, by=self.actor)
            return event
        return None

    def _perform(self, facts: dict[str, Any]) -> CaseEvent:
        key = one_line(self.request.POST.get("key", "")[:KEY_LENGTH])
        return services.perform(
            self.case, self.step.name, by=self.actor, now=self.moment, facts=facts, version=self._version(),
            key=f"desk:{self.actor.staff_id}:{key}" if key else None, asked=digest_of(facts) if key else "",
        )  # fmt: skip

    def _version(self) -> int:
        typed = self.request.POST.get("version", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0

    def refuse(self, refused: Refused) -> None:
        """Puts a refusal of the one door on the page."""
        self.form.refuse(refused)

    def _uploads(self) -> keeping.Taken:
        if not self.sent or not any(field.kind == "files" for field in self.step.fields):
            return keeping.Taken()
        post = self.request.POST
        return keeping.take(self.request.FILES.getlist("files"), post.getlist("kept"), by=self.actor, now=self.moment)

    def keep_typed(self) -> None:
        """Saves what is typed so far as this person's draft. What the form itself filled in is none, and may be another tomorrow; a
        confirmation is given when the step is taken, or not at all."""
        typed = self.own(
            {name: self._typed(name) for name in self.request.POST if name not in NOT_TYPED | self.confirmations}
        )
        if typed:
            step_drafts.keep(
                self.case, self.step.name, by=self.actor, now=self.moment, typed=typed, turn=turn_of(self.request.POST)
            )
        else:
            step_drafts.drop(self.case, self.step.name, by=self.actor)

    @property
    def confirmations(self) -> set[str]:
        """The names of the boxes by which this person confirms something."""
        return {known.name for known in self.step.fields if known.kind == "yes"}

    def own(self, typed: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
        """Without what stood in the fields when the page was opened."""
        return {name: value for name, value in typed.items() if not _same(value, self._stood(name))}

    def _stood(self, name: str) -> Any:
        return self.form[name].initial if name in self.form.fields else ""

    def _typed(self, name: str) -> str | list[str]:
        """One value, or all that were ticked."""
        field, post = self.form.fields.get(name), self.request.POST
        return post.getlist(name) if isinstance(field, OpenChoices) else str(post[name])

    def in_the_way(self) -> list[str]:
        """Why the step can't be taken at all now; empty if it can."""
        if self.case.state not in self.step.sources:
            return [
                _("现在是“{state}”，不能做“{step}”。").format(state=words.state(self.case), step=said(self.step.label))
            ]
        return [said(reason) for step in self._offered if step.action.name == self.step.name for reason in step.reasons]

    @cached_property
    def _offered(self) -> list[queries.Step]:
        return queries.steps(self.actor, self.case, now=self.moment)

    def ways_on(self) -> list[Link]:
        """The steps to take first, where this person can take them now."""
        first = {name for step in self._offered if step.action.name == self.step.name for name in step.first}
        possible = [step.action for step in self._offered if step.possible and step.action.name in first]
        return [Link(said(each.label), reverse("desk-do", args=[self.case.no, each.name])) for each in possible]

    def context(self) -> dict[str, Any]:
        """All that the page shows."""
        today, calendar = clock.on(self.moment), orgs.calendar()
        fresh, letter = self._fresh(), previews.drafted(self.case, self.step.name, now=self.moment)
        return {
            "case": fresh,
            "step": self.step,
            "label": said(self.step.label),
            "article": words.cited(self.step.article),
            "help": said(self.step.help),
            "mistakes": [said(each) for each in self.step.mistakes],
            "due": words.due(fresh, today=today, calendar=calendar),
            "form": self.form,
            "gaps": self.gaps(),
            "fields": self.form.rows(),
            "shown": self._shown(),
            "results": found_people(self._shown(), by=self.actor) if self.request.POST.get("lookup") else None,
            "effects": self.effects(),
            "kept": self.uploads.files,
            "kept_before": self.kept_before,
            "in_the_way": [] if self.conflict else self.in_the_way(),
            "ways_on": self.ways_on(),
            "astray": words.waits_sealed(fresh) and self.step.name in panel.ACCEPTING,
            "waiting_tasks": joint.lines(fresh, today=today) if self.step.name in WARNED else [],
            "letter": letter,
            "asked": asked.entries(fresh, self.step.name, today=today),
            "promised": promised.lines(fresh, self.step.name),
            "requests_changed": requests.changed(fresh, self.step.name),
            "letter_date": said_date(letter.date) if letter else "",
            "conflict": self._conflict_words(),
            "changes": self._changes(fresh),
            "version": fresh.version,
            "key": uuid.uuid4().hex,
            "articles": citing.articles(edition(fresh.edition)),
            "draft_url": reverse("desk-do-draft", args=[fresh.no, self.step.name]),
        }

    def gaps(self) -> list[Any]:
        """The forms of the page in their order, for the list of what is missing on its top."""
        return [self.form]

    def _shown(self) -> str:
        """What stands in the look-up of the roster."""
        return str(self.request.POST.get("person_q") or self.form.initial.get("person_q", ""))

    def effects(self) -> list[str]:
        """What the step does to the clocks, with the facts typed so far."""
        facts = self.facts() if self.sent else dict(self.initial())
        return effects.sentences(self.case, self.step, facts, by=self.actor, now=self.moment)

    def _fresh(self) -> Case:
        """The case as it stands; read again after a conflict."""
        return (queries.find(self.case.no) or self.case) if self.conflict else self.case

    def _changes(self, fresh: Case) -> list[Any]:
        if not self.conflict:
            return []
        return history.since(fresh, self._version(), names_in(fresh), today=clock.on(self.moment))

    def _conflict_words(self) -> str:
        return self.conflict.say(get_language() or "zh") if self.conflict else ""


def _same(typed: str | list[str], stood: Any) -> bool:
    """Whether a field holds what stood in it; browsers send line ends of their own."""
    if isinstance(typed, list):
        return typed == list(stood or [])
    return typed.replace("\r\n", "\n").strip() == str(stood if stood is not None else "").strip()
