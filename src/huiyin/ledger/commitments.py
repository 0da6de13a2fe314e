"""Commits to rows: writes the salted hash that the log will hold. Called in the transaction that writes the row.

A room registers what it commits to with `Kind`; verification compares every row with its commitment.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.db import bulk
from huiyin.ledger.models import Commitment

SALT = 32
_FIELDS = ("kind", "owner", "place", "salt", "value")
_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True)
class Row:
    """A row that is committed to: its kind, its key in two parts, and its canonical bytes."""

    kind: str
    owner: int
    place: int
    content: bytes


@dataclass(frozen=True)
class Kind:
    """What a room commits to. `rows` gives all there are in the order of owner and place."""

    name: str
    rows: Callable[[], Iterable[Row]]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Declares a kind of rows that are committed to."""
    KINDS[kind.name] = kind


def canonical(kind: str, content: Mapping[str, Any]) -> bytes:
    """The bytes that stand for a row: JSON in ASCII with sorted names, without blanks. Its kind is part of it."""
    return _written({"kind": kind, **content}).encode()


def value_of(salt: bytes, content: bytes) -> bytes:
    """The commitment to some content: SHA-256 over the 32 bytes of salt and the content."""
    return hashlib.sha256(salt + content).digest()


def commit(rows: Iterable[Row]) -> None:
    """Commits to rows with a new salt for each."""
    bulk.insert(Commitment, _FIELDS, (_salted(row) for row in rows))


def _salted(row: Row) -> tuple[str, int, int, bytes, bytes]:
    salt = secrets.token_bytes(SALT)
    return row.kind, row.owner, row.place, salt, value_of(salt, row.content)
