"""Who may open what: every address and every operation of the API, asked by everybody, answers as its policy says.

The addresses come from the resolver, the policies from the views, the roles from the table of verbs; examples and who may
see them are in tests/web/addresses.py. Nothing that anybody sends here may end in a server error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.api.v1.routes import api
from huiyin.kernel import clock
from huiyin.people import services as people
from huiyin.people.policy import STAFF as AT_DESK
from huiyin.people.policy import VERBS
from huiyin.procedure.editions import EDITIONS
from tests.cases.test_door import ROLES, stands
from tests.web.addresses import PLACES, RELATIONS, SEE_CASE, Examples, Place, Route, Statuses, ask, routes
from tests.world import STAFF, World

METHODS = ("get", "post", "delete")
EDITION = EDITIONS["regulations-2022"]
OPERATIONS: dict[tuple[str, str], tuple[str, int, Any]] = {
    # method, path → the verb that it asks for ("case": may see the matter, "token": anybody's), what it answers then, what is sent
    ("POST", "/cases"): ("cases.register", 422, {"channel": "phone", "title": "", "text": ""}),
    ("GET", "/cases"): ("cases.see", 200, None),
    ("GET", "/cases/{no}"): ("case", 200, None),
    ("POST", "/cases/{no}/actions/{action}"): ("case", 404, {"facts": {}}),
    ("POST", "/cases/{no}/attachments"): ("token", 422, None),
    ("GET", "/cases/{no}/attachments/{file_id}"): ("case", 200, None),
}
NO_DEFECT = set(range(200, 500))
Asked = tuple[str, str, int, Any]


@pytest.fixture
def examples(world: World) -> Examples:
    return Examples(world)


def test_every_address_declares_its_policy_and_has_an_example() -> None:
    found = routes()
    names = [route.name for route in found]
    assert len(names) == len(set(names)) and set(names) == set(PLACES)
    assert not [route.name for route in found if route.policy not in {"public", *VERBS}]


def test_every_operation_of_the_api_asks_for_a_token_and_has_an_example() -> None:
    found = {
        (method.upper(), path.removeprefix("/api/v1")): operation
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method, operation in operations.items()
    }
    assert set(found) == set(OPERATIONS)
    assert all(operation["security"] == [{"Token": []}] for operation in found.values())


def said(statuses: Statuses, name: str) -> int:
    return statuses.get(name, statuses[""]) if isinstance(statuses, Mapping) else statuses


def expected(route: Route, place: Place, name: str, method: str) -> int | None:
    """The status that the policy gives; None where only a server error would be wrong."""
    if route.policy != "public":
        if name not in STAFF:
            return 302
        if not VERBS[route.policy] & ROLES[name]:
            return 403
        if method != "delete" and place.among is not None and name not in place.among:
            return 405 if said(getattr(place, method), name) == 405 else place.else_
    return None if method == "delete" else said(getattr(place, method), name)


@pytest.mark.parametrize("relation", RELATIONS)
def test_everything_answers_everybody_as_its_policy_says(examples: Examples, relation: str) -> None:
    asked = [each for name in RELATIONS[relation] for each in _everything(examples, name)]
    wrong = [
        f"{name}: {what} answers {status}, not {wanted}" for name, what, status, wanted in asked if status not in wanted
    ]
    print(f"{len(asked)} combinations: {relation}")
    assert not wrong, "\n".join(wrong)


def _everything(examples: Examples, name: str) -> Iterator[Asked]:
    """Every address and method, every step, every operation: who asked for what, the status, the statuses that are right."""
    client = examples.client(name)
    client.raise_request_exception = False
    yield from _addresses(examples, client, name)
    if name in STAFF or name == "anonymous":
        yield from _steps(examples, client, name)
        yield from _operations(examples, name)


def _is_first(name: str) -> bool:
    return any(names[0] == name for names in RELATIONS.values())


def _addresses(examples: Examples, client: Client, name: str) -> Iterator[Asked]:
    for route in routes():
        address = examples.address(route.name)
        for method in METHODS if _is_first(name) else METHODS[:2]:
            answer, wanted = ask(client, method, address), expected(route, PLACES[route.name], name, method)
            if wanted == 302 and route.policy != "public" and name not in STAFF:
                assert answer["Location"].startswith("/desk/sign-in/?next="), address
            yield name, f"{method.upper()} {address}", answer.status_code, {wanted} if wanted else NO_DEFECT


def _steps(examples: Examples, client: Client, name: str) -> Iterator[Asked]:
    for action in EDITION.actions.values() if name in SEE_CASE or _is_first(name) else ():
        address = reverse("desk-do", args=[examples.case.no, action.name])
        for method in ("get", "post"):
            status = ask(client, method, address).status_code
            yield name, f"{method.upper()} {address}", status, _of_step(action, name)


def _operations(examples: Examples, name: str) -> Iterator[Asked]:
    client, headers = Client(raise_request_exception=False), {}
    if name in STAFF:
        _, secret = people.issue_token(staff=examples.world.staff[name], label="test", now=clock.now())
        headers = {"Authorization": f"Bearer {secret}"}
    for (method, path), (verb, status, sent) in OPERATIONS.items():
        address = "/api/v1" + path.format(no=examples.case.no, action="fly", file_id=examples.file.pk)
        body = {"data": json.dumps(sent), "content_type": "application/json"} if sent is not None else {}
        answer = ask(client, method.lower(), address, headers=headers, **body)
        yield name, f"{method} {address}", answer.status_code, {_of_operation(verb, status, name)}


def _of_operation(verb: str, status: int, name: str) -> int:
    if name not in STAFF:
        return 401
    if verb == "token":
        return status
    may = name in SEE_CASE if verb == "case" else VERBS[verb] & ROLES[name]
    return status if may else 403


def _of_step(action: Any, name: str) -> set[int]:
    if name not in STAFF:
        return {302}
    if name not in SEE_CASE:
        return {403}
    if not action.sources:
        return {404}
    may = ROLES[name] & action.roles and stands(name, "delivered") & action.relations
    return {200, 409} if may else {403}


def test_administrators_reach_no_case_at_all(examples: Examples) -> None:
    assert not AT_DESK & {"system_admin", "security_admin", "auditor"}
    for name in ("system_admin", "security_admin", "auditor"):
        client = examples.client(name)
        reached = [
            route.name
            for route in routes()
            if "no" in PLACES[route.name].arguments(examples)
            and route.policy != "public"
            and client.get(examples.address(route.name)).status_code not in {403, 405}
        ]
        assert not reached, (name, reached)


def test_who_was_asked_for_help_reaches_the_matter_its_task_and_nothing_more(examples: Examples) -> None:
    examples.world.ask(examples.case, "sister_clerk", now=clock.now())
    kept_whole = {
        "desk-receipt",
        "desk-export",
        "desk-registered",
        "desk-link",
        "desk-link-undo",
    }  # they show the code that opens the petitioner's own page, or concern other matters too
    about = [route for route in routes() if "no" in PLACES[route.name].arguments(examples) and route.policy != "public"]
    for name in ("sister_clerk", "sister_leader"):
        client = examples.client(name)
        for route in about:
            status = client.get(examples.address(route.name)).status_code
            kept = route.name in kept_whole or not VERBS[route.policy] & ROLES[name]
            assert status == (403 if kept else PLACES[route.name].get), (name, route.name, status)
        for action in EDITION.actions.values():
            may = "asked" in action.relations and ROLES[name] & action.roles
            status = ask(client, "post", reverse("desk-do", args=[examples.case.no, action.name])).status_code
            assert status in ({404} if not action.sources else {200, 409} if may else {403}), (
                name,
                action.name,
                status,
            )
