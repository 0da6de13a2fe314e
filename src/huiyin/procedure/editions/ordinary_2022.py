"""信访工作条例 (2022), ordinary path of a matter under Art. 31(6): from registration to archive, with extension and hand-over.

Each row says from where, by whom, what is recorded, which clocks start and stop, and the article it rests on; what the Regulations do not
speak of (archives, counting days, taking back what was just sent) names its own source.
Nothing here pauses a clock: the Regulations know that only for hearings in a re-review (Art. 36).
"""

from __future__ import annotations

from huiyin.procedure.actions import Action, Guard, Paper, Start, Stop, Together
from huiyin.procedure.articles import ARCHIVES, ELDER_FRIENDLY, LAST_DAY_MOVES
from huiyin.procedure.editions import effects_2022 as effects
from huiyin.procedure.editions import effects_persons_2022 as persons
from huiyin.procedure.editions import effects_routes_2022 as routes
from huiyin.procedure.editions import forms_2022 as forms
from huiyin.procedure.editions import guards_2022 as guards
from huiyin.procedure.editions import guards_routes_2022 as more
from huiyin.procedure.editions import money_2022 as money
from huiyin.procedure.editions import requests_2022 as requests
from huiyin.procedure.editions.effects_2022 import for_others, for_pleas, today
from huiyin.procedure.editions.guards_2022 import fact_date
from huiyin.procedure.editions.guards_tasks_2022 import NO_FEEDBACK_OWED, NO_OPEN_TASKS, NO_RESULT_OWED
from huiyin.procedure.editions.standing_2022 import (
    ANY,
    AT_OR_ABOVE,
    FRESH,
    IN_WORK,
    OPEN,
    OWNER,
    SAME_OFFICE,
    SAME_UNIT,
    SETTLED,
    STAFF,
)
from huiyin.procedure.words import Words

# Agreements that were settled by whoever recorded them, before another had to, stand in the record of older matters.
NOT_AGREED = Guard(
    "not_agreed", lambda s: s.snapshot.state != "agreed",
    Words("达成协议的，由另一位负责人核对、办结。", "An agreement is checked and settled by another head or leader."), early=True, silent=True,
)  # fmt: skip
ACTIONS = (
    Action(
        "register", Words("登记", "Register"), Words("登记", "Registered"), Words("收到您反映的事", "We received your matter"),
        "第二十三条", Words("收到当天登记。口头反映的如实记录，念给本人听（第十九条）。", "Register on the day of receipt. Write down oral statements faithfully and read them back (Art. 19)."),
        frozenset(), "registered", frozenset({"clerk", "handler", "head", "petitioner", "system"}), ANY,
        forms.REGISTER, (guards.RECEIVED_NOT_FUTURE, more.ACCUSED_NAMED),
        starts=(Start("notice", effects.notice_from), Start("forward", effects.forward_from), Start("object", effects.object_from)),
        marks=effects.registered, assigns=True, milestone=True,
    ),
    Action(
        "accept", Words("受理", "Accept"), Words("受理", "Accepted"), Words("决定受理", "We decided to handle it"),
        "第三十一条第六项", Words("属于本单位职权、又不属于诉讼、仲裁、复议等程序的，受理；申诉求决类的60日从受理这天起算，建议意见、咨询没有法定天数。出具受理告知书。", "Accept what lies within the unit's authority and belongs to no court, arbitration or review procedure. The 60 days of complaints and requests count from today; suggestions and enquiries have no statutory number. A notice of acceptance is made."),
        FRESH, "accepted", frozenset({"head", "leader"}), AT_OR_ABOVE,
        forms.ACCEPT, (guards.RECUSAL, more.NOT_ACCUSATION, more.UNSEALED_BY_A_LEADER),
        starts=(Start("handle", for_pleas(routes.handle_from)), Start("extend", for_pleas(routes.extension_again), routes.days_extended), Start("reply", for_others(today))), stops=(*routes.stop_all("replaced", *routes.ROUTING_TERMS, "simple-handle"), Stop("reply", for_pleas(today), "replaced"), Stop("handle", for_others(today), "replaced"), Stop("extend", for_others(today), "replaced")),
        marks=Together((effects.accepted, effects.taken_on, effects.set_right)), papers=(Paper("acceptance"),), milestone=True, main=True,
    ),
    Action(
        "notify", Words("书面告知", "Give written notice"), Words("书面告知已送出", "Written notice given"), Words("告诉您谁来办、怎么办", "We told you who handles it and how"),
        "第二十三条", Words("自收到之日起15日内，把接收情况以及处理途径和程序书面告知信访人；能当场告知的当场告知，受理以前也可以；是否受理也告知了，这个期限才到此为止（第四十四条第三项）。受理告知书送到的，也记在这里。", "Within 15 days of receipt, tell the petitioner in writing that it was received and how it will be handled; on the spot where possible, even before acceptance. The term ends when the petitioner is told of the acceptance too (Art. 44(3)); the delivery of the notice of acceptance is recorded here."),
        OPEN, None, frozenset({"clerk", "handler", "head"}), SAME_UNIT,
        forms.NOTIFY, (guards.NOT_ANSWERED, guards.NOT_NOTIFIED, guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT),
        stops=(Stop("notice", effects.acceptance_told_on, "done"), Stop("notice-passed", effects.acceptance_told_on, "done")), marks=effects.notified, milestone=True,
        papers=(
            Paper("notice", effects.notice_written), Paper("service", effects.notice_written, proves=("notice",)),
            Paper("service", effects.acceptance_told, proves=("acceptance", "simple_acceptance", "duty")),
        ),
    ),
    Action(
        "assign", Words("交办", "Assign"), Words("交办", "Assigned"), Words("定了承办人", "A handler was named"),
        "第二十八条", Words("定下一个科室、一个人负责到底；有利害关系的人回避。", "One section and one person answer for it to the end; anyone with an interest stands aside."),
        frozenset({"accepted"}), "handling", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.ASSIGN, (more.NOT_TO_THE_ACCUSED,), marks=routes.given_to_handle, assigns=True, main=True,
    ),
    Action(
        "investigate", Words("添加调查记录", "Add a finding"), Words("调查记录", "Finding"), Words("调查核实", "We looked into the facts"),
        "第三十一条第六项", Words("听取信访人陈述事实和理由，走访、查档，写明找了谁、看了什么、查明了什么。", "Hear the petitioner, visit, read files; write down whom you asked, what you read and what was found."),
        frozenset({"handling"}), None, frozenset({"handler"}), SAME_OFFICE, forms.INVESTIGATE,
        (guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT), marks=routes.found_out,
    ),
    Action(
        "extend", Words("批准延期", "Approve an extension"), Words("批准延期", "Extension approved"), Words("情况复杂，延长了办理时间", "It is complex; more time was approved"),
        "第三十四条", Words("情况复杂的，经本机关、单位负责人批准，可以适当延长，不超过30日，并告知信访人理由。这里只延一次，合计不超过90日。", "A complex matter may be extended by at most 30 days with the approval of the unit's head; the petitioner is told why. It is done once here, so that both stay within 90 days."),
        IN_WORK | {"accepted"}, None, frozenset({"leader"}), AT_OR_ABOVE, forms.EXTEND, (guards.HAS_SIXTY_DAYS, guards.EXTENDED_ONCE, guards.IN_TIME_TO_EXTEND),
        starts=(Start("extend", effects.extension_from, lambda s: int(s.facts["days"])),), stops=(Stop("handle", today, "extended"),),
        marks=lambda s: {"extended_on": s.today.isoformat(), "extended_days": s.facts["days"], "extension_told_on": None}, papers=(Paper("extension"),), milestone=True,
    ),
    Action(
        "tell_extension", Words("告知延期", "Tell of the extension"), Words("延期告知书已送达", "Notice of extension delivered"), Words("把延期的理由告诉您了", "We told you why more time is needed"),
        "第三十四条", Words("延期要告知信访人理由。记下延期告知书是怎样、哪天、由谁送到谁手里的。", "The petitioner must be told why. Record how, when, by whom and to whom the notice of extension was brought."),
        OPEN, None, frozenset({"clerk", "handler", "head"}), SAME_UNIT,
        forms.TELL_EXTENSION, (guards.EXTENDED, guards.ON_NOT_FUTURE, guards.ON_AFTER_EXTENSION),
        marks=lambda s: {"extension_told_on": fact_date("on", s).isoformat()},
        papers=(Paper("service", proves=("extension",)),),
    ),
    Action(
        "draft", Words("拟写处理意见", "Draft the opinion"), Words("处理意见已拟写", "Opinion drafted"), Words("", ""),
        "第三十二条", Words("逐项答复：支持、解释说明或者不支持，写明事实、理由和依据；支持的写明要不要付钱；只是询问的，答复就行。建议意见写采纳与否（第二十九条）。", "Answer each request: supported, explained or not supported, with facts, reasons and the rule; of what is supported say whether money is to be paid; a mere question is answered. Say of a suggestion whether it is adopted (Art. 29)."),
        frozenset({"handling"}), "drafted", frozenset({"handler"}), SAME_OFFICE, forms.DRAFT,
        (guards.INVESTIGATED, guards.CLAIMS_ANSWERED, guards.NONE_LEFT_OUT, guards.CLAIMS_BASED, guards.GROUNDS_GIVEN, money.MONEY_SAID, guards.RESULTS_FIT, guards.REVIEWER_NAMED,
         more.NO_OPEN_HEARING, more.NO_SIMPLE_REFUSAL, more.EXECUTION_TO_COME),
        marks=routes.drafted, main=True,
    ),
    Action(
        "return", Words("退回修改", "Return for changes"), Words("退回修改", "Returned for changes"), Words("", ""),
        "第二十八条", Words("写明哪里要改。期限照算。", "Say what must be mended. The clock runs on."),
        frozenset({"drafted", "approved"}), "handling", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.RETURN, (more.NOT_DUTY,),
    ),
    Action(
        "approve", Words("核签", "Sign off"), Words("核签", "Signed off"), Words("", ""),
        "第三十二条", Words("核对每项诉求都有答复、有依据，要付的钱都写明了，文字老人看得懂。拟稿人不能核签自己的稿子。", "Check that every request is answered with its rule, that money to be paid is named, in words a retiree can read. The drafter can't sign off."),
        frozenset({"drafted"}), "approved", frozenset({"head"}), AT_OR_ABOVE, forms.APPROVE, (guards.NOT_THE_DRAFTER,),
        marks=routes.approved, main=True,
    ),
    Action(
        "issue", Words("签发处理意见书", "Issue the opinion"), Words("签发处理意见书", "Opinion issued"), Words("作出处理意见", "The answer was decided"),
        "第三十二条", Words("签发后编号、成文，60日办理期限到此为止，接着送达。延过期的，先把延期的理由告知信访人（第三十四条）。建议意见、咨询签发的是答复意见书。", "It is numbered and dated now; the 60 days end here, and delivery follows. Where it was extended, the petitioner is told why first (Art. 34). Suggestions and enquiries get a letter of reply."),
        frozenset({"approved"}), "issued", frozenset({"leader"}), AT_OR_ABOVE, forms.ISSUE, (guards.NOT_THE_DRAFTER, guards.EXTENSION_TOLD),
        starts=(Start("execute", routes.execution_from, routes.days_to_execute), Start("deliver", today)), stops=routes.stop_all("done", *routes.ANSWER_TERMS), marks=Together((routes.issued, routes.ran)),
        papers=(Paper("opinion", effects.plea_answered), Paper("reply", effects.other_answered), Paper("duty_reply", routes.duty_reply)), milestone=True, main=True,
    ),
    Action(
        "deliver", Words("送达", "Deliver"), Words("送达", "Delivered"), Words("书面答复送到您手里", "The written answer reached you"),
        "第三十五条", Words("记下方式、日期、签收人和送达人。对处理意见不服的，信访人从收到这天起30日内可以请求复查。", "Record how, when, who signed and who brought it. Against an opinion the petitioner may ask for a review within 30 days of receipt."),
        frozenset({"issued"}), "delivered", frozenset({"clerk", "handler", "head"}), SAME_UNIT, forms.DELIVER,
        (guards.ON_NOT_FUTURE, guards.ON_AFTER_ISSUE, guards.TOLD_SOMEBODY, guards.SIGNED_OR_WITNESSED),
        starts=(Start("request-review", for_pleas(effects.brought_on)),), stops=(Stop("deliver", routes.told_on, "done"), Stop("notice", effects.brought_on, "done"), Stop("notice-passed", effects.brought_on, "done")),
        marks=Together((routes.delivered, persons.unbrought("review"))),
        papers=(Paper("service", effects.brought, proves=("opinion", "reply", "duty_reply")),), milestone=True, main=True,
    ),
    Action(
        "evaluate", Words("评价", "Rate"), Words("信访人评价", "Rated by the petitioner"), Words("您作了评价", "You rated our work"),
        "第二十一条", Words("接待、办理、过程、结果分开评，可以不评。办事的人不能代填。", "Reception, handling, procedure and result apart; any may be left out. Whoever handled it can't fill it in."),
        frozenset({"delivered", "reviewed", "concluded"}) | SETTLED, None, frozenset({"petitioner", "clerk", "supervisor"}), OWNER | SAME_UNIT, forms.EVALUATE,
        (guards.NOT_EVALUATED, guards.ASKED_BY_ANOTHER, guards.SOMETHING_RATED), marks=effects.rated,
    ),
    Action(
        "end_window", Words("复查期届满", "Review period ends"), Words("复查期届满", "Review period ended"), Words("复查期到了", "The review period ended"),
        "第三十五条", Words("期满后由系统记下。", "Recorded by the system when the period is over."),
        frozenset({"delivered", "reviewed"}) | SETTLED, None, frozenset({"system"}), ANY, (), (guards.WINDOW_ENDED,),
        stops=(Stop("request-review", effects.if_over("request-review"), "lapsed"), Stop("request-rereview", effects.if_over("request-rereview"), "lapsed")),
        marks=requests.lapsed,
    ),
    Action(
        "close", Words("办结", "Settle"), Words("办结", "Settled"), Words("办结", "Settled"),
        "第三十五条", Words("复查期届满没有请求复查，或者信访人评价没有不满意，办结。提前办结不缩短复查期。建议意见、咨询没有复查期，答复送达就可以办结。", "When the review period ended without a request, or the petitioner rated it without being dissatisfied. Settling early never shortens the review period. Suggestions and enquiries have none; they may be settled once the reply is delivered."),
        frozenset({"delivered", "reviewed", "agreed"}), "closed", frozenset({"handler", "head", "system"}), AT_OR_ABOVE, forms.CLOSE, (NOT_AGREED, guards.MAY_CLOSE, guards.NOT_REVOKED, guards.ANSWER_IN_HAND, more.CARRIED_OUT, NO_OPEN_TASKS, NO_RESULT_OWED),
        milestone=True, main=True,
    ),
    Action(
        "archive", Words("归档", "Archive"), Words("归档", "Archived"), Words("材料归档", "The papers were archived"),
        ARCHIVES.zh, Words("材料齐全、排好次序，定保管期限。", "Papers complete and in order; set how long they are kept."),
        frozenset({"closed", "concluded", "transferred"}), "archived", frozenset({"clerk", "handler", "head"}), SAME_UNIT, forms.ARCHIVE, (guards.NOT_REVOKED, guards.ANSWER_IN_HAND, more.CARRIED_OUT, NO_OPEN_TASKS, NO_RESULT_OWED, NO_FEEDBACK_OWED), milestone=True,
        stops=(Stop("rehandle", today, "replaced"),), marks=lambda s: {"archived_on": s.today.isoformat(), "retention": s.facts["retention"]}, main=True,
    ),
    Action(
        "hand_over", Words("转交", "Hand over"), Words("转交", "Handed over"), Words("换了承办人", "Another person took over"),
        "第二十八条", Words("责任从这一刻起转给接手的人，期限不变，信访人不用再交材料。", "Responsibility passes at this moment; the dates stay, and the petitioner hands in nothing again."),
        OPEN, None, frozenset({"clerk", "handler", "head", "leader"}), AT_OR_ABOVE, forms.HAND_OVER, (more.NOT_TO_THE_ACCUSED, guards.REVIEW_STAYS_APART, guards.HANDLED_BY_OTHERS), marks=routes.given, assigns=True,
    ),
    Action(
        "add_material", Words("补充材料", "Add papers"), Words("补充材料", "Papers added"), Words("补充了材料", "Papers were added"),
        "第十九条", Words("信访人补交的、代收的材料都加在这里，只交一次。", "Whatever the petitioner adds goes here, once."),
        OPEN, None, frozenset({"petitioner", "clerk", "handler", "head"}), OWNER | SAME_UNIT, forms.ADD_MATERIAL, (guards.SOMETHING_ADDED,),
    ),
    Action(
        "note", Words("记一条", "Add a note"), Words("办理记录", "Note"), Words("", ""),
        "第二十八条", Words("只记办这件事做了什么，不评价人。", "What was done on this matter; never a judgement of a person."),
        OPEN | {"closed"}, None, STAFF, AT_OR_ABOVE | {"first_asked", "asked"}, forms.NOTE,
    ),
    Action(
        "take_back", Words("撤回", "Take back"), Words("信访人撤回", "Taken back by the petitioner"), Words("您撤回了这件事", "You took this matter back"),
        ELDER_FRIENDLY.zh, Words("网上提交后10分钟内，本人可以撤回。", "Within 10 minutes of filing in the portal."),
        frozenset({"registered"}), "withdrawn", frozenset({"petitioner"}), OWNER, forms.TAKE_BACK, (guards.WITHIN_TAKE_BACK,),
        stops=routes.stop_all("withdrawn", "notice", *routes.ROUTING_TERMS), marks=routes.withdrawn, milestone=True,
    ),
    Action(
        "recompute", Words("期限重算", "Recompute dates"), Words("期限重算", "Dates recomputed"), Words("放假安排公布了，日期重新算过", "The holiday calendar was published; dates were computed again"),
        LAST_DAY_MOVES.zh, Words("导入新的放假日历后，由系统按新日历重算。", "Done by the system when a new calendar is imported."),
        OPEN | SETTLED | {"concluded"}, None, frozenset({"system"}), ANY, (), (guards.CALENDAR_IS_NEWER,), recomputes=True,
    ),
    Action(
        "import_closed", Words("导入已办结事项", "Import a settled matter"), Words("从旧系统导入，当时已办结", "Imported, already settled"), Words("从旧系统转来的记录", "Taken over from an earlier system"),
        "第二十一条", Words("照原样导入，不补造步骤和日期。申诉求决类的，从当时答复的日期起30日内照样可以请求复查（第三十五条）。", "Taken over as it stood; no step or date is invented. Against the answer to a complaint or request a review may be asked for within 30 days of that answer (Art. 35)."),
        frozenset(), "closed", frozenset({"clerk", "head", "system"}), ANY, forms.IMPORTED,
        (guards.RECEIVED_NOT_FUTURE, guards.REPLIED_IN_ORDER),
        starts=(Start("request-review", for_pleas(requests.replied_lately)),), marks=effects.imported, assigns=True, milestone=True,
    ),
)  # fmt: skip
