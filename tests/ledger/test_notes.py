"""Notes and checkpoints are those of the format; nothing that was changed, and no other key's, is taken for signed."""

from __future__ import annotations

import random

import pytest

from huiyin.ledger.notes import BadNote, Checkpoint, Signer, Verifier, opened

# From the documentation of Go's package golang.org/x/mod/sumdb/note
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = f"{SAID}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
SIGNER = Signer("huiyin.example/ledger", bytes(range(32)))
HEAD = Checkpoint("huiyin.example/ledger", 109482, bytes(32))


def test_a_note_of_the_reference_implementation_is_opened() -> None:
    assert str(Verifier.read(PETER)) == PETER
    assert opened(NOTE, Verifier.read(PETER)) == SAID


def test_a_checkpoint_is_read_back() -> None:
    note = SIGNER.sign(str(HEAD))
    assert note.startswith(f"huiyin.example/ledger\n109482\n{'A' * 43}=\n\n— huiyin.example/ledger ")
    assert Checkpoint.read(note, Verifier.read(str(SIGNER.verifier))) == HEAD


def test_signatures_of_other_keys_are_passed_over() -> None:
    note = SIGNER.sign(str(HEAD)) + "— witness.example " + NOTE.rsplit(" ", 1)[1]
    assert Checkpoint.read(note, SIGNER.verifier) == HEAD


def test_another_key_of_the_same_name_is_another_key() -> None:
    with pytest.raises(BadNote, match="other_key"):
        Checkpoint.read(SIGNER.sign(str(HEAD)), Signer(SIGNER.name, bytes(32)).verifier)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    with pytest.raises(BadNote, match="checkpoint"):
        Checkpoint.read(SIGNER.sign(f"other.example\n{str(HEAD).partition(chr(10))[2]}"), SIGNER.verifier)


def test_no_letter_of_a_signed_checkpoint_can_be_changed() -> None:
    note, chance = SIGNER.sign(str(HEAD)), random.Random(3)
    for place in range(len(note)):
        letter = chance.choice([one for one in "0aZ+ =—\n" if one != note[place]])
        with pytest.raises(BadNote):
            Checkpoint.read(note[:place] + letter + note[place + 1 :], SIGNER.verifier)
        with pytest.raises(BadNote):
            Checkpoint.read(note[:place], SIGNER.verifier)


@pytest.mark.parametrize("written", ["", "a+b+c", PETER.replace("c74f", "c74e"), PETER[:-1], f"a b{PETER}"])
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(BadNote):
        Verifier.read(written)
