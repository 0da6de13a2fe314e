"""Whatever is typed into any form of any page: no server error, nothing typed is lost, and a sentence in the page's language.

The forms are collected from the rendered pages, so that a new one is tried by itself. What a form changes is taken back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from huiyin.cases import queries
from huiyin.kernel import clock
from huiyin.people import services as people
from huiyin.procedure.states import STATES
from tests.web.addresses import IN_PORTAL, PLACES, Examples, Route, ask, routes
from tests.web.markup import Form, Markup, read
from tests.world import World

CHINESE = re.compile(r"[\u3400-\u9fff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BLANKS = re.compile(r"\s+")
LONG = "长" * 50_001
TYPED = {
    "emoji and rare characters": "😀𠮷䶮👩\u200d👧",
    "50 001 characters": LONG,
    "control characters": "一\x00二\x07三\x1b\r\n四\u202e五",
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}",
    "a huge number": "9" * 40,
    "a negative number": "-1",
    "no number": "1e308",
    "a raised digit": "²",
    "digits of another script": "٣",
    "no date": "2026-02-30",
    "a date beyond all": "99999-99-99",
    "an unknown code": "no-such-code",
    "blanks": " \t\n ",
    "nothing": "",
}
IN_ENGLISH = ("markup", "a huge number", "no date", "an unknown code", "nothing")
PEOPLE = {
    "portal": ("anonymous", *IN_PORTAL), "desk": ("clerk", "leader"), "admin": ("system_admin", "security_admin", "auditor"),
}  # fmt: skip
ACCEPTED_IN_PLACE = "/tokens/"  # shows what was made on the same page, once
TYPED_ELSEWHERE = {"csrfmiddlewaretoken"}
BAD_FILES = {
    "a program": ("来信.jpg", b"MZ\x90\x00" + bytes(200)),
    "nothing": ("空.pdf", b""),
    "half a PDF": ("半.pdf", b"%PDF-1.7\n1 0 obj"),
    "a script": ("<script>.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "no table": ("名册.xlsx", b"PK\x03\x04 broken"),
}

WRONG_IDS = (
    "0",
    "9" * 30,
    "2147483648",
    "2026-9999",
    "²",
    "%00",
    "😀",
    "00000000-0000-0000-0000-000000000000",
    "..",
    "x" * 3000,
)


@dataclass(frozen=True)
class Found:
    """A form on a page, and who sees it there."""

    by: str
    page: str
    form: Form

    @property
    def to(self) -> str:
        return self.form.action if self.form.action.startswith("/") else self.page

    @property
    def key(self) -> tuple[str, ...]:
        return (
            re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "…", self.to),
            *sorted(self.form.fields),
            *sorted(self.form.files),
        )

    def sent(self, changed: dict[str, Any], turn: int = 0) -> dict[str, Any]:
        pressed = [self.form.buttons[turn % len(self.form.buttons)]] if self.form.buttons else []
        return {name: value for name, value in {**self.form.fields, **dict(pressed), **changed}.items() if name}


@pytest.fixture
def examples(world: World) -> Examples:
    return Examples(world)


def forms(examples: Examples) -> list[Found]:
    """Every form that is posted, once."""
    found: dict[tuple[str, ...], Found] = {}
    for each in (*_of_pages(examples), *_of_steps(examples)):
        if each.form.method == "post" and "/sign-out/" not in each.to:
            found.setdefault(each.key, each)
    return list(found.values())


def _of_pages(examples: Examples) -> Iterator[Found]:
    for room, names in PEOPLE.items():
        for name in names:
            client = examples.client(name)
            for route in routes():
                if PLACES[route.name].page and route.name.startswith(room) and route.name != "portal-secret":
                    yield from _on(client, name, examples.address(route.name))
    yield from _on(Client(), "anonymous", "/desk/sign-in/")


def _of_steps(examples: Examples) -> Iterator[Found]:
    seen: set[str] = set()
    for state in STATES:
        case = queries.find(examples.world.case(state, now=clock.now() - timedelta(days=1)).no)
        for name in ("clerk", "handler", "head", "leader", "supervisor"):
            for step in queries.steps(examples.world.actor(name), case, now=clock.now()):  # type: ignore[arg-type]
                if step.action.name not in seen:
                    seen.add(step.action.name)
                    yield from _on(examples.client(name), name, reverse("desk-do", args=[case.no, step.action.name]))  # type: ignore[union-attr]


def _on(client: Client, name: str, address: str) -> Iterator[Found]:
    answer = ask(client, "get", address)
    if answer.status_code == 200:
        yield from (Found(name, address, form) for form in read(answer).forms)


def faults(found: Found, answer: Any, typed: dict[str, str], *, language: str = "zh-hans") -> list[str]:
    """What is wrong with an answer to something bad."""
    if answer.status_code >= 500:
        return [f"{answer.status_code}"]
    if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code in {204, 302}:
        return []
    page = read(answer)
    if ACCEPTED_IN_PLACE in found.to and not page.alerts:
        return []
    wrong = list(page.whole_page_faults() if "<html" in page.html else page.faults)
    wrong += [f"{name} is lost: {shown[:60]!r}" for name, shown in _lost(found, page, typed)]
    said = " ".join(page.alerts)
    if language == "en" and CHINESE.search(said):
        wrong.append(f"says in Chinese: {said}")
    if language != "en" and said and not CHINESE.search(said):
        wrong.append(f"does not say it in Chinese: {said}")
    return wrong


def _lost(found: Found, page: Markup, typed: dict[str, str]) -> Iterator[tuple[str, str]]:
    names = set(found.form.fields) | found.form.files
    again = next((form for form in page.forms if names <= set(form.fields) | form.files), None)
    for name in typed if again else ():
        kept = found.form.hidden | found.form.secret | found.form.choices
        if name not in kept and _plain(again.fields[name]) != _plain(typed[name]):  # type: ignore[union-attr]
            yield name, again.fields[name]  # type: ignore[union-attr]


def _plain(text: str) -> str:
    return BLANKS.sub(" ", CONTROL.sub("", text)).strip()


def editable(form: Form) -> list[str]:
    return [name for name in form.fields if name not in TYPED_ELSEWHERE]


def tell(wrong: list[str], asked: int) -> None:
    print(f"{asked} forms sent")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("values", [list(TYPED)[::2], list(TYPED)[1::2]], ids=["one half", "other half"])
def test_bad_words_in_every_field_of_every_form(examples: Examples, values: list[str]) -> None:
    wrong, found_forms = [], forms(examples)
    clients = {name: examples.client(name) for name in {each.by for each in found_forms}}
    for what, (turn, found) in product(values, enumerate(found_forms)):
        typed = {name: TYPED[what] for name in editable(found.form) if name not in found.form.hidden}
        answer = _send(clients[found.by], found, typed, turn)
        wrong += [f"{found.to} {what} ({found.by}): {fault}" for fault in faults(found, answer, typed)]
    tell(wrong, len(found_forms) * len(values))


def _send(client: Client, found: Found, typed: dict[str, Any], turn: int = 0) -> Any:
    client.raise_request_exception = False
    return ask(client, "post", found.to, data=found.sent(typed, turn))


def test_bad_words_in_one_field_of_every_form_hidden_ones_too(examples: Examples) -> None:
    wrong, asked, turn = [], 0, 0
    values = list(TYPED.values())
    for found in forms(examples):
        client = examples.client(found.by)
        for name in editable(found.form):
            for _ in range(3):
                turn += 1
                typed = {name: values[turn % len(values)]}
                answer = _send(client, found, typed)
                wrong += [f"{found.to} {typed} ({found.by}): {fault}"[:400] for fault in faults(found, answer, typed)]
                asked += 1
    tell(wrong, asked)


def test_what_is_wrong_is_said_in_english_on_english_pages(examples: Examples) -> None:
    wrong, found_forms = [], forms(examples)
    clients = {name: examples.client(name) for name in {each.by for each in found_forms}}
    for what, (turn, found) in product(IN_ENGLISH, enumerate(found_forms)):
        clients[found.by].cookies["django_language"] = "en"
        typed = {name: TYPED[what] for name in editable(found.form) if name not in found.form.hidden}
        answer = _send(clients[found.by], found, typed, turn)
        wrong += [f"{found.to} {what} ({found.by}): {fault}" for fault in faults(found, answer, typed, language="en")]
    tell(wrong, len(found_forms) * len(IN_ENGLISH))


def test_every_form_can_be_sent_as_it_stands_and_sent_again(examples: Examples) -> None:
    wrong, found_forms = [], forms(examples)
    for found in found_forms:
        client = examples.client(found.by)
        client.raise_request_exception = False
        with transaction.atomic():
            for _ in range(2):
                answer = client.post(found.to, found.sent({}))
                wrong += [f"{found.to} ({found.by}): {fault}" for fault in faults(found, answer, {})]
            transaction.set_rollback(True)
    tell(wrong, 2 * len(found_forms))


def test_fields_that_are_missing_or_come_twice_and_bytes_that_are_no_text(examples: Examples) -> None:
    wrong, asked = [], 0
    for found in forms(examples):
        client = examples.client(found.by)
        client.raise_request_exception = False
        for body in (
            "",
            "&".join(f"{name}=a&{name}=b" for name in editable(found.form)),
            "%ED%A0%80=%FF%FE&%00=%00",
            "x[]=1&=2",
        ):
            answer = ask(client, "post", found.to, data=body, content_type="application/x-www-form-urlencoded")
            wrong += [f"{found.to} {body[:60]} ({found.by}): {fault}" for fault in faults(found, answer, {})]
            asked += 1
    tell(wrong, asked)


def test_files_that_are_not_what_they_say_in_every_form_that_takes_files(examples: Examples) -> None:
    wrong, asked = [], [found for found in forms(examples) if found.form.files]
    assert len(asked) >= 5
    for found in asked:
        for name, content in BAD_FILES.values():
            files = {field: SimpleUploadedFile(name, content) for field in found.form.files}
            typed = {
                field: "写到一半"
                for field in editable(found.form)
                if field not in found.form.hidden | found.form.choices
            }
            answer = _send(examples.client(found.by), found, typed | files)
            wrong += [f"{found.to} {name} ({found.by}): {fault}" for fault in faults(found, answer, typed)]
    tell(wrong, len(asked) * len(BAD_FILES))


def test_a_form_without_its_token_is_refused_on_a_page_of_its_own(examples: Examples) -> None:
    wrong, asked = [], forms(examples)
    for found in asked:
        client = examples.client(found.by)
        client.handler.enforce_csrf_checks = True
        answer = ask(client, "post", found.to, data={"csrfmiddlewaretoken": "x" * 64})
        wrong += [] if answer.status_code == 403 else [f"{found.to}: {answer.status_code}"]
        wrong += [f"{found.to}: {fault}" for fault in read(answer).whole_page_faults()]
    tell(wrong, len(asked))


def test_addresses_with_wrong_ids_lead_to_no_defect(examples: Examples) -> None:
    wrong, asked = [], 0
    clients = {
        name: examples.client(name) for name in ("clerk", "system_admin", "security_admin", "petitioner", "writer")
    }
    for route, bad in product(routes(), WRONG_IDS):
        for value in PLACES[route.name].arguments(examples).values():
            address = examples.address(route.name).replace(f"/{value}/", f"/{bad}/").replace(f"/{value}.", f"/{bad}.")
            for name, method in product(_who_may(route), ("get", "post")):
                clients[name].raise_request_exception = False
                answer = ask(clients[name], method, address)
                wrong += (
                    [f"{method} {address[:120]} ({name}): {answer.status_code}"] if answer.status_code >= 500 else []
                )
                asked += 1
    tell(wrong, asked)


def _who_may(route: Route) -> tuple[str, ...]:
    """Who comes as far as the id."""
    if route.policy == "public":
        return ("petitioner", "writer")
    return ("system_admin", "security_admin") if route.name.startswith("admin") else ("clerk",)


FACTS: list[dict[str, Any]] = [
    {"files": ["²"]}, {"files": 5}, {"files": {"a": 1}}, {"files": [["x"]]}, {"files": ["9" * 30]}, {"files": [True, None]}, {"words": {"a": []}},
    {"words": LONG}, {"words": "\x00\ud800😀"}, {"words": 1e308}, {"petitioners": 5}, {"petitioners": [5, None, "x", {"name": 7, "person": "²"}]},
    {"claims": 5}, {"claims": [[], None, {"text": {"a": 1}}]}, {"on": {"a": 1}}, {"on": "99999-01-01"}, {"days": "²"}, {"days": 1e400},
    {"staff": "²", "office": [1]}, {"staff": 9 * 10**29, "office": 9 * 10**29}, {"topic": {"a": 1}}, {"topic": "\x00"}, {"people_count": -5}, {"kind": []},
]  # fmt: skip


def test_facts_of_any_shape_lead_to_no_defect_in_the_api(world: World) -> None:
    client, now, wrong = Client(raise_request_exception=False), clock.now(), []
    headers = {
        name: {"Authorization": f"Bearer {people.issue_token(staff=world.staff[name], label='test', now=now)[1]}"}
        for name in ("clerk", "handler", "leader")
    }
    case = world.case("handling", now=now)
    steps = (
        ("handler", "investigate"),
        ("handler", "draft"),
        ("handler", "note"),
        ("clerk", "add_material"),
        ("leader", "extend"),
        ("leader", "hand_over"),
    )
    for facts in FACTS:
        sent = [("clerk", "/cases", {"channel": "phone", "title": "补贴", "text": "少发", **facts})]
        sent += [(name, f"/cases/{case.no}/actions/{action}", {"facts": facts}) for name, action in steps]
        for name, path, body in sent:
            answer = ask(
                client,
                "post",
                f"/api/v1{path}",
                data=json.dumps(body),
                content_type="application/json",
                headers=headers[name],
            )
            if answer.status_code >= 500 or not answer.headers["Content-Type"].startswith("application/json"):
                wrong.append(f"{path} {str(facts)[:60]}: {answer.status_code}")
    for path in ("attachments/" + "9" * 30, "attachments/²", "attachments/0"):
        if (status := client.get(f"/api/v1/cases/{case.no}/{path}", headers=headers["clerk"]).status_code) not in {
            404,
            422,
        }:
            wrong.append(f"{path[:40]}: {status}")
    tell(wrong, len(FACTS) * (len(steps) + 1))
