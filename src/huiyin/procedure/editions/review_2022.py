"""信访工作条例 (2022), Arts. 35 and 36: review (复查) by the unit above, re-review (复核) by the one above that, and what follows.

Both levels take the same steps, so they are written once and made for each. 维持 (maintain), 变更 (change) and 撤销并责令重新办理 (revoke)
are the customary outcomes; the Regulations do not name them. There is no extension; only a hearing in a re-review adds days.
How they are asked for stands in requests_2022.py.

The mark `had` keeps who had the matter at each level: whoever reviews an opinion decides about it, and carries nothing out. With the
delivery of what was decided the matter goes back to who answered it (Arts. 32, 42(4)), and with the request for a re-review to who reviewed it,
whose superior is asked (Art. 36). All of them go on reading it (`reviewed` in cases/policy.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from huiyin.procedure.actions import Action, Field, Guard, Paper, Passing, Situation, Start, Stop, Together
from huiyin.procedure.editions import effects_2022 as effects
from huiyin.procedure.editions import effects_persons_2022 as persons
from huiyin.procedure.editions import effects_routes_2022 as routes
from huiyin.procedure.editions import guards_2022 as guards
from huiyin.procedure.editions import guards_routes_2022 as more
from huiyin.procedure.editions import money_2022 as money
from huiyin.procedure.editions import requests_2022 as requests
from huiyin.procedure.editions.effects_2022 import today
from huiyin.procedure.editions.forms_2022 import DELIVER, ISSUE, choices
from huiyin.procedure.editions.guards_2022 import fact_date, is_plea
from huiyin.procedure.editions.requests_2022 import REREVIEW, REVIEW, Level
from huiyin.procedure.editions.standing_2022 import AT_OR_ABOVE, OWNER, SAME_OFFICE, SAME_UNIT
from huiyin.procedure.words import Words

OUTCOMES = choices(
    ("maintain", "维持", "Maintained"), ("change", "变更", "Changed"), ("revoke", "撤销，责令重新办理", "Revoked, to be handled again"),
)  # fmt: skip
TAKE = (Field("office", "office", Words("科室", "Section")), Field("staff", "staff", Words("由谁办", "Who does it")),
        Field("recusal_checked", "yes", Words("已核对：没有参加过前面的办理，没有直接利害关系", "Checked: had no part in the earlier handling, has no direct interest")))  # fmt: skip
CONCLUSION = (
    Field("outcome", "choice", Words("结论", "Outcome"), choices=OUTCOMES),
    Field("findings", "text", Words("查明的事实", "Findings"), most=20000),
    Field("reasons", "text", Words("理由", "Reasons"), most=10000),
    Field("basis", "line", Words("依据", "Rule"), most=500),
    Field("decided", "text", Words("具体意见", "What is decided"), required=False, most=5000, hint=Words("变更的写变更成什么，撤销的写要重新办什么；一行一项", "To what it is changed, or what is to be handled again; one a line")),
    Field("execute_by", "date", Words("哪天以前执行", "To be carried out by"), required=False, hint=Words("变更后要执行的才填", "Only if the change must be carried out")),
    money.field(Words("变更后要付钱吗", "Is money to be paid after the change?"), required=False),
)  # fmt: skip
OUTSIDE = (
    Field("body", "line", Words("哪个单位作出的", "Which unit made it"), most=80),
    Field("label", "line", Words("文号", "Its number"), most=60),
    Field("dated_on", "date", Words("作出日期", "Dated")),
    CONCLUSION[0],
    Field("reasons", "text", Words("主要内容", "Its substance"), most=10000),
    *CONCLUSION[-2:],
    *DELIVER,
    Field("files", "files", Words("意见书（扫描件或者照片）", "The opinion itself, scanned or as a picture"), hint=Words("照实附上，送达凭证也可以附", "As it came; the proof of delivery may be added")),
)  # fmt: skip
NEXT = Field("remedy", "line", Words("不服的向哪个单位请求复核", "Which unit does the re-review"), required=False, most=80,
             hint=Words("意见书最后写的那个单位", "As the opinion names it at its end"))  # fmt: skip
AGAIN = (
    Field("reason", "text", Words("怎样重新办", "How it will be handled again"), most=1000),
    Field("office", "office", Words("科室", "Section")),
    Field(
        "staff",
        "staff",
        Words("由谁办", "Who does it"),
        hint=Words("换一个人，不由原来的承办人办", "Not the one who handled it before"),
    ),
)


def _not_in_hands(s: Situation) -> bool:
    return s.by.id not in (s.mark("hands") or ())


def _receiver_not_in_hands(s: Situation) -> bool:
    return s.facts.get("staff") not in (s.mark("hands") or ())


HAS_OPINION = Guard(
    "has_opinion",
    lambda s: is_plea(s.snapshot.marks) and bool(s.mark("delivered_on") or s.mark(requests.REPLIED)),
    Words(
        "只有出具了处理意见书的事项才有复查（第三十五条）。",
        "Only a matter with a letter of decision can be reviewed (Art. 35).",
    ),
    early=True,
    silent=True,
)
FRESH_HANDS = Guard(
    "fresh_hands",
    _not_in_hands,
    Words(
        "您参加过前面的办理，不能办复查、复核，请换一位。",
        "You had a part in the earlier handling; someone else must do this.",
    ),
    early=True,
)
GIVEN_TO_FRESH_HANDS = Guard(
    "given_to_fresh_hands",
    _receiver_not_in_hands,
    Words(
        "这个人参加过前面的办理，请换一位（第二十八条）。",
        "This person had a part in the earlier handling; choose another (Art. 28).",
    ),
    field="staff",
)
CHANGE_SAID = Guard(
    "change_said",
    lambda s: s.facts.get("outcome") == "maintain" or bool(s.facts.get("decided")),
    Words(
        "变更的，写明变更成什么；撤销的，写明要重新办什么。",
        "Say to what it is changed, or what is to be handled again.",
    ),
    field="decided",
)
DATED_IN_ORDER = Guard(
    "dated_in_order",
    lambda s: fact_date("dated_on", s) <= fact_date("on", s) <= s.today,
    Words(
        "作出日期不能晚于送达日期，送达日期不能晚于今天。",
        "It can't be dated after its delivery, nor delivered after today.",
    ),
    field="dated_on",
)
TAKEN = Guard(
    "taken",
    lambda s: bool(s.mark("review_taken")),
    Words("先由上一级指定由谁办。", "The unit above names who does it first."),
    early=True,
    silent=True,
)
NOT_TAKEN = Guard(
    "not_taken",
    lambda s: not s.mark("review_taken"),
    Words("已经在本系统里办了，不用补记外单位的意见。", "It is being handled here already."),
    early=True,
    silent=True,
)
REVOKED = Guard(
    "revoked",
    lambda s: s.running("rehandle") is not None and s.mark("outcome") != "change",
    Words("只有撤销、责令重新办理的，才重新办理。", "Only what was revoked is handled again."),
    early=True,
    silent=True,
)


def _window_after(level: Level) -> Callable[[Situation], date | None]:
    """After a review the petitioner may ask for a re-review, whatever its outcome; after a re-review nothing."""

    def counted(s: Situation) -> date | None:
        return effects.brought_on(s) if level is REVIEW else None

    return counted


def _if(outcome: str) -> Callable[[Situation], date | None]:
    """Today, where the opinion that is brought, or recorded, came to that outcome."""

    def on(s: Situation) -> date | None:
        return today(s) if s.facts.get("outcome", s.mark("outcome")) == outcome else None

    return on


def _rehandle_from(s: Situation) -> date | None:
    """What was revoked is handled again from today; a re-review that leaves it so puts nothing off."""
    return _if("revoke")(s) if s.running("rehandle") is None else None


def _standing(s: Situation) -> str:
    """What holds after an opinion: where the re-review maintains a revocation, it is revoked still."""
    kept = s.facts["outcome"] == "maintain" and s.running("rehandle") is not None
    return "revoke" if kept else str(s.facts["outcome"])


ASKED_ANEW = dict.fromkeys(
    ("evaluated", "call_me", "called_back", "call_tries", "call_tried_on")
)  # of each answer by itself


ANSWER = "answer"  # the level of the opinion that is reviewed


def _had(level: str) -> Callable[[Situation], tuple[int, int] | None]:
    """The office and person who had the matter at that level; None where nobody here had."""

    def whom(s: Situation) -> tuple[int, int] | None:
        kept = (s.mark("had") or {}).get(level)
        return (kept[0], kept[1]) if kept else None

    return whom


def _asked(s: Situation) -> dict[str, Any]:
    above = {"asked_here": bool(s.facts.get("above_is_here"))}
    return {"hands": routes.took_part(s), "review_taken": False} | above | requests.taken_over(s)


def _taken(level: Level) -> Callable[[Situation], dict[str, Any]]:
    """Who answered is kept until the matter comes back to them; naming somebody else for the review changes nothing of it."""

    def kept(s: Situation) -> dict[str, Any]:
        known, now = s.mark("had") or {}, {ANSWER: [s.snapshot.office, s.snapshot.responsible]}
        stays = bool(s.mark("review_taken")) or (level is REREVIEW and ANSWER in known)
        return {"review_taken": True, "had": known if stays else known | now} | routes.also(
            "reviewers", s, s.facts["staff"]
        )

    return kept


def _decided_here(level: Level) -> Callable[[Situation], dict[str, Any]]:
    """Who decided at this level; what comes next, nobody was named for yet."""

    def kept(s: Situation) -> dict[str, Any]:
        here = {level.code: [s.snapshot.office, s.snapshot.responsible]}
        return {"review_taken": False, "had": (s.mark("had") or {}) | here}

    return kept


def _decided_elsewhere(level: Level) -> Callable[[Situation], dict[str, Any]]:
    """Nobody here decided at this level, whoever did when it was answered before."""

    def kept(s: Situation) -> dict[str, Any]:
        known = s.mark("had") or {}
        return (
            {"had": {name: each for name, each in known.items() if name != level.code}} if level.code in known else {}
        )

    return kept


def _concluded(s: Situation) -> dict[str, Any]:
    return {"outcome": _standing(s), "drafted_by": s.by.id} | routes.also("reviewers", s, s.by.id) | _to_execute(s)


def _to_execute(s: Situation) -> dict[str, Any]:
    """By when a changed opinion is to be carried out, once it is delivered."""
    given = s.facts.get("execute_by")
    return {"execute_by": given, "pays": money.as_a_whole(s)} if given else {}


def _delivered(s: Situation) -> dict[str, Any]:
    due = {"execution_due_on": s.mark("execute_by"), "executed_on": None} if _execution_changed(s) else {}
    if s.mark("outcome") == "revoke":  # what was to be carried out of a revoked one waits for the new opinion
        due = {"execution_due_on": None, "execute_by": None, "pays": None}
    return {
        "review_delivered_on": fact_date("on", s).isoformat(),
        "answered_by": s.snapshot.office,
        "hands": routes.took_part(s),
        "reviewers": None,
        **ASKED_ANEW,
    } | due


def _execution_changed(s: Situation) -> bool:
    return s.mark("outcome") == "change" and bool(s.mark("execute_by"))


def _execution_from(s: Situation) -> date | None:
    return s.today if _execution_changed(s) else None


def _outside_window(s: Situation) -> date | None:
    return fact_date("on", s) if s.facts.get("mode") != "unknown" else None


def _recorded(s: Situation) -> dict[str, Any]:
    """What an outside unit decided; what was to be carried out of a revoked opinion waits for the new one."""
    marks: dict[str, Any] = {
        "outcome": _standing(s),
        "review_delivered_on": fact_date("on", s).isoformat(),
        "answered_by": 0,
        "hands": routes.took_part(s),
        "reviewers": None,
        **ASKED_ANEW,
    }
    if _standing(s) == "revoke":
        return marks | {"execution_due_on": None, "execute_by": None, "pays": None}
    due = s.facts.get("execute_by")
    promised = {"execution_due_on": due, "executed_on": None, "execute_by": due, "pays": money.as_a_whole(s)}
    return marks | (promised if due else {})


def _handled_again(s: Situation) -> dict[str, Any]:
    """The new handling begins afresh: nothing of the revoked one decides about it, and nobody who had a hand in that one gets it."""
    gone = (
        *ASKED_ANEW, "outcome", "extended_on", "extension_told_on", "delivered_on", "execution_due_on", "execute_by", "executed_on",
        "findings", "drafted_by", "approved_by", "issued_on", "ran", "review_delivered_on", "forwarded_on", "lapsed", "pays",
        "unbrought",
    )  # fmt: skip
    return dict.fromkeys(gone) | {
        "simple": False,
        "hands": [s.facts["staff"]],
        "revoked_of": sorted(set(s.mark("revoked_of") or ()) | set(s.mark("hands") or ())),
        "review_taken": False,
        "accepted_on": s.today.isoformat(),
    }


BACK = Passing(
    _had(ANSWER),
    Words("责任回到原来的承办人，由他执行", "Responsibility goes back to whoever handled it, who carries it out"),
)
TO_REVIEWER = Passing(
    _had(REVIEW.code),
    Words(
        "责任到复查的人，等上一级指定由谁复核",
        "Responsibility goes to whoever reviewed it, until the unit above names who re-reviews",
    ),
)
# Whoever has the opinion in hand was told in writing.
IN_HAND = (Stop("notice", effects.brought_on, "done"), Stop("notice-passed", effects.brought_on, "done"))
# What an opinion takes the place of: a revoked one is not carried out, and what is changed is not handled again.
REPLACED = (Stop("execute", _if("revoke"), "replaced"), Stop("rehandle", _if("change"), "replaced"))


def _steps(level: Level) -> tuple[Action, ...]:
    """The steps of one level, from the request to the delivery of its opinion."""
    code, words = level.code, level.words
    drafted, issued = f"{code}_drafted", f"{code}_issued"
    windows = (Start("request-rereview", _window_after(level)),) if level is REVIEW else ()
    outside_windows = (Start("request-rereview", _outside_window),) if level is REVIEW else ()
    return (
        Action(
            f"request_{code}", words("请求{0}", "Ask for a {0}"), words("收到{0}请求", "{0} asked for"), words("您请求{0}", "You asked for a {0}"), level.article,
            Words(f"信访人自收到书面答复之日起30日内，可以请求{level.above.zh}{level.zh}；邮寄的以邮戳为准，晚了有理由的也收。收到就登记，出具收件回执，{level.zh}的30日从收到请求那天起算；邮寄的另记寄出的日期。",
                  f"Within 30 days of the written answer the petitioner may ask {level.above.en} for a {level.en}; for letters the postmark counts, and a late request with its reason is taken. Its 30 days count from the day the request was received; the day of the postmark is kept beside it."),
            level.sources, level.under, frozenset({"petitioner", "clerk", "head"}), OWNER | SAME_UNIT,
            requests.fields_of(level),
            (HAS_OPINION, _at_its_turn(level), guards.RECEIVED_NOT_FUTURE, requests.after_delivery(level), requests.posted_in_order(level), requests.in_time(level)),
            starts=(Start(code, lambda s: fact_date("received_on", s)),), stops=(Stop(f"request-{code}", requests.asked_on, "asked"),),
            marks=_asked, papers=(Paper("review_receipt"),), passes=TO_REVIEWER if level is REREVIEW else None, milestone=True,
        ),
        Action(
            f"take_{code}", words("指定{0}承办人", "Name who does the {0}"), words("指定了{0}承办人", "A person for the {0} was named"), words("上一级定了由谁{0}", "The unit above named who does the {0}"), level.article,
            Words(f"由{level.above.zh}指定，前面办过这件事的人一律回避。", f"Named by {level.above.en}; nobody who had a part before."),
            frozenset({level.under}), None, frozenset({"head", "leader"}), frozenset({"above"}), TAKE,
            (guards.RECUSAL, GIVEN_TO_FRESH_HANDS, more.NOT_TO_THE_ACCUSED), marks=_taken(level), assigns=True, receiver="above", main=True,
        ),
        Action(
            f"draft_{code}", words("拟写{0}意见", "Draft the {0} opinion"), words("{0}意见已拟写", "{0} opinion drafted"), Words("", ""), level.article,
            Words("写明查明的事实、结论、理由和依据；请求和原来的意见从记录里带出来。", "Findings, outcome, reasons and rule; the request and the earlier opinions come from the record."),
            frozenset({level.under}), drafted, frozenset({"handler", "head"}), SAME_OFFICE, CONCLUSION, (TAKEN, FRESH_HANDS, more.NO_OPEN_HEARING, CHANGE_SAID, money.CHANGE_SAYS_MONEY, more.EXECUTION_TO_COME), marks=_concluded, main=True,
        ),
        Action(
            f"return_{code}", Words("退回修改", "Return for changes"), Words("退回修改", "Returned for changes"), Words("", ""), "第二十八条",
            Words("写明哪里要改。期限照算。", "Say what must be mended. The clock runs on."),
            frozenset({drafted}), level.under, frozenset({"leader"}), AT_OR_ABOVE, (Field("reason", "text", Words("要改什么", "What must be mended"), most=1000),),
        ),
        Action(
            f"issue_{code}", words("签发{0}意见书", "Issue the {0} opinion"), words("签发{0}意见书", "{0} opinion issued"), words("作出{0}意见", "The {0} opinion was made"), level.article,
            Words("拟稿的人和前面办过这件事的人都不能签发。签发后送达。", "Neither the drafter nor anybody with an earlier part may issue it. Delivery follows."),
            frozenset({drafted}), issued, frozenset({"leader"}), AT_OR_ABOVE, ISSUE,
            (guards.NOT_THE_DRAFTER, FRESH_HANDS), starts=(Start("deliver", today),), marks=lambda s: {"issued_on": s.today.isoformat()}, papers=(Paper(f"{code}_opinion"),), milestone=True, main=True,
        ),
        Action(
            f"deliver_{code}", words("送达{0}意见书", "Deliver the {0} opinion"), words("{0}意见书已送达", "{0} opinion delivered"), words("{0}意见送到您手里", "The {0} opinion reached you"), level.article,
            Words(f"{level.zh}意见要书面答复，送达那天{level.zh}期限到此为止，事项回到原办理单位执行。", f"The opinion is given in writing; the term of the {level.en} ends with its delivery, and the matter goes back to the unit that handled it, which carries it out."),
            frozenset({issued}), level.reached, frozenset({"clerk", "handler", "head"}), SAME_UNIT, DELIVER,
            (guards.ON_NOT_FUTURE, guards.ON_AFTER_ISSUE, guards.TOLD_SOMEBODY, guards.SIGNED_OR_WITNESSED),
            starts=(*windows, Start("rehandle", _rehandle_from), Start("execute", _execution_from, routes.days_to_execute)), stops=(Stop(code, routes.told_on, "done"), Stop("deliver", routes.told_on, "done"), *IN_HAND, *REPLACED), marks=Together((_delivered, persons.unbrought(level.next_right), _decided_here(level))), passes=BACK,
            papers=(Paper("service", effects.brought, proves=(f"{code}_opinion",)),), milestone=True, main=True,
        ),
        Action(
            f"record_{code}", words("记录外单位的{0}意见", "Record an outside {0} opinion"), words("收到{0}意见书", "{0} opinion received"), words("上一级作出{0}意见", "The unit above made its {0} opinion"), level.article,
            Words(f"{level.above.zh}不在本系统里：先把请求和材料转给它，等它的意见书到了，再在这里照实记下。记文号、日期、结论、送达，附上意见书。", f"{level.above.en[:1].upper()}{level.above.en[1:]} does not work in this system: pass the request and its papers on to it, and record its opinion here when it comes. Give its number, date, outcome and delivery, and add the paper."),
            frozenset({level.under}), level.reached, frozenset({"clerk", "head", "leader"}), SAME_UNIT, (*OUTSIDE, NEXT) if level is REVIEW else OUTSIDE,
            (NOT_TAKEN, more.NO_OPEN_HEARING, DATED_IN_ORDER, money.CHANGE_SAYS_MONEY, more.EXECUTION_NOT_TOO_FAR, guards.TOLD_SOMEBODY, guards.SIGNED_OR_WITNESSED),
            starts=(*outside_windows, Start("rehandle", _rehandle_from), Start("execute", routes.if_given("execute_by"), routes.DaysUntil("execute_by"))),
            stops=(Stop(code, routes.told_on, "done"), *IN_HAND, *REPLACED), outside=True,
            marks=Together((_recorded, persons.unbrought(level.next_right), _decided_elsewhere(level))), passes=BACK if level is REREVIEW else None, milestone=True,
        ),
    )  # fmt: skip


def _at_its_turn(level: Level) -> Guard:
    """A review comes once, before the re-review; a re-review only after it."""
    return Guard(
        "at_its_turn", lambda s: bool(s.mark("review_delivered_on")) == (level is REREVIEW),
        Words("复查、复核各一次，先复查、后复核。", "First the review, then the re-review, each once."), early=True, silent=True,
    )  # fmt: skip


REHANDLE = Action(
    "rehandle", Words("重新办理", "Handle again"), Words("重新办理", "Handled again"), Words("原来的答复撤销了，重新办理", "The earlier answer was revoked; it is handled again"),
    "第三十五条", Words("复查、复核撤销原意见的（第三十五条、第三十六条），换人重新调查核实、出具新的意见书；60日重新起算，新的意见仍可以复查。", "Where the opinion was revoked, another person investigates anew and a new opinion is made; its 60 days begin anew, and it can be reviewed again."),
    frozenset({"reviewed", "concluded"}), "handling", frozenset({"head", "leader"}), AT_OR_ABOVE, AGAIN, (REVOKED, GIVEN_TO_FRESH_HANDS, guards.HANDLED_BY_OTHERS, more.NOT_TO_THE_ACCUSED),
    starts=(Start("handle", today),), stops=(*routes.stop_all("done", "rehandle"), *routes.stop_all("replaced", "request-rereview", "execute", "perform")), marks=_handled_again, assigns=True, milestone=True,
)  # fmt: skip

ACTIONS = (*_steps(REVIEW), *_steps(REREVIEW), REHANDLE)
