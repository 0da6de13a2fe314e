"""What was promised and whether money is to be paid for it: shown to whoever signs the opinion, and to whoever records that it was done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.cases.models import Case, Claim
from huiyin.procedure.editions.money_2022 import WHOLE

SIGNED = frozenset({"approve", "issue", "return"})
SIGNED_ABOVE = {
    "issue_review": "draft_review", "return_review": "draft_review",
    "issue_rereview": "draft_rereview", "return_rereview": "draft_rereview",
}  # fmt: skip


def lines(case: Case, step: str) -> list[str]:
    """A line for each promise: before it is signed all of them, at their execution those that need a proof of payment."""
    supported = [claim for claim in case.claims.all() if claim.result == Claim.Result.SUPPORTED]
    if step in SIGNED:
        return [line(claim) for claim in supported]
    if step == "carry_out":
        return _owed(case, supported)
    return _changed(case, SIGNED_ABOVE[step]) if step in SIGNED_ABOVE else []


def line(claim: Claim) -> str:
    """补发取暖补贴：要付钱，2380元."""
    return _("{request}：{money}").format(request=claim.text, money=money(claim))


def money(claim: Claim) -> str:
    """Whether money is to be paid for a request, and how much where that is known; "" where nothing was said."""
    words = str(claim.get_money_display())
    return _("{money}，{amount}").format(money=words, amount=claim.amount) if claim.amount else words


def _owed(case: Case, supported: list[Claim]) -> list[str]:
    owed = case.marks.get("pays") or {}
    whole = [_("答应付的钱")] if WHOLE in owed else []
    return [
        _("{promise}：要附付款凭证").format(promise=line(claim)) for claim in supported if str(claim.number) in owed
    ] + [_("{promise}：要附付款凭证").format(promise=words) for words in whole]


def _changed(case: Case, drafting: str) -> list[str]:
    """What the draft of a review says of money, where the opinion is changed."""
    drafts = [event.facts for event in case.events.all() if event.action == drafting]
    said = drafts[-1].get("money") if drafts else ""
    return [{"yes": _("变更后要付钱"), "no": _("变更后不涉及付钱")}[said]] if said else []
