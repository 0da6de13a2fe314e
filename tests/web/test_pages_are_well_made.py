"""Every page in both languages: one heading, labels, tokens, nothing inline, its headers; and fragments are parts of pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.jobs import roster as roster_jobs
from huiyin.jobs.worker import run_ready
from huiyin.kernel import clock
from huiyin.people.models import RosterImport
from huiyin.procedure.states import STATES
from tests.web.addresses import IN_PORTAL, PLACES, Examples, routes
from tests.web.markup import even, part, read
from tests.world import STAFF, World

LANGUAGES = ("zh-hans", "en")
READERS = {
    "portal": ("anonymous", *IN_PORTAL),
    "desk": ("clerk", "leader"),
    "admin": ("system_admin", "security_admin", "auditor"),
}
REFERRERS = {"same-origin", "no-referrer"}


@pytest.fixture
def examples(world: World) -> Examples:
    return Examples(world)


def readers(name: str) -> tuple[str, ...]:
    if name in {"desk-sign-in", "portal-secret"}:  # the second would open the matter to the one who has only the code
        return ("anonymous",)
    return READERS.get(name.split("-")[0], ("anonymous", "handler"))


def in_language(client: Client, language: str) -> Client:
    client.cookies["django_language"] = language
    return client


def faults(answer: Any, language: str, where: str) -> Iterator[str]:
    """What is wrong with a page and its headers."""
    page = read(answer)
    for fault in page.whole_page_faults():
        yield f"{where}: {fault}"
    if page.language != {"zh-hans": "zh-CN", "en": "en"}[language]:
        yield f"{where}: says that it is in {page.language}"
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy:
        yield f"{where}: Content-Security-Policy {policy!r}"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield f"{where}: types may be guessed"
    if answer.headers.get("X-Frame-Options") not in {"DENY", "SAMEORIGIN"}:
        yield f"{where}: may be framed"
    if answer.headers.get("Referrer-Policy") not in REFERRERS:
        yield f"{where}: Referrer-Policy {answer.headers.get('Referrer-Policy')!r}"
    if answer.headers["Content-Type"] != "text/html; charset=utf-8":
        yield f"{where}: {answer.headers['Content-Type']}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_well_made(examples: Examples, language: str) -> None:
    wrong, seen = [], set()
    for name in sorted({reader for route in routes() for reader in readers(route.name)}):
        client = in_language(examples.client(name), language)
        for route in routes():
            address = examples.address(route.name)
            if PLACES[route.name].page and name in readers(route.name) and "preferences/language" not in address:
                answer = client.get(address)
                if answer.status_code == 200:
                    seen.add(route.name)
                    wrong += faults(answer, language, f"{address} for {name}")
    pages = {name for name, place in PLACES.items() if place.page and place.get not in (302, 405)}
    assert pages <= seen, pages - seen
    print(f"{len(seen)} pages in {language}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_every_state_has_a_well_made_page(world: World, language: str) -> None:
    wrong, seen, now = [], set(), clock.now()
    clients = {name: in_language(_signed_in(world, name), language) for name in STAFF}
    for state in STATES:
        case = queries.find(world.case(state, now=now - timedelta(days=1)).no)
        assert case is not None
        for name, action in _first_offered(world, case, seen):
            address = reverse("desk-do", args=[case.no, action])
            wrong += faults(clients[name].get(address), language, f"{address} for {name}")
        for address in (f"/t/{case.receipt_secret}/", f"/matter/{case.no}/", f"/desk/cases/{case.no}/"):
            wrong += faults(clients["clerk"].get(address), language, f"{address} ({state})")
    print(f"{len(seen)} steps and {len(STATES)} states in {language}")
    assert not wrong, "\n".join(wrong)


def _signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.staff[name])
    return client


def _first_offered(world: World, case: Case, seen: set[str]) -> Iterator[tuple[str, str]]:
    """For each step not seen yet somebody who is offered it."""
    for name in ("clerk", "handler", "head", "leader", "supervisor"):
        for step in queries.steps(world.actor(name), case, now=clock.now()):
            if step.action.name not in seen:
                seen.add(step.action.name)
                yield name, step.action.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_that_say_what_went_wrong_are_well_made(world: World, language: str) -> None:
    case, wrong = world.register(), []
    asked = [
        ("anonymous", "/nowhere/", 404), ("clerk", "/desk/cases/2020-0001/", 404), ("sister_clerk", f"/desk/cases/{case.no}/", 403),
        ("auditor", "/desk/cases/", 403), ("anonymous", "/t/unknown/", 404), ("clerk", "/admin/staff/", 403),
    ]  # fmt: skip
    for name, address, status in asked:
        client = in_language(_signed_in(world, name) if name in STAFF else Client(), language)
        answer = client.get(address)
        assert answer.status_code == status, address
        wrong += faults(answer, language, f"{address} for {name}")
    strict = in_language(Client(enforce_csrf_checks=True), language)
    wrong += faults(strict.post("/track/", {"code": "1"}), language, "a stale form")
    assert not wrong, "\n".join(wrong)


def test_a_page_for_a_defect_is_well_made_in_the_language_of_the_page(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("huiyin.web.desk.today._lunar", lambda day: 1 / 0)
    client = _signed_in(world, "clerk")
    client.raise_request_exception = False
    for language in LANGUAGES:
        answer = in_language(client, language).get("/desk/")
        assert answer.status_code == 500 and "E-" in read(answer).words
        assert not list(faults(answer, language, "a defect"))


def fragment(client: Client, method: str, address: str, data: Any = None) -> str:
    answer = getattr(client, method)(address, data, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in html, address
    return even(html)


@pytest.mark.parametrize(
    "query", ["", "?scope=closed", "?channel=letter&state=registered", "?q=取暖", "?due=soon", "?q=没有", "?page=9"]
)
def test_the_lists_fragment_is_part_of_its_page(world: World, query: str) -> None:
    world.register()
    world.case("closed")
    client = _signed_in(world, "clerk")
    whole = client.get(f"/desk/cases/{query}").content.decode()
    assert fragment(client, "get", f"/desk/cases/{query}") == part(whole, "found")


def test_the_rosters_fragment_is_part_of_its_page(examples: Examples) -> None:
    client = examples.client("clerk")
    for typed in ("孟", "mq", "0000", "无此人", ""):
        found = fragment(client, "post", "/desk/roster/", {"typed": typed})
        whole = client.post("/desk/roster/", {"typed": typed}, follow=True).content.decode()
        assert found == part(whole, "found"), typed


def test_the_reading_fragment_is_part_of_its_page_before_and_after(examples: Examples) -> None:
    client, address = examples.client("clerk"), f"/desk/register/{examples.draft.pk}/"
    for _ in range(2):
        whole = client.get(address).content.decode()
        assert fragment(client, "get", f"{address}reading/") == part(whole, "reading", outer=True)
        run_ready()


def test_the_fragment_of_an_import_is_part_of_its_page_before_and_after(examples: Examples) -> None:
    client, address = examples.client("clerk"), f"/desk/roster/import/{examples.ids['import']}/"
    roster_jobs.queue(RosterImport.objects.get())
    for _ in range(2):
        whole = client.get(address).content.decode()
        assert fragment(client, "get", f"{address}progress/") == part(whole, "standing", outer=True)
        run_ready()


def test_the_fragment_of_a_recomputation_is_part_of_its_page_before_and_after(examples: Examples) -> None:
    client, address = examples.client("system_admin"), examples.address("admin-recomputing")
    for _ in range(2):
        whole = client.get(address).content.decode()
        assert fragment(client, "get", address) == part(whole, "standing", outer=True)
        run_ready()


@pytest.mark.parametrize(
    ("state", "action", "by"),
    [("registered", "accept", "leader"), ("handling", "extend", "leader"), ("handling", "draft", "handler")],
)
def test_a_look_at_a_steps_effects_is_part_of_its_page(world: World, state: str, action: str, by: str) -> None:
    case, client = world.case(state, now=clock.now()), _signed_in(world, by)
    address, look = reverse("desk-do", args=[case.no, action]), "letter" if action == "draft" else "effects"
    typed = {"look": look, "days": "5", "facts": "面积录入有误。"}
    whole = client.post(address, typed).content.decode()
    assert fragment(client, "post", address, typed) == part(whole, look)
