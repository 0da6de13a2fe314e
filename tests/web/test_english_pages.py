"""In English nothing of the product stays Chinese: every page, step, state and refusal is read for Chinese characters.

What remains belongs to people: words in elements marked as Chinese (`lang="zh-CN"`) or as somebody's own (`own-words`),
what stands in a field, in a page's title or in the record of a case, and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.procedure.states import STATES
from tests.house.chinese import IDEOGRAPH
from tests.web.addresses import PLACES, Examples, routes
from tests.web.markup import VOID
from tests.web.test_pages_are_well_made import readers
from tests.world import STAFF, World

PUNCTUATION = "[\u3001-\u3029\uff01-\uff5e]"
RUN = re.compile(f"(?:{IDEOGRAPH.pattern}|{PUNCTUATION})+")
SPOKEN = ("alt", "title", "placeholder", "aria-label")
OWN_TAGS = frozenset({"textarea", "title", "option"})  # what was typed, the title of a matter, names to choose from
UNSEEN = frozenset(
    {"data-words", "data-found-by"}
)  # what goes into a letter, which is Chinese, and what it is found by
OWN_CLASSES = frozenset({"own-words", "history-more"})
OURS = frozenset({"Topic"})  # rows that the product brings along
NAMES = frozenset({"Office", "Staff", "Person", "Petitioner", "StoredFile", "SavedView", "RosterImport", "CaseLetter"})
SAMPLES = frozenset({"gallery-portal", "gallery-desk"})  # specimens, no pages of the product
HEADINGS = "姓名\n手机"  # of the roster file that is being imported


class Chinese(HTMLParser):
    """The Chinese of a page: `strict` may hold names only, `own` anything that somebody once wrote."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.strict: set[str] = set()
        self.own: set[str] = set()
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        kind = self._kind(tag, found)
        for name in found:
            words = (
                name in SPOKEN
                or (name.startswith("data-") and name not in UNSEEN)
                or (name == "value" and found.get("type") == "submit")
            )
            self._note("own" if name == "value" else kind, found[name] if words or name == "value" else "")
        if tag not in VOID:
            self._open.append((tag, kind))

    def _kind(self, tag: str, found: dict[str, str]) -> str:
        around = self._open[-1][1] if self._open else "strict"
        if found.get("lang", "").startswith("zh"):
            return "marked"
        if tag in OWN_TAGS or OWN_CLASSES & set(found.get("class", "").split()):
            return around if around == "marked" else "own"
        return around

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, kind = self._open[-1] if self._open else ("", "strict")
        if tag not in {"script", "style"}:
            self._note(kind, data)

    def _note(self, kind: str, text: str) -> None:
        if kind != "marked":
            getattr(self, kind).update(RUN.findall(text))


class Written:
    """What people wrote, as it lies in the database: all of it, and the names among it."""

    def __init__(self) -> None:
        self.names, self.all = "\n".join(_stored(NAMES)), "\n".join([HEADINGS, *_stored(frozenset())])

    def leftovers(self, answer: Any) -> list[str]:
        """Chinese on an English page that nobody wrote."""
        page = Chinese(answer.content.decode())
        return sorted(
            {run for run in page.strict if run not in self.names} | {run for run in page.own if run not in self.all}
        )


def _stored(wanted: frozenset[str]) -> Iterator[str]:
    for model in apps.get_models():
        if (
            model.__module__.startswith("huiyin.")
            and model.__name__ not in OURS
            and model.__name__ in (wanted or {model.__name__})
        ):
            fields = [
                one.name
                for one in model._meta.concrete_fields
                if isinstance(one, models.CharField | models.TextField | models.JSONField)
            ]
            for row in model._default_manager.values_list(*fields):
                yield from _strings(row)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.staff[name])
    return in_english(client)


def look(client: Client, address: str, method: str = "get") -> Any:
    """The answer, without what the request did to the database."""
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer


def is_page(answer: Any) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_and_no_refusal_keeps_chinese_words(world: World, method: str) -> None:
    examples = Examples(world)
    written, wrong, seen = Written(), {}, 0
    for route in routes():
        for name in readers(route.name) if PLACES[route.name].page and route.name not in SAMPLES else ():
            answer = look(in_english(examples.client(name)), examples.address(route.name), method)
            seen += is_page(answer)
            if is_page(answer) and (found := written.leftovers(answer)):
                wrong.setdefault(f"{method} {route.name}", (name, found))
    assert seen > 40
    assert not wrong, "\n".join(f"{where}: {found}" for where, found in wrong.items())


def test_no_step_of_any_state_keeps_chinese_words(world: World) -> None:
    wrong, seen, now = [], set(), clock.now()
    clients = {name: signed_in(world, name) for name in STAFF}
    for state in STATES:
        case = queries.find(world.case(state, now=now - timedelta(days=1)).no)
        assert case is not None
        written = Written()
        for name, address in _of_state(world, case, seen):
            answer = look(clients[name], address)
            if found := written.leftovers(answer):
                wrong.append(f"{address} ({state}): {found}")
    assert not wrong, "\n".join(wrong)


def _of_state(world: World, case: Case, seen: set[str]) -> Iterator[tuple[str, str]]:
    for address in (f"/t/{case.receipt_secret}/", f"/matter/{case.no}/", f"/desk/cases/{case.no}/", "/desk/"):
        yield from ((name, address) for name in ("clerk", "handler", "leader"))
    for name in ("clerk", "handler", "head", "leader", "supervisor"):
        for step in queries.steps(world.actor(name), case, now=clock.now()):
            if step.action.name not in seen:
                seen.add(step.action.name)
                yield name, reverse("desk-do", args=[case.no, step.action.name])


def test_lists_filters_and_late_matters_keep_no_chinese_words(world: World) -> None:
    for days in (0, 13, 20, 58, 70):
        world.case("handling", now=clock.now() - timedelta(days=days))
    world.register(now=clock.now() - timedelta(days=15))
    written, wrong = Written(), []
    asked = ["", "?scope=all&due=late&channel=letter", "?q=nothing", "?page=9", "?scope=closed", "?due_from=x"]
    for name in ("clerk", "handler", "leader", "supervisor"):
        for address in ("/desk/", *(f"/desk/cases/{query}" for query in asked)):
            if found := written.leftovers(look(signed_in(world, name), address)):
                wrong.append(f"{address} for {name}: {found}")
    assert not wrong, "\n".join(wrong)
