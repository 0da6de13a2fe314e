"""The desk in tests: the small office's people signed in, the clock standing at the office's morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.world import NOW, World

BREAK = "\u200b"  # where a word may be broken, words of a page are one
SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at_desk(world: World) -> SignedIn:
    """`at_desk("clerk")`: a client in which that person of the world is signed in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world.staff[name])
        return client

    return sign_in


class Shown(HTMLParser):
    """What tests ask of a page: headings, words, forms with their values, links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.h1 = 0
        self.links: list[str] = []
        self.fields: dict[str, str] = {}
        self.unlabelled: list[str] = []
        self._labels: set[str] = set()
        self._inputs: list[dict[str, Any]] = []
        self._words: list[str] = []
        self._textarea = ""
        self._select = ""
        self.feed(html)
        self.words = " ".join(" ".join(self._words).replace(f" {BREAK} ", "").split())
        self.unlabelled = [field["name"] for field in self._inputs if not self._has_label(field)]

    def _has_label(self, field: dict[str, Any]) -> bool:
        return field.get("type") == "hidden" or field.get("id") in self._labels or "aria-label" in field

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "wbr":
            self._words.append(BREAK)
        if tag == "html":
            self.language = found.get("lang", "")
        self.h1 += tag == "h1"
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag == "label":
            self._labels.add(found.get("for", ""))
        if tag in {"input", "textarea", "select"} and found.get("name"):
            self._field(tag, found)
        if tag == "option" and self._select and "selected" in found:
            self.fields[self._select] = found.get("value", "")

    def _field(self, tag: str, found: dict[str, str]) -> None:
        name, kind = found["name"], found.get("type", tag)
        self._inputs.append({**found, "type": kind})
        self._textarea = name if tag == "textarea" else ""
        self._select = name if tag == "select" else ""
        if kind in {"checkbox", "radio"}:
            if "checked" in found:
                self.fields[name] = found.get("value", "on")
        elif tag == "input":
            self.fields[name] = found.get("value", "")
        else:
            self.fields.setdefault(name, "")

    def handle_endtag(self, tag: str) -> None:
        self._textarea = "" if tag == "textarea" else self._textarea
        self._select = "" if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] = self.fields.get(self._textarea, "") + data.lstrip("\n")
        self._words.append(data)


@pytest.fixture
def read() -> Callable[[Any], Shown]:
    """`read(response)`: the page of a response, checked for what every page must have."""

    def parse(response: Any) -> Shown:
        page = Shown(response.content.decode())
        assert page.language and page.h1 == 1 and not page.unlabelled, (page.language, page.h1, page.unlabelled)
        return page

    return parse
