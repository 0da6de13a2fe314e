"""Who stands behind a matter, as the desk shows it: to choose from in a form, beside the matter, and in its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.cases import agents, petitioners
from huiyin.cases.models import Case, CaseEvent, Petitioner
from huiyin.cases.names import Names
from huiyin.cases.people_steps import NEW
from huiyin.people.ids import mask_phone
from huiyin.procedure.actions import Action
from huiyin.procedure.editions.effects_persons_2022 import (
    ENDED,
    LEFT,
    PRINCIPAL_DIED,
    REVOKED,
    TOOK_BACK,
    VALID,
    principal,
)
from huiyin.procedure.editions.persons_2022 import FOR_ALL, OWN_PART, SCOPES
from huiyin.procedure.words import Words
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

Options = list[tuple[str, str]]
MAIN, COPY = Petitioner.Letters.MAIN, Petitioner.Letters.COPY
WRITTEN_TO = ("main", "copies")
OF_THE_LIVING = frozenset({"authorise", OWN_PART, *FOR_ALL})
WHY_ENDED = {
    REVOKED: Words("本人撤销", "revoked"), "resigned": Words("代办的人辞任", "the agent resigned"), "died": Words("代办的人去世", "died"),
    "incapable": Words("代办的人丧失行为能力", "lost capacity"), "ruled": Words("法院判定监护终止", "guardianship ended by a court"), "named_anew": Words("另行确定了监护人", "another guardian was named"),
    "recovered": Words("本人恢复行为能力", "the petitioner regained capacity"), PRINCIPAL_DIED: Words("信访人去世", "the petitioner died"),
    LEFT: Words("信访人不再参加", "the petitioner takes no part any more"), TOOK_BACK: Words("信访人撤回了自己的一份", "the petitioner took back their part"), ENDED: Words("信访人去世", "the petitioner died"),
}  # fmt: skip
OF_A_GUARDIAN = {
    "died": Words("监护人去世", "the guardian died"), "incapable": Words("监护人丧失监护能力", "the guardian can no longer act"),
}  # fmt: skip


@dataclass(frozen=True)
class Authority:
    """Somebody who may act for a petitioner: who, for what, from when until when, and whether it still holds."""

    who: str
    phone: str
    scope: str
    days: str
    state: str


def members(case: Case, step: Action) -> dict[str, Options]:
    """The people to choose from, by the name of the field; none where a choice would be among one."""
    named = [field.name for field in step.fields if field.kind in ("member", "members")]
    if not named:
        return {}
    rows = sorted(case.petitioners.all(), key=lambda row: row.number)
    rows = petitioners.living(case, rows) if step.name in OF_THE_LIVING else rows
    everybody = [(str(row.number), row.name or _("没有署名")) for row in rows]
    if step.name != "represent":
        return {name: everybody if len(rows) > 1 else [] for name in named}
    fresh = [(NEW, _("上面新写的代表"))]
    return {name: everybody + (fresh if name in WRITTEN_TO else []) for name in named}


def acting(case: Case, step: Action) -> Options:
    """Who may be said to have acted at a step: whose authorisation was not revoked. Whether it covers the step the one door says."""
    rows = agents.rows(case) if any(field.kind == "agent" for field in step.fields) else {}
    known = agents.ending(step.name, case) if step.name in agents.ENDING else agents.valid(case)
    return [(str(number), str(rows[number])) for number in known if number in rows]


def initial(case: Case, step: Action) -> dict[str, Any]:
    """How the people stand now, where a step may change it."""
    if step.name != "represent":
        return {}
    rows = sorted(case.petitioners.all(), key=lambda row: row.number)
    first = petitioners.addressee(rows, petitioners.gone(case))
    return {
        "people_count": case.people_count,
        "representatives": [str(row.number) for row in rows if row.is_representative],
        "main": str(first.number) if first else "",
        "copies": [str(row.number) for row in petitioners.copied(rows, petitioners.gone(case))],
    }


def authorities(case: Case, *, whole: bool) -> list[Authority]:
    """Everybody who was ever authorised, those whose authorisation holds first."""
    rows, known = agents.rows(case), case.marks.get("agents") or {}
    listed = sorted(rows.values(), key=lambda row: (known[str(row.number)]["state"] != VALID, row.number))
    return [
        Authority(
            str(row), row.phone if whole else mask_phone(row.phone) if row.phone else "", _scope(known[str(row.number)]),
            said(agents.days(known[str(row.number)])), _state(known[str(row.number)]),
        )
        for row in listed
    ]  # fmt: skip


def _scope(authority: agents.Authority) -> str:
    basis = said(agents.BASIS_NAMES[authority["basis"]])
    return _("；").join([*(said(choice.name) for choice in SCOPES if choice.code in authority["scope"]), basis])


def _state(authority: agents.Authority) -> str:
    if authority["state"] == VALID:
        return ""
    day = day_text(date.fromisoformat(authority["ended_on"]))
    why = WHY_ENDED | (OF_A_GUARDIAN if authority["basis"] == "guardian" else {})
    return _("{day}起终止：{why}").format(day=day, why=said(why[authority.get("why") or authority["state"]]))


def no_representatives(case: Case) -> bool:
    """Whether several came in person and have not chosen who speaks for them (Art. 20)."""
    several = case.people_count > 1 and case.channel in petitioners.IN_PERSON
    return several and case.is_open and not any(row.is_representative for row in case.petitioners.all())


def told(event: CaseEvent, names: Names) -> list[str]:
    """What an event changed about the people, in words, which its facts don't hold."""
    if event.action == "authorise":
        number = max(map(int, event.effects["marks"]["agents"]))
        return [names.agents.get(number, "")]
    if event.action == "identify":
        came = [row.name for row in names.ever if row.since == event.seq]
        return [_("信访人：{names}").format(names=_("、").join(came))] if came else []
    if event.action == "succeed":
        return _no_longer(event, names, PRINCIPAL_DIED)
    if event.action == OWN_PART:
        return _no_longer(event, names, TOOK_BACK)
    if event.action != "represent":
        return []
    converted = [_("多人共同提出，转为普通程序")] if event.facts.get("turns_ordinary") else []
    return [*_people(event, names), *_no_longer(event, names, LEFT), *converted]


def _no_longer(event: CaseEvent, names: Names, why: str) -> list[str]:
    """Who can't act any more since this event, because the one for whom they did died or left."""
    gone = event.facts["left"] if "left" in event.facts else [event.facts.get("who")]
    known = event.effects.get("marks", {}).get("agents") or {}
    over = [
        number
        for number, each in known.items()
        if each.get("why") == why and (gone == [None] or principal(each) in gone)
    ]
    return (
        [_("代办到此为止：{names}").format(names=_("、").join(names.agents[int(number)] for number in over))]
        if over
        else []
    )


def _people(event: CaseEvent, names: Names) -> Iterator[str]:
    present = petitioners.standing_at(names.ever, event.seq)
    before = {row.number for row in names.ever if row.since < event.seq}
    numbers = {row.number for row in present}
    gone = dict.fromkeys(row.name for row in names.ever if row.until == event.seq and row.number not in numbers)
    listed = (
        (_("代表：{names}"), [row.name for row in present if row.is_representative]),
        (_("信写给{names}"), [row.name for row in present if row.letters == MAIN]),
        (_("副本给{names}"), [row.name for row in present if row.letters == COPY]),
        (_("新加入：{names}"), [row.name for row in present if row.number not in before]),
        (_("不再参加：{names}"), list(gone)),
    )
    yield _("一共{n}人").format(n=event.facts["people_count"])
    yield from (words.format(names=_("、").join(who)) for words, who in listed if who)
