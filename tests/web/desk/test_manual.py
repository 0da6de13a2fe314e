"""The operations manual beside the work: every step of the table, and the book."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.procedure.editions import CURRENT, EDITIONS
from tests.world import World

STEPS = EDITIONS[CURRENT].actions


def test_the_contents_lead_to_every_step_of_the_table(at_desk: Any, read: Any) -> None:
    links = read(at_desk("handler").get("/desk/manual/")).links
    assert {f"/desk/manual/{name}/" for name in STEPS} <= set(links)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_step_says_who_what_by_when_and_why_not(at_desk: Any, read: Any, language: str) -> None:
    client = at_desk("clerk")
    client.cookies["django_language"] = language
    step = STEPS["extend"]
    words = read(client.get("/desk/manual/extend/")).words
    for said in (
        step.label,
        step.help,
        *step.mistakes,
        *(each.label for each in step.fields),
        *(guard.words for guard in step.guards),
    ):
        assert said.say(language) in words


def test_the_form_of_a_step_leads_to_its_page_in_the_manual(world: World, at_desk: Any, read: Any) -> None:
    page = read(at_desk("handler").get(f"/desk/cases/{world.case('handling').no}/do/investigate/"))
    assert "/desk/manual/investigate/?edition=regulations-2022" in page.links
    assert all(mistake.zh in page.words for mistake in STEPS["investigate"].mistakes)


def test_the_book_comes_as_pdf_and_word_and_what_is_not_there_is_not_found(at_desk: Any) -> None:
    client = at_desk("head")
    assert client.get("/desk/manual/printed/pdf/").content[:5] == b"%PDF-"
    assert client.get("/desk/manual/printed/docx/").content[:2] == b"PK"
    for address in ("/desk/manual/printed/odt/", "/desk/manual/pay-back/"):
        assert client.get(address).status_code == 404
