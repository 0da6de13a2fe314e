"""Makes what was recorded at a step clean: types, bounds, known codes, people and offices that exist.

Takes text from forms as well as typed values from the API; gives JSON values. All fields are checked, and every error
names its field, so that one answer shows everything to be mended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from huiyin.documents.models import StoredFile
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.ids import digest
from huiyin.kernel.typed import INVISIBLE, row_number
from huiyin.orgs.models import Office
from huiyin.people.models import Staff
from huiyin.procedure.actions import Action, Field
from huiyin.procedure.editions.forms_2022 import GROUNDS, RESULTS
from huiyin.procedure.editions.money_2022 import PAYS

UNSEEN = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff{INVISIBLE}]")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_CLAIMS = 50
LONGEST_CLAIM = 10000
LONGEST_AMOUNT = 60
CHOSEN = frozenset({"choice", "several", "task", "office", "staff", "member", "members", "agent", "roster"})


def clean(action: Action, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an action from raw input. Raises Invalid with a sentence for each field to be mended."""
    facts: dict[str, Any] = {}
    errors: dict[str, Refused] = {}
    for field in action.fields:
        try:
            facts[field.name] = _value(field, raw.get(field.name))
        except Refused as error:
            error.field = field.name
            errors[field.name] = error
    if not errors and {"office", "staff"} <= facts.keys():
        _check_belongs(facts, errors)
    if errors:
        raise Invalid(errors)
    return facts


@contextmanager
def ticks_asked_for(action: Action, raw: Mapping[str, Any]) -> Iterator[None]:
    """Adds to whatever is to be mended what must be confirmed and was not ticked, in the words of its guard: one answer shows everything."""
    try:
        yield
    except Invalid as invalid:
        raise Invalid(invalid.errors | _unticked(action, raw)) from None


def _unticked(action: Action, raw: Mapping[str, Any]) -> dict[str, Refused]:
    asked = {
        field.name for field in action.fields if field.kind == "yes" and field.required and not raw.get(field.name)
    }
    wanting = [guard for guard in action.guards if guard.field in asked]
    return {
        guard.field: Refused(guard.words.zh, guard.words.en, field=guard.field, code=guard.code) for guard in wanting
    }


def digest_of(raw: Mapping[str, Any]) -> str:
    """What is asked with these facts, as a digest: the same words and papers again give the same, whatever numbers the papers got."""
    numbers = [number for number in raw.get("files") or () if row_number(number)]
    papers = sorted(StoredFile.objects.filter(pk__in=numbers).values_list("sha256", flat=True))
    return digest(json.dumps({**raw, "files": papers}, sort_keys=True, default=str))[:40]


def tidy(typed: Any, *, one_line: bool = False) -> str:
    """Text without control characters, invisible marks and halves of characters, with plain line ends and no blanks around
    it. Takes text and whole numbers; raises Refused for anything else."""
    if isinstance(typed, bool) or not isinstance(typed, (str, int)):
        raise Refused("这里要的是文字。", "This takes text.")
    words = UNSEEN.sub("", str(typed)).replace("\r\n", "\n").replace("\r", "\n").strip()
    return re.sub(r"\s+", " ", words) if one_line else words


def _value(field: Field, given: Any) -> Any:
    given = tidy(given) if isinstance(given, str) else given
    if given is None or given in ("", [], ()):
        return _missing(field)
    return _READERS[field.kind](field, given)


def _missing(field: Field) -> Any:
    if field.required and field.kind in CHOSEN:
        raise Refused(f"请选“{field.label.zh}”。", f"Please choose “{field.label.en}”.")
    if field.required and field.kind != "yes":
        raise Refused(f"请填写“{field.label.zh}”。", f"Please fill in “{field.label.en}”.")
    return {
        "claims": [],
        "files": [],
        "person": [],
        "yes": False,
        "number": None,
        "task": None,
        "office": None,
        "staff": None,
        "several": [],
        "members": [],
        "requests": [],
        "agent": None,
        "roster": None,
    }.get(field.kind, "")


def _text(field: Field, given: Any) -> str:
    words = tidy(given, one_line=field.kind == "line")
    if len(words) > field.most:
        raise Refused(
            f"“{field.label.zh}”最多{field.most}个字，现在有{len(words)}个字。",
            f"“{field.label.en}” takes at most {field.most} characters; this has {len(words)}.",
        )
    return words


def _date(field: Field, given: Any) -> str:
    if isinstance(given, date):
        return given.isoformat()
    try:
        day = date.fromisoformat(str(given) if DAY.fullmatch(str(given)) else "")
    except ValueError:
        raise Refused(
            f"“{field.label.zh}”不是一个日期，请写成 2026-02-09 这样。",
            f"“{field.label.en}” is no date; write it like 2026-02-09.",
        ) from None
    if not 1949 <= day.year <= 2099:
        raise Refused(f"“{field.label.zh}”的年份不对，请再看一眼。", f"Check the year of “{field.label.en}”.")
    return day.isoformat()


def _choice(field: Field, given: Any) -> str:
    if str(given) not in {choice.code for choice in field.choices}:
        raise Refused(f"请在“{field.label.zh}”里选一项。", f"Choose one of the options of “{field.label.en}”.")
    return str(given)


def _number(field: Field, given: Any) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", str(given).strip()) or not field.least <= int(given) <= field.most:
        raise Refused(
            f"“{field.label.zh}”请填{field.least}到{field.most}的数。",
            f"“{field.label.en}” takes a number from {field.least} to {field.most}.",
        )
    return int(given)


def _yes(field: Field, given: Any) -> bool:
    return given in (True, 1, "1", "on", "true", "yes")


def _row_id(model: type[Office] | type[Staff]) -> Callable[[Field, Any], int | str]:
    def read(field: Field, given: Any) -> int | str:
        if given in [choice.code for choice in field.choices]:
            return str(given)
        wanted = row_number(given)
        if wanted is None or not model.objects.filter(pk=wanted, is_active=True).exists():
            raise Refused(f"请在“{field.label.zh}”里选一个。", f"Choose one for “{field.label.en}”.")
        return wanted

    return read


def _check_belongs(facts: dict[str, Any], errors: dict[str, Refused]) -> None:
    if not Staff.objects.filter(pk=facts["staff"], office_id=facts["office"]).exists():
        errors["staff"] = Refused(
            "这个人不在所选的科室，请重新选。",
            "This person does not work in that section; choose again.",
            field="staff",
        )


def _claims(field: Field, given: Any) -> list[dict[str, Any]]:
    rows = given if isinstance(given, list) else tidy(given).splitlines()
    results = {choice.code for choice in field.choices or RESULTS}
    claims = [claim for row in rows if (claim := _claim(row, results))["text"]]
    if len(claims) > MOST_CLAIMS:
        raise Refused(f"诉求最多{MOST_CLAIMS}项，请合并。", f"At most {MOST_CLAIMS} requests; join some.")
    if field.required and not claims:
        _missing(field)
    return claims


def _claim(row: Any, results: set[str]) -> dict[str, Any]:
    row = row if isinstance(row, Mapping) else {"text": row}
    claim = {
        name: _part(row.get(name, "")) for name in ("text", "result", "reason", "basis", "ground", "money", "amount")
    }
    if claim["result"] not in {"", *results}:
        raise Refused(
            "没有这样的结果，请选支持、解释说明、不支持、答复或者采纳与否。",
            f"There is no such result; it is one of {', '.join(sorted(results))}.",
        )
    claim["ground"] = claim["ground"] if claim["result"] == "not_supported" else ""
    claim["money"] = claim["money"] if claim["result"] == "supported" else ""
    claim["amount"] = claim["amount"] if claim["money"] == "yes" else ""
    if claim["ground"] not in {"", *(choice.code for choice in GROUNDS)}:
        raise Refused(
            "不支持的理由只能是缺乏事实根据、不符合规定或者两样都有。",
            "The ground of a refusal is facts, rules or both.",
        )
    _check_money(claim)
    of = row_number(row.get("of"))
    return {name: words for name, words in claim.items() if words or name == "text"} | ({"of": of} if of else {})


def _check_money(claim: Mapping[str, str]) -> None:
    if claim["money"] not in {"", *(choice.code for choice in PAYS)}:
        raise Refused("要不要付钱，请选一项。", "Money is yes or no.")
    if len(claim["amount"]) > LONGEST_AMOUNT:
        raise Refused(f"金额最多{LONGEST_AMOUNT}个字。", f"An amount takes at most {LONGEST_AMOUNT} characters.")


def _part(given: Any) -> str:
    """Raises Refused for what is too long: cut off silently, it would be lost."""
    words = tidy(given)
    if len(words) > LONGEST_CLAIM:
        raise Refused(
            f"每一格最多{LONGEST_CLAIM}个字，有一格现在有{len(words)}个字。",
            f"Each part of a request takes at most {LONGEST_CLAIM} characters; one has {len(words)}.",
        )
    return words


def _files(field: Field, given: Any) -> list[dict[str, Any]]:
    wanted = [row_number(item) for item in given] if isinstance(given, (list, tuple)) else [None]
    found = {kept.pk: kept for kept in StoredFile.objects.filter(pk__in={pk for pk in wanted if pk})}
    if len(found) != len(set(wanted)):
        raise Refused("有一份材料没有找到，请重新上传。", "One of the papers was not found; upload it again.")
    return [{"id": pk, "name": found[pk].name, "sha256": found[pk].sha256} for pk in dict.fromkeys(wanted) if pk]


def _several(field: Field, given: Any) -> list[str]:
    wanted = given if isinstance(given, (list, tuple)) else [given]
    return list(dict.fromkeys(_choice(field, each) for each in wanted))


def _member(field: Field, given: Any) -> int | str:
    """One of the people of the matter, by number, or `new` for who is written down along with it."""
    found = "new" if given == "new" else row_number(given)
    if not found:
        raise Refused(f"请在“{field.label.zh}”里选一位。", f"Choose somebody for “{field.label.en}”.")
    return found


def _members(field: Field, given: Any) -> list[int | str]:
    wanted = given if isinstance(given, (list, tuple)) else [given]
    return list(dict.fromkeys(_member(field, each) for each in wanted))


def _requests(field: Field, given: Any) -> list[int]:
    """Requests of the matter, by their number; which ones there are `cases.claims` knows."""
    wanted = given if isinstance(given, (list, tuple)) else [given]
    return sorted({number for each in wanted if (number := row_number(each))})


def _people(field: Field, given: Any) -> list[Any]:
    return list(given)  # read by cases.petitioners, which knows the roster


_READERS: dict[str, Callable[[Field, Any], Any]] = {
    "line": _text, "text": _text, "date": _date, "choice": _choice, "rating": _choice, "number": _number, "task": _number, "yes": _yes,
    "office": _row_id(Office), "staff": _row_id(Staff), "claims": _claims, "files": _files, "person": _people,
    "several": _several, "member": _member, "members": _members, "requests": _requests, "agent": _member, "roster": _member,
}  # fmt: skip
