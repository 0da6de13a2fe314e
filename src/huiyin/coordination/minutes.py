"""The minutes as a paper (会议纪要): built from plain data, so that confirmed ones always print as they were confirmed.

The layout is that of the official letters (GB/T 9704-2012); PDF and Word come from the same parts.
"""

from __future__ import annotations

# data: minutes are official papers in the law's language
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from huiyin.cases import policy
from huiyin.coordination.models import AgendaItem, Meeting
from huiyin.documents.letters import docx, pdf
from huiyin.documents.letters.parts import Block, Letter, Sender
from huiyin.documents.letters.wording import ended, numeral, said
from huiyin.kernel import clock
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor

NAMES = {"huddle": "碰头会", "joint": "联席会", "review": "局务会梳理"}
MOST_NUMERALS = 99
NOT_DISCUSSED = "没有议到。"
Data = Mapping[str, Any]


def content(meeting: Meeting, *, confirmed: tuple[str, date] | None = None) -> dict[str, Any]:
    """All that the paper says, as JSON values: from the rows as they stand now, without what is sealed (Art. 30)."""
    people = [
        f"{one.name}（{one.office.name}）"
        for one in meeting.participants.select_related("office").order_by("office__path", "pk")
    ]
    items = meeting.items.filter(case__sealed=False).select_related("case", "owner__office")
    return {
        "unit": orgs.unit_of(meeting.office).name, "office": meeting.office.name, "kind": meeting.kind,
        "held_on": meeting.held_on.isoformat(), "starts": meeting.starts, "place": meeting.place,
        "month": meeting.month.isoformat() if meeting.month else "",
        "chair": meeting.chair.name, "present": [*people, *meeting.outside.splitlines()],
        "confirmed_by": confirmed[0] if confirmed else "", "confirmed_on": confirmed[1].isoformat() if confirmed else "",
        "items": [_item(item) for item in items],
    }  # fmt: skip


def of(meeting: Meeting, *, reader: Actor) -> dict[str, Any]:
    """The data of the paper: frozen ones where the minutes are confirmed; without what was sealed since, or is about the reader's
    office (Arts. 28, 30)."""
    kept = getattr(meeting, "minutes", None)
    data = dict(kept.data) if kept else content(meeting)
    told = meeting.items.filter(policy.known(reader, "case__"), case__sealed=False)
    known = set(told.values_list("case__no", flat=True))
    return data | {
        "items": [item for item in data["items"] if item["no"] in known],
        "hidden": meeting.items.count() - len(known),
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    owner = item.owner
    return {
        "no": item.case.no, "title": item.case.title, "minutes": item.minutes, "outcome": item.outcome, "decision": item.decision,
        "owner": f"{owner.name}（{owner.office.name}）" if owner else "", "due_on": item.due_on.isoformat() if item.due_on else "",
        "reason": item.reason,
    }  # fmt: skip


def letter(data: Data, addenda: list[tuple[str, date, str]]) -> Letter:
    """The paper of these data; `addenda` are (who, when, words) that were added after confirming."""
    held_on, unit = date.fromisoformat(data["held_on"]), data["unit"]
    confirmed = date.fromisoformat(data["confirmed_on"]) if data["confirmed_on"] else None
    number = f"主持人{data['confirmed_by']}{said(confirmed)}确认" if confirmed else "草稿，主持人还没有确认"
    title = f"{said(held_on)}{NAMES[data['kind']]}纪要"
    blocks = (*_head(data), *_matters(data), *_added(addenda))
    return Letter(
        "minutes",
        number,
        (title,),
        "各参会科室、单位",
        blocks,
        Sender(unit, data["office"]),
        unit,
        confirmed or held_on,
    )


def _head(data: Data) -> Iterator[Block]:
    when = said(date.fromisoformat(data["held_on"])) + (f"，{data['starts']}" if data["starts"] else "")
    place = f"，在{data['place']}" if data["place"] else ""
    yield Block(
        f"{when}{place}召开{NAMES[data['kind']]}，{data['chair']}主持，议了{_discussed(data)}件事项。现将会议情况纪要如下。"
    )
    if data["present"]:
        yield Block(f"参加人：{'、'.join(data['present'])}。")


def _discussed(data: Data) -> int:
    return sum(bool(item["minutes"] or item["outcome"]) for item in data["items"])


def _matters(data: Data) -> Iterator[Block]:
    """Each matter that was discussed; of the others only how many there are."""
    taken_up = [item for item in data["items"] if item["minutes"] or item["outcome"]]
    for place, item in enumerate(taken_up, 1):
        count = numeral(place) if place <= MOST_NUMERALS else str(place)
        yield Block(f"{count}、{item['no']}　{item['title']}", "heading")
        yield from _matter(item)
    if left := len(data["items"]) - len(taken_up):
        yield Block(f"列入议程、这次没有议到的还有{left}件。")
    if hidden := data.get("hidden"):
        yield Block(f"{numeral(hidden) if hidden <= MOST_NUMERALS else hidden}件不便列出。")


def _matter(item: Data) -> Iterator[Block]:
    if item["minutes"]:
        yield Block(item["minutes"])
    if item["outcome"] == "task":
        due = said(date.fromisoformat(item["due_on"]))
        yield Block(f"{ended(item['decision'])}由{item['owner']}办，{due}前回复。", lead="议定：")
    elif item["outcome"] == "no_action":
        yield Block(
            f"{ended(item['decision']) if item['decision'] else ''}不另外办，原因：{ended(item['reason'])}",
            lead="议定：",
        )
    else:
        yield Block("没有作出决定。", lead="议定：")


def _added(addenda: list[tuple[str, date, str]]) -> Iterator[Block]:
    if addenda:
        yield Block("确认以后的补充", "heading")
    for who, day, words in addenda:
        yield Block(words, lead=f"{said(day)}，{who}：")


def made(meeting: Meeting, form: str, *, reader: Actor) -> bytes:
    """The paper as pdf or docx, as far as its reader may be told."""
    added = [(one.by.name, clock.on(one.at), one.words) for one in meeting.addenda.select_related("by")]
    paper = letter(of(meeting, reader=reader), added)
    return docx.render(paper) if form == "docx" else pdf.render(paper, folder=settings.FONTS)
