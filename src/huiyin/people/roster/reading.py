"""One row of a roster, or one form, from texts to a person's values, or to what is wrong with it, in words.

Nothing is guessed: a cell is understood or named. A birth date missing or given by month only comes from the ID number;
a retirement known by month counts from its first day. The date of birth may differ from the ID card's, as files often do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import half_width, one_line
from huiyin.people.contact import read_phone
from huiyin.people.ids import EARLIEST_BIRTH, IdNumber, read_id
from huiyin.people.roster import cells as cell
from huiyin.people.roster.columns import FIELDS
from huiyin.procedure.words import Words

Values = dict[str, Any]
AHEAD = timedelta(days=366)  # a retirement may be entered so long before it takes effect
EARLIEST_EVENT = date(1949, 1, 1)
LENGTHS = {
    "name": 60, "staff_no": 40, "address": 200, "former_unit": 100, "rank": 60, "living": 60, "party_branch": 80,
    "languages": 60, "contact_name": 60, "contact_relation": 20,
}  # fmt: skip
_SEX = {"male": Words("男", "male"), "female": Words("女", "female")}
_ALLOWED_SEX = ("男、女", "male, female")
_ALLOWED_YES = ("是、否", "yes, no")
_ALLOWED_KINDS = ("离休、退休、退职", "lixiu, tuixiu, tuizhi")
_ALLOWED_IDS = ("居民身份证、港澳台居民居住证、护照、其他", "resident, permit, passport, other")


def read_cells(
    cells: Mapping[str, str],
    *,
    on: date,
    known: Mapping[str, Any] | None = None,
    offices: Mapping[str, int] | None = None,
) -> tuple[Values, list[Refused]]:
    """The values of the fields in `cells`, and a refusal for each that can't be used. Blank cells give empty values.

    `on`: today; `known`: values that the person has already; `offices`: ids of offices by name, for the column `office`.
    """
    reading = _Reading(on, known or {}, offices)
    for field, text in cells.items():
        reading.take(field, text)
    reading.conclude()
    return reading.values, reading.refusals


class _Reading:
    """Values and refusals of one row as they come together; `conclude` looks at how they fit."""

    def __init__(self, on: date, known: Mapping[str, Any], offices: Mapping[str, int] | None) -> None:
        self.on, self.known, self.offices = on, known, offices
        self.values: Values = {}
        self.refusals: list[Refused] = []
        self.months: dict[str, date] = {}
        self.id_kind, self.typed_id = "", None  # type: str, str | None

    def take(self, field: str, text: str) -> None:
        """Reads one cell. KeyError for a field that does not exist is a defect of the caller."""
        try:
            self.values |= _READERS[field](self, field, text)
        except Refused as refused:
            self.refusals.append(refused)

    def conclude(self) -> None:
        identity = self._identity()
        self._complete_birth(identity.born_on if identity else None)
        if identity and identity.sex:
            self._complete_sex(identity.sex)
        self.refusals += self._impossible_dates()

    def _identity(self) -> IdNumber | None:
        if self.typed_id is None:
            return None
        if not self.typed_id:
            self.values |= {"id_kind": "", "id_number": ""}
            return None
        try:
            found = read_id(self.id_kind or None, self.typed_id, on=self.on)
        except Refused as refused:
            self.refusals.append(refused)
            return None
        self.values |= {"id_kind": found.kind, "id_number": found.number}
        return found

    def _complete_birth(self, by_id: date | None) -> None:
        month = self.months.pop("born_on", None)
        if month is not None and by_id is not None and (by_id.year, by_id.month) == (month.year, month.month):
            self.values["born_on"] = by_id
        elif month is not None:
            self.months["born_on"] = month
        elif by_id and not self.values.get("born_on") and not self.known.get("born_on"):
            self.values["born_on"] = by_id
        self.refusals += [_day_is_missing(field, month) for field, month in self.months.items()]

    def _complete_sex(self, by_id: str) -> None:
        said = self.values.get("sex") or ("sex" not in self.values and self.known.get("sex"))
        if not said:
            self.values["sex"] = by_id
        elif said != by_id:
            self.refusals.append(_sexes_differ(said, by_id))

    def _impossible_dates(self) -> Iterator[Refused]:
        born = self.values.get("born_on") or self.known.get("born_on") or EARLIEST_EVENT
        bounds = {
            "born_on": (date(EARLIEST_BIRTH, 1, 1), self.on),
            "died_on": (born, self.on),
            "retired_on": (born, self.on + AHEAD),
        }
        for field, (first, last) in bounds.items():
            day = self.values.get(field)
            if day and not first <= day <= last:
                yield _outside(field, day, first)


def _name(reading: _Reading, field: str, text: str) -> Values:
    name = one_line(text)
    if cell.is_blank(text):
        raise Refused("姓名是空的。", "The name is empty.", field=field)
    spoilt = next((character for character in name if _is_spoilt(character)), None)
    if spoilt is not None:
        raise Refused(
            f"姓名里有“{spoilt}”，多半是生僻字没有存好或者混进了表情符号，请改成正确的字。",
            f"The name holds “{spoilt}”: probably a rare character that was not kept, or a symbol; put the right one.",
            field=field,
        )
    if not any(character.isalpha() for character in name):
        raise Refused("姓名里没有文字。", "The name holds no letters.", field=field)
    return _text(reading, field, name)


def _is_spoilt(character: str) -> bool:
    """Signs of a name that was not kept well. Ideographs newer than this Python's tables have no category yet."""
    if 0x20000 <= ord(character) <= 0x3FFFF:
        return False
    return character in "?？\ufffd" or unicodedata.category(character) in ("So", "Sk", "Cn")


def _text(reading: _Reading, field: str, text: str) -> Values:
    plain = "" if cell.is_blank(text) else one_line(text)
    if len(plain) > LENGTHS[field]:
        named, most = FIELDS[field].name, LENGTHS[field]
        raise Refused(
            f"{named.zh}最多{most}字，现在是{len(plain)}字。",
            f"{named.en}: at most {most} characters; there are {len(plain)}.",
            field=field,
        )
    return {field: plain}


def _staff_no(reading: _Reading, field: str, text: str) -> Values:
    return _text(reading, field, half_width(text).upper())


def _sex(reading: _Reading, field: str, text: str) -> Values:
    return {field: cell.one_of(cell.SEXES, field, text, _ALLOWED_SEX, blank="")}


def _lives_elsewhere(reading: _Reading, field: str, text: str) -> Values:
    return {field: cell.one_of(cell.YES_OR_NO, field, text, _ALLOWED_YES, blank=False)}


def _kind(reading: _Reading, field: str, text: str) -> Values:
    return {field: cell.by_word(cell.KINDS, field, text, _ALLOWED_KINDS)}


def _id_kind(reading: _Reading, field: str, text: str) -> Values:
    reading.id_kind = cell.by_word(cell.ID_KINDS, field, text, _ALLOWED_IDS)
    return {}


def _id_number(reading: _Reading, field: str, text: str) -> Values:
    reading.typed_id = "" if cell.is_blank(text) else text
    return {}


def _phone(reading: _Reading, field: str, text: str) -> Values:
    return {field: "" if cell.is_blank(text) else read_phone(text, field=field)}


def _day(reading: _Reading, field: str, text: str) -> Values:
    day, month_only = cell.read_day(field, text)
    if day is not None and month_only and field != "retired_on":
        reading.months[field] = day
        return {}
    return {field: day}


def _office(reading: _Reading, field: str, text: str) -> Values:
    if cell.is_blank(text):
        return {}
    name = one_line(text)
    if reading.offices is None or name not in reading.offices:
        raise Refused(
            f"没有叫“{name[:40]}”的服务管理单位，请写系统里的名称或者不选这一列。",
            f"No office is called “{name[:40]}”; write its name as it is here, or leave the column out.",
            field=field,
        )
    return {"office_id": reading.offices[name]}


def _day_is_missing(field: str, month: date) -> Refused:
    named = FIELDS[field].name
    return Refused(
        f"{named.zh}只有年月（{month.year}年{month.month}月），请补上日，或者留空。",
        f"{named.en} has year and month only ({month:%Y-%m}); add the day, or leave it empty.",
        field=field,
    )


def _sexes_differ(said: str, by_id: str) -> Refused:
    one, other = _SEX[said], _SEX[by_id]
    return Refused(
        f"性别写的是{one.zh}，证件号码第17位说是{other.zh}，请核对。",
        f"The sex given is {one.en}; digit 17 of the ID number says {other.en}. Please check.",
        field="sex",
    )


def _outside(field: str, day: date, first: date) -> Refused:
    said = Words("还没有到", "is in the future")
    if day < first:
        early = Words("早得不合常理", "is too early")
        said = early if field == "born_on" or first == EARLIEST_EVENT else Words("在出生之前", "is before the birth")
    named = FIELDS[field].name
    return Refused(f"{named.zh}{day}{said.zh}，请核对。", f"{named.en} {day} {said.en}; please check.", field=field)


_READERS: dict[str, Callable[[_Reading, str, str], Values]] = {
    "name": _name, "sex": _sex, "id_kind": _id_kind, "id_number": _id_number, "born_on": _day, "died_on": _day,
    "retired_on": _day, "phone": _phone, "contact_phone": _phone, "staff_no": _staff_no, "kind": _kind,
    "lives_elsewhere": _lives_elsewhere, "office": _office,
    **{field: _text for field in LENGTHS if field not in ("name", "staff_no")},
}  # fmt: skip
