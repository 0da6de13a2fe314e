"""What the page of a finding shows, and its forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.screening import findings, policy, queries
from huiyin.screening.models import Finding, Sheet
from huiyin.web.desk.filters import PlainSelect, said_topic
from huiyin.web.desk.forms import OpenChoice
from huiyin.web.desk.screening import words
from huiyin.web.desk.screening.fields import ComingDay, Kept, line, people, text
from huiyin.web.ui.parts import Fact
from huiyin.web.ui.tags.words import day_text

USUAL_WORKDAYS = 10
NONE = [("", "—")]


class FindingForm(Kept):
    """What was found: an issue, never a person."""

    def __init__(self, sheet: Sheet, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="finding-%s")
        asking = [
            (str(each.pk), f"{each.number}. {each.text}")
            for each in sheet.campaign.questions.all()
            if each.asks_finding
        ]
        self.fields["description"] = text(_("问题是什么"), _("写事情，不写人的姓名"))
        if asking:
            self.fields["question"] = _select(_("哪一题查出来的"), asking)
        self.fields["topic"] = _select(_("内容分类"), [(each.code, said_topic(each)) for each in orgs.topics()])
        self.fields["place"] = line(_("地点"), _("街道、小区、单位"))
        concerned = [(pk, each.name) for pk, each in findings.offices_concerned().items()]
        self.fields["concerned"] = _select(_("涉及哪个单位"), concerned, _("它的人不能办这件事"))
        self.fields["policy"] = line(_("涉及哪项政策"))
        self.fields["people_count"] = line(_("大约多少人"), _("不知道就空着"), inputmode="numeric")
        self.fields["measure"] = text(_("建议措施"))
        self.fields["owner"] = people(_("谁负责到有着落"), findings.owners_for(sheet.office, sheet.campaign))
        self.fields["due_on"] = ComingDay(label=_("哪天前有着落"), today=clock.today())

    def rows(self) -> list[tuple[Any, bool]]:
        """The fields, and whether each may stay empty."""
        return [(self[name], name not in ("description", "owner", "due_on")) for name in self.fields]


class SettleForm(Kept):
    """What was done on the spot."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="settle-%s")
        self.fields["note"] = text(_("做了什么"))


class HandForm(Kept):
    """Which body outside took it."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="hand-%s")
        hint = _("本系统以外的单位；交给系统里的同事，请改“谁负责”")
        self.fields["handed_to"] = line(_("转给哪个单位"), hint)
        self.fields["note"] = text(_("交了什么，谁接的"))


def _select(label: str, rows: list[tuple[str, str]], hint: str = "") -> OpenChoice:
    return OpenChoice(label=label, help_text=hint, choices=[*NONE, *rows], required=False, widget=PlainSelect)


def first(sheet: Sheet, actor: Actor, question: str) -> dict[str, Any]:
    """What a new finding's form holds: the question that one came from or the only one that asks for findings, oneself as owner, ten working days."""
    due = orgs.calendar().add_workdays(clock.today(), USUAL_WORKDAYS)
    asking = [str(each.pk) for each in sheet.campaign.questions.all() if each.asks_finding]
    question = question or (asking[0] if len(asking) == 1 else "")
    place = sheet.campaign.place
    return {"question": question, "owner": str(actor.staff_id), "due_on": due.isoformat(), "place": place}


def initial(one: Finding) -> dict[str, Any]:
    """What the form of a finding holds when it is opened."""
    plain = {name: getattr(one, name) for name in ("description", "place", "policy", "people_count", "measure")}
    chosen = {"question": one.question_id, "concerned": one.concerned_id, "owner": one.owner_id}
    codes = {name: str(pk or "") for name, pk in chosen.items()}
    return plain | codes | {"topic": one.topic.code if one.topic else "", "due_on": one.due_on.isoformat()}


def context(one: Finding, actor: Actor) -> dict[str, Any]:
    """All that the page shows."""
    today: date = clock.today()
    handles = policy.may_handle(actor, one)
    return {
        "finding": one,
        "campaign": one.sheet.campaign,
        "facts": _facts(one),
        "due": words.finding_due(one, today=today, calendar=orgs.calendar()),
        "handles": handles and not one.outcome,
        "registers": policy.may_register(actor),
        "sees_sheet": policy.sees(actor, one.sheet),
        "entries": words.entries(queries.acts_of(one)),
    }


def _facts(one: Finding) -> list[Fact]:
    rows = [
        Fact(_("内容分类"), words.topic(one.topic)),
        Fact(_("地点"), words.written(one.place) if one.place else "—"),
        Fact(_("涉及的单位"), one.concerned.name if one.concerned else "—"),
        Fact(_("涉及的政策"), words.written(one.policy) if one.policy else "—"),
        Fact(_("大约多少人"), "—" if one.people_count is None else one.people_count),
        Fact(_("建议措施"), one.measure or "—", own=bool(one.measure)),
        Fact(_("谁负责"), f"{one.owner.name} · {one.owner.office.name}"),
        Fact(_("哪天前有着落"), day_text(one.due_on, "year week")),
    ]
    return rows + _outcome(one)


def _outcome(one: Finding) -> list[Fact]:
    if not one.outcome:
        return []
    rows = [Fact(_("着落"), one.get_outcome_display())]
    if one.case:
        rows.append(Fact(_("早期事项"), one.case.no, reverse("desk-case", args=[one.case.no]), _("打开")))
    if one.handed_to:
        rows.append(Fact(_("转给哪个单位"), words.written(one.handed_to)))
    if one.outcome_note:
        rows.append(Fact(_("做了什么"), one.outcome_note, own=True))
    return rows
