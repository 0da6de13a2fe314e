"""The tree gives what RFC 6962 defines, proofs hold for every place and size, and no other proof passes."""

from __future__ import annotations

import random

import pytest
from pymerkle import InmemoryTree, verify_consistency

from huiyin.ledger import tree

LEAVES = [tree.leaf_hash(f"entry {number}".encode()) for number in range(70)]
NODE = tree.nodes_of(LEAVES)
# The test tree that implementations of RFC 6962 share, entries and roots of its first one to eight
SHARED = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def root(size: int) -> bytes:
    return tree.root(size, NODE)


def test_the_roots_of_the_shared_test_tree() -> None:
    growing = tree.Growing()
    assert growing.root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for entry, expected in zip(SHARED, ROOTS, strict=True):
        growing.add(tree.leaf_hash(bytes.fromhex(entry)))
        assert growing.root().hex() == expected


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33, 70])
def test_roots_and_proofs_are_those_of_another_implementation(size: int) -> None:
    other = InmemoryTree(algorithm="sha256")
    for number in range(size):
        other.append_entry(f"entry {number}".encode())
    assert root(size) == other.get_root()
    for index in range(size):
        assert [LEAVES[index], *tree.inclusion(index, size, NODE)] == other.prove_inclusion(index + 1, size).path
    for earlier in range(1, size):
        theirs = other.prove_consistency(earlier, size)  # of an earlier form, so that only its verdict can be compared
        verify_consistency(root(earlier), root(size), theirs)


def test_every_leaf_of_every_size_is_proved_and_in_no_other_place() -> None:
    for size in range(1, 71):
        for index in range(size):
            proof = tree.inclusion(index, size, NODE)
            assert tree.includes(LEAVES[index], index, size, proof, root(size))
            assert not tree.includes(LEAVES[index], index + 1, size, proof, root(size))
            assert not tree.includes(LEAVES[index - 1], index, size, proof, root(size)) or size == 1


def test_every_earlier_size_is_proved() -> None:
    for size in range(1, 71):
        for earlier in range(size + 1):
            proof = tree.consistency(earlier, size, NODE)
            assert tree.continues(earlier, root(earlier), size, root(size), proof)
            if 0 < earlier < size:
                assert not tree.continues(earlier, root(earlier - 1), size, root(size), proof)


def test_a_proof_that_was_changed_shows_nothing() -> None:
    chance = random.Random(8)
    for _ in range(2000):
        size = chance.randint(2, 70)
        index, earlier = chance.randrange(size), chance.randint(1, size - 1)
        inside, after = tree.inclusion(index, size, NODE), tree.consistency(earlier, size, NODE)
        assert not tree.includes(LEAVES[index], index, size, spoiled(inside, chance), root(size))
        assert not tree.continues(earlier, root(earlier), size, root(size), spoiled(after, chance))


def spoiled(proof: list[bytes], chance: random.Random) -> list[bytes]:
    """A proof with one hash changed, taken out or put in."""
    place, other = chance.randrange(len(proof)), chance.randbytes(32)
    return chance.choice((
        [*proof[:place], other, *proof[place + 1 :]], proof[:place] + proof[place + 1 :], [*proof[:place], other, *proof[place:]],
        [*proof, other],
    ))  # fmt: skip
