"""Signed notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint) with Ed25519 keys.

A key has a name. A verifier is written `name+id+base64`, as Go's sumdb writes it, so that it can be printed and typed in again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\1"
MOST_SIGNATURES = 16
LONGEST = 64 * 1024  # characters of a note that are read at all


class BadNote(Exception):
    """The text is no signed note, no checkpoint, or not signed by the key asked for. `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Verifier:
    """The public half of a key: `name` and 32 bytes."""

    name: str
    public: bytes

    @classmethod
    def read(cls, written: str) -> Verifier:
        """A verifier from `name+id+base64`. BadNote if it is none."""
        name, _, rest = written.strip().partition("+")
        number, _, encoded = rest.partition("+")
        key = decoded(encoded)
        verifier = cls(name, key[1:])
        if key[:1] != ED25519 or len(key) != 33 or not _is_name(name) or number != verifier.id.hex():
            raise BadNote("key")
        return verifier

    @property
    def id(self) -> bytes:
        """The four bytes by which signatures name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.public)

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether the signature is this key's under the text."""
        try:
            self._key.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(ED25519 + self.public)}"


@dataclass(frozen=True)
class Signer:
    """A key that signs: `name` and the 32 secret bytes of RFC 8032."""

    name: str
    secret: bytes

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)

    @cached_property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The text, which ends in a newline, as a signed note."""
        signature = self.verifier.id + self._key.sign(text.encode())
        return f"{text}\n— {self.name} {encoded(signature)}\n"


def opened(note: str, verifier: Verifier) -> str:
    """The text of a note that this key signed; other keys' signatures are passed over. BadNote else."""
    text, lines = _parts(note)
    own = [
        signature for name, signature in map(_signature, lines) if (name, signature[:4]) == (verifier.name, verifier.id)
    ]
    if not own:
        raise BadNote("other_key")
    if not all(verifier.signed(text, signature[4:]) for signature in own):
        raise BadNote("signature")
    return text


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: `origin` names the log, `size` counts its entries, `root` is the hash over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    @classmethod
    def read(cls, note: str, verifier: Verifier) -> Checkpoint:
        """The checkpoint in a note that this key signed. BadNote else."""
        origin, size, root, *_ = [*opened(note, verifier).split("\n"), "", "", ""]
        checkpoint = cls(origin, number(size), decoded(root))
        if origin != verifier.name or len(checkpoint.root) != 32:
            raise BadNote("checkpoint")
        return checkpoint


def number(written: str) -> int:
    """A decimal without leading zeros. BadNote else."""
    if not (written.isascii() and written.isdigit()) or len(written) > 18 or str(int(written)) != written:
        raise BadNote("number")
    return int(written)


def encoded(value: bytes) -> str:
    """Bytes in base64."""
    return base64.b64encode(value).decode()


def decoded(written: str) -> bytes:
    """Bytes from base64 as `encoded` writes it. BadNote for anything else."""
    try:
        value = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("base64") from None
    if encoded(value) != written:
        raise BadNote("base64")  # another way to write the same bytes
    return value


def origin_of(note: str) -> str:
    """The first line: the log that a checkpoint says it comes from. Nothing is checked."""
    return note.partition("\n")[0]


def _parts(note: str) -> tuple[str, list[str]]:
    """Text and signature lines."""
    text, blank, signatures = note[:LONGEST].rpartition("\n\n")
    lines = signatures.split("\n")
    if not blank or len(note) > LONGEST or lines.pop() or not lines or len(lines) > MOST_SIGNATURES:
        raise BadNote("note")
    if any(letter < " " and letter != "\n" for letter in note):
        raise BadNote("note")
    return f"{text}\n", lines


def _signature(line: str) -> tuple[str, bytes]:
    """The key's name, and its id with the signature."""
    dash, _, rest = line.partition(" ")
    name, _, written = rest.partition(" ")
    signature = decoded(written)
    if dash != "—" or not _is_name(name) or len(signature) < 5:
        raise BadNote("note")
    return name, signature


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)
