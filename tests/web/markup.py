"""A page as tests read it: its elements, forms and words, what is wrong with its markup, and the part of it under an id."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
FIELDS = frozenset({"input", "select", "textarea"})
WITHOUT_LABEL = frozenset({"hidden", "submit", "button", "reset"})
NEVER_IN_PARAGRAPH = frozenset(
    {"div", "p", "ul", "ol", "dl", "table", "form", "section", "h1", "h2", "h3", "fieldset", "aside"}
)
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


@dataclass
class Form:
    """A form: where it goes, how, and its fields with the values that a browser would send."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    choices: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    secret: set[str] = field(default_factory=set)


class Markup(HTMLParser):
    """Reads a whole page. `faults` says what every page must not have."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.language, self.title, self.h1, self.texts = "", "", 0, [""]
        self.alerts: list[str] = []  # what the page says went wrong
        self.forms: list[Form] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.targets: list[tuple[str, str]] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._labelled: set[str] = set()
        self._fields: list[tuple[dict[str, str], bool]] = []
        self._form: Form | None = None
        self._select = ""
        self._heads: list[bool] = []
        self._column = 0
        self.feed(html)
        self.close()
        self._judge()

    @property
    def words(self) -> str:
        return " ".join("".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if len(found) != len(attrs):
            self.faults.append(f"<{tag}> carries an attribute twice: {attrs}")
        self._inline(tag, found)
        if tag in NEVER_IN_PARAGRAPH and any(name == "p" for name, _ in self._open):
            self.faults.append(f"<{tag}> inside <p>")
        if tag == "html":
            self.language = found.get("lang", "")
        self.h1 += tag == "h1"
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
            self.targets += [(name, target) for target in found.get(name, "").split()]
        if tag == "label":
            self._labelled.add(found.get("for", ""))
        if tag == "form":
            self._form = Form(found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._form)
        self._field(tag, found)
        self._cell(tag, found)
        if tag not in VOID:
            self._open.append((tag, found))

    def _inline(self, tag: str, found: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and not found.get("src")):
            self.faults.append(f"inline <{tag}>")
        self.faults += [f"<{tag} {name}=…>" for name in found if name == "style" or name.startswith("on")]
        self.faults += [
            f"<{tag}> leads to {value}" for value in found.values() if value.lower().startswith("javascript:")
        ]
        if tag == "img" and "alt" not in found:
            self.faults.append("<img> without alt")

    def _cell(self, tag: str, found: dict[str, str]) -> None:
        """A cell that is left out where there is no room takes the head of its column with it."""
        in_head = any(name == "thead" for name, _ in self._open)
        if tag == "table" or (tag == "tr" and in_head):
            self._heads = []
        if tag == "tr":
            self._column = 0
        if tag in {"td", "th"}:
            wide, span = "wide" in found.get("class", "").split(), int(found.get("colspan") or 1)
            if in_head:
                self._heads += [wide] * span
            elif self._column < len(self._heads) and self._heads[self._column] != wide:
                self.faults.append(f"column {self._column + 1}: its head and its cells are not left out together")
            self._column += span

    def _field(self, tag: str, found: dict[str, str]) -> None:
        kind = found.get("type", tag if tag != "input" else "text").lower()
        name = found.get("name", "")
        if tag in FIELDS:
            self._fields.append(({**found, "type": kind}, any(name == "label" for name, _ in self._open)))
        form = self._form
        if form is None or not name or "disabled" in found:
            if tag == "option" and form is not None and self._select:
                self._option(form, found)
            return
        if tag == "button" or kind in {"submit", "image"}:
            form.buttons.append((name, found.get("value", "")))
        elif kind == "file":
            form.files.add(name)
        elif kind in {"checkbox", "radio"}:
            form.choices.add(name)
            if "checked" in found:
                form.fields[name] = found.get("value", "on")
            else:
                form.fields.setdefault(name, "")
        elif tag in FIELDS:
            form.fields[name] = found.get("value", "")
            self._select = name if tag == "select" else ""
            form.choices |= {name} if tag == "select" else set()
            form.hidden |= {name} if kind == "hidden" else set()
            form.secret |= {name} if kind == "password" else set()

    def _option(self, form: Form, found: dict[str, str]) -> None:
        if "selected" in found or not form.fields.get(self._select):
            form.fields[self._select] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes <{self._open[-1][0] if self._open else 'nothing'}>")
            while self._open and self._open[-1][0] != tag:
                self._open.pop()
        if self._open:
            self._open.pop()
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ("", {})
        if inside[0] == "title":
            self.title += data
        if inside[0] == "textarea" and self._form is not None:
            name = inside[1].get("name", "")
            self._form.fields[name] = self._form.fields.get(name, "") + (
                data if self._form.fields.get(name) else data.removeprefix("\n")
            )
        if inside[0] not in {"script", "style"}:
            self.texts.append(data)
        if any(_is_alert(attrs) for _, attrs in self._open) and data.strip():
            self.alerts.append(data.strip())

    def _judge(self) -> None:
        self.faults += [f"<{tag}> is never closed" for tag, _ in self._open]
        self.faults += [f"id {name} twice" for name in sorted(set(self.ids)) if self.ids.count(name) > 1]
        self.faults += [
            f"{by} names {target}, which is not there" for by, target in self.targets if target not in self.ids
        ]
        for found, inside in self._fields:
            if not (found["type"] in WITHOUT_LABEL or inside or _named(found) or found.get("id") in self._labelled):
                self.faults.append(f"no label: {found}")
        posts = [form for form in self.forms if form.method == "post"]
        self.faults += [
            f"no token in the form to {form.action!r}" for form in posts if "csrfmiddlewaretoken" not in form.fields
        ]

    def whole_page_faults(self) -> list[str]:
        """The faults, and what a page (no fragment) lacks."""
        missing = [] if self.html.lstrip().lower().startswith("<!doctype html>") else ["no doctype"]
        missing += [] if self.h1 == 1 else [f"{self.h1} h1"]
        missing += [] if self.title.strip(" ·\n") else ["no title"]
        missing += [] if self.language in {"zh-CN", "en"} else [f"language {self.language!r}"]
        return self.faults + missing


def _is_alert(found: dict[str, str]) -> bool:
    return found.get("role") == "alert" or "field-error" in found.get("class", "").split()


def _named(found: dict[str, str]) -> bool:
    return bool(found.get("aria-label") or found.get("aria-labelledby"))


def read(answer: Any) -> Markup:
    """The page of an answer."""
    return Markup(answer.content.decode())


class _Place(HTMLParser):
    """Finds where the element with an id begins and ends."""

    def __init__(self, html: str, wanted: str) -> None:
        super().__init__()
        self.wanted, self.depth, self.starts = wanted, 0, [0]
        for line in html.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.outer = self.inner = self.inner_end = self.outer_end = -1
        self.feed(html)

    def _here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.outer < 0 and dict(attrs).get("id") == self.wanted:
            self.outer, self.inner = self._here(), self._here() + len(self.get_starttag_text() or "")
        if self.outer >= 0 and self.outer_end < 0 and tag not in VOID:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self.outer < 0 or self.outer_end >= 0 or tag in VOID:
            return
        self.depth -= 1
        if self.depth == 0:
            self.inner_end, self.outer_end = self._here(), self._here() + len(f"</{tag}>")


def part(html: str, wanted: str, *, outer: bool = False) -> str:
    """What stands in the element with that id (or the element itself), with tokens blanked and spaces evened out."""
    place = _Place(html, wanted)
    assert place.outer_end >= 0, f"no element #{wanted}"
    return even(html[place.outer : place.outer_end] if outer else html[place.inner : place.inner_end])


def even(html: str) -> str:
    """HTML with tokens blanked and runs of white space as one space."""
    return " ".join(TOKEN.sub(r"\1", html).split())
