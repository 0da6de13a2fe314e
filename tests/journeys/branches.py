"""The branches of the procedure as journeys walk them: where a matter stands, who takes which step and what is typed, and what the
petitioner reads at the end. `OTHERS` names the steps that have a journey of their own, and where."""

from __future__ import annotations

from tests import ways
from tests.journeys.branch import (
    HEARING,
    IN_HAND,
    LATER,
    LED,
    OUTSIDE,
    PAPER,
    REPLY,
    REVOKED,
    SETTLED,
    TODAY,
    TOLD,
    Branch,
    again,
    beside_below,
    to,
)

BRANCHES = {
    "passed on, objected to, taken back": Branch(
        "registered",
        (
            ("leader", "forward", to("sister_clerk", mode="forward", asked="请当面听取意见。")),
            ("clerk", "tell_transfer", TOLD),
            ("sister_leader", "object", ways.OBJECTED),
            ("leader", "agree_return", to("clerk", checked="查过职责清单，确实不归它。")),
        ),
        "registered", ("正在看归谁办", "重新安排谁来办"), frozenset({"forward", "transfer"}),
    ),
    "led into another procedure": Branch(
        "registered", (("leader", "lead", LED), ("clerk", "tell_direction", IN_HAND)), "closed",
        ("该找谁", ways.BODY["body"], "申请行政复议"), frozenset({"direction"}),
    ),
    "told whose it is": Branch(
        "registered",
        (
            ("leader", "inform", {**ways.BODY, "passed_on": TODAY, "passed_how": "挂号寄去", "reason": "本系统没有核定权。"}),
            ("clerk", "tell_direction", IN_HAND),
        ),
        "closed", ("该找谁", ways.BODY["body"], ways.BODY["body_phone"]), frozenset({"inform"}),
    ),
    "re-reviewed, brought again with nothing new": Branch(
        "registered", (("leader", "not_again", again), ("clerk", "tell_direction", IN_HAND)), "closed",
        ("不再受理", "答复过同样的事实和理由", "有新的情况，随时可以再提"), frozenset({"not_again"}),
    ),
    "under way below, brought here as well": Branch(
        "registered",
        (("leader", "not_accepted", beside_below), ("clerk", "tell_direction", IN_HAND)),
        "closed",
        ("哪个单位在办", "南桥所", "答复您"),
        frozenset({"not_accepted"}),
    ),
    "a suggestion": Branch(
        "registered",
        (("leader", "accept", {**ways.RECUSAL, "route": "由待遇科研究。"}), ("leader", "assign", to("handler"))),
        "handling", ("正在调查核实", "给您书面答复"), given={"purpose": "suggestion"},
    ),
    "an accusation, sealed": Branch(
        "registered",
        (("leader", "transfer_sealed", {"body": "纪检监察机关", "on": TODAY, "how": "专人送达", "papers": "信件一份"}),),
        "transferred", ("已经按规定移送",), frozenset({"sealed_transfer"}), given={"purpose": "accusation", "claims": []},
    ),
    "simple, then ordinary": Branch(
        "registered",
        (
            ("leader", "simple_accept", to("handler", **ways.SIMPLE)),
            ("handler", "convert", {"reason": "要去现场看面积。", "route": "由待遇科调查核实。"}),
        ),
        "handling", ("改按普通程序办",), frozenset({"simple_acceptance", "acceptance"}),
    ),
    "extended": Branch(
        "handling",
        (
            ("leader", "extend", {"days": "20", "reason": "要向省公司调档案，四月底才能到。"}),
            ("clerk", "tell_extension", TOLD),
        ),
        "handling", ("延长", "延期告知书"), frozenset({"extension"}),
    ),
    "heard": Branch(
        "handling",
        (
            ("head", "call_hearing", HEARING),
            ("handler", "end_hearing", {"on": TODAY, "minutes": "双方说明了情况。", "finding": "面积录入有误。"}),
        ),
        "handling", ("要开听证会", "开过听证会了"), frozenset({"hearing"}),
    ),
    "settled": Branch(
        "handling",
        (
            ("handler", "settle", SETTLED),
            ("handler", "carry_out", {"on": TODAY, "done": "补发到卡上。"}),
            ("head", "close_agreed", {"agreement_checked": True}),
        ),
        "closed", ("双方达成了协议", "答应的事办到了"), frozenset({"mediation", "execution"}),
    ),
    "taken back, brought again": Branch(
        "handling",
        (
            ("clerk", "withdraw", {"way": "visit", "on": TODAY, "freely": True, "reason": "家里人办好了。"}),
            ("clerk", "resume", {"way": "phone", "on": TODAY, "reason": "又少发了，请接着办。"}),
        ),
        "registered", ("您撤回了这件事", "您说要接着办"), frozenset({"withdrawal"}),
    ),
    "carried on by the family": Branch(
        "handling", (("clerk", "succeed", {"on": TODAY, "successor": "孟小兰", "kinship": "女儿", "phone": "13800000001"}),),
        "handling", ("由家人继续",),
    ),
    "a group that changes its representatives": Branch(
        "handling",
        (
            ("clerk", "represent", {
                "representatives": ["1"], "joined": "王素芬，13800000002，湖滨路8号", "members": "赵铁柱", "left": ["2"], "main": "new",
                "copies": ["1"], "reason": "大家在接待室重新推选的。",
            }),
            ("leader", "extend", {"days": "20", "reason": "要向省公司调档案。"}),
        ),
        "handling", ("记下了谁是代表、信写给谁",), frozenset({"extension"}),
        {"channel": "visit", "people_count": 36, "petitioners": [
            {"name": "张国强", "phone": "13800000000", "is_representative": True}, {"name": "李桂珍", "is_representative": True},
        ]},
    ),
    "a daughter acts for her mother, until she is not to": Branch(
        "delivered",
        (
            ("clerk", "authorise", {
                "name": "孟小兰", "relation": "女儿", "scope": ["papers", "review"], "basis": "oral", "from_on": TODAY, "until_on": LATER,
                "heard": "电话里问过本人，念给本人听了。",
            }),
            ("clerk", "request_review", {"request": "标准还是算错了。", "agent": "1"}),
            ("clerk", "revoke_authority", {"agent": "1", "why": "revoked", "on": TODAY, "how": "本人来电"}),
        ),
        "reviewing", ("记下了谁可以替您办", "替您办的委托到此为止"), frozenset({"review_receipt"}),
    ),
    "nobody's letter, and then somebody's": Branch(
        "issued",
        (
            ("clerk", "deliver", {"mode": "unknown", "on": TODAY}),
            ("clerk", "identify", {"on": TODAY, "how": "本人来电", "person_q": "孟庆兰", "phone": "13800000000"}),
            ("clerk", "bring_answer", IN_HAND),
        ),
        "delivered", ("知道您是谁、怎样联系您了", "书面答复送到您手里"), frozenset({"service"}), {"petitioners": []},
    ),
    "reviewed by the unit above": Branch(
        "reviewing",
        (
            ("sister_leader", "take_review", to("sister_handler", **ways.RECUSAL)),
            ("sister_handler", "draft_review", ways.CONCLUSION),
            ("sister_leader", "issue_review", {}),
            ("sister_clerk", "deliver_review", IN_HAND),
            ("station_handler", "carry_out", {"on": TODAY, **ways.PAID}),
        ),
        "reviewed", ("谁复查的", "南桥所", "上一级看过，维持原来的答复"), frozenset({"review_opinion", "execution"}),
    ),
    "urged, explained, supervised, ordered again": Branch(
        "drafted",
        (
            ("supervisor", "ask_explanation", {"words": "为什么还没有答复？", "answer_by": LATER}),
            ("handler", "explain", {"words": "档案昨天才到。"}),
            ("supervisor", "supervise", {"ground": "delay", "words": "请本周办结。", "answer_by": LATER}),
            ("handler", "answer_supervision", {"words": "周五办结。"}),
            ("supervisor", "order_again", {"ground": "facts", "reason": "面积没有核实。"}),
        ),
        "handling", ("正在调查核实",), frozenset({"supervision"}),
    ),
    "a reply on a duty that is ordered back": Branch(
        "duty",
        (
            ("handler", "draft_duty", REPLY),
            ("supervisor", "order_duty_again", {"ground": "facts", "reason": "没有写哪天查的。"}),
        ),
        "duty", ("这件事由我们依法履行职责",),
    ),
    "an objection that is not upheld": Branch(
        "objected", (("leader", "refuse_return", {"reason": "职责清单第七项写明归南桥所。"}),),
        "forwarded", ("核实过了，还由该单位办",),
    ),
    "assigned, and its result reported": Branch(
        "registered",
        (
            ("leader", "forward", to("sister_clerk", mode="assign", result_due_on=LATER, asked="请报办理结果。")),
            ("sister_leader", "accept", {**ways.RECUSAL, "route": "由发放组核实。"}),
            ("sister_leader", "report_result", {"on": TODAY, "summary": "已经补发。", "reference": "南桥〔2026〕3号", "files": PAPER}),
        ),
        "accepted", ("决定受理",), frozenset({"assign_letter", "acceptance"}),
    ),
    "a dispute that the superior decides": Branch(
        "registered",
        (
            ("counter_head", "dispute", lambda world: {
                "with_office": world.section.pk, "talks": "两个科室都认为不归自己。", "submitted_to": "superior", "on": TODAY,
            }),
            ("leader", "decide_dispute", to("handler", reason="发放归待遇核发科。")),
        ),
        "registered", ("归哪个单位办，正在请上级决定", "上级定了归谁办"),
    ),
    "a dispute that the joint meeting decides": Branch(
        "registered",
        (
            ("leader", "dispute", {"with_body": "云湖市医疗保障局", "talks": "各说归对方。", "submitted_to": "meeting", "on": TODAY}),
            ("leader", "record_dispute", {
                "body": "云湖市信访工作联席会议", "outcome": "ours", "on": TODAY, "reference": "云信联〔2026〕2号", "files": PAPER,
            }),
        ),
        "registered", ("归哪个单位办，正在请上级决定", "上级定了归谁办"),
    ),
    "from the hotline, which takes it back": Branch(
        "registered",
        (
            ("clerk", "object_outside", {"sender": "云湖市12345热线", "on": TODAY, "reason": "本公司没有发放权。", "how": "热线平台退回"}),
            ("clerk", "answer_outside", {"answer": "agreed", "on": TODAY, "reference": "热线平台回单，3月2日"}),
            ("leader", "inform", {**ways.BODY, "passed_on": TODAY, "passed_how": "经热线平台退回", "reason": "本系统没有核定权。"}),
            ("leader", "recall_direction", {"reason": "查到职责清单写明归我们。"}),
        ),
        "registered", ("正在核实", "重新看归谁办"), given={"channel": "hotline"},
    ),
    "a statutory duty, its reply returned once": Branch(
        "registered",
        (
            ("leader", "take_duty", to("handler", **ways.DUTY, limit_on=LATER)),
            ("handler", "draft_duty", REPLY),
            ("head", "return_duty", {"reason": "写明哪天查的。"}),
            ("handler", "draft_duty", REPLY),
            ("head", "approve", {}),
            ("leader", "issue", {}),
            ("clerk", "deliver", IN_HAND),
            ("handler", "close", {}),
            ("clerk", "archive", {"retention": "30"}),
        ),
        "archived", ("这件事由我们依法履行职责",), frozenset({"duty", "duty_reply"}),
    ),
    "no statutory duty after all": Branch(
        "duty", (("leader", "reroute_duty", {"reason": "是补贴争议，不是查处违法。"}),), "registered", ("重新看归谁办",),
    ),
    "an accusation about the whole unit": Branch(
        "registered",
        (("clerk", "send_up_sealed", {"body": "云江省电力公司纪委", "on": TODAY, "how": "机要寄送", "papers": "信件一份"}),),
        "transferred", ("已经按规定移送",), frozenset({"sealed_transfer"}),
        lambda world: {"purpose": "accusation", "claims": [], "accused": world.unit.pk},
    ),
    "an accusation, said later whom it is about": Branch(
        "registered",
        (
            ("clerk", "name_accused", lambda world: {"accused": str(world.unit.pk), "reason": "信里说的是本单位负责人。"}),
            ("clerk", "send_up_sealed", {"body": "云江省电力公司纪委", "on": TODAY, "how": "机要寄送", "papers": "信件一份"}),
        ),
        "transferred", ("已经按规定移送",), frozenset({"sealed_transfer"}), given={"purpose": "accusation", "claims": []},
    ),
    "set right: an accusation": Branch(
        "handling",
        (
            ("head", "reclassify", {"reason": "信里说的是有人截留补贴。", "accused": "outside"}),
            ("leader", "transfer_sealed", {"body": "纪检监察机关", "on": TODAY, "how": "专人送达", "papers": "信件一份"}),
        ),
        "transferred", ("改按检举控告办理", "已经按规定移送"), frozenset({"sealed_transfer"}),
    ),
    "proposed for simple handling": Branch(
        "registered",
        (
            ("clerk", "propose_simple", {"ground": "clear"}),
            ("leader", "simple_accept", to("handler", **ways.SIMPLE)),
        ),
        "handling", ("简单的事，快办", "正在调查核实"),
    ),
    "returned for changes": Branch(
        "drafted",
        (
            ("head", "return", {"reason": "写明补发几个月。"}),
            ("handler", "note", {"words": "已经问过供热公司。"}),
            ("head", "hand_over", to("other_handler", reason="承办人出差。")),
        ),
        "handling", ("正在调查核实",),
    ),
    "an agreement that was broken": Branch(
        "agreed", (("handler", "break_agreement", {"reason": "说好的日子没有到账。"}),), "handling", ("协议没有履行，接着办",),
    ),
    "urgent, reported the same day": Branch(
        "handling",
        (
            ("clerk", "urgent", {"weight": "urgent", "on": TODAY, "what": "几十位老人准备明天一起去省里。"}),
            ("leader", "report_urgent", {
                "body": "云湖市委、市政府", "on": TODAY, "how": "电话报告，云供信报〔2026〕1号", "informed": "市联席会议办公室",
                "measures": "今天下午上门听取意见。",
            }),
        ),
        "handling", ("正在调查核实",),
    ),
    "helpers: one answers, one is recalled; the supervisor urges": Branch(
        "handling",
        (
            ("handler", "ask", to("other_handler", words="请查2025年的发放记录。", due_on=LATER)),
            ("other_handler", "answer_task", {"task": "1", "outcome": "done", "found": "少录了面积。"}),
            ("handler", "ask", to("other_handler", words="请再查2024年的。", due_on=LATER)),
            ("handler", "recall_task", {"task": "2", "reason": "档案里已经找到了。"}),
            ("supervisor", "urge", {"words": "请本周答复。"}),
        ),
        "handling", ("正在调查核实",),
    ),
    "a guardian, until the court ends it": Branch(
        "delivered",
        (
            ("clerk", "authorise", {
                "name": "孟小兰", "relation": "女儿", "scope": ["papers", "review"], "basis": "guardian", "from_on": TODAY,
                "files": PAPER,
            }),
            ("clerk", "end_guardianship", {"agent": "1", "why": "ruled", "on": TODAY, "how": "云湖区法院（2026）民特3号", "files": PAPER}),
            ("clerk", "add_material", {"words": "本人来电，材料另寄。"}),
        ),
        "delivered", ("监护",),
    ),
    "called back, rated on paper": Branch(
        "delivered",
        (
            ("supervisor", "call_back", {"how": "phone", "on": TODAY, "reached": "answered", "result": "mostly", "comment": "等得久了些。"}),
        ),
        "delivered", (), frozenset(),
    ),
    "returned in the review, changed in the re-review, carried out": Branch(
        "reviewing",
        (
            ("sister_leader", "take_review", to("sister_handler", **ways.RECUSAL)),
            ("sister_handler", "draft_review", ways.CONCLUSION),
            ("sister_leader", "return_review", {"reason": "写明依据的条款。"}),
            ("sister_handler", "draft_review", ways.CONCLUSION),
            ("sister_leader", "issue_review", {}),
            ("sister_clerk", "deliver_review", IN_HAND),
            ("station_head", "request_rereview", {"request": "面积还是算错了。"}),
            ("leader", "take_rereview", to("handler", **ways.RECUSAL)),
            ("handler", "draft_rereview", REVOKED),
            ("leader", "return_rereview", {"reason": "写明撤销哪一条。"}),
            ("handler", "draft_rereview", REVOKED),
            ("leader", "issue_rereview", {}),
            ("clerk", "deliver_rereview", IN_HAND),
            ("leader", "rehandle", to("other_handler", reason="重新丈量面积。")),
        ),
        "handling", ("重新办理",), frozenset({"review_opinion", "rereview_opinion"}),
    ),
    "reviewed and re-reviewed by units outside": Branch(
        "delivered",
        (
            ("clerk", "request_review", {"request": "标准还是算错了。"}),
            ("clerk", "record_review", {"body": "云江省电力公司", **OUTSIDE, "remedy": "国家电力集团"}),
            ("clerk", "request_rereview", {"request": "标准还是算错了。"}),
            ("clerk", "record_rereview", {"body": "国家电力集团", **OUTSIDE}),
        ),
        "concluded", ("上一级看过，维持原来的答复",),
    ),
    "one of two takes back their part": Branch(
        "handling", (("clerk", "withdraw_own", {"who": "2", "way": "visit", "on": TODAY, "freely": True}),),
        "handling", ("有一位撤回了自己的一份", "正在调查核实"), frozenset({"withdrawal"}),
        {"petitioners": [
            {"name": "孟庆兰", "phone": "13800000000", "address": "湖滨路2号"}, {"name": "李桂珍", "phone": "13800000001"},
        ]},
    ),
}  # fmt: skip

# Steps that the branches don't take: the journey that takes them in a browser, and what it presses. Of three nobody takes a form: the
# sweep's, a calendar's, a takeover's.
OTHERS = {
    "register": ("journeys/test_first_case.py", "def the_clerk_registers_the_scan"),
    "notify": ("journeys/test_first_case.py", "do/notify/"),
    "split": ("journeys/test_branches.py", '"split", {**item'),
    "investigate": ("journeys/test_first_case.py", 'walk.at("handler", "do/investigate/")'),
    "draft": ("journeys/test_first_case.py", "def the_handler_looks_into_it_and_drafts"),
    "evaluate": ("journeys/test_first_case.py", "def the_petitioner_follows_and_rates"),
    "decide": ("journeys/test_together.py", "确认纪要"),
    "take_back": ("web/portal/test_journeys.py", 'press(page, "撤回")'),
}
NO_FORM = frozenset({"end_window", "recompute", "import_closed"})
