"""Telephone numbers: read as typed, checked and brought to one form.

Mobile numbers have 11 digits from 13 to 19; landlines an area code of three or four digits and seven or eight more,
perhaps an extension; a number abroad begins with +. Contact data are optional everywhere: no number is lawful.
"""

from __future__ import annotations

import re

from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import half_width

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(  # data: the words before an extension, as people write them
    r"(?:(?P<area>0[0-9]{2,3})-)?(?P<local>[0-9]{7,12}|[0-9]{3,4}-[0-9]{4})"
    r"(?:(?:-|转|分机|ext|x|#)+(?P<extension>[0-9]{1,6}))?",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{5,14}")


def read_phone(typed: str, *, field: str = "phone") -> str:
    """A telephone number as it is kept: 13800000000, 0451-82345678, 0451-82345678-12, +85221234567.

    Takes blanks, brackets, full-width digits, +86 and extensions (转12). Refused for anything else, with `field`.
    """
    plain = re.sub(r"[\s()（）._–—]", lambda m: "-" if m[0] in "–—" else "", half_width(typed))
    plain = re.sub(r"^(\+|00)86-?", "", plain)
    joined = plain.replace("-", "")
    if _MOBILE.fullmatch(joined) or _ABROAD.fullmatch(joined):
        return joined
    return _landline(plain, field)


def _landline(plain: str, field: str) -> str:
    match = _LANDLINE.fullmatch(plain)
    if match is None:
        raise _bad_phone(plain, field)
    area, local = match["area"] or "", match["local"].replace("-", "")
    if not area and local.startswith("0"):
        area, local = parted(local)
    if not area or not 7 <= len(local) <= 8:
        raise _bad_phone(plain, field)
    return f"{area}-{local}-{match['extension']}" if match["extension"] else f"{area}-{local}"


def parted(digits: str) -> tuple[str, str]:
    """Area code and the rest of a landline number or its beginning: 010 and 02x have three digits, other areas four."""
    length = 3 if digits[1:2] in ("1", "2") else 4
    return digits[:length], digits[length:]


def _bad_phone(plain: str, field: str) -> Refused:
    digits = re.sub(r"[^0-9]", "", plain)
    if re.search(r"[/、,，;；|]", plain):
        zh, en = "这里写了不止一个号码，请只留一个。", "There is more than one number here; keep one."
    elif len(digits) in (7, 8) and not digits.startswith("0"):
        zh, en = "固定电话请写上区号，例如0451-82345678。", "Give the area code too, such as 0451-82345678."
    elif digits.startswith("1") and len(digits) != 11:
        wrong = len(digits)
        zh, en = f"手机号应当是11位，现在是{wrong}位。", f"A mobile number has 11 digits; there are {wrong}."
    else:
        zh, en = (
            "电话号码看不懂。手机写11位，固定电话写区号和号码，例如0451-82345678。",
            "The telephone number can't be read. A mobile number has 11 digits; a landline has area code and number.",
        )
    return Refused(zh, en, field=field, code="phone")


def phone_tail(number: str) -> str:
    """The last four digits of a kept number, extension left out; empty if there are fewer."""
    main = number.rpartition("-")[0] if number.count("-") > 1 else number
    digits = main.replace("-", "")
    return digits[-4:] if len(digits) >= 4 else ""
