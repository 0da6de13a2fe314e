"""The log as anybody reads it: standard tiles from which everything can be computed again, a page that checks a proof."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client

from huiyin.cases import receipts
from huiyin.cases.models import Case
from huiyin.ledger import keys, sequencing, tree
from huiyin.ledger.commitments import Row, commit
from huiyin.ledger.notes import Checkpoint, Verifier
from huiyin.ledger.proofs import Proof
from tests.world import World


def fetched(client: Client, path: str) -> bytes:
    answer = client.get(f"/ledger/{path}")
    assert answer.status_code == 200, path
    return answer.content


def head(client: Client) -> Checkpoint:
    verifier = Verifier.read(fetched(client, "key").decode())
    return Checkpoint.read(fetched(client, "checkpoint").decode(), verifier)


def test_the_log_can_be_computed_again_from_what_is_served(client: Client, db: None) -> None:
    commit(Row("test", number, 0, b"") for number in range(600))
    sequencing.sequence_all()
    entries: list[bytes] = []
    for place, width in (("000", 256), ("001", 256), ("002.p/88", 88)):
        bundle = io.BytesIO(fetched(client, f"tile/entries/{place}"))
        found = [bundle.read(int.from_bytes(bundle.read(2), "big")) for _ in range(width)]
        assert fetched(client, f"tile/0/{place}") == b"".join(map(tree.leaf_hash, found))
        entries += found
    assert head(client).size == 600 and head(client).root == tree.over(map(tree.leaf_hash, entries))
    full = [tree.over(map(tree.leaf_hash, entries[first : first + 256])) for first in (0, 256)]
    assert fetched(client, "tile/1/000.p/2") == b"".join(full)


@pytest.mark.parametrize(
    "path",
    ["0/003", "0/002", "0/000.p/256", "00/000", "64/000", "x/000", "1/000", "entries/002", "entries/002.p/89", "0/0"],
)
def test_what_is_not_there_is_not_served(client: Client, db: None, path: str) -> None:
    commit(Row("test", number, 0, b"") for number in range(600))
    sequencing.sequence_all()
    assert client.get(f"/ledger/tile/{path}").status_code == 404


def test_tiles_are_kept_and_the_checkpoint_is_not(client: Client, db: None) -> None:
    assert client.get("/ledger/checkpoint").status_code == 404
    commit([Row("test", 1, 0, b"")])
    sequencing.sequence_all()
    tile, checkpoint = client.get("/ledger/tile/0/000.p/1"), client.get("/ledger/checkpoint")
    assert "immutable" in tile.headers["Cache-Control"] and tile.headers["Content-Type"] == "application/octet-stream"
    assert checkpoint.headers["Cache-Control"] == "public, max-age=5"
    assert checkpoint.headers["Content-Type"] == "text/plain; charset=utf-8"


def opened(client: Client, case: Case) -> Case:
    client.get(f"/t/{case.receipt_secret}/")
    return case


def checked(client: Client, written: str) -> str:
    file = io.BytesIO(written.encode())
    file.name = "a.tlog-proof"
    return client.post("/ledger/", {"proof": file} if written else {}).content.decode().replace("<wbr>", "")


def test_a_petitioner_keeps_the_proof_and_checks_it(client: Client, world: World) -> None:
    case = opened(client, world.case("accepted"))
    assert client.get(f"/matter/{case.no}/receipt/proof/").status_code == 302
    sequencing.sequence_all()
    answer = client.get(f"/matter/{case.no}/receipt/proof/")
    assert f'filename="{case.no}.tlog-proof"' in answer.headers["Content-Disposition"]
    written = answer.content.decode()
    Proof.read(written).checked(keys.signer().verifier)
    page = checked(client, written)
    assert "属实，没有改过" in page and case.no in page and case.title in page


def test_what_was_changed_or_is_no_proof_is_said_to_be_so(client: Client, world: World) -> None:
    case = world.case("accepted")
    sequencing.sequence_all()
    proof = receipts.proof(case)
    assert proof is not None
    changed = Proof(
        proof.extra[:32] + json.dumps(proof.content | {"title": "x"}).encode(), proof.index, proof.path, proof.note
    )
    for written, why in ((str(changed), "内容改过"), ("", "不是存证证明文件"), ("x" * 10**6, "不是存证证明文件")):
        page = checked(client, written)
        assert "这份证明对不上" in page and why in page and "属实" not in page


def test_the_log_and_its_pages_tell_nothing_of_anybody(client: Client, world: World) -> None:
    case = world.case("accepted")
    sequencing.sequence_all()
    for path in ("", "checkpoint", "tile/entries/000.p/1"):
        assert case.no.encode() not in fetched(client, path) and case.title.encode() not in fetched(client, path)
