"""Codes and secrets that are handed out.

A receipt code has 12 digits, the last a Damm check digit: every single wrong digit and every swap of two
neighbours is noticed (H. M. Damm, 2004). Told and typed as 4-4-4.
"""

from __future__ import annotations

import hashlib
import re
import secrets

_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
CODE_DIGITS = 12


def check_digit(digits: str) -> str:
    """The Damm check digit of a string of decimal digits."""
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim


def new_receipt_code() -> str:
    """A random receipt code: 11 digits from the system's randomness and their check digit."""
    digits = f"{secrets.randbelow(10**11):011d}"
    return digits + check_digit(digits)


def read_receipt_code(typed: str) -> str | None:
    """The 12 digits in what someone typed (any spacing, hyphens, full-width digits), or None if they are no code."""
    digits = re.sub(r"[\s\-–—.·]", "", typed.translate(_WIDE_DIGITS))
    if not re.fullmatch(r"[0-9]{12}", digits) or check_digit(digits) != "0":
        return None
    return digits


def grouped(code: str) -> str:
    """A receipt code as it is printed: 1234 5678 9012."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def new_secret() -> str:
    """A URL-safe secret of 192 random bits."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """What is stored of a secret that is only ever compared: SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
