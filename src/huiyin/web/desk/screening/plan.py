"""Planning a screening: what, where, until when, the questions row by row, and who takes part."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.kernel.typed import one_line, row_number
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.screening import campaigns, queries
from huiyin.screening.models import Campaign, Question
from huiyin.web.desk.filters import said_topic
from huiyin.web.desk.forms import OpenChoice
from huiyin.web.desk.found import found
from huiyin.web.desk.loading import NotYours
from huiyin.web.desk.screening.fields import ComingDay, Kept, OpenMany, line, people, text
from huiyin.web.ui.access import staff_page

BLANK, MOST_ROWS = 3, 60


@staff_page("screening.run")
def new(request: HttpRequest) -> HttpResponse:
    """Plans a screening; what is sent is a draft until it is started."""
    return _answer(Plan(request, None))


@staff_page("screening.run")
def edit(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Changes a draft; what runs already isn't changed any more."""
    campaign = found(lambda: queries.campaign(request.actor, campaign_id))  # type: ignore[attr-defined]
    if campaign.state != Campaign.State.DRAFT:
        return redirect("desk-screening-campaign", campaign_id=campaign.pk)
    return _answer(Plan(request, campaign))


def _answer(plan: Plan) -> HttpResponse:
    if plan.sent and not plan.wants_rows and (saved := plan.save()):
        messages.success(plan.request, _("存好了。看过没有问题，就可以开始排查。"))
        return redirect("desk-screening-campaign", campaign_id=saved.pk)
    return render(plan.request, "desk/screening/plan.html", plan.context(), status=409 if plan.conflict else 200)


class PlanForm(Kept):
    """What, where, until when, by whom; the questions are rows of their own."""

    def __init__(self, path: str, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="plan-%s")
        today = clock.today()
        self.fields["title"] = line(_("标题"))
        self.fields["kind"] = _radio(_("定期还是集中"), Campaign.Kind.choices)
        self.fields["scope"] = _radio(_("全面还是专项"), Campaign.Scope.choices)
        self.fields["topics"] = OpenMany(
            label=_("内容分类"), choices=[(str(each.pk), said_topic(each)) for each in orgs.topics()], required=False
        )
        self.fields["policy"] = line(_("哪项政策"))
        self.fields["place"] = line(_("哪个地方"), _("街道、小区、单位；不写人"))
        self.fields["aim"] = text(_("给填表人的说明"))
        for name, label in (("starts_on", _("从哪天")), ("ends_on", _("到哪天"))):
            self.fields[name] = ComingDay(label=label, today=today)
        hint = _("碰上不上班的日子，往后顺延到上班的那天")
        self.fields["asked_on"] = ComingDay(label=_("哪天前交表"), today=today, help_text=hint)
        self.fields["runner"] = people(_("谁主持"), campaigns.runners_for(path), _("哪个单位没有交，会告诉他"))
        offices = [(str(each.pk), each.name) for each in campaigns.offices_for(path)]
        self.fields["offices"] = OpenMany(label=_("哪些单位、科室填表"), choices=offices, required=False)


class QuestionForm(Kept):
    """One row of the questions; without words it is none."""

    def __init__(self, place: int, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), prefix=f"q{place}", auto_id="plan-%s")
        self.number = place + 1
        self.fields["text"] = line(_("第{n}题").format(n=self.number))
        self.fields["kind"] = OpenChoice(label=_("怎样答"), choices=Question.Kind.choices, required=False)
        self.fields["options"] = line(_("有哪些选项"), _("“选一项”才写，用“/”隔开"))
        self.fields["asks_finding"] = forms.BooleanField(label=_("答“是”就要写发现"), required=False)
        self.fields["counts_people"] = forms.BooleanField(label=_("填的是人数"), required=False)


def _radio(label: str, rows: Any) -> OpenChoice:
    return OpenChoice(label=label, choices=rows, required=False, widget=forms.RadioSelect)


class Plan:
    """The page of a draft for one person: read, saved, shown again with what was typed."""

    def __init__(self, request: HttpRequest, campaign: Campaign | None) -> None:
        self.request, self.campaign = request, campaign
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        self.sent, self.conflict = request.method == "POST", False
        self.wants_rows = request.POST.get("do") == "rows"
        path = campaign.office.path if campaign else self.actor.office_path
        self.form = PlanForm(path, request.POST if self.sent else None, self._initial())
        self.rows = self._rows()
        self.version = campaign.version if campaign else 1

    def save(self) -> Campaign | None:
        """Keeps the draft; None if something is to be mended, said in the forms."""
        typed = self.form.typed | {"questions": [row.typed for row in self.rows]}
        try:
            return self._saved(typed)
        except Forbidden as refused:
            raise NotYours(refused) from refused
        except Conflict as refused:
            self._look_again(refused)
        except Refused as refused:
            self._refuse(refused)
        return None

    def _saved(self, typed: dict[str, Any]) -> Campaign:
        given: dict[str, Any] = {"by": self.actor, "now": clock.now(), "typed": typed}
        if self.campaign is None:
            return campaigns.plan(key=one_line(self.request.POST.get("key", "")[:32]) or None, **given)
        return campaigns.change(self.campaign, version=row_number(self.request.POST.get("version", "")) or 0, **given)

    def _look_again(self, refused: Conflict) -> None:
        self.conflict = True
        self.form.refuse(refused)
        if self.campaign is not None:
            self.version = queries.campaign(self.actor, self.campaign.pk).version

    def _refuse(self, refused: Refused) -> None:
        for name, each in (refused.errors if isinstance(refused, Invalid) else {refused.field: refused}).items():
            words = each.say(get_language() or "zh")
            row = next((row for row in self.rows if f"q{row.number - 1}" == name), None)
            if row is not None:
                row.add_error("text", words)
                words = _("第{n}题：{words}").format(n=row.number, words=words)
            self.form.add_error(name if name in self.form.fields else None, words)

    def _initial(self) -> dict[str, Any]:
        if self.campaign is None:
            return {
                "kind": "regular",
                "scope": "general",
                "runner": str(self.actor.staff_id),
                "starts_on": clock.today(),
            }
        one = self.campaign
        plain = {name: getattr(one, name) for name in ("title", "kind", "scope", "policy", "place", "aim")}
        days = {name: getattr(one, name).isoformat() for name in ("starts_on", "ends_on", "asked_on")}
        many = {
            "topics": [str(each.pk) for each in one.topics.all()],
            "offices": [str(each.pk) for each in one.offices.all()],
        }
        return plain | days | many | {"runner": str(one.runner_id)}

    def _rows(self) -> list[QuestionForm]:
        if not self.sent:
            known = [_question(each) for each in self.campaign.questions.all()] if self.campaign else []
            return [
                QuestionForm(place, None, row) for place, row in enumerate([*known, *({} for _row in range(BLANK))])
            ]
        number = min(row_number(self.request.POST.get("rows", "")) or 0, MOST_ROWS)
        more = BLANK if self.wants_rows and number < MOST_ROWS else 0
        return [QuestionForm(place, self.request.POST) for place in range(number + more)]

    def context(self) -> dict[str, Any]:
        return {
            "form": self.form, "rows": self.rows, "campaign": self.campaign, "version": self.version,
            "key": self.request.POST.get("key") or uuid.uuid4().hex,
            "chosen_topics": len(self.form["topics"].value() or []),
        }  # fmt: skip


def _question(question: Question) -> dict[str, Any]:
    columns = ("text", "kind", "asks_finding", "counts_people")
    return {name: getattr(question, name) for name in columns} | {"options": " / ".join(question.options)}
