"""The conditions of the other ways: passing on, other procedures, statutory duties, simple handling, agreements, execution."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from huiyin.procedure.actions import Guard, Situation
from huiyin.procedure.editions.effects_2022 import nature_after
from huiyin.procedure.editions.effects_routes_2022 import hearing_began, hearing_days, hearing_held
from huiyin.procedure.editions.guards_2022 import fact_date, is_plea, nature
from huiyin.procedure.terms import LONGEST, TERMS
from huiyin.procedure.words import Words

OWN_LIMIT = TERMS["duty"].length
HEARING_WITHIN = 30
HEARING_DAYS, HEARING_AT_MOST = 10, 30  # this product's own numbers: Art. 36 names none


def _not_before_today(name: str) -> Guard:
    """Also not so far ahead that no term reaches there."""
    return Guard(
        f"{name}_to_come",
        lambda s: not s.facts.get(name) or 0 < (fact_date(name, s) - s.today).days <= LONGEST,
        Words("日期要在今天以后、10年以内。", "The date must lie after today, within ten years."),
        field=name,
    )


def _silent(code: str, holds: Callable[[Situation], bool], words: Words) -> Guard:
    """Says for what kind of matter a step is; for others a page doesn't speak of the step."""
    return Guard(code, holds, words, early=True, silent=True)


def _ticked(name: str, words: Words) -> Guard:
    """What must be ticked."""
    return Guard(name, lambda s: bool(s.facts.get(name)), words, field=name)


def _given_when(code: str, chosen: tuple[str, str], name: str, words: Words) -> Guard:
    """What must be recorded where a field holds a certain choice."""
    return Guard(code, lambda s: s.facts.get(chosen[0]) != chosen[1] or bool(s.facts.get(name)), words, field=name)


NOT_ACCUSATION = Guard(
    "not_accusation",
    lambda s: nature_after(s) != "accusation",
    Words(
        "检举控告不按申诉求决办，移送纪检监察机关（第三十条）；登记错了的，先改信访目的。",
        "An accusation is passed to discipline inspection (Art. 30); if it was registered wrongly, set the purpose right first.",
    ),
    field="purpose",
)
UNSEALED_BY_A_LEADER = Guard(
    "unsealed_by_a_leader",
    lambda s: nature(s.snapshot.marks) != "accusation" or nature_after(s) == "accusation" or "leader" in s.by.roles,
    Words(
        "检举控告登记错了的，由单位负责人改。",
        "Only a leader sets an accusation right that was registered as one by mistake.",
    ),
    field="purpose",
)
ACCUSATION = _silent(
    "accusation",
    lambda s: nature(s.snapshot.marks) == "accusation",
    Words(
        "只有检举控告才移送纪检监察机关（第三十条）。",
        "Only accusations are passed to discipline inspection (Art. 30).",
    ),
)
ACCUSED_NAMED = Guard(
    "accused_named",
    lambda s: s.by.kind != "staff" or s.facts.get("purpose") != "accusation" or bool(s.facts.get("accused")),
    Words(
        "检举控告要写明反映的是哪个科室、单位，那里的人就看不到；不是本系统的，选“不是本系统的”（第三十条第三款）。",
        "An accusation says which office it is about, so that its people don't see it; if it is nobody of this system, say so (Art. 30(3)).",
    ),
    field="accused",
)
ORDINARY_KIND = _silent(
    "ordinary_kind",
    lambda s: nature(s.snapshot.marks) != "accusation",
    Words("检举控告密封办理，只能移送（第三十条）。", "Accusations are sealed and only passed on (Art. 30)."),
)
NOT_TO_THE_ACCUSED = Guard(
    "not_to_the_accused",
    lambda s: not s.mark("accused") or s.facts.get("office") != s.mark("accused"),
    Words(
        "这件事反映的就是这个单位，不能交给它办（第三十条、第二十八条）。",
        "The matter is about this very office; it can't be given to it (Arts. 30, 28).",
    ),
    field="staff",
)
NOT_TO_ONESELF = Guard(
    "not_to_oneself",
    lambda s: s.facts.get("office") != s.snapshot.office,
    Words("这就是现在的科室，请选别的单位。", "It is there already; choose another unit."),
    field="staff",
)
RESULT_DATE_GIVEN = _given_when(
    "result_date_given",
    ("mode", "assign"),
    "result_due_on",
    Words("交办要写明哪天前反馈结果（第二十二条第三项）。", "An assignment names the day of the result (Art. 22(3))."),
)
RESULT_TO_COME = _not_before_today("result_due_on")
TRANSFER_TO_TELL = _silent(
    "transfer_to_tell",
    lambda s: bool(s.mark("forwarded_on")) and not s.mark("transfer_told_on"),
    Words("没有待告知的转送、交办。", "There is no passing-on that the petitioner was not told of."),
)


def _may_still_object(situation: Situation) -> bool:
    clock = situation.running("object")
    return clock is not None and situation.today <= clock.due


IN_TIME_TO_OBJECT = Guard(
    "in_time_to_object",
    _may_still_object,
    Words(
        "异议要在收到之日起5个工作日内提出（第二十三条）；过了期的，照办或者请发出的一方改派。",
        "An objection must be made within 5 working days (Art. 23); after that handle it, or ask the sender to give it to another.",
    ),
    early=True,
)
SIMPLE = _silent(
    "simple",
    lambda s: bool(s.mark("simple")),
    Words("这件事没有按简易办理。", "This matter is not under simple handling."),
)
SIMPLE_FITS = _silent(
    "simple_fits",
    lambda s: not s.mark("simple_excluded"),
    Words(
        "上级交办的、多人共同提出的，不适用简易办理（简易办理办法第五条）。",
        "What was assigned from above or brought jointly is excluded from simple handling (Measures, Art. 5).",
    ),
)
FIRST_TIME = Guard(
    "first_time",
    lambda s: not s.facts.get("brought_before"),
    Words(
        "这件和更早的一件连成了同一件事或者重复反映，不是初次信访，不适用简易办理（简易办理办法）；连错了的，先解开。",
        "It is linked to an earlier matter as the same or a repeat, so it isn't filed for the first time and not for simple handling "
        "(Measures). If the link is wrong, undo it first.",
    ),
    field="ground",
)
NOT_EXCLUDED = _ticked(
    "not_excluded",
    Words("请先核对是否属于不适用简易办理的情形。", "Check first that simple handling is not excluded."),
)
NO_SIMPLE_REFUSAL = Guard(
    "no_simple_refusal",
    lambda s: (
        not s.mark("simple") or all(claim.get("result") != "not_supported" for claim in s.facts.get("claims") or [])
    ),
    Words(
        "简易办理的事项不能作“不支持”的答复，请先转为普通程序（简易办理办法第五条）。",
        "Under simple handling nothing can be refused; change to the ordinary procedure first (Measures, Art. 5).",
    ),
    field="claims",
)
LIMIT_TO_COME = _not_before_today("limit_on")
LIMIT_REASONABLE = Guard(
    "limit_reasonable",
    lambda s: (
        bool(s.facts.get("limit_by_statute"))
        or fact_date("limit_on", s) <= s.today + timedelta(days=TERMS["duty"].days)
    ),
    Words(
        f"法律法规没有规定期限的，最长{OWN_LIMIT.zh}。是法律法规规定的，请勾选。",
        f"Where the statute names no limit, {OWN_LIMIT.en} at most. Tick if the statute sets it.",
    ),
    field="limit_on",
)
DUTY = _silent(
    "duty",
    lambda s: nature(s.snapshot.marks) == "duty",
    Words("这件事不是依法履责的。", "This matter is not one of a statutory duty."),
)
NOT_DUTY = _silent(
    "not_duty",
    lambda s: nature(s.snapshot.marks) != "duty",
    Words("依法履责的答复退回给履责的人。", "The reply of a statutory duty goes back to whoever performs it."),
)
REASON_FOR_NOT_PERFORMING = _given_when(
    "reason_for_not_performing",
    ("outcome", "not_performed"),
    "reasons",
    Words("不能履行的，写明理由。", "Say why it can't be performed."),
)
VOLUNTARY = _ticked(
    "voluntary",
    Words("调解、和解要双方自愿、内容合法（第三十三条）。", "Both sides must agree freely and lawfully (Art. 33)."),
)
AGREED_ON_ALL = Guard(
    "agreed_on_all",
    lambda s: not s.facts.get("uncovered"),
    Words(
        "还有诉求没有谈好（没有勾）：不能按协议办结。请用“拟写处理意见”逐项答复，谈好的写“支持”、写明协议内容，签字的协议书先附在调查记录里（第三十二条、第三十三条）。",
        "A request is not settled (not ticked), so the agreement can't end the matter. Answer each under “Draft the opinion”: what was agreed as supported, with what the agreement says; first add the signed paper as a finding (Arts. 32, 33).",
    ),
    field="covers",
)
REPLIES_TO_ALL = Guard(
    "replies_to_all",
    lambda s: not s.facts.get("uncovered"),
    Words(
        "还有诉求没有答复（没有勾）：在这份答复里一起答复；不属于依法履责的，由负责人“改走其他途径”退回登记，再“分出一件”（第三十一条第五项）。",
        "A request is not answered (not ticked): answer it in this reply, too. If it is no matter of the statutory duty, a head or leader takes another way for it and splits it off (Art. 31(5)).",
    ),
    field="covers",
)
AGREEMENT_CHECKED = _ticked(
    "agreement_checked",
    Words(
        "请先核对：协议书双方都签了字，约定的事已经办到（第三十三条）。",
        "Check first that both sides signed the agreement and that what it says was done (Art. 33).",
    ),
)
CONFIRMED_BY_ANOTHER = Guard(
    "confirmed_by_another",
    lambda s: s.by.id is None or s.by.id != s.mark("agreed_by"),
    Words(
        "协议是您记下的，要由另一位负责人核对、办结（第三十三条要双方自愿，一个人说了不算）。",
        "You recorded the agreement; another head or leader checks it and settles the matter (Art. 33 wants both sides' consent; one person's word is not enough).",
    ),
    early=True,
)
MEDIATOR_NAMED = _given_when(
    "mediator_named",
    ("form", "mediation"),
    "mediator",
    Words("调解的，写明调解人。", "Name the mediator."),
)
HELD_IN_ORDER = Guard(
    "held_in_order",
    lambda s: (s.date_mark("received_on") or s.today) <= fact_date("held_on", s) <= s.today,
    Words("达成日期要在收到之后、今天之前。", "The day must lie between receipt and today."),
    field="held_on",
)
PLEA_ONLY = _silent(
    "plea_only",
    lambda s: is_plea(s.snapshot.marks),
    Words("调解、和解、听证用于申诉求决类事项。", "This is for complaints and requests."),
)
PERFORM_TO_COME = Guard(
    "perform_to_come",
    lambda s: 0 < (fact_date("perform_by", s) - s.today).days <= LONGEST,
    Words(
        "履行日期要在今天以后、10年以内；当场履行完的，写明天并马上记录履行。",
        "The day must lie after today, within ten years; if it was done at once, give tomorrow and record it now.",
    ),
    field="perform_by",
)
TO_CARRY_OUT = _silent(
    "to_carry_out",
    lambda s: bool(s.mark("execution_due_on")) and not s.mark("executed_on"),
    Words("没有待执行的意见或者协议。", "There is nothing to be carried out."),
)
CARRIED_OUT = Guard(
    "carried_out",
    lambda s: not s.mark("execution_due_on") or bool(s.mark("executed_on")),
    Words(
        "支持的请求或者协议还没有执行完，不能办结（第三十二条）。",
        "What was supported or agreed has not been carried out; it can't be settled yet (Art. 32).",
    ),
    early=True,
)
PASSED_NOT_FUTURE = Guard(
    "passed_not_future",
    lambda s: fact_date("passed_on", s) <= s.today,
    Words("材料要先转过去，日期不能晚于今天。", "The papers are passed on first; the day can't lie ahead."),
    field="passed_on",
)
EXECUTION_TO_COME = _not_before_today("execute_by")
EXECUTION_NOT_TOO_FAR = Guard(
    "execution_not_too_far",
    lambda s: not s.facts.get("execute_by") or (fact_date("execute_by", s) - s.today).days <= LONGEST,
    Words("日期要在10年以内。", "The date must lie within ten years."),
    field="execute_by",
)


NO_OPEN_HEARING = Guard(
    "no_open_hearing",
    lambda s: not s.mark("hearing_since"),
    Words("听证还没有结束，先记下听证结果。", "A hearing is under way; record its end first."),
    early=True,
)
OPEN_HEARING = _silent(
    "open_hearing",
    lambda s: bool(s.mark("hearing_since")),
    Words("没有正在进行的听证。", "There is no hearing under way."),
)
REVIEWERS_HEARING = Guard(
    "reviewers_hearing",
    lambda s: (
        s.snapshot.state != "rereviewing" or (bool(s.mark("review_taken")) and s.by.id not in (s.mark("hands") or ()))
    ),
    Words(
        "复核的听证由复核的单位举行（第三十六条）。",
        "In a re-review the re-reviewing unit holds the hearing (Art. 36).",
    ),
    early=True,
)
HEARING_TO_COME = Guard(
    "hearing_to_come",
    lambda s: s.today <= fact_date("hearing_on", s) <= s.today + timedelta(days=HEARING_WITHIN),
    Words("听证日期要在今天以后、30日以内。", "The hearing must lie within the next 30 days."),
    field="hearing_on",
)


def _after_call(situation: Situation) -> bool:
    since = situation.date_mark("hearing_since")
    return since is None or since <= fact_date("on", situation) <= situation.today


def _on_its_day(situation: Situation) -> bool:
    """A hearing that was called by an earlier version has no day on record."""
    called_for = situation.date_mark("hearing_on")
    return called_for is None or not hearing_held(situation) or hearing_began(situation) >= called_for


def _long_enough(situation: Situation) -> bool:
    most = HEARING_AT_MOST if "leader" in situation.by.roles else HEARING_DAYS
    return not hearing_held(situation) or 0 < hearing_days(situation) <= most


HEARING_LENGTH = Guard(
    "hearing_length",
    _long_enough,
    Words(
        f"开始的日期不能晚于结束的日期。听证超过{HEARING_DAYS}日的，由单位负责人核实后记；最长{HEARING_AT_MOST}日。",
        f"It can't begin after its end. One of more than {HEARING_DAYS} days is verified and recorded by a leader; "
        f"{HEARING_AT_MOST} days at most.",
    ),
    field="from_on",
)
HEARING_IN_ORDER = Guard(
    "hearing_in_order",
    _after_call,
    Words("结束日期要在通知听证之后、今天之前。", "The end must lie between the call and today."),
    field="on",
)
HEARING_ON_ITS_DAY = Guard(
    "hearing_on_its_day",
    _on_its_day,
    Words(
        "听证通知上写的那天还没有到，不能记成开过了；不开了、要改期的，选“没有开”，写明原因。",
        "The day for which the hearing was called has not come, so it can't be recorded as held. If it is called off or put off, "
        "choose “not held” and say why.",
    ),
    field="on",
)
HEARING_FOUND = Guard(
    "hearing_found",
    lambda s: not hearing_held(s) or bool(s.facts.get("finding")),
    Words("写明听证查明了什么。", "Say what the hearing found."),
    field="finding",
)
NOT_BY_THE_HANDLER = Guard(
    "not_by_the_handler",
    lambda s: s.by.id is None or s.by.id != s.snapshot.responsible,
    Words(
        "办这件事的人不能自己记撤回，请另一位同事问过本人再记。",
        "Whoever handles it can't record this; a colleague asks the petitioner and does.",
    ),
    early=True,
)
FREELY = Guard(
    "freely",
    lambda s: bool(s.facts.get("freely")) or s.by.kind == "petitioner",
    Words(
        "撤回只能是本人自愿的（第十七条、第十八条第四款）。",
        "Only the petitioner's free will takes a matter back (Arts. 17, 18(4)).",
    ),
    field="freely",
)
WITHDRAWAL_ON_PAPER = _given_when(
    "withdrawal_on_paper",
    ("way", "letter"),
    "files",
    Words("书面提出的，附上撤回的材料。", "If asked in writing, add the paper."),
)
AFTER_WITHDRAWAL = Guard(
    "after_withdrawal",
    lambda s: fact_date("on", s) >= (s.date_mark("withdrawn_on") or fact_date("on", s)),
    Words("不能早于撤回的日子。", "It can't be before it was taken back."),
    field="on",
)
NOT_PROPOSED = _silent(
    "not_proposed",
    lambda s: s.running("simple-accept") is None,
    Words("已经提过了。", "It was proposed already."),
)
