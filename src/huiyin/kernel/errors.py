"""Errors that a citizen or a clerk may read: a sentence in both languages, and the field it belongs to.

Each says what happened, what is kept and what to do. Anything else that is raised is a defect.
"""

from __future__ import annotations


class Refused(Exception):
    """The request can't be done; nothing was changed. `field` names the input to mend, "" if none."""

    def __init__(self, zh: str, en: str, *, field: str = "", code: str = "") -> None:
        super().__init__(zh)
        self.zh, self.en, self.field, self.code = zh, en, field, code

    def say(self, language: str) -> str:
        """The sentence in the reader's language ('en…' or Chinese)."""
        return self.en if language.startswith("en") else self.zh


class Conflict(Refused):
    """Someone else was first: the page is older than the record."""


class Forbidden(Refused):
    """This person may not do or see this."""


class Invalid(Refused):
    """Several fields need mending. `errors` maps field names to refusals."""

    def __init__(self, errors: dict[str, Refused]) -> None:
        first = next(iter(errors.values()))
        super().__init__(first.zh, first.en, field=first.field, code="invalid")
        self.errors = errors
