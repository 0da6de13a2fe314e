"""One row of a file of earlier cases: read into facts, or refused with what to mend in words.

Contact data that can't be read never cost a case its place: the field stays empty and a remark says so. Nothing else is
guessed; what was not in the file is not made up.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.cases import facts as reading
from huiyin.cases import petitioners
from huiyin.cases.takeover.columns import CHANNEL_CODES, FIELDS, STATE_CODES
from huiyin.documents.spreadsheets import Row
from huiyin.kernel import clock
from huiyin.kernel.errors import Invalid, Refused
from huiyin.people.roster.columns import plain_heading
from huiyin.procedure.calendars import Unreadable, parse_date
from huiyin.procedure.editions import in_force
from huiyin.procedure.editions.forms_2022 import CHANNELS
from huiyin.procedure.words import Words

CONTACT = ("phone", "id_number")
LONGEST_ID = 100
LONGEST_TITLE = 100
LONGEST_NAME = petitioners.LENGTHS["name"]
SHORT_TITLE = 40
_PLAIN_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME = re.compile(r"[ T]*(?:上午|下午)?[0-9]{1,2}[:：时].*$")  # data: times as other systems write them


@dataclass(frozen=True)
class Layout:
    """How a file is read: which place holds which field, the channel where none is written, topics by their names."""

    columns: Mapping[int, str]
    channel: str
    topics: Mapping[str, str]


@dataclass
class Read:
    """What a row says. With `problems` it is not used; `remarks` say what was left out of a row that is."""

    number: int
    cells: tuple[str, ...]
    external_id: str = ""
    digest: str = ""
    action: str = "register"
    facts: dict[str, Any] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Words] = field(default_factory=list)
    remarks: list[Words] = field(default_factory=list)

    def attempt(self, reader: Callable[[], Any]) -> Any:
        """What a reader gives; a refusal becomes a problem of the row, and None is given."""
        try:
            return reader()
        except Refused as refused:
            self.refuse(refused)
            return None

    def refuse(self, refused: Refused) -> None:
        """Adds the sentences of a refusal."""
        for error in refused.errors.values() if isinstance(refused, Invalid) else [refused]:
            self.problems.append(Words(error.zh, error.en))


def read(row: Row, layout: Layout) -> Read:
    """A row as it is understood."""
    given = {name: row.cells[place] for place, name in layout.columns.items() if place < len(row.cells)}
    found = Read(row.number, row.cells)
    _read_doubts(found, row, layout, given)
    found.digest = hashlib.sha256(json.dumps(sorted(given.items())).encode()).hexdigest()[:32]
    _read_id(found, given)
    _read_matter(found, given, layout)
    return found


def _read_doubts(found: Read, row: Row, layout: Layout, given: dict[str, str]) -> None:
    """What the reader of tables was not sure of: contact data are left out, any other column in use is refused."""
    for doubt in row.doubts:
        name = None if doubt.column is None else layout.columns.get(doubt.column, "")
        if name in CONTACT:
            given[str(name)] = ""
            found.remarks.append(doubt.words)
        elif name != "":
            found.problems.append(doubt.words)


def _read_id(found: Read, given: Mapping[str, str]) -> None:
    """The number that the case had; a row without one is known by its content."""
    found.external_id = reading.tidy(given.get("external_id", ""), one_line=True) or f"sha256:{found.digest}"
    if len(found.external_id) > LONGEST_ID:
        found.problems.append(Words("原编号最多100个字。", "An external ID has at most 100 characters."))


def _read_matter(found: Read, given: Mapping[str, str], layout: Layout) -> None:
    closed = found.attempt(lambda: _is_closed(given))
    raw: dict[str, Any] = _words(found, given) | {"topic": _topic(found, given, layout)}
    raw["channel"] = found.attempt(lambda: _channel(given, layout))
    raw["received_on"] = found.attempt(lambda: _day("received_at", given))
    if closed:
        found.action = "import_closed"
        raw |= {"reply": given.get("reply", ""), "replied_on": found.attempt(lambda: _day("replied_at", given))}
    found.people = found.attempt(lambda: _people(found, given)) or []
    if not found.problems:
        found.facts = found.attempt(lambda: reading.clean(in_force(clock.today()).action(found.action), raw)) or {}
        found.facts.pop("petitioners", None)


def _is_closed(given: Mapping[str, str]) -> bool:
    """Settled or open, as written; where nothing is written, what has a reply is settled."""
    written, replied = plain_heading(given.get("state", "")), bool(given.get("reply", "").strip())
    state = STATE_CODES.get(written) if written else "closed" if replied else "open"
    if state is None:
        shown = given["state"][:20]
        raise Refused(
            f"状态“{shown}”看不懂，请写open（未办结）或closed（已办结）。",
            f"State “{shown}” is not known; write open or closed.",
        )
    if state == "open" and replied:
        raise Refused(
            "写着未办结，又有答复：已经办结的请把状态改成closed；没有办结的请把答复并入内容。",
            "It is open and yet has a reply: write closed if it is settled, else move the reply into the content.",
        )
    return state == "closed"


def _words(found: Read, given: Mapping[str, str]) -> dict[str, str]:
    """Title and text: either stands in for the other, and of a long title the whole opens the text."""
    title = reading.tidy(given.get("title", ""), one_line=True)
    text = reading.tidy(given.get("text", "")) or title
    if not title and text:
        title = _beginning(text, SHORT_TITLE)
        found.remarks.append(
            Words("没有标题，用内容的开头代替。", "It has no title; the beginning of the content stands in.")
        )
    if len(title) > LONGEST_TITLE:
        text = text if text.startswith(title) else f"{title}\n{text}"
        title = _beginning(title, LONGEST_TITLE)
        found.remarks.append(
            Words(
                "标题超过100个字，全文放在内容前面。", "The title has over 100 characters; all of it opens the content."
            )
        )
    return {"title": title, "text": text}


def _beginning(text: str, most: int) -> str:
    line = reading.tidy(text.split("\n", 1)[0], one_line=True)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _topic(found: Read, given: Mapping[str, str], layout: Layout) -> str:
    written = reading.tidy(given.get("topic", ""), one_line=True)
    code = layout.topics.get(plain_heading(written), "") if written else ""
    if written and not code:
        found.remarks.append(
            Words(
                f"内容分类“{written[:40]}”不在本单位的表里，留空。",
                f"The topic “{written[:40]}” is not on the list; left empty.",
            )
        )
    return code


def _channel(given: Mapping[str, str], layout: Layout) -> str:
    written = given.get("channel", "").strip()
    code = CHANNEL_CODES.get(plain_heading(written)) if written else layout.channel
    if code:
        return code
    listed_zh = "、".join(choice.name.zh for choice in CHANNELS)
    listed_en = ", ".join(choice.code for choice in CHANNELS)
    if not written:
        raise Refused(f"没有写来件渠道。可以写：{listed_zh}。", f"No channel is given. Write one of: {listed_en}.")
    raise Refused(
        f"来件渠道“{written[:20]}”看不懂。可以写：{listed_zh}。",
        f"Channel “{written[:20]}” is not known. Write one of: {listed_en}.",
    )


def _day(name: str, given: Mapping[str, str]) -> str:
    """A day as YYYY-MM-DD; the time of day, which earlier systems often have, is not kept."""
    words, written = FIELDS[name].name, given.get(name, "").strip()
    if not written:
        raise Refused(f"没有写“{words.zh}”。", f"“{words.en}” is empty.")
    plain = _PLAIN_DATE.sub(r"\1-\2-\3", written) if _PLAIN_DATE.fullmatch(written) else _TIME.sub("", written)
    try:
        return parse_date(plain).isoformat()
    except Unreadable as error:
        raise Refused(f"{words.zh}：{error.words.zh}", f"{words.en}: {error.words.en}") from None


def _people(found: Read, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The petitioner; a telephone or ID number that can't be read is left out, with a remark that says what it was."""
    raw = {name: reading.tidy(given.get(name, ""), one_line=True) for name in ("name", *CONTACT)}
    if len(raw["name"]) > LONGEST_NAME:
        found.remarks.append(
            Words(
                f"姓名超过{LONGEST_NAME}个字，只留了开头：{raw['name']}",
                f"The name has over {LONGEST_NAME} characters; only its beginning was kept: {raw['name']}",
            )
        )
        raw["name"] = raw["name"][:LONGEST_NAME]
    try:
        return petitioners.read([raw])
    except Invalid as invalid:
        for name, error in invalid.errors.items():
            label = FIELDS[name].name
            found.remarks.append(
                Words(
                    f"{label.zh}“{raw[name][:40]}”没有采用：{error.zh}",
                    f"{label.en} “{raw[name][:40]}” was left out: {error.en}",
                )
            )
            raw[name] = ""
        return petitioners.read([raw])
