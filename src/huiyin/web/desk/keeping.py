"""Uploads on a form: kept as soon as they arrive, so that an error elsewhere on the page loses none.

The page carries them as signed tokens: whoever edits a number can't reach another's file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from huiyin.documents import services as documents
from huiyin.kernel.errors import Refused
from huiyin.people.policy import Actor

SALT = "desk-kept-file"
MOST = 30


@dataclass(frozen=True)
class Kept:
    """A file that is kept and waits for its step: id, name, and the token that the page carries."""

    id: int
    name: str
    token: str


@dataclass
class Taken:
    """What came of a form's uploads."""

    files: list[Kept] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def take(uploads: Iterable[UploadedFile], tokens: Iterable[str], *, by: Actor, now: datetime) -> Taken:
    """Those kept before, and the new ones, each inspected; refusals name their file."""
    taken = Taken([kept for token in tokens if (kept := _read(token, by))])
    for upload in list(uploads)[: MOST - len(taken.files)]:
        try:
            file = documents.keep_upload(upload, by=by.name, now=now)
            taken.files.append(Kept(file.pk, file.name, _token(file.pk, file.name, by)))
        except Refused as error:
            taken.refused.append(error)
    return taken


def _token(file_id: int, name: str, by: Actor) -> str:
    return signing.dumps([by.staff_id, file_id, name], salt=SALT)


def _read(token: str, by: Actor) -> Kept | None:
    try:
        owner, file_id, name = _parts(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
    return Kept(file_id, name, token) if owner == by.staff_id else None


def _parts(signed: Any) -> tuple[int, int, str]:
    owner, file_id, name = signed
    return owner, file_id, name
