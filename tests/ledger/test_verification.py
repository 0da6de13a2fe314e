"""Verification says in words what does not fit, in the order of the log, and lets erased salts be."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from huiyin.cases import receipts
from huiyin.cases.models import Case
from huiyin.commands import verify
from huiyin.kernel.db.moment import one_moment
from huiyin.ledger import keys, sequencing, verification
from huiyin.ledger.flaws import WORDS
from huiyin.ledger.models import Checkpoint, Commitment
from huiyin.ledger.notes import BadNote, Signer
from huiyin.ledger.proofs import Proof
from tests.world import World, build


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verify.command, [str(argument) for argument in arguments])


def proof_of(case: Case) -> Proof:
    proof = receipts.proof(case)
    assert proof is not None
    return proof


def proved(world: World) -> tuple[Case, Proof]:
    for _ in range(3):
        world.case("concluded")
    sequencing.sequence_all()
    case = Case.objects.order_by("pk").first()
    assert case is not None
    return case, proof_of(case)


def test_what_waits_is_no_flaw(world: World) -> None:
    world.case("concluded")
    assert list(verification.verify()) == []
    assert "等着入账" in run().output


def test_flaws_name_the_place(world: World) -> None:
    case, _ = proved(world)
    Case.objects.filter(pk=case.pk).update(title="改过")
    Commitment.objects.filter(index=5).update(value=bytes(32))
    codes = {flaw.where: flaw.code for flaw in verification.verify()}
    assert codes[f"receipt {case.pk}/0"] == "row_differs"
    assert codes["tile 0/0"] == "tile_differs"
    assert codes["checkpoint 1"] == "root_differs"


def test_the_command_ends_with_1_and_says_it_in_both_languages(world: World) -> None:
    case, _ = proved(world)
    Case.objects.filter(pk=case.pk).update(title="改过")
    result = run()
    assert result.exit_code == 1
    assert "后来被改过" in result.output and "the row was changed" in result.output


def test_every_flaw_has_words() -> None:
    written = "".join(path.read_text() for path in Path(verification.__file__).parent.glob("*.py"))
    codes = re.findall(r'(?:BadNote|Flaw)\((?:[^"()]|f"[^"]*")*"(\w+)"', written)
    assert {"proof", "signature", "entry_missing", "kind_unknown", "rewritten"} <= set(codes)
    assert set(codes) <= WORDS.keys()


def test_the_command_compares_with_a_checkpoint_that_was_kept(world: World, tmp_path: Path) -> None:
    proved(world)
    kept = tmp_path / "checkpoint"
    kept.write_text(Checkpoint.objects.get().note)
    world.case("concluded")
    sequencing.sequence_all()
    assert run("--checkpoint", kept).exit_code == 0
    kept.write_text(Signer(keys.origin(), bytes(32)).sign(f"{keys.origin()}\n1\nAAAA\n"))
    result = run("--checkpoint", kept)
    assert result.exit_code == 1 and WORDS["other_key"].zh in result.output


def test_a_receipt_is_checked_without_the_installation(world: World, tmp_path: Path) -> None:
    case, proof = proved(world)
    file, key = tmp_path / "a.tlog-proof", str(keys.signer().verifier)
    file.write_text(str(proof))
    assert Proof.read(file.read_text()) == proof
    for arguments in ((file,), (file, "--key", key)):
        result = run("receipt", *arguments)
        assert result.exit_code == 0, result.output
        assert case.no in result.output and case.title in result.output and case.text not in result.output
    other = str(Signer(keys.origin(), bytes(32)).verifier)
    result = run("receipt", file, "--key", other)
    assert result.exit_code == 1 and WORDS["other_key"].zh in result.output


def test_no_changed_proof_passes(world: World) -> None:
    _, proof = proved(world)
    key, written = keys.signer().verifier, str(proof)
    for place in range(len(written)):
        spoiled = written[:place] + ("x" if written[place] != "x" else "y") + written[place + 1 :]
        with pytest.raises(BadNote):
            Proof.read(spoiled).checked(key)


def test_a_proof_stays_good_when_the_log_grows_and_when_the_salt_is_gone(world: World) -> None:
    _, proof = proved(world)
    world.case("archived")
    sequencing.sequence_all()
    Commitment.objects.update(salt=b"")
    assert proof.checked(keys.signer().verifier).size < Commitment.objects.count()


def test_a_receipt_that_waits_has_no_proof(world: World) -> None:
    assert receipts.proof(world.case("concluded")) is None


@pytest.mark.django_db(transaction=True)
def test_verification_while_others_write_finds_nothing() -> None:
    world, stop = build(), Event()
    world.case("concluded")
    writer = Thread(target=_write, args=(world, stop))
    writer.start()
    try:
        while Checkpoint.objects.count() < 4:
            with one_moment():
                assert list(verification.verify()) == []
    finally:
        stop.set()
        writer.join()


def _write(world: World, stop: Event) -> None:
    while not stop.is_set():
        world.case("concluded")
        sequencing.sequence_all()
    connection.close()
