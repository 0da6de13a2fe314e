"""`huiyin manual`: the operations manual as PDF and docx, in Chinese and English, every step of the table in it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from docx import Document

from huiyin.commands import manual as command
from huiyin.documents import manual as printing
from huiyin.kernel.errors import Refused
from huiyin.procedure.articles import cite
from huiyin.procedure.editions import CURRENT, EDITIONS
from huiyin.procedure.manual import MISTAKES, REFUSALS, book
from huiyin.procedure.papers import LETTERS
from huiyin.procedure.states import STATES
from huiyin.procedure.terms import TERMS
from tests.world import NOW

EDITION = EDITIONS[CURRENT]
LANGUAGES = ("zh", "en")


def packed(text: str) -> str:
    """Without blanks and marks of line ends, which differ on paper."""
    return "".join(text.split()).replace("\u200b", "").replace("\ufffe", "").replace("\u2010", "-")


def words_of_docx(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_says_who_by_what_what_to_fill_in_by_when_which_letters_and_what_comes_next(language: str) -> None:
    steps, states, terms, letters = book(EDITION, language).chapters
    assert len(steps.sections) == len(EDITION.actions)
    for action, section in zip(EDITION.actions.values(), steps.sections, strict=True):
        said = "\n".join(line for _, lines in section.pairs for line in lines)
        assert action.label.say(language) in section.title and section.text == action.help.say(language)
        assert cite(action.article).say(language) in said
        assert all(TERMS[start.term].length.say(language) in said for start in action.starts)
        assert all(LETTERS[paper.kind].say(language) in said for paper in action.papers)
        assert action.target is None or STATES[action.target].name.say(language) in said
        recorded = [row[0] for table in section.tables for row in table.rows]
        assert recorded == [field.label.say(language) for field in action.fields]
        lists = dict(section.lists)
        assert set(lists.get(REFUSALS.say(language), [])) == {guard.words.say(language) for guard in action.guards}
        assert lists.get(MISTAKES.say(language), []) == [mistake.say(language) for mistake in action.mistakes]
    assert len(states.sections[0].tables[0].rows) == len(STATES)
    assert len(terms.sections[0].tables[0].rows) == len(TERMS) and letters.sections[0].tables[0].rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_book_and_the_document_hold_every_step_and_its_help(language: str) -> None:
    made = book(EDITION, language)
    printed = pypdfium2.PdfDocument(printing.pdf(made, made_at=NOW))
    pages = packed("\n".join(page.get_textpage().get_text_range() for page in printed))
    typed = words_of_docx(printing.docx(made, made_at=NOW))
    for action in EDITION.actions.values():
        assert packed(action.label.say(language)) in pages
        assert action.label.say(language) in typed and action.help.say(language) in typed
        assert all(packed(mistake.say(language)) in pages for mistake in action.mistakes)
        assert all(mistake.say(language) in typed for mistake in action.mistakes)
    assert "〓" not in pages and printed.get_metadata_dict()["Title"] == made.title
    assert len(printed) > 20


def test_the_same_moment_gives_the_same_pages() -> None:
    made = book(EDITION, "zh")
    assert printing.pdf(made, made_at=NOW) == printing.pdf(made, made_at=NOW)


def test_the_command_writes_what_was_asked_for_and_says_where(tmp_path: Path) -> None:
    ran = CliRunner().invoke(command.command, ["--out", str(tmp_path), "--language", "zh", "--format", "docx"])
    assert ran.exit_code == 0, ran.output
    (written,) = tmp_path.iterdir()
    assert str(written) in ran.output and written.name == "信访工作操作手册.docx"
    assert words_of_docx(written.read_bytes()).startswith("信访工作操作手册")


def test_it_writes_four_files_by_itself(tmp_path: Path) -> None:
    ran = CliRunner().invoke(command.command, ["--out", str(tmp_path)])
    assert ran.exit_code == 0 and sorted(file.suffix for file in tmp_path.iterdir()) == [".docx"] * 2 + [".pdf"] * 2


def test_an_edition_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    ran = CliRunner().invoke(command.command, ["--out", str(tmp_path), "--edition", "1995"])
    assert isinstance(ran.exception, Refused) and CURRENT in ran.exception.zh
    assert not list(tmp_path.iterdir())
