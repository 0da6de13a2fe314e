"""The conditions of the 2022 Regulations' ordinary path: what must be true before a step may be taken.

Guards only ask; the sentences tell the person what is missing. `early` ones are shown before the form is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from huiyin.procedure.actions import Guard, Situation
from huiyin.procedure.editions.forms_2022 import RESULTS_FOR
from huiyin.procedure.words import Words

TAKE_BACK_WITHIN = timedelta(minutes=10)
OUTCOMES_OF_ART_32 = frozenset({"supported", "explained", "not_supported"})
ASPECTS = ("reception", "handling", "procedure", "result")


def nature(marks: Mapping[str, Any]) -> str:
    """The kind of a matter by its purpose: `plea` (申诉求决, Art. 31), `suggestion` (建议意见, Art. 29) or `enquiry` (咨询).

    What was registered under no purpose, or another, is treated as a plea: that gives it the most rights.
    """
    return str(marks.get("nature") or "plea")


def is_plea(marks: Mapping[str, Any]) -> bool:
    """Whether the 60 days of Art. 34, the outcomes of Art. 32 and the review of Art. 35 belong to the matter."""
    return nature(marks) == "plea"


def fact_date(name: str, situation: Situation) -> date:
    """A date that was recorded, or today where the field was left empty."""
    kept = situation.facts.get(name)
    return date.fromisoformat(kept) if kept else situation.today


def _not_future(name: str) -> Guard:
    return Guard(
        "not_future",
        lambda s: fact_date(name, s) <= s.today,
        Words("日期不能晚于今天。", "The date can't be later than today."),
        field=name,
    )


def _not_before(name: str, mark: str, zh: str, en: str) -> Guard:
    def holds(situation: Situation) -> bool:
        earlier = situation.date_mark(mark)
        return earlier is None or fact_date(name, situation) >= earlier

    return Guard(f"not_before_{mark}", holds, Words(zh, en), field=name)


WINDOWS = ("request-review", "request-rereview")


def _ended(situation: Situation) -> bool:
    """Whether no period runs in which the petitioner may still ask for a review or a re-review."""
    windows = [clock for name in WINDOWS if (clock := situation.running(name))]
    return all(window.due < situation.today for window in windows)


def _some_window(situation: Situation) -> bool:
    return any(situation.running(name) for name in WINDOWS)


def _rated_without_complaint(situation: Situation) -> bool:
    return situation.mark("evaluated") in {"satisfied", "mostly"}


def _within_take_back(situation: Situation) -> bool:
    registered = situation.mark("registered_at")
    return bool(registered) and situation.now - datetime.fromisoformat(registered) <= TAKE_BACK_WITHIN


def _still_in_time(situation: Situation) -> bool:
    clock = situation.running("handle")
    return clock is not None and situation.today <= clock.due


def _every_claim_answered(situation: Situation) -> bool:
    claims = situation.facts.get("claims") or []
    return bool(claims) and all(claim.get("result") and claim.get("reason") for claim in claims)


def _every_claim_has_a_basis(situation: Situation) -> bool:
    """Art. 32 asks for the rule behind its three outcomes; an answer to a question or a suggestion may rest on none."""
    sorted_by_law = (
        claim for claim in situation.facts.get("claims") or [] if claim.get("result") in OUTCOMES_OF_ART_32
    )
    return all(claim.get("basis") for claim in sorted_by_law)


def _every_refusal_has_a_ground(situation: Situation) -> bool:
    refused = (claim for claim in situation.facts.get("claims") or [] if claim.get("result") == "not_supported")
    return all(claim.get("ground") for claim in refused)


def _every_result_fits(situation: Situation) -> bool:
    known = RESULTS_FOR[nature(situation.snapshot.marks)]
    return all(claim.get("result") in ("", None, *known) for claim in situation.facts.get("claims") or [])


def _notice_still_owed(situation: Situation) -> bool:
    """The first written notice, and after it that of acceptance where acceptance came later."""
    mark = situation.mark
    return not mark("notified_on") or bool(mark("accepted_on") and not mark("acceptance_told_on"))


def has_answer(situation: Situation) -> bool:
    """Whether the petitioner has an answer in hand, or the agreement that they signed: who has it was told in writing."""
    mark = situation.mark
    return situation.snapshot.state == "agreed" or bool(mark("delivered_on") and not mark("unbrought"))


RECEIVED_NOT_FUTURE = _not_future("received_on")
ON_NOT_FUTURE = _not_future("on")
ON_AFTER_RECEIPT = _not_before(
    "on", "received_on", "日期不能早于收到日期。", "The date can't be before the matter was received."
)
ON_AFTER_EXTENSION = _not_before(
    "on", "extended_on", "日期不能早于批准延期的日期。", "The date can't be before the extension."
)
ON_AFTER_ISSUE = _not_before("on", "issued_on", "送达不能早于签发。", "Delivery can't be before issue.")
REPLIED_IN_ORDER = Guard(
    "replied_in_order",
    lambda s: fact_date("received_on", s) <= fact_date("replied_on", s) <= s.today,
    Words("答复日期要在收到之后、今天之前。", "The reply's date must lie between receipt and today."),
    field="replied_on",
)
RECUSAL = Guard(
    "recusal",
    lambda s: bool(s.facts.get("recusal_checked")),
    Words("请先核对回避：有直接利害关系的要回避（第二十八条）。", "Check for conflicts of interest first (Art. 28)."),
    field="recusal_checked",
)
NOT_NOTIFIED = Guard(
    "not_notified",
    _notice_still_owed,
    Words("已经书面告知过了。", "Written notice was already given."),
    early=True,
)
NOT_ANSWERED = Guard(
    "not_answered",
    lambda s: not has_answer(s),
    Words(
        "书面答复已经在信访人手里，书面告知的期限到此为止。",
        "The petitioner has the written answer in hand; the term of the notice ended with it.",
    ),
    early=True,
    silent=True,
)
INVESTIGATED = Guard(
    "investigated",
    lambda s: bool(s.mark("findings")),
    Words(
        "还没有调查记录：要先听取陈述、调查核实（第三十一条第六项）。",
        "Nothing was investigated yet: hear the petitioner and check the facts first (Art. 31(6)).",
    ),
    early=True,
    met_by="investigate",
)
CLAIMS_ANSWERED = Guard(
    "claims_answered",
    _every_claim_answered,
    Words("每项诉求都要有结果和说明（第三十二条）。", "Every request needs a result and reasons (Art. 32)."),
    field="claims",
)
NONE_LEFT_OUT = Guard(
    "none_left_out",
    lambda s: not s.facts.get("omitted") or bool(s.facts.get("left_out")),
    Words(
        "登记的诉求有没答复的：逐项答复，或者在这里写明和哪一项合并、为什么不答（第三十二条）。",
        "A request that was registered has no answer: answer it, or say here with which one it is joined or why it is dropped (Art. 32).",
    ),
    field="left_out",
)
CLAIMS_BASED = Guard(
    "claims_based",
    _every_claim_has_a_basis,
    Words(
        "每项答复都要写明依据或者对照的规定（第三十二条）。",
        "Each answer must name the rule it rests on or was held against (Art. 32).",
    ),
    field="claims",
)
GROUNDS_GIVEN = Guard(
    "grounds_given",
    _every_refusal_has_a_ground,
    Words(
        "不支持的，要写明是缺乏事实根据还是不符合规定（第三十二条第三项）。",
        "A request that is not supported needs its ground: no basis in fact, or against the rules (Art. 32(3)).",
    ),
    field="claims",
)
RESULTS_FIT = Guard(
    "results_fit",
    _every_result_fits,
    Words(
        "结果和这类事项不合：支持、解释说明、不支持只用于申诉求决，采纳只用于建议意见。",
        "A result doesn't fit this kind of matter: support, explanation and refusal are for complaints and requests, "
        "adoption is for suggestions.",
    ),
    field="claims",
)
REVIEWER_NAMED = Guard(
    "reviewer_named",
    lambda s: bool(s.facts.get("superior")) or not is_plea(s.snapshot.marks),
    Words("请填写“复查机关”（第三十五条）。", "Name who would review it (Art. 35)."),
    field="superior",
)
HAS_SIXTY_DAYS = Guard(
    "has_sixty_days",
    lambda s: is_plea(s.snapshot.marks),
    Words(
        "建议意见和咨询没有60日的法定期限，不用延期。",
        "Suggestions and enquiries have no statutory 60 days, so there is nothing to extend.",
    ),
    early=True,
    silent=True,
)
EXTENDED = Guard(
    "extended",
    lambda s: bool(s.mark("extended_on")) and not s.mark("extension_told_on"),
    Words("没有待告知的延期。", "There is no extension that the petitioner was not told of."),
    early=True,
    silent=True,
)
EXTENSION_TOLD = Guard(
    "extension_told",
    lambda s: not s.mark("extended_on") or bool(s.mark("extension_told_on")) or bool(s.mark("identity_unclear")),
    Words(
        "延过期，还没有把理由告知信访人：先记下延期告知书的送达，再签发（第三十四条）。",
        "It was extended and the petitioner was not told why: record the delivery of the notice of extension first (Art. 34).",
    ),
    early=True,
)
EXTENDED_ONCE = Guard(
    "extended_once",
    lambda s: not s.mark("extended_on"),
    Words("已经延期过一次，不能再延。", "It was extended once; that can't be done again."),
    early=True,
    silent=True,
)
IN_TIME_TO_EXTEND = Guard(
    "in_time_to_extend",
    _still_in_time,
    Words(
        "延期要在60日办理期限届满以前批准，而且只能一次（第三十四条）。",
        "An extension must be approved before the 60 days end, and once only (Art. 34).",
    ),
    early=True,
)
NOT_THE_DRAFTER = Guard(
    "not_the_drafter",
    lambda s: s.by.id is None or s.by.id != s.mark("drafted_by"),
    Words(
        "拟稿人不能核签、签发自己的稿子，请另一位来。",
        "The drafter can't sign off or issue their own draft; someone else must.",
    ),
    early=True,
)
TOLD_SOMEBODY = Guard(
    "told_somebody",
    lambda s: s.facts.get("mode") != "unknown" or bool(s.mark("identity_unclear")),
    Words(
        "登记里有姓名和住址，要送达本人。",
        "Name and address are on record, so it must be brought to the petitioner.",
    ),
    field="mode",
)
SIGNED_OR_WITNESSED = Guard(
    "signed_or_witnessed",
    lambda s: bool(
        s.facts.get("mode") == "unknown"
        or s.facts.get("received_by")
        or s.facts.get("received_for")
        or s.facts.get("agent")
        or s.facts.get("witness")
        or s.facts.get("reference")
    ),
    Words(
        "请写签收人；拒签的，写见证人和情况；邮寄的，写挂号号码。",
        "Name who signed; if refused, the witnesses; if posted, the tracking number.",
    ),
    field="received_by",
)
NOT_EVALUATED = Guard(
    "not_evaluated", lambda s: not s.mark("evaluated"), Words("已经评价过了。", "It was already rated."), early=True
)
ASKED_BY_ANOTHER = Guard(
    "asked_by_another",
    lambda s: s.by.kind != "staff" or s.by.id not in {s.snapshot.responsible, s.mark("drafted_by")},
    Words(
        "办事的人不能代填评价，请另一位同事来问。", "Whoever handled it can't record the rating; a colleague must ask."
    ),
    early=True,
)
SOMETHING_RATED = Guard(
    "something_rated",
    lambda s: any(s.facts.get(name) for name in (*ASPECTS, "comment", "call_me")),
    Words("四项都没评，也没写话。不想评可以直接离开。", "Nothing was rated or written. You may simply leave the page."),
    field="reception",
)
WINDOW_ENDED = Guard(
    "window_ended",
    lambda s: _some_window(s) and _ended(s),
    Words("复查期还没有届满。", "The review period has not ended."),
    early=True,
)
MAY_CLOSE = Guard(
    "may_close",
    lambda s: _ended(s) or _rated_without_complaint(s),
    Words(
        "要等复查期届满，或者信访人评价没有不满意，才能办结。",
        "Wait until the review period ends, or until the petitioner has rated it without being dissatisfied.",
    ),
    early=True,
)


def _revoked(situation: Situation) -> bool:
    """Whether the opinion is revoked and to be handled again. A re-review that maintained a revocation was once recorded as
    `maintain`, and its term to handle it again ran on."""
    outcome = situation.mark("outcome")
    return outcome == "revoke" or (outcome == "maintain" and situation.running("rehandle") is not None)


NOT_REVOKED = Guard(
    "not_revoked",
    lambda s: not _revoked(s),
    Words(
        "原来的意见已经撤销，要重新办理，不能办结、归档。",
        "The opinion was revoked: it must be handled again and can't be settled or archived.",
    ),
    early=True,
)
ANSWER_IN_HAND = Guard(
    "answer_in_hand",
    lambda s: not s.mark("unbrought") or bool(s.mark("identity_unclear")),
    Words(
        "信访人是谁已经清楚了，书面答复要先送到手里（第三十五条）。",
        "It is known now who the petitioner is: the answer must be brought to them first (Art. 35).",
    ),
    early=True,
)
REVIEW_STAYS_APART = Guard(
    "review_stays_apart",
    lambda s: not s.mark("review_taken") or s.facts.get("staff") not in (s.mark("hands") or ()),
    Words(
        "这个人参加过前面的办理，复查、复核不能转给他（第二十八条）。",
        "This person had a part in the earlier handling; a review can't go to them (Art. 28).",
    ),
    field="staff",
)
HANDLED_BY_OTHERS = Guard(
    "handled_by_others",
    lambda s: s.facts.get("staff") not in (s.mark("revoked_of") or ()),
    Words(
        "原来的意见已经撤销、换人重办，不能再转给原来办过的人（第二十八条）。",
        "The opinion was revoked and others handle it again; it can't go to anybody who had a part before (Art. 28).",
    ),
    field="staff",
)
WITHIN_TAKE_BACK = Guard(
    "within_take_back",
    lambda s: bool(s.mark("by_web")) and _within_take_back(s),
    Words(
        "交了10分钟以后就不能自己撤回了，请打电话给我们。",
        "After 10 minutes it can't be taken back here; please call us.",
    ),
    early=True,
    silent=True,
)
SOMETHING_ADDED = Guard(
    "something_added",
    lambda s: bool(s.facts.get("words") or s.facts.get("files")),
    Words("请写几句话，或者加一份材料。", "Please write something or add a paper."),
    field="words",
)
CALENDAR_IS_NEWER = Guard(
    "calendar_is_newer",
    lambda s: any(clock.calendar != s.calendar.version for clock in s.snapshot.clocks.values()),
    Words("期限已经是按现在的日历算的。", "The dates are computed by the present calendar already."),
    early=True,
)
