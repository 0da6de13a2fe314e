"""A retiree in words: the facts of the page, masked for those who don't keep the roster, and what was changed when by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.people.ids import mask_id, mask_phone
from huiyin.people.models import Person, PersonChange
from huiyin.people.roster.columns import FIELDS
from huiyin.web.ui.parts import Entry, Fact
from huiyin.web.ui.tags.words import day_text, moment
from huiyin.web.ui.time_parts import said

IDENTITY = ("sex", "born_on", "died_on", "id_kind", "id_number")
CONTACT = (
    "phone",
    "address",
    "lives_elsewhere",
    "living",
    "languages",
    "contact_name",
    "contact_relation",
    "contact_phone",
)
WORK = ("office", "staff_no", "kind", "former_unit", "rank", "retired_on", "party_branch")
PLACES = frozenset({"address", "contact_name"})
CHOICES = {"sex": Person.Sex, "kind": Person.Kind, "id_kind": Person.IdKind}


def name_of(field: str) -> str:
    """What a field is called; derived and stored names count as the one that people know."""
    return said(FIELDS[{"office_id": "office"}.get(field, field)].name)


def facts(person: Person, fields: Iterable[str], *, masked: bool) -> list[Fact]:
    """Fields and values; empty ones say so, because all contact data is optional."""
    return [Fact(name_of(field), _value(person, field, masked=masked), own=True) for field in fields]


def age(person: Person, today: date) -> int | None:
    """Full years; None without a birth date or after death."""
    born = person.born_on
    if born is None or person.died_on is not None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def hidden(field: str, value: str) -> str:
    """A value as those see it who don't keep the roster."""
    if not value:
        return ""
    if field == "id_number":
        return mask_id(value)
    if field in ("phone", "contact_phone"):
        return mask_phone(value)
    return _("（已遮住）") if field in PLACES else value


def _value(person: Person, field: str, *, masked: bool) -> str:
    if field == "office":
        return person.office.name
    shown = shown_as(field, getattr(person, field))
    return (hidden(field, shown) if masked else shown) or "—"


def shown_as(field: str, value: Any, offices: Mapping[str, str] | None = None) -> str:
    """A kept value, or its text in the history, in words."""
    if field in CHOICES:
        return str(dict(CHOICES[field].choices).get(value, value))
    if field == "lives_elsewhere":
        return _("是") if value in (True, "True") else _("否")
    if field == "office_id":
        return (offices or {}).get(str(value), str(value))
    if isinstance(value, date):
        return day_text(value, "year")
    return "" if value is None else str(value)


def history(changes: Iterable[PersonChange], offices: Mapping[str, str], *, masked: bool) -> list[Entry]:
    """What was changed, the newest first. Nothing here says whether or how often somebody petitions."""
    return [
        Entry(
            moment(change.at),
            _what(change),
            change.by.name if change.by else _("系统"),
            _more(change, offices, masked=masked),
        )
        for change in changes
    ]


def _what(change: PersonChange) -> str:
    by_file = change.source.startswith("import:")
    if not change.changes:
        return _("从名册文件导入") if by_file else _("登记到名册")
    return _("名册文件改了") if by_file else _("改了")


def _more(change: PersonChange, offices: Mapping[str, str], *, masked: bool) -> str:
    parts = [_part(field, pair, offices, masked=masked) for field, pair in change.changes.items() if field != "pinyin"]
    return _("；").join(parts)


def _part(field: str, pair: list[str], offices: Mapping[str, str], *, masked: bool) -> str:
    words = [shown_as(field, text, offices) for text in pair]
    before, after = [hidden(field, text) for text in words] if masked else words
    empty = _("空")
    return _("{field}：{before} → {after}").format(field=name_of(field), before=before or empty, after=after or empty)
