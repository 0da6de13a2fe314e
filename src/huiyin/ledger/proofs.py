"""Proofs that something is in the log, as files that are checked without it (c2sp.org/tlog-proof).

The file's extra data are the salt and the canonical bytes, one after the other: their SHA-256 is the entry. So whoever holds the
file can read what it proves, and nobody else can.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from huiyin.ledger import tree
from huiyin.ledger.notes import BadNote, Checkpoint, Verifier, decoded, encoded, number

HEADER = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"
SALT = HASH = 32
LONGEST = 64 * 1024  # characters of a file that are read at all


@dataclass(frozen=True)
class Proof:
    """That an entry stands at `index` of the log whose signed checkpoint is `note`; `path` are the hashes that lead to its root."""

    extra: bytes
    index: int
    path: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        lines = [HEADER, f"extra {encoded(self.extra)}", f"index {self.index}", *map(encoded, self.path)]
        return "\n".join(lines) + f"\n\n{self.note}"

    @classmethod
    def read(cls, written: str) -> Proof:
        """The proof in a file. BadNote if it is none; nothing is checked yet."""
        if len(written) > LONGEST:
            raise BadNote("proof")
        text, _, note = written.replace("\r\n", "\n").partition("\n\n")
        header, extra, index, *path = [*text.split("\n"), "", ""]
        if header != HEADER:
            raise BadNote("proof")
        hashes = tuple(decoded(line) for line in path[:-2])
        if any(len(each) != HASH for each in hashes):
            raise BadNote("proof")
        return cls(decoded(_after("extra", extra)), number(_after("index", index)), hashes, note)

    def checked(self, verifier: Verifier) -> Checkpoint:
        """The checkpoint that it leads to. BadNote if that is not signed by this key, or the entry is not in it."""
        head = Checkpoint.read(self.note, verifier)
        leaf = tree.leaf_hash(hashlib.sha256(self.extra).digest())
        if len(self.extra) < SALT or not tree.includes(leaf, self.index, head.size, self.path, head.root):
            raise BadNote("not_included")
        return head

    @property
    def content(self) -> dict[str, Any]:
        """What was committed to. BadNote if it can't be read."""
        try:
            content = json.loads(self.extra[SALT:])
        except ValueError:
            raise BadNote("proof") from None
        if not isinstance(content, dict):
            raise BadNote("proof")
        return content


def _after(name: str, line: str) -> str:
    word, _, rest = line.partition(" ")
    if word != name:
        raise BadNote("proof")
    return rest
