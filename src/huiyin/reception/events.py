"""情况记录: what happened in the reception room – first aid, fire, a violent act. An event, never a person's record.

There is no name, no link to a roster or a matter, no search by person and no export. A violent act names the item of Art. 26,
what was done to calm things, and who reviews it for its lawfulness; the person concerned is told and may reply. Whether
120, 119 or 110 is called is decided by somebody present. Matters go on as before (Arts. 18, 26, 47). The note only grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import half_width, one_line, storable
from huiyin.people.policy import Actor
from huiyin.reception.models import EventAddition, EventNote
from huiyin.reception.once import made
from huiyin.reception.policy import require, staff_id, unit_id

NUMBERS = ("120", "119", "110")
PAGE = 50
LONGEST = 5000
_IDENTITY = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")  # identity cards, mobile telephones
WORDS = ("place", "what", "at_once", "calmed", "called_by", "reviewer")


def listed(by: Actor, *, page: int) -> list[EventNote]:
    """The unit's notes by the time of the event: page `page` (from 1) and one row more if there is a next page."""
    found = EventNote.objects.filter(unit_id=unit_id(by)).select_related("written_by").prefetch_related("additions")
    return list(found.order_by("-happened_at", "-pk")[(page - 1) * PAGE : page * PAGE + 1])


def one(by: Actor, event_id: int) -> EventNote:
    """A note of the actor's unit with its additions. Refused (not_found) if there is none."""
    found = EventNote.objects.filter(pk=event_id, unit_id=unit_id(by)).select_related("written_by", "unit")
    event = found.prefetch_related("additions__by").first()
    if event is None:
        raise Refused("没有这条记录。", "There is no such note.", code="not_found")
    return event


def open_ends(event: EventNote) -> list[str]:
    """What a note of a violent act still lacks: `told` (the person was told), `review` (the legal review)."""
    if event.kind != EventNote.Kind.VIOLENCE:
        return []
    present = {addition.kind for addition in event.additions.all()}
    return [kind for kind in ("told", "review") if kind not in present]


def note(*, facts: Mapping[str, Any], key: str, by: Actor, now: datetime) -> EventNote:
    """Writes an event down, once under each key. Raises Invalid with what is missing.

    `facts`: kind, happened_at (aware or None), place, what, at_once, called (list of NUMBERS), called_by, calmed, act, reviewer.
    """
    unit = require(by, "reception.events")
    given = {name: _plain(facts.get(name)) for name in WORDS}
    kind = str(facts.get("kind") or "")
    given |= {"kind": kind, "act": str(facts.get("act") or "") if kind == EventNote.Kind.VIOLENCE else ""}
    happened_at = facts.get("happened_at")
    called = [number for number in NUMBERS if number in (facts.get("called") or ())]
    wrong = {refused.field: refused for refused in _wrong(given, happened_at, called, now)}
    if wrong:
        raise Invalid(wrong)
    row = EventNote(
        unit_id=unit, happened_at=happened_at or now, called=",".join(called), written_at=now, written_by_id=staff_id(by),
        key=key or None, **given,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return made(
            EventNote.objects.all(), unit_id=unit, key=key, happened_at=happened_at, called=",".join(called), **given
        )
    return row


def add(*, event_id: int, kind: str, text: str, key: str, by: Actor, now: datetime) -> EventAddition:
    """Adds to a note; nothing that was written changes. Once under each key."""
    require(by, "reception.events")
    event, words = one(by, event_id), _plain(text)
    if kind not in EventAddition.Kind.values:
        raise Refused("请选补记哪一种。", "Choose what you add.", field="kind")
    if not words:
        raise Refused("请写下要补记的话。", "Write what you add.", field="text")
    if refused := _names_somebody("text", words):
        raise refused
    try:
        with transaction.atomic():
            return EventAddition.objects.create(
                event=event, kind=kind, text=words, at=now, by_id=staff_id(by), key=key or None
            )
    except IntegrityError:
        return made(EventAddition.objects.all(), event=event, key=key, kind=kind, text=words)


def _wrong(
    given: Mapping[str, str], happened_at: datetime | None, called: list[str], now: datetime
) -> Iterator[Refused]:
    if given["kind"] not in EventNote.Kind.values:
        yield Refused("请选是哪一种情况。", "Choose what kind of event it was.", field="kind")
    if happened_at is None or happened_at > now:
        yield Refused(
            "请写什么时候发生的，不能晚于现在。", "Write when it happened, not later than now.", field="happened_at"
        )
    yield from (_MISSING[name] for name in ("place", "what", "at_once") if not given[name])
    if called and not given["called_by"]:
        yield Refused("请写是谁决定打的、谁打的。", "Write who decided to call and who called.", field="called_by")
    if given["kind"] == EventNote.Kind.VIOLENCE:
        if given["act"] not in EventNote.Act.values:
            yield Refused("请选第二十六条的哪一项。", "Choose the item of Art. 26.", field="act")
        yield from (_MISSING[name] for name in ("calmed", "reviewer") if not given[name])
    yield from (refused for name in WORDS if (refused := _names_somebody(name, given[name])))


_MISSING = {
    "place": Refused("请写在哪里发生的。", "Write where it happened.", field="place"),
    "what": Refused("请写发生了什么。", "Write what happened.", field="what"),
    "at_once": Refused("请写当场做了什么。", "Write what was done at once.", field="at_once"),
    "calmed": Refused("请写怎样劝解的。", "Write what was done to calm things.", field="calmed"),
    "reviewer": Refused("请写请谁做法制审核。", "Write who reviews it for its lawfulness.", field="reviewer"),
}


def _names_somebody(field: str, text: str) -> Refused | None:
    """A refusal where an identity number or a mobile telephone stands in the words: the note is of an event."""
    if not _IDENTITY.search(half_width(text).replace("-", "").replace(" ", "")):
        return None
    return Refused(
        "这里只记事情，请去掉证件号和电话。", "This note is about the event: take out identity and telephone numbers.", field=field
    )  # fmt: skip


def _plain(typed: Any) -> str:
    lines = storable(str(typed or "")).replace("\r\n", "\n").strip().split("\n")
    return "\n".join(one_line(line) for line in lines)[:LONGEST]
