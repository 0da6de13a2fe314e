"""The shapes of the API: what comes in, what goes out. Dates are YYYY-MM-DD, moments ISO 8601 with offset."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import BeforeValidator


class Bilingual(Schema):
    zh: str
    en: str


def _written(value: Any) -> Any:
    """Refuses numbers, which pydantic would take for seconds since 1970."""
    if value is None or (isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)):
        return value
    raise ValueError("2026-03-02 or 2026-03-02T09:30:00+08:00")


Moment = Annotated[datetime | date | None, BeforeValidator(_written)]


class NewCase(Schema):
    """A matter as another system hands it over. Only channel, title and text are needed; contact data is optional."""

    channel: str
    title: str
    text: str
    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    received_at: Moment = Field(None, description="when it was received; now if left out")
    claims: list[str] = []
    topic: str = ""
    purpose: str = ""
    accused: int | Literal["outside", ""] = Field(
        "", description="the office it is about, or `outside`: an accusation always says it"
    )


class Registered(Schema):
    no: str
    receipt_code: str
    state: str


class CaseRow(Schema):
    no: str
    title: str
    state: str
    state_name: Bilingual
    channel: str
    received_on: date
    due_on: date | None
    office: str
    responsible: str


class CaseList(Schema):
    items: list[CaseRow]
    page: int
    more: bool
    count: int
    counted_all: bool = Field(description="False if count is a lower bound")


class ClockOut(Schema):
    term: str
    name: Bilingual
    article: str
    start: date
    days: int
    raw: date
    due: date
    internal_due: date
    provisional: bool
    stopped_on: date | None
    outcome: str
    explanation: Bilingual


class EventOut(Schema):
    seq: int
    action: str
    name: Bilingual
    at: datetime
    by: str
    to_state: str
    facts: dict[str, Any]


class FieldOut(Schema):
    name: str
    kind: str
    label: Bilingual
    required: bool
    choices: list[str]


class ActionOut(Schema):
    name: str
    label: Bilingual
    article: str
    possible: bool
    reasons: list[Bilingual]
    fields: list[FieldOut]


class AttachmentOut(Schema):
    id: int
    name: str
    mime: str
    size: int
    sha256: str


class CaseOut(CaseRow):
    version: int
    text: str
    clocks: list[ClockOut]
    events: list[EventOut]
    actions: list[ActionOut]
    attachments: list[AttachmentOut]


class Act(Schema):
    """A step: the facts it needs, and the version of the case that the caller saw (to be told if it moved since)."""

    facts: dict[str, Any] = {}
    version: int | None = None


class Done(Schema):
    no: str
    state: str
    version: int
    event: EventOut


class Problem(Schema):
    """Why nothing was done: `detail` in the language asked for, `message` in both; `errors` names the fields to be mended."""

    code: str
    detail: str
    message: Bilingual
    errors: dict[str, Bilingual] = {}
    number: str = Field("", description="of a defect, as it stands in the log")
