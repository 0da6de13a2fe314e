"""What was promised is paid and proved (Art. 32); an extension is told before the opinion is issued (Art. 34)."""

from __future__ import annotations

import io

import pytest

from huiyin.cases.models import Case
from huiyin.documents import services as documents
from huiyin.kernel.errors import Invalid, Refused
from tests.cases.test_other_ways import SETTLED, TODAY, clocks
from tests.ways import paper
from tests.world import NOW, World


def promised(world: World, *claims: dict[str, str]) -> Case:
    """A matter whose opinion, with these requests supported, was delivered."""
    asked = [{"text": claim["text"]} for claim in claims]
    case = world.perform(
        world.case("handling", claims=asked),
        "investigate",
        "handler",
        kind="files",
        on=TODAY,
        source="名册",
        found="有误",
    )
    answers = [
        {"result": "supported", "reason": "应补发。", "basis": "《供暖补贴办法》第六条", **claim} for claim in claims
    ]
    case = world.perform(case, "draft", "handler", claims=answers, facts="查明。", superior="云江省电力公司")
    case = world.perform(world.perform(case, "approve", "head"), "issue", "leader")
    return world.perform(case, "deliver", "clerk", mode="direct", on=TODAY, received_by="孟庆兰")


PAYING = (
    {"text": "补发补贴", "money": "yes", "amount": "180元"},
    {"text": "说明标准", "money": "no"},
    {"text": "补发利息", "money": "yes"},
)


def test_whoever_drafts_says_of_each_supported_request_whether_money_is_to_be_paid(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        promised(world, *PAYING, {"text": "更正档案"})
    assert "claims" in refused.value.errors
    case = promised(world, *PAYING)
    assert case.marks["pays"] == {"1": "180元", "3": ""}
    assert [(claim.money, claim.amount) for claim in case.claims.all()] == [("yes", "180元"), ("no", ""), ("yes", "")]


def test_money_counts_as_paid_only_with_a_proof_for_each_request(world: World) -> None:
    case, paid = promised(world, *PAYING), {"on": TODAY, "done": "补发200元。", "amount": "200元"}
    first, second = (
        documents.keep(io.BytesIO(name), name="回单.txt", by="handler", now=NOW).pk for name in (b"one", b"two")
    )
    both = "银行回单1号\n银行回单2号"
    for lacking in (
        {},
        {"proof": both},
        {"proof": both, "files": [first]},
        {"proof": "银行回单1号", "files": [first, second]},
    ):
        with pytest.raises(Invalid) as refused:
            world.perform(case, "carry_out", "handler", **paid, **lacking)
        assert "proof" in refused.value.errors, lacking
    with pytest.raises(Invalid) as refused:
        world.perform(case, "carry_out", "handler", on=TODAY, done="补发", proof=both, files=[first, second])
    assert "amount" in refused.value.errors
    case = world.perform(case, "carry_out", "handler", **paid, proof=both, files=[first, second])
    assert case.marks["executed_on"] == TODAY and clocks(case)["execute"][1] == "met"
    assert case.letters.get(kind="execution").data["proof"] == "银行回单1号；银行回单2号"


def test_one_paper_may_prove_the_payment_of_several_requests(world: World) -> None:
    case = promised(world, *PAYING)
    kept = documents.keep(io.BytesIO(b"receipt"), name="回单.txt", by="handler", now=NOW)
    case = world.perform(case, "carry_out", "handler", on=TODAY, done="补发", amount="200元", proof="回单1号\n回单1号", files=[kept.pk])  # fmt: skip
    assert case.marks["executed_on"] == TODAY


def test_an_agreement_on_money_is_carried_out_with_its_proof(world: World) -> None:
    case = world.perform(
        world.case("handling"),
        "settle",
        "handler",
        **(SETTLED | {"money": "yes"}),
        perform_by="2026-03-20",
        files=[paper()],
    )
    with pytest.raises(Invalid) as refused:
        world.perform(case, "carry_out", "handler", on=TODAY, done="付了", amount="180元")
    assert "proof" in refused.value.errors


def test_an_extension_is_told_before_the_opinion_is_issued(world: World) -> None:
    case = world.perform(world.case("approved"), "extend", "leader", days=10, reason="要到外地查档。")
    with pytest.raises(Refused) as refused:
        world.perform(case, "issue", "leader")
    assert refused.value.code == "extension_told" or "extension_told" in getattr(refused.value, "errors", {})
    case = world.perform(case, "tell_extension", "clerk", mode="visit", on=TODAY, received_by="孟庆兰")
    assert world.perform(case, "issue", "leader").state == "issued"


def test_an_extension_that_nobody_can_be_told_of_does_not_hold_the_opinion_up(world: World) -> None:
    case = world.perform(world.case("approved", petitioners=[]), "extend", "leader", days=10, reason="要到外地查档。")
    assert world.perform(case, "issue", "leader").state == "issued"
