"""Identity numbers: read as typed, checked, normalised; and how names and numbers are masked for the screen.

GB 11643-1999: 17 digits and a check character of ISO 7064 MOD 11-2; digits 7–14 are the date of birth, digit 17 is odd
for men. Numbers of 15 digits, given out until 1999, become their form of 18. Residence permits for Hong Kong, Macao and
Taiwan residents (81, 82, 83…) follow the same rule. Refusals name what is wrong and never repeat the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import half_width, one_line

RESIDENT, PERMIT, PASSPORT, OTHER = "resident", "permit", "passport", "other"
MALE, FEMALE = "male", "female"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
EARLIEST_BIRTH = 1880
CENTENARIANS = {"996", "997", "998", "999"}  # sequence numbers that meant a birth before 1900 in numbers of 15 digits
PERMIT_REGIONS = {"81", "82", "83"}
REGIONS = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71"),
}
_LOOKS_LIKE_X = str.maketrans("xХх×✕", "XXXXX")
_SEPARATORS = re.compile(r"[\s\-–—_.,'\"`]")


@dataclass(frozen=True)
class IdNumber:
    """A number as it is kept. `sex` (male, female) and `born_on` are known for resident cards and permits only."""

    kind: str
    number: str
    sex: str | None = None
    born_on: date | None = None

    def __repr__(self) -> str:
        return f"<IdNumber {self.kind} {mask_id(self.number)}>"


def check_character(digits: str) -> str:
    """The check character of the first 17 digits (GB 11643-1999)."""
    return CHECK_CHARACTERS[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]


def read_id(kind: str | None, typed: str, *, on: date | None = None) -> IdNumber:
    """The number in what was typed. Without a kind it is told from the form. `on`: births after this day are refused.

    Raises Refused with field `id_number` and a code: masked, scientific, length, characters, region, date, check, kind.
    """
    if kind == OTHER:
        return IdNumber(OTHER, _free(typed))
    number = _SEPARATORS.sub("", half_width(typed).translate(_LOOKS_LIKE_X)).upper()
    _refuse_spoilt(number, typed)
    if kind == PASSPORT:
        return IdNumber(PASSPORT, _passport(number))
    if kind is None and re.fullmatch(r"[A-Z]{1,2}[0-9]{6,8}", number):
        return IdNumber(PASSPORT, number)
    if kind is None and re.fullmatch(r"9[0-9]{16}[0-9X]", number):
        _check(number)  # a foreigner's permanent residence card has the same check character
        return IdNumber(OTHER, number)
    return _resident(kind, number, on)


def _resident(kind: str | None, number: str, on: date | None) -> IdNumber:
    number = _eighteen(number)
    found = PERMIT if number[:2] in PERMIT_REGIONS else RESIDENT
    if kind not in (None, found):
        raise _refused(
            "证件种类和号码对不上：81、82、83开头的是港澳台居民居住证，其他是居民身份证。",
            "Kind and number don't fit: permits of Hong Kong, Macao and Taiwan residents begin with 81, 82 or 83, "
            "other numbers are resident cards.",
            "kind",
        )
    if found == RESIDENT and number[:2] not in REGIONS:
        raise _refused(
            f"没有“{number[:2]}”开头的地区代码，请核对前两位。",
            f"There is no region whose code begins with {number[:2]}; check the first two digits.",
            "region",
        )
    born_on = _birth(number[6:14], on)
    _check(number)
    return IdNumber(found, number, MALE if int(number[16]) % 2 else FEMALE, born_on)


def _eighteen(number: str) -> str:
    """A number of 15 digits in its form of 18, others as they are; refuses any other form."""
    if re.fullmatch(r"[0-9]{15}", number):
        century = "18" if number[12:] in CENTENARIANS else "19"
        longer = number[:6] + century + number[6:]
        return longer + check_character(longer)
    if len(number) not in (15, 18):
        raise _refused(
            f"身份证号应当是18位（老号码15位），现在是{len(number)}位。",
            f"A resident number has 18 characters (old ones 15); there are {len(number)}.",
            "length",
        )
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise _refused(
            "身份证号只能是数字，最后一位可以是X。",
            "A resident number has digits only; the last may be X.",
            "characters",
        )
    return number


def _birth(digits: str, on: date | None) -> date:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        born_on = date(year, month, day)
    except ValueError:
        raise _refused(
            f"号码里的出生日期{year}年{month}月{day}日不存在，请核对第7到14位。",
            f"The date of birth in it, {year}-{month:02d}-{day:02d}, does not exist; check digits 7 to 14.",
            "date",
        ) from None
    if year < EARLIEST_BIRTH or (on is not None and born_on > on):
        raise _refused(
            f"号码里的出生年份{year}年不合常理，请核对第7到14位。",
            f"The year of birth in it, {year}, is not plausible; check digits 7 to 14.",
            "date",
        )
    return born_on


def _check(number: str) -> None:
    expected = check_character(number[:17])
    if number[17] == expected:
        return
    zh, en = "", ""
    if number.endswith("000"):
        zh, en = (
            "表格软件会把长数字的最后几位变成0，请把这一列改成文本后重新填写。",
            (
                " Spreadsheet programs turn the last digits of long numbers to 0: make the column text and fill it in again."
            ),
        )
    raise _refused(
        f"校验码不对：按前17位算，最后一位应当是{expected}。可能有一位写错了，请对照证件核对。{zh}",
        f"The check digit is wrong: by the first 17 digits the last would be {expected}. "
        f"Probably one digit is mistyped; compare with the card.{en}",
        "check",
    )


def _passport(number: str) -> str:
    if not re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,20}", number):
        raise _refused(
            "护照号码应当是5到20位的字母和数字。", "A passport number has 5 to 20 letters and digits.", "characters"
        )
    return number


def _free(typed: str) -> str:
    number = one_line(typed)
    if not 1 <= len(number) <= 40:
        raise _refused("证件号码最多40个字。", "A number has at most 40 characters.", "length")
    return number


def _refuse_spoilt(number: str, typed: str) -> None:
    if "*" in number or "＊" in typed:
        raise _refused(
            "号码里有星号，是遮住过的，请填完整号码或者留空。",
            "Part of the number is hidden by asterisks; give the whole number or leave it empty.",
            "masked",
        )
    if re.fullmatch(r"[0-9]+E\+?[0-9]+", number):
        raise _refused(
            "表格软件把号码变成了科学计数法，请把这一列改成文本后重新填写。",
            "A spreadsheet program turned the number into scientific notation; make the column text and fill it in again.",
            "scientific",
        )


def _refused(zh: str, en: str, code: str) -> Refused:
    return Refused(zh, en, field="id_number", code=code)


def mask_id(number: str) -> str:
    """110105************; of shorter numbers two characters at the front remain.

    The end of a number never shows, here or below: its last four digits open a petitioner's letters (`cases.tracking`), so that whoever
    may only see masked numbers must not learn them. People of one name are told apart by their year of birth and former unit.
    """
    shown = 6 if len(number) >= 15 else 2 if len(number) >= 7 else 0
    return number[:shown] + "*" * (len(number) - shown)


def mask_phone(number: str) -> str:
    """138********; 0451-********."""
    area, dash, local = number.partition("-")
    if dash:
        return f"{area}-{'*' * len(local.partition('-')[0])}"
    return number[:3] + "*" * (len(number) - 3) if len(number) >= 11 else "*" * len(number)


def mask_address(address: str) -> str:
    """The first four characters of an address."""
    return f"{address[:4]}****" if len(address) > 4 else "*" * len(address)


def mask_name(name: str) -> str:
    """王*兰, 王*, 欧***娜: the first and the last character remain."""
    if len(name) <= 2:
        return f"{name[:1]}*" if len(name) == 2 else "*" * len(name)
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
