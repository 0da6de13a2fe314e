"""How a petitioner reaches their matter: by the code on the receipt, or by the long secret in its QR code.

The code alone shows how far the matter is. Letters and the petitioner's own words open after a second fact that only
they and the office know.

Guessing is limited so that nobody can keep others out: per address; for one code per address; and for one code and for
all codes from everywhere, in short windows that slow a guesser down and are over after minutes. Four digits are soon
guessed through all the same, so that wrong facts are few in a day too; who has the QR code is never held up.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from datetime import datetime, timedelta

from huiyin.cases import files, petitioners, splitting
from huiyin.cases.facts import tidy
from huiyin.cases.models import Case, CaseEvent, CaseLetter, Petitioner
from huiyin.cases.queries import find
from huiyin.documents.models import StoredFile
from huiyin.kernel import ids, limits
from huiyin.kernel.errors import Refused
from huiyin.orgs import queries as orgs
from huiyin.procedure.words import Words

PER_ADDRESS = (20, timedelta(minutes=15))
PER_CODE_AND_ADDRESS = (5, timedelta(minutes=10))
PER_CODE = (10, timedelta(minutes=10))
WRONG_A_DAY_FROM = (15, timedelta(days=1))  # for a code from one address
WRONG_A_DAY = (60, timedelta(days=1))  # for a code from everywhere
IN_ALL = (100, timedelta(minutes=1))
FACT_DIGITS = 4
BETWEEN = re.compile("[\\s.\u00b7\u2022\u2027\u2219\u22c5\u30fb]")  # blanks and the dots between the parts of a name
LATER = Words(
    "试的次数太多了，请过一会儿再试，或者打电话给我们。", "Too many attempts; try again in a while, or call us."
)
TOMORROW = Words(
    "今天试的次数太多了。请扫收据上的二维码，不用填；也可以打电话给我们，或者明天再试。",
    "Too many attempts today. Scan the QR code on the receipt, which asks for nothing; or call us, or try tomorrow.",
)


def by_code(typed: str, *, address: str, now: datetime) -> Case:
    """The case of a typed receipt code. Raises Refused: no code, no such code, or too many attempts."""
    digits = _twelve(typed)
    _count("track", address, PER_ADDRESS, now)
    _count("track-all", "", IN_ALL, now)
    code = ids.read_receipt_code(digits)
    case = Case.objects.filter(receipt_code=code).first() if code else None
    if case is None:
        raise Refused(
            "查询码对不上，请对照收据，一组一组再看一眼。",
            "The code does not match; compare it with the receipt, group by group.",
            field="code",
        )
    limits.take_back("track-all", "", now=now, window=IN_ALL[1])  # only misses count together
    return case


def by_secret(secret: str) -> Case | None:
    """The case of the secret in a receipt's QR code, with all that its page shows; None if there is none."""
    found = Case.objects.filter(receipt_digest=ids.digest(secret)).values_list("no", flat=True).first()
    return find(found) if found else None


def wants(case: Case) -> str:
    """Which second fact opens the letters: `tail` (last four of phone or ID number), `name`, or "" if none was left."""
    people = list(case.petitioners.all())
    if any(_tails(person) for person in people):
        return "tail"
    return "name" if any(person.name for person in people) else ""


def check_fact(case: Case, typed: str, *, address: str, now: datetime) -> None:
    """Passes if `typed` is the second fact of this case; whoever writes the whole number has written its last four. All items of a
    letter have it in common, and count together. Raises Refused if not, or after too many attempts; too few figures are no attempt."""
    given = _second_fact(typed, digits=wants(case) == "tail")
    days = _attempt(case, address, now)
    people = list(case.petitioners.all())
    good = {tail for person in people for tail in _tails(person)} or {plain_name(person.name) for person in people}
    good.discard("")
    if not any(hmac.compare_digest(given.encode(), fact.encode()) for fact in good):
        raise Refused(
            "和登记时留下的对不上，请再看一眼，或者打电话问我们。",
            "This does not match what was left with us; check it, or call us.",
            field="fact",
        )
    _forget_attempt(days, now)


def which(case: Case, *, name: str, tail: str, address: str, now: datetime) -> int:
    """The number of the one of several who says who they are: by name, and by the last four of a number where they left one. Raises
    Refused if it is nobody's or more than one's, or after too many attempts."""
    days = _attempt(case, address, now)
    typed = _figures(unicodedata.normalize("NFKC", tidy(tail, one_line=True)))[-FACT_DIGITS:]
    named = [
        row for row in petitioners.living(case, case.petitioners.all()) if plain_name(row.name) == plain_name(name)
    ]
    found = [row for row in named if row.name and (typed in _tails(row) or not _tails(row))]
    if len(found) != 1:
        raise Refused(
            "姓名、后四位和登记时留下的对不上，没有撤回。请再看一眼，或者打电话给我们。",
            "Name and last four do not match what was left with us; nothing was taken back. Check them, or call us.",
            field="name",
        )
    _forget_attempt(days, now)
    return found[0].number


Days = list[tuple[str, str, tuple[int, timedelta]]]


def _attempt(case: Case, address: str, now: datetime) -> Days:
    """Counts an attempt; gives those that count for a day, which one that was right takes back. Raises Refused after too many."""
    code = [case, *splitting.letters_of(case)][-1].receipt_code
    _count("fact", address, PER_ADDRESS, now)
    _count("fact-code-from", f"{code}|{address}", PER_CODE_AND_ADDRESS, now)
    _count("fact-code", code, PER_CODE, now)
    days = [
        ("fact-day-from", f"{code}|{address}", WRONG_A_DAY_FROM),
        ("fact-day", code, WRONG_A_DAY),
    ]
    for scope, source, most in days:
        _count(scope, source, most, now, TOMORROW)
    return days


def _forget_attempt(days: Days, now: datetime) -> None:
    for scope, source, (_, window) in days:
        limits.take_back(scope, source, now=now, window=window)


def reviewer(case: Case) -> str:
    """Who reviews the last answer (Arts. 35, 36): as its letter names them, else the unit's superior; "" if neither is known, and
    after an opinion from outside whom that one names."""
    if (outside := _outside_opinion(case)) is not None:
        return str(outside.facts.get("remedy") or "")
    letters = (letter for letter in reversed(list(case.letters.all())) if letter.kind in {"opinion", "review_opinion"})
    named = next((_named_above(letter) for letter in letters), "")
    return named or (orgs.unit_of(case.office).superior if case.office else "")


def _outside_opinion(case: Case) -> CaseEvent | None:
    """The opinion of a review outside, where it is the last answer."""
    answers = ("deliver", "deliver_review", "record_review")
    last = next((event for event in reversed(list(case.events.all())) if event.action in answers), None)
    return last if last and last.action == "record_review" else None


def _named_above(letter: CaseLetter) -> str:
    if letter.kind == "opinion":
        return str(letter.data.get("remedy", {}).get("body", ""))
    return str(letter.data.get("body", {}).get("name", ""))


def own_paper(case: Case, file_id: int) -> StoredFile:
    """A paper that the petitioner handed in. Raises Refused (not_found) for the office's own and for all else."""
    found = next((row for row in files.own(case) if row.file_id == file_id), None)  # no query for any number that comes
    if found is None:
        raise Refused("这件事里没有这份材料。", "This matter has no such paper.", code="not_found")
    return found.file


def _tails(person: Petitioner) -> set[str]:
    numbers = (_figures(number) for number in (person.phone, person.id_number))
    return {number[-FACT_DIGITS:] for number in numbers if len(number) >= FACT_DIGITS}


def plain_name(name: str) -> str:
    """A name as it is compared: whole or half width, capital or small, with blanks and middle dots or without is all the same."""
    return BETWEEN.sub("", unicodedata.normalize("NFKC", tidy(name)).casefold())


def _figures(number: str) -> str:
    return "".join(each for each in number.upper() if each.isascii() and each.isalnum())


def _second_fact(typed: str, *, digits: bool) -> str:
    if not digits:
        return plain_name(typed)
    tail = _figures(unicodedata.normalize("NFKC", tidy(typed, one_line=True)))[-FACT_DIGITS:]
    if len(tail) == FACT_DIGITS:
        return tail
    raise Refused(
        f"后四位是{FACT_DIGITS}个数字（身份证号码的最后一位可以是X），现在是{len(tail)}个。",
        f"The last four are {FACT_DIGITS} figures (an ID number may end in X); you have entered {len(tail)}.",
        field="fact",
    )


def _twelve(typed: str) -> str:
    """The digits of a typed code. Raises Refused saying how many are missing or too many."""
    digits = "".join(character for character in tidy(typed, one_line=True) if character.isdecimal())
    if len(digits) == ids.CODE_DIGITS:
        return "".join(str(int(digit)) for digit in digits)
    if not digits:
        raise Refused("请填收据上的查询码，12位数字。", "Enter the code on the receipt: 12 digits.", field="code")
    raise Refused(
        f"查询码是12位数字，现在是{len(digits)}位，请再看一眼。",
        f"The code has 12 digits; this has {len(digits)}. Check it again.",
        field="code",
    )


def _count(scope: str, source: str, most: tuple[int, timedelta], now: datetime, why: Words = LATER) -> None:
    if not limits.within(scope, source, now=now, most=most[0], window=most[1]):
        raise Refused(why.zh, why.en, code="too_many", field="code")
