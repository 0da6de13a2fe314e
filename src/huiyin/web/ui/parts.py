"""What the components show: plain values that a view fills in and a template tag draws.

All words arrive ready in the reader's language; nothing here reads the clock or the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Urgency = Literal["calm", "soon", "today", "late", "done", "provisional", "none"]


@dataclass(frozen=True)
class Due:
    """A due date: words (还剩3个工作日), the date, the article. `late` counts in red, `provisional` and `none` are dashed."""

    words: Any
    on: date | None = None
    article: Any = ""
    urgency: Urgency = "calm"
    note: Any = ""


@dataclass(frozen=True)
class Day:
    """One cell of a day ruler. `mark`: due (ink frame), soon (amber frame), raw (dashed), or nothing."""

    on: date
    is_work: bool = True
    is_makeup: bool = False
    is_today: bool = False
    count: int | None = None
    urgency: Urgency = "calm"
    mark: Literal["", "due", "soon", "raw"] = ""
    name: Any = ""
    href: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the portal's timeline. `notes`: (when, what) pairs below the step."""

    what: Any
    when: Any = ""
    more: Any = ""
    state: Literal["done", "now", "next"] = "next"
    notes: Sequence[tuple[Any, Any]] = ()


@dataclass(frozen=True)
class Link:
    """A link with its words; `key` is the desk's shortcut."""

    words: Any
    href: str
    key: str = ""


@dataclass(frozen=True)
class Entry:
    """A record in the desk's history: round = person, square = system, green = milestone with a receipt."""

    when: Any
    what: Any
    who: Any = ""
    more: Any = ""
    kind: Literal["person", "system", "milestone"] = "person"
    links: Sequence[Link] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Station:
    """A station of the case's path through the procedure."""

    name: Any
    when: Any = ""
    state: Literal["done", "now", "next", "untaken"] = "next"


@dataclass(frozen=True)
class Claim:
    """One request of the petitioner and its answer. `result`: support, explain or refuse; answer for a question; adopt, adopt_partly or
    decline for a suggestion; none."""

    number: int
    words: Any
    result: Literal["support", "explain", "refuse", "answer", "adopt", "adopt_partly", "decline", "none"] = "none"
    fact: Any = ""
    clauses: Sequence[Link] = ()
    href: str = ""
    action: Any = ""


@dataclass(frozen=True)
class Action:
    """A lawful next step. `key` opens it; `main` fills the row (one at most); what is `rare` is folded where there are many."""

    words: Any
    href: str
    key: str = ""
    condition: Any = ""
    article: Any = ""
    main: bool = False
    rare: bool = False


@dataclass(frozen=True)
class NotYet:
    """A step that can't be done yet, and why."""

    words: Any
    why: Any


@dataclass(frozen=True)
class Fact:
    """A row of a summary list. `href` leads to the change; `own` keeps a citizen's own line breaks."""

    key: Any
    value: Any
    href: str = ""
    action: Any = ""
    own: bool = False


@dataclass(frozen=True)
class Tab:
    """A saved view."""

    words: Any
    href: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter in force: 单位 待遇核发科; `href` is the list without it."""

    name: Any
    value: Any
    href: str


@dataclass(frozen=True)
class Photo:
    """A paper that was sent in: picture address, name, state in words, links."""

    src: str
    name: Any
    state: Any = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Option:
    """A look-up answer: what is kept (`value`), what stands in the field (`words`), what tells it apart (`detail`).

    `reason` says why it was found; `new` marks the row for somebody who is not listed (Shift+Enter), `ask` the one that looks again
    for what stands in the field.
    """

    value: str
    words: Any
    detail: Any = ""
    reason: Any = ""
    hint: Any = ""
    new: bool = False
    ask: bool = False


@dataclass(frozen=True)
class Keys:
    """A row of the shortcut table: keys separated by spaces, and what they do."""

    keys: str
    words: Any


@dataclass(frozen=True)
class Mark:
    """A place on the clock bar, in per cent from the left, with its label."""

    at: float
    words: Any
    kind: Literal["received", "start", "today", "internal", "due"]
    row: int = 0
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True)
class Clock:
    """A term drawn as a bar: `rests` are (left, width), `elapsed` and `left` (left, width), all in per cent."""

    words: Any
    marks: Sequence[Mark]
    rests: Sequence[tuple[float, float]] = ()
    elapsed: tuple[float, float] = (0, 0)
    left: tuple[float, float] | None = None
    urgency: Urgency = "calm"
    rows: int = field(default=1)
