"""回访: whom to call today and why, by the office's rule; for those who supervise, the ratings of their units."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases import followup
from huiyin.kernel import clock
from huiyin.people.policy import Actor
from huiyin.procedure.editions.guards_2022 import ASPECTS
from huiyin.web.desk import words
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.tags.words import day_text

SUPERVISING = frozenset({"head", "leader", "supervisor"})
PERIOD = 90  # days
WHY = {
    "asked": gettext_lazy("评价时请我们打电话"),
    "dissatisfied": gettext_lazy("评了不满意"),
    "turn": gettext_lazy("按编号轮到"),
}
NAMES = {
    "reception": gettext_lazy("接待"), "handling": gettext_lazy("办理"), "procedure": gettext_lazy("过程"), "result": gettext_lazy("结果"),
}  # fmt: skip


@staff_page("cases.call_back")
def page(request: HttpRequest) -> HttpResponse:
    """The list of the day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = clock.today()
    units = followup.figures(actor, today=today, days=PERIOD) if actor.roles & SUPERVISING else []
    context = {
        "rows": [_row(call) for call in followup.calls(actor, today=today)],
        "every": settings.CALL_BACK_EVERY,
        "days": settings.EVALUATION_DAYS,
        "tries": followup.TRIES,
        "source": followup.SOURCE,
        "units": [_unit(one) for one in units],
        "aspects": [NAMES[name] for name in ASPECTS],
        "period": PERIOD,
        "fewest": followup.FEWEST,
    }
    return render(request, "desk/callbacks.html", context)


def _row(call: followup.Call) -> dict[str, Any]:
    tried = _("{day}打过，没有联系上").format(day=day_text(call.tried_on)) if call.tried_on else ""
    return {
        "case": call.case,
        "petitioner": words.petitioner(call.case),
        "why": WHY[call.why],
        "until": call.until,
        "tried": tried,
        "href": reverse("desk-do", args=[call.case.no, "call_back"]),
    }


def _unit(one: followup.Figures) -> dict[str, Any]:
    return {"one": one, "aspects": [_aspect(one, name) for name in ASPECTS]}


def _aspect(one: followup.Figures, name: str) -> str:
    """12 · 3 · 1: satisfied, mostly, dissatisfied; nothing where so few rated that one could tell who."""
    counts = one.aspects[name]
    given = [counts[rating] for rating in ("satisfied", "mostly", "dissatisfied")]
    return " · ".join(map(str, given)) if sum(given) >= followup.FEWEST else "—"
