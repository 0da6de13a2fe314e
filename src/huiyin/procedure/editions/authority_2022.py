"""信访工作条例 (2022): whose matter it is, where that is not plain. What came from outside the system and isn't ours (Art. 23(3)), disputed
competence (Art. 24); and what is major and urgent, which is reported at once (Art. 25).

None of these is a way to be rid of a matter: until the sender agrees, or the superior has decided, it stays where it is and its
terms run.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.procedure.actions import Action, Field, Guard, Situation, Start, Stop
from huiyin.procedure.editions.effects_2022 import on, today
from huiyin.procedure.editions.effects_routes_2022 import told_on
from huiyin.procedure.editions.forms_2022 import choices
from huiyin.procedure.editions.guards_2022 import ON_AFTER_RECEIPT, ON_NOT_FUTURE, fact_date
from huiyin.procedure.editions.guards_authority_2022 import DISPUTED, NO_DISPUTE
from huiyin.procedure.editions.guards_routes_2022 import NOT_TO_THE_ACCUSED, ORDINARY_KIND
from huiyin.procedure.editions.standing_2022 import AT_OR_ABOVE, FRESH, OPEN, SAME_UNIT, SENDER, STAFF
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words

ANSWERS = choices(
    ("agreed", "核实同意，材料交还它", "Checked and agreed; the papers go back"), ("refused", "不同意，还由本单位办", "Not agreed; this unit handles it"),
)  # fmt: skip
SUBMITTED_TO = choices(
    ("superior", "共同的上一级机关、单位", "The common superior"), ("meeting", "没有共同上一级的，信访工作联席会议", "The joint meeting, where there is no common superior"),
)  # fmt: skip
RULED = choices(
    ("ours", "由本单位受理", "This unit handles it"), ("others", "由别的单位受理", "Another one handles it")
)
WEIGHT = choices(("urgent", "紧急", "Urgent"), ("major", "重大", "Major"), ("both", "重大、紧急", "Major and urgent"))

_ON = Field("on", "date", Words("哪天", "Date"))
_FILES = Field("files", "files", Words("书面材料", "The paper"), required=False)
OBJECT_OUTSIDE = (
    Field("sender", "line", Words("转给我们的是哪个机关、单位", "Who passed it to us"), most=80),
    _ON,
    Field("reason", "text", Words("为什么不归本单位办", "Why it isn't ours"), most=2000, hint=Words("详细说明理由（第二十三条）", "With detailed reasons (Art. 23)")),
    Field("suggested", "line", Words("应当归谁", "Whose it is"), required=False, most=80),
    Field("how", "line", Words("怎样提出的、文号", "How it was raised, number"), most=200),
    _FILES,
)  # fmt: skip
ANSWER_OUTSIDE = (
    Field("answer", "choice", Words("怎样答复的", "The answer"), choices=ANSWERS),
    _ON,
    Field("reference", "line", Words("凭什么：文号，或者谁、哪个电话答复的", "Number of the paper, or who answered on which telephone"), most=200),
    _FILES,
)  # fmt: skip
DISPUTE = (
    Field("with_office", "office", Words("还涉及本系统哪个科室、单位", "Which office of this system"), required=False),
    Field("with_body", "line", Words("还涉及系统外哪个机关、单位", "Which body outside"), required=False, most=80),
    Field("talks", "text", Words("怎样协商的，争在哪里", "What was talked over, and what is disputed"), most=2000),
    Field("submitted_to", "choice", Words("报请谁定", "Submitted to"), choices=SUBMITTED_TO),
    _ON,
)
DECIDE_DISPUTE = (
    Field("office", "office", Words("由哪个科室、单位受理", "Which office handles it")),
    Field("staff", "staff", Words("那边谁接", "Who receives it there")),
    Field("reason", "text", Words("理由", "Reasons"), most=1000),
    Field("reference", "line", Words("文号", "Number"), required=False, most=100),
)
RECORD_DISPUTE = (
    Field("body", "line", Words("谁定的", "Who decided"), most=80),
    Field("outcome", "choice", Words("怎样定的", "The decision"), choices=RULED),
    _ON,
    Field("reference", "line", Words("文号", "Number"), most=100),
    Field("reason", "text", Words("理由", "Reasons"), required=False, most=1000),
    _FILES,
)
URGENT = (
    Field("weight", "choice", Words("重大还是紧急", "Major or urgent"), choices=WEIGHT),
    Field("on", "date", Words("哪天得知的", "Learned on")),
    Field("what", "text", Words("什么情况，可能造成什么影响", "What it is and what it may lead to"), most=2000, hint=Words("写事，不评价人", "The matter, never a judgement of a person")),
)  # fmt: skip
REPORT_URGENT = (
    Field("body", "line", Words("报告给了谁", "Reported to"), most=120, hint=Words("本级党委和政府；信访部门还要报上一级信访部门和国家信访局", "The Party committee and government of the same level; a petition bureau also the bureau above and the national one")),
    _ON,
    Field("how", "line", Words("怎样报告的、文号", "How, and its number"), most=200),
    Field("informed", "line", Words("通报了哪些主管部门、联席会议办公室", "Departments and joint-meeting office told"), most=200),
    Field("measures", "text", Words("在职责范围内采取了什么措施", "Measures taken within one's powers"), most=2000),
    _FILES,
)  # fmt: skip


def _told_in_time(situation: Situation) -> bool:
    clock = situation.running("object")
    return clock is not None and fact_date("on", situation) <= clock.due


def _ruled(situation: Situation) -> dict[str, Any]:
    return {"dispute_with": None, "dispute_outcome": situation.facts.get("outcome") or "decided"}


def _learned(situation: Situation) -> date:
    return fact_date("on", situation)


FROM_OUTSIDE = Guard(
    "from_outside", lambda s: s.mark("outside") == "open",
    Words("这件事不是系统外转来的，或者已经提过异议了。", "It did not come from outside the system, or the objection was raised already."), early=True, silent=True,
)  # fmt: skip
TOLD_IN_TIME = Guard(
    "told_in_time", _told_in_time,
    Words("异议要在收到之日起5个工作日内提出（第二十三条）；过了期的，由本单位办。", "An objection must be made within 5 working days (Art. 23); after that this unit handles it."), field="on",
)  # fmt: skip
OBJECTING = Guard(
    "objecting", lambda s: s.mark("outside") == "objected", Words("没有等答复的异议。", "No objection waits for an answer."), early=True, silent=True,
)  # fmt: skip
OTHER_NAMED = Guard(
    "other_named", lambda s: bool(s.facts.get("with_office") or s.facts.get("with_body")),
    Words("写明还涉及哪个单位。", "Name the other body."), field="with_body",
)  # fmt: skip
ANOTHER_OFFICE = Guard(
    "another_office", lambda s: not s.facts.get("with_office") or s.facts.get("with_office") != s.snapshot.office,
    Words("这就是现在的科室，请选另一方。", "It is there already; name the other side."), field="with_office",
)  # fmt: skip
NOT_URGENT_YET = Guard(
    "not_urgent_yet", lambda s: s.running("urgent") is None,
    Words("已经在等报告了。", "It waits to be reported already."), early=True, silent=True,
)  # fmt: skip

ACTIONS = (
    Action(
        "object_outside", Words("向系统外的来文单位提出异议", "Object to the sender outside"), Words("向来文单位提出异议", "Objected to the sender outside"), Words("这件事可能归别的单位管，正在核实", "It may be another body's; that is being checked"),
        "第二十三条第三款", Words("12345、上级等系统外转来的，不属于本单位和本系统职权的，收到之日起5个工作日内向来文单位提出，详细说明理由。它核实同意以前，材料留着，责任不空，期限照算。", "What came from the hotline, from above or from another body outside: within 5 working days of receipt, with detailed reasons. Until the sender agrees the papers and the responsibility stay, and the terms run."),
        frozenset({"registered"}), None, frozenset({"clerk", "handler", "head", "leader"}), AT_OR_ABOVE, OBJECT_OUTSIDE,
        (ORDINARY_KIND, FROM_OUTSIDE, ON_NOT_FUTURE, ON_AFTER_RECEIPT, TOLD_IN_TIME),
        stops=(Stop("object", told_on, "done"),), marks=lambda s: {"outside": "objected"},
    ),
    Action(
        "answer_outside", Words("记来文单位的答复", "Record the sender's answer"), Words("来文单位答复了异议", "The sender answered the objection"), Words("", ""),
        "第二十三条第三款", Words("记下来文单位是不是同意、哪天、凭哪份文件。同意的，才能告知本人向有权机关提出；不同意的，由本单位办。", "Record whether the sender agreed, when, and by which paper. Only after its consent may the petitioner be told whose matter it is; without it this unit handles it."),
        frozenset({"registered"}), None, frozenset({"clerk", "handler", "head", "leader"}), AT_OR_ABOVE, ANSWER_OUTSIDE,
        (OBJECTING, ON_NOT_FUTURE, ON_AFTER_RECEIPT), marks=lambda s: {"outside": s.facts["answer"]},
    ),
    Action(
        "dispute", Words("报请决定受理机关", "Submit a dispute of competence"), Words("受理有争议，已报请决定", "Competence disputed; a decision was asked for"), Words("归哪个单位办，正在请上级决定", "The superior is asked which unit handles it"),
        "第二十四条", Words("涉及两个以上单位的，先协商受理；有争议的，报共同的上一级决定，没有共同上一级的，由共同的联席会议协调。决定以前责任不变，期限照算。", "Where several bodies are concerned they agree on who handles it; a dispute goes to their common superior, or to the joint meeting where there is none. Until then the responsibility stays and the terms run."),
        FRESH, None, frozenset({"head", "leader"}), AT_OR_ABOVE, DISPUTE, (ORDINARY_KIND, NO_DISPUTE, OTHER_NAMED, ANOTHER_OFFICE, ON_NOT_FUTURE, ON_AFTER_RECEIPT),
        starts=(Start("dispute", today),), marks=lambda s: {"dispute_with": s.facts.get("with_office"), "dispute_outcome": None},
    ),
    Action(
        "decide_dispute", Words("决定受理机关", "Decide who handles it"), Words("决定了受理机关", "It was decided who handles it"), Words("上级定了归谁办", "It was decided which unit handles it"),
        "第二十四条", Words("共同的上一级写明由谁受理和理由；定了就办，不再提异议，信访人不用再交材料。", "The common superior says who handles it and why; that is done, without another objection, and the petitioner hands in nothing again."),
        FRESH, None, frozenset({"head", "leader"}), frozenset({"above"}), DECIDE_DISPUTE, (ORDINARY_KIND, DISPUTED, NOT_TO_THE_ACCUSED),
        stops=(Stop("dispute", today, "done"), Stop("object", today, "replaced")), marks=_ruled, assigns=True,
    ),
    Action(
        "record_dispute", Words("记上级的决定", "Record the superior's decision"), Words("上级决定了受理机关", "The superior decided who handles it"), Words("上级定了归谁办", "It was decided which unit handles it"),
        "第二十四条", Words("共同的上一级或者联席会议在系统外的，记下谁、哪天、哪份文件、怎样定的。定给别的单位的，转送或者告知。", "Where the common superior or the joint meeting stands outside the system, record who decided, when, by which paper, and what. If it is another's, pass it on or tell the petitioner."),
        FRESH, None, frozenset({"head", "leader"}), AT_OR_ABOVE, RECORD_DISPUTE, (ORDINARY_KIND, DISPUTED, ON_NOT_FUTURE, ON_AFTER_RECEIPT),
        stops=(Stop("dispute", told_on, "done"),), marks=_ruled,
    ),
    Action(
        "urgent", Words("认定重大、紧急", "Mark as major or urgent"), Words("认定为重大、紧急", "Found major or urgent"), Words("", ""),
        "第二十五条", Words("可能造成社会影响的，谁先知道谁记下，得知当天就报告，周末、放假也一样。记的是事，不是人。", "What may affect the public is recorded by whoever learns of it and reported on the day it was learned of, at a weekend or in a holiday too. The matter is recorded, never a person."),
        OPEN, None, STAFF, SAME_UNIT | SENDER, URGENT, (NOT_URGENT_YET, ON_NOT_FUTURE), starts=(Start("urgent", _learned),),
    ),
    Action(
        "report_urgent", Words("报告重大、紧急情况", "Report a major or urgent matter"), Words("已报告重大、紧急情况", "Reported as major or urgent"), Words("", ""),
        "第二十五条", Words("及时报告本级党委和政府，通报主管部门和联席会议办公室，在职责范围内采取措施；信访部门还要报上一级信访部门和国家信访局。隐瞒、谎报、缓报要追责（第四十六条第四项）。", "Report at once to the Party committee and government, tell the departments in charge and the joint-meeting office, and take measures within one's powers; a petition bureau also reports to the bureau above and the national one. Concealing or delaying it has consequences (Art. 46(4))."),
        frozenset(STATES), None, frozenset({"head", "leader"}), AT_OR_ABOVE, REPORT_URGENT, (ON_NOT_FUTURE,),
        stops=(Stop("urgent", on("on"), "done"),), marks=lambda s: {"urgent_reported_on": fact_date("on", s).isoformat()},
    ),
)  # fmt: skip
