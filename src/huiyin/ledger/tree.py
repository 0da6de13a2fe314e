"""The Merkle tree of RFC 6962, section 2.1, with SHA-256: hashes, proofs of inclusion and of consistency, and their check.

Pure computation. A tree is known by its nodes: `node(level, number)` is the hash over the leaves
`number * 2**level … (number + 1) * 2**level - 1`, a full subtree. Hashes are 32 bytes; sizes and indices count leaves from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

Node = Callable[[int, int], bytes]
EMPTY = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Growing:
    """A tree that leaves are added to one by one; keeps only the full subtrees along its right edge."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Adds a leaf's hash."""
        size, self.size = self.size, self.size + 1
        while size & 1:
            leaf = node_hash(self._edge.pop(), leaf)
            size >>= 1
        self._edge.append(leaf)

    def root(self) -> bytes:
        """The root hash as it stands."""
        return _folded(self._edge)


def root(size: int, node: Node) -> bytes:
    """The root hash of the tree of the first `size` leaves."""
    return span(0, size, node) if size else EMPTY


def span(start: int, end: int, node: Node) -> bytes:
    """The Merkle tree hash of the leaves from `start` up to `end`, where `start` is one at which RFC 6962 splits."""
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(node(level, start >> level))
        start += 1 << level
    return _folded(parts)


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that the leaf at `index` is in the tree of `size` leaves, from its sibling upwards."""
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _half(end - start)
        if index < middle:
            proof.append(span(middle, end, node))
            end = middle
        else:
            proof.append(span(start, middle, node))
            start = middle
    return proof[::-1]


def consistency(earlier: int, size: int, node: Node) -> list[bytes]:
    """The proof that the tree of `size` leaves begins with the tree of the `earlier` ones. Empty for 0 or the same size."""
    start, end, proof = 0, size, []
    while 0 < earlier < end:
        middle = start + _half(end - start)
        if earlier <= middle:
            proof.append(span(middle, end, node))
            end = middle
        else:
            proof.append(span(start, middle, node))
            start = middle
    whole = start == 0 or not proof
    return [*([] if whole else [span(start, end, node)]), *proof[::-1]]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that `leaf` (its hash) stands at `index` of the tree with this size and root."""
    if not 0 <= index < size:
        return False
    number, last, hashed, left = index, size - 1, leaf, list(proof)
    while last:
        if number & 1 or number < last:
            if not left:
                return False
            hashed = node_hash(left.pop(0), hashed) if number & 1 else node_hash(hashed, left.pop(0))
        number, last = number >> 1, last >> 1
    return not left and hashed == root


def continues(earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree with `size` and `root` begins with the one of `earlier` leaves and `earlier_root`."""
    if not 0 < earlier < size:
        return not proof and (earlier_root == EMPTY if earlier == 0 else earlier == size and earlier_root == root)
    left = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    if not left:
        return False
    number, last = earlier - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    return _climbs(number, last, left) == (earlier_root, root)


def _climbs(number: int, last: int, left: list[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a proof of consistency leads to; None if it is too short or too long (RFC 9162, section 2.1.4.2)."""
    older = newer = left.pop(0)
    while last:
        if number & 1 or number < last:
            if not left:
                return None
            hashed = left.pop(0)
            older = node_hash(hashed, older) if number & 1 else older
            newer = node_hash(hashed, newer) if number & 1 else node_hash(newer, hashed)
        number, last = number >> 1, last >> 1
    return None if left else (older, newer)


def nodes_of(leaves: Sequence[bytes]) -> Node:
    """The nodes of a tree whose leaf hashes are all at hand."""

    def node(level: int, number: int) -> bytes:
        return over(leaves[number << level : (number + 1) << level])

    return node


def over(hashes: Iterable[bytes]) -> bytes:
    """The Merkle tree hash of consecutive hashes that are taken as leaves."""
    growing = Growing()
    for each in hashes:
        growing.add(each)
    return growing.root()


def _folded(parts: Sequence[bytes]) -> bytes:
    """The hash over full subtrees that get smaller to the right."""
    if not parts:
        return EMPTY
    hashed = parts[-1]
    for part in reversed(parts[:-1]):
        hashed = node_hash(part, hashed)
    return hashed


def _half(width: int) -> int:
    """The largest power of two below `width`."""
    return int(1 << ((width - 1).bit_length() - 1))
