"""The page of one case: everything on it, and only the lawful next steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from huiyin.cases import holding, links, new_facts, policy, wishes
from huiyin.cases.models import Case
from huiyin.cases.names import names_in
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor, may
from huiyin.procedure.editions.guards_2022 import WINDOWS
from huiyin.web.desk import alarms, behind, case_page, history, joint, linked, panel, path, reading
from huiyin.web.desk.loading import load
from huiyin.web.desk.screening import origin
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.parts import Action, Keys

KEYS = (
    Keys("1 – 9", _("现在可以做的")), Keys("m", _("记一条")), Keys("h", _("转交")), Keys("t", _("添加材料")), Keys("w", _("为什么是这一天")),
    Keys("[ ]", _("列表里的上一件、下一件")), Keys("u", _("回到列表")),
)  # fmt: skip


@staff_page("cases.see")
def page(request: HttpRequest, no: str) -> HttpResponse:
    """The case with its clocks, path, requests, record, papers and the steps open to whoever looks."""
    case = load(request, no)
    return render(request, "desk/case.html", _context(case, request.actor))  # type: ignore[attr-defined]


def _context(case: Case, actor: Actor) -> dict[str, Any]:
    now, calendar = clock.now(), orgs.calendar()
    today, names = clock.on(now), names_in(case)
    actions, not_yet = panel.panel(case, actor, now=now, calendar=calendar)
    together = links.acts(case, actor)
    whole = policy.may(actor, "whole", case).ok
    may_draft = any(action.href.endswith("/draft/") for action in actions)
    clocks = case_page.clocks_of(case, today=today, calendar=calendar)
    return {
        "case": case,
        "kind": case_page.kind(case),
        "accuses_everybody": holding.accuses_everybody(case),
        "clocks": clocks,
        "bar": case_page.bar(case, today=today, calendar=calendar),
        "stations": path.stations(case),
        "sentence": path.sentence(case, names, now=now, calendar=calendar),
        "since": case_page.since(case),
        "remedies": case_page.remedies(case),
        "claims": case_page.claims(case, may_draft=may_draft),
        "claims_note": case_page.claims_note(case),
        "tasks": joint.all_lines(case, today=today),
        "entries": linked.with_links(
            case, history.entries(case, names, today=today, whole=whole), together, today=today
        ),
        "links": linked.lines(case, together, actor),
        "may_link": links.may(actor, case),
        "may_follow": new_facts.may(actor, case),
        "papers": case_page.papers(case),
        "letters": case_page.letters(case, whole=whole),
        "petitioners": case_page.petitioners(case, actor),
        "authorities": behind.authorities(case, whole=case_page.knows_all(case, actor)),
        "no_representatives": behind.no_representatives(case),
        "rating": case_page.rating(case),
        "wish": _wish(case, actions),
        "reading": "" if actions else reading.sentence(case),
        "screening": origin.of(case, actor),
        "alarms": alarms.rows(getattr(case, "ringing", []), actor, today=today, calendar=calendar),
        "actions": actions,
        "not_yet": not_yet,
        "page_keys": KEYS,
        "may_whole": whole,
        "may_export": whole and may(actor, "cases.export").ok,
    }


def _wish(case: Case, actions: list[Action]) -> dict[str, Any] | None:
    """That the petitioner is dissatisfied while a review can be asked for, and the step that writes their request down."""
    if not wishes.dissatisfied(case):
        return None
    href = next((action.href for action in actions if "/do/request_" in action.href), "")
    until = max(row.due_on for row in case.clocks.all() if row.term in WINDOWS and row.stopped_on is None)
    return {"until": until, "href": href}
