"""What the page of a case shows, as plain values: head with its clocks, requests and answers, papers, petitioner, rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases import letter_files, policy
from huiyin.cases.models import Case, CaseLetter, Claim, Clock, Petitioner
from huiyin.cases.petitioners import addressee, copied, gone
from huiyin.kernel import clock as time
from huiyin.orgs import remedies as routes
from huiyin.people.ids import mask_address, mask_id, mask_phone
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import NOT_DONE
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.forms_2022 import PURPOSES
from huiyin.procedure.editions.standing_2022 import FRESH
from huiyin.procedure.papers import IN_LARGE_PRINT
from huiyin.procedure.terms import TERMS
from huiyin.web.desk import promised, why, words
from huiyin.web.desk.filters import said_topic
from huiyin.web.ui import parts, time_parts
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

RESULTS: dict[str, Any] = {
    "supported": "support", "explained": "explain", "not_supported": "refuse", "answered": "answer", "adopted": "adopt",
    "partly_adopted": "adopt_partly", "not_adopted": "decline", "": "none",
}  # fmt: skip
PURPOSE_NAMES = {choice.code: choice.name for choice in PURPOSES}
HEAD_CLOCKS = 5
ANSWER_TERMS = ("rereview", "review", "extend", "handle", "simple-handle", "duty", "reply")
ENDED_SHOWN = frozenset({*ANSWER_TERMS, "notice", "request-review", "request-rereview"})
PETITIONERS_TERMS = frozenset({"request-review", "request-rereview"})
_ANSWER = {
    term: place
    for place, term in enumerate(
        (*ANSWER_TERMS, "deliver", "rehandle", "perform", "execute", "forward", "object", "notice-passed", "notice")
    )
}
WITHOUT_ANSWER = frozenset({"agreed", "informed", "led", "not_again", "transferred", "withdrawn"})
KNOWS_ALL = frozenset({"self", "first_asked"})


@dataclass(frozen=True)
class HeadClock:
    """A clock in the head: what it is called, its article, its due words, the day to be done by, and the way to its reasons."""

    label: str
    article: str
    due: parts.Due
    internal: str
    why: why.Why
    href: str
    dialog: str


@dataclass(frozen=True)
class Known:
    """A petitioner as this reader may know them."""

    rows: list[tuple[str, str]]
    masked: bool


def clocks_of(case: Case, *, today: date, calendar: Calendar) -> list[HeadClock]:
    """The clocks worth a place in the head, the leading one first."""
    rows = [row for name in TERMS if (row := why.latest(case, name)) and _worth_a_place(case, row)]
    rows.sort(key=lambda row: (row.stopped_on is not None, _ANSWER.get(row.term, len(_ANSWER))))
    return [_head_clock(case, row, today, calendar) for row in rows[:HEAD_CLOCKS]]


def _worth_a_place(case: Case, row: Clock) -> bool:
    """What runs; of what ended, the terms of the answer, the notice and the right to a review."""
    if row.stopped_on is None:
        return True
    extended = row.term == "handle" and case.marks.get("extended_on")
    return row.term in ENDED_SHOWN and not extended


def _head_clock(case: Case, row: Clock, today: date, calendar: Calendar) -> HeadClock:
    explained = why.explain(row, today=today, calendar=calendar)
    return HeadClock(
        said(why.label(row.term)),
        explained.article,
        _due(row, today, calendar, explained.article),
        _worked(row.internal_on) if row.stopped_on is None and today <= row.internal_on < row.due_on else "",
        explained,
        reverse("desk-why", args=[case.no, row.term]),
        f"why-{row.term}",
    )


def _worked(day: date) -> str:
    """A working day with its weekday; a worked weekend day says so."""
    text = day_text(day, "week")
    return text if day.weekday() < 5 else _("{day}（上班）").format(day=text)


def _due(row: Clock, today: date, calendar: Calendar, article: str) -> parts.Due:
    if row.term in PETITIONERS_TERMS and row.stopped_on is None:
        return parts.Due(_("到{day}").format(day=day_text(row.due_on, "week")), None, article)
    return why.due_of_row(row, article, today=today, calendar=calendar)


def bar(case: Case, *, today: date, calendar: Calendar) -> parts.Clock | None:
    """The bar of the leading office term; None for a case without any."""
    rows = [found for name in (*ANSWER_TERMS, "notice-passed", "notice") if (found := why.latest(case, name))]
    rows = [each for each in rows if each.outcome not in NOT_DONE]
    row = next((each for each in rows if each.stopped_on is None), rows[0] if rows else None)
    if row is None:
        return None
    deadline = why.deadline_of(row, calendar)
    done = row.stopped_on if row.outcome != "extended" else None
    return time_parts.clock(deadline, today=today, calendar=calendar, received_on=case.received_on, done_on=done)


def kind(case: Case) -> str:
    """来信 · 求决 · 取暖补贴: channel, purpose and topic."""
    topic = said_topic(case.topic) if case.topic else ""
    return " · ".join(part for part in (words.channel(case), said(PURPOSE_NAMES[case.purpose]), topic) if part)


def remedies(case: Case) -> list[str]:
    """The routes beside the petition that its topic usually has, while nothing is decided yet."""
    return [said(remedy.hint) for remedy in routes.of(case.topic)] if case.state in FRESH and not case.sealed else []


def unanswered(case: Case) -> str:
    """What happened to a matter that ended without an answer to its requests: settled, taken back, led elsewhere; "" for any other."""
    if case.marks.get("delivered_on") or (case.is_open and case.state not in WITHOUT_ANSWER):
        return ""
    ended = [
        event.action
        for event in case.events.all()
        if event.to_state in WITHOUT_ANSWER and event.to_state != event.from_state
    ]
    return said(edition(case.edition).action(ended[-1]).done) if ended else ""


def claims_note(case: Case) -> str:
    """How many requests there are, and how many are answered or what happened instead."""
    results = [claim.result for claim in case.claims.all()]
    if happened := unanswered(case):
        words = ngettext("{n}项，没有逐项答复：{happened}", "{n}项，没有逐项答复：{happened}", len(results))
        return words.format(n=len(results), happened=happened)
    words = ngettext("{n}项，已答复{answered}项", "{n}项，已答复{answered}项", len(results))
    return words.format(n=len(results), answered=sum(map(bool, results)))


def claims(case: Case, *, may_draft: bool) -> list[parts.Claim]:
    """The requests with their answers; the way to answer where this reader may draft."""
    href = reverse("desk-do", args=[case.no, "draft"]) if may_draft else ""
    happened = unanswered(case)
    return [
        parts.Claim(
            claim.number, claim.text, RESULTS[claim.result], _answer(claim, happened), (),
            f"{href}#claim-{claim.number}" if href else "", _("改") if claim.result else _("答复"),
        )
        for claim in case.claims.all()
    ]  # fmt: skip


def _answer(claim: Claim, happened: str) -> SafeString | str:
    if not claim.reason:
        return happened or _("还没有事实与依据。")
    more = _("；").join(part for part in (claim.basis, promised.money(claim)) if part)
    return format_html('{}<br><span class="second">{}</span>', claim.reason, more) if more else claim.reason


def since(case: Case) -> date:
    """The day from which the present person is responsible."""
    taken = [event for event in case.events.all() if "responsible" in event.effects]
    return time.on(taken[-1].at if taken else case.registered_at)


def petitioners(case: Case, actor: Actor) -> list[Known]:
    """Everybody who brought the matter, whom the letters go to first; of a group those who only joined stand by name alone. Who is
    not responsible for it sees numbers and address masked."""
    whole, rows = knows_all(case, actor), sorted(case.petitioners.all(), key=lambda each: each.number)
    dead = gone(case)
    first, copies = addressee(rows, dead), copied(rows, dead)
    named = [row for row in rows if _only_named(row) and row is not first]
    told = [row for row in rows if row not in named]
    gets = {row.number: _("收副本") for row in copies} | (
        {first.number: _("主收信人")} if first and len(rows) > 1 else {}
    )
    shown = [
        _known(row, whole, _("已去世") if row.number in dead else gets.get(row.number, ""))
        for row in sorted(told, key=lambda row: row is not first)
    ]
    return [*shown, Known([(_("其他人"), _("、").join(row.name for row in named))], False)] if named else shown


def knows_all(case: Case, actor: Actor) -> bool:
    """Whether this reader sees numbers and addresses in full."""
    return bool(policy.relations_of(actor, case) & KNOWS_ALL)


def _only_named(row: Petitioner) -> bool:
    return not (
        row.is_representative
        or row.letters
        or row.phone
        or row.address
        or row.id_number
        or row.person_id
        or row.acts_for
    )


def _known(one: Petitioner, whole: bool, gets: str) -> Known:
    shown = {
        _("姓名"): one.name or _("没有署名"),
        _("代谁反映"): one.acts_for,
        _("证件"): one.id_number if whole else mask_id(one.id_number),
        _("电话"): one.phone if whole else mask_phone(one.phone),
        _("住址"): one.address if whole else mask_address(one.address),
        _("原单位"): one.person.former_unit if one.person else "",
        _("代表"): _("是") if one.is_representative else "",
        _("信件"): gets,
        _("答复"): _("大字信件") if one.large_print else "",
    }
    hidden = not whole and bool(one.id_number or one.phone or one.address)
    return Known([(key, value) for key, value in shown.items() if value], hidden)


def letters(case: Case, *, whole: bool) -> list[dict[str, Any]]:
    """The letters with their forms; large print where it goes to the petitioner. Without the `whole` file only those that say nothing
    of how to reach them."""
    return [
        {
            "kind": _letter_name(case, letter),
            "label": letter.label,
            "on": letter.dated_on,
            "links": _forms(case, letter, whole),
        }
        for letter in case.letters.all()
    ]


def _letter_name(case: Case, letter: CaseLetter) -> str:
    name = letter.get_kind_display()
    return _("{name}（退回重办，作废）").format(name=name) if letter_files.is_void(case, letter) else name


def _forms(case: Case, letter: CaseLetter, whole: bool) -> list[parts.Link]:
    names = [("pdf", "PDF"), ("docx", "Word"), *([("large", _("大字"))] if letter.kind in IN_LARGE_PRINT else [])]
    return [
        parts.Link(name, reverse("desk-letter", args=[case.no, letter.pk, form]))
        for form, name in names
        if whole or not letter_files.needs_whole(letter, form)
    ]


def papers(case: Case) -> list[dict[str, Any]]:
    """The papers that were handed in or found, oldest first."""
    return [
        {
            "name": row.file.name,
            "href": reverse("desk-file", args=[row.file_id]),
            "pages": _pages(row.file.pages),
            "purpose": row.get_purpose_display(),
            "by": row.file.created_by,
            "on": row.file.created_at,
        }
        for row in sorted(case.files.all(), key=lambda each: (each.seq, each.pk))
    ]


def _pages(number: int | None) -> str:
    return ngettext("{n}页", "{n}页", number).format(n=number) if number else ""


def rating(case: Case) -> list[tuple[str, str]]:
    """What the petitioner said of the four aspects; empty if nothing was said."""
    given = case.evaluation
    if given is None:
        return []
    aspects = ((_("接待"), "reception"), (_("办理"), "handling"), (_("过程"), "procedure"), (_("结果"), "result"))
    rows = [(name, getattr(given, f"get_{field}_display")() or _("没有评")) for name, field in aspects]
    return [*rows, (_("原话"), given.comment)] if given.comment else rows
