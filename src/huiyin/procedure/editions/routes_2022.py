"""信访工作条例 (2022): the ways beside the ordinary path. Passing on and objecting (Arts. 22, 23), telling whose it is (Art. 23), the
legal procedures of Art. 31(1)–(5), accusations (Art. 30), agreements (Art. 33), hearings (Art. 31(6)), execution (Arts. 32, 40);
and simple handling by its own Measures (国信办发〔2022〕17号).

None of them is a refusal: every way names who handles the matter, and the petitioner is told.
"""

from __future__ import annotations

from huiyin.procedure.actions import Action, Paper, Start, Stop, Together
from huiyin.procedure.articles import SIMPLE_MEASURES
from huiyin.procedure.editions import effects_2022 as effects
from huiyin.procedure.editions import effects_persons_2022 as persons
from huiyin.procedure.editions import effects_routes_2022 as routes
from huiyin.procedure.editions import forms_routes_2022 as forms
from huiyin.procedure.editions import guards_2022 as guards
from huiyin.procedure.editions import guards_routes_2022 as more
from huiyin.procedure.editions import money_2022 as money
from huiyin.procedure.editions.effects_2022 import for_others, for_pleas, today
from huiyin.procedure.editions.guards_authority_2022 import CONSENT_FROM_OUTSIDE
from huiyin.procedure.editions.guards_tasks_2022 import NO_OPEN_TASKS, NO_RESULT_OWED, RESULT_OWED
from huiyin.procedure.editions.standing_2022 import (
    ANSWERABLE,
    AT_OR_ABOVE,
    DECIDES_OBJECTION,
    FRESH,
    IN_WORK,
    OPEN,
    OWNER,
    REVIEWING,
    SAME_OFFICE,
    SAME_UNIT,
    SENDER,
    SETTLED,
)
from huiyin.procedure.terms import TERMS
from huiyin.procedure.words import Words

DECIDED = frozenset({"informed", "led", "not_again", "not_accepted"})  # and the petitioner is to be told
EXECUTED_IN = frozenset({"issued", "delivered", "agreed", "concluded"}) | REVIEWING

DECIDED_IN, ANSWERED_IN = TERMS["simple-accept"].length, TERMS["simple-handle"].length

ACTIONS = (
    Action(
        "propose_simple", Words("建议简易办理", "Propose simple handling"), Words("建议简易办理", "Simple handling proposed"), Words("", ""),
        SIMPLE_MEASURES.zh, Words(f"初次信访，事实清楚、责任明确、争议不大的，提给负责人：收到之日起{DECIDED_IN.zh}内决定要不要简易受理。", f"A matter filed for the first time whose facts and responsibility are clear is put to the head: within {DECIDED_IN.en} of receipt it is decided whether it is handled simply."),
        FRESH, None, frozenset({"clerk", "handler", "head"}), SAME_UNIT, forms.PROPOSE_SIMPLE, (more.ORDINARY_KIND, more.SIMPLE_FITS, more.FIRST_TIME, more.NOT_PROPOSED),
        starts=(Start("simple-accept", routes.received_here),),
    ),
    Action(
        "simple_accept", Words("简易受理", "Accept for simple handling"), Words("简易受理", "Accepted for simple handling"), Words("简单的事，快办", "A simple matter; it is handled quickly"),
        SIMPLE_MEASURES.zh, Words(f"初次信访，事实清楚、责任明确、争议不大的，可以简易办理：受理后{ANSWERED_IN.zh}内作出意见，能当即办的当即办。可以用短信、电话、当面告知；本人要书面的给书面。", f"A matter filed for the first time whose facts and responsibility are clear may be handled simply: the opinion within {ANSWERED_IN.en} of acceptance, at once where possible. The petitioner may be told by message, phone or in person, on paper if they ask."),
        FRESH, "handling", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.SIMPLE_ACCEPT,
        (guards.RECUSAL, more.NOT_ACCUSATION, more.UNSEALED_BY_A_LEADER, more.SIMPLE_FITS, more.FIRST_TIME, more.NOT_EXCLUDED, more.NOT_TO_THE_ACCUSED),
        starts=(Start("simple-handle", today),), stops=(*routes.stop_all("replaced", "forward", "object", "dispute"), *routes.stop_all("done", "simple-accept")),
        marks=Together((routes.simple_accepted, routes.given_to_handle, effects.taken_on, effects.set_right)), papers=(Paper("simple_acceptance"),), assigns=True, milestone=True,
    ),
    Action(
        "convert", Words("转为普通程序", "Change to the ordinary procedure"), Words("转为普通程序", "Changed to the ordinary procedure"), Words("这件事要细查，改按普通程序办", "It needs a closer look and takes the ordinary procedure"),
        SIMPLE_MEASURES.zh, Words("不适合简易办理或者到期没有解决的，转为普通程序，60日从简易受理那天起算；原来告知的途径和期限变了，从转的那天起15日内把新的受理告知书送到（第二十三条，参照）。", "What doesn't fit simple handling or wasn't settled takes the ordinary procedure; its 60 days count from the simple acceptance. Way and time have changed since the petitioner was told: the new notice of acceptance is brought within 15 days of the change (Art. 23, by analogy)."),
        frozenset({"handling"}), None, frozenset({"handler", "head", "leader"}), AT_OR_ABOVE, forms.CONVERT, (more.SIMPLE,),
        starts=(Start("handle", for_pleas(routes.accepted_since)), Start("reply", for_others(routes.accepted_since)), Start("notice", routes.notice_again)), stops=(Stop("simple-handle", today, "replaced"),),
        marks=lambda s: {"simple": False, "acceptance_told_on": None}, papers=(Paper("acceptance"),), milestone=True,
    ),
    Action(
        "take_duty", Words("依法履责", "Perform a statutory duty"), Words("决定依法履责", "A statutory duty was taken up"), Words("这件事由我们依法履行职责", "The law gives us a duty here; we perform it"),
        "第三十一条第五项", Words("申请查处违法行为、履行保护人身权财产权职责的，按那部法律法规办，写明依据和期限，依法履行或者答复。", "Where the petitioner asks to have a breach of law dealt with or a right protected, act under that statute, name it and its limit, and perform the duty or answer."),
        FRESH | {"accepted"}, "duty", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.TAKE_DUTY,
        (guards.RECUSAL, more.ORDINARY_KIND, more.LIMIT_TO_COME, more.LIMIT_REASONABLE, more.NOT_TO_THE_ACCUSED),
        starts=(Start("duty", today, routes.DaysUntil("limit_on")),), stops=routes.stop_all("replaced", *routes.ROUTING_TERMS, "handle", "extend", "reply"),
        marks=Together((routes.duty_taken, routes.given_to_handle, effects.taken_on)), papers=(Paper("duty"),), assigns=True, milestone=True,
    ),
    Action(
        "draft_duty", Words("拟写履责答复", "Draft the reply on the duty"), Words("履责答复已拟写", "Reply drafted"), Words("", ""),
        "第三十一条第五项", Words("写明履行的情况或者不能履行的理由、依据，以及不服可以怎样救济。", "Say what was performed, or why it can't be, on which rule, and what may be done against it."),
        frozenset({"duty"}), "drafted", frozenset({"handler"}), SAME_OFFICE, forms.DRAFT_DUTY, (more.REASON_FOR_NOT_PERFORMING, more.REPLIES_TO_ALL),
        marks=routes.duty_drafted, main=True,
    ),
    Action(
        "return_duty", Words("退回修改", "Return for changes"), Words("退回修改", "Returned for changes"), Words("", ""),
        "第二十八条", Words("写明哪里要改。期限照算。", "Say what must be mended. The clock runs on."),
        frozenset({"drafted", "approved"}), "duty", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.RECALL, (more.DUTY,),
    ),
    Action(
        "lead", Words("导入法定程序", "Lead into a legal procedure"), Words("决定导入法定程序", "Another legal procedure applies"), Words("这件事要走别的法定程序", "Another legal procedure applies to it"),
        "第三十一条", Words("诉讼、仲裁、党员申诉、复议等程序能解决的，导入相应程序。这不是不受理：写明找谁、走什么程序、时限到哪天，材料交代清楚。复议60日从知道之日起算，早说。", "What courts, arbitration, Party appeal or administrative review can settle is led there. This is no refusal: name the body, the procedure, the limit and what happened to the papers. The 60 days of administrative review run already, so tell early."),
        FRESH | IN_WORK | {"accepted"}, "led", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.LEAD, (more.ORDINARY_KIND, more.NOT_DUTY, more.NO_OPEN_HEARING, more.LIMIT_TO_COME),
        stops=routes.stop_all("replaced", *routes.ROUTING_TERMS), papers=(Paper("direction"),), milestone=True,
    ),
    Action(
        "inform", Words("告知向有权机关提出", "Tell whose matter it is"), Words("决定告知向有权机关提出", "Another body has authority"), Words("这件事归别的单位管", "Another body has authority over it"),
        "第二十三条", Words("不属于本单位和本系统职权的，写明归哪个机关，把材料转过去，告诉本人怎么找。不能只说“不归我们管”。", "Where neither this unit nor its system has authority, name the body, pass the papers on and tell the petitioner how to reach it. “Not ours” alone is no answer."),
        frozenset({"registered"}), "informed", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.INFORM, (more.ORDINARY_KIND, CONSENT_FROM_OUTSIDE, more.PASSED_NOT_FUTURE),
        stops=routes.stop_all("replaced", *routes.ROUTING_TERMS), papers=(Paper("inform"),), milestone=True,
    ),
    Action(
        "tell_direction", Words("告知信访人", "Tell the petitioner"), Words("已告知信访人", "The petitioner was told"), Words("把该找谁、怎么走告诉您了", "We told you whom to turn to and how"),
        "第二十三条", Words("把告知书送到本人手里，记下怎样、哪天、由谁送到。送到了才算办结。", "Bring the notice to the petitioner and record how, when and by whom. Only then is it settled."),
        DECIDED, "closed", frozenset({"clerk", "handler", "head"}), SAME_UNIT, forms.TELL_DIRECTION,
        (NO_OPEN_TASKS, NO_RESULT_OWED, guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT, guards.TOLD_SOMEBODY, guards.SIGNED_OR_WITNESSED),
        stops=(Stop("notice", routes.told_on, "done"), Stop("notice-passed", routes.told_on, "done"), *routes.stop_all("replaced", *routes.ANSWER_TERMS)),
        marks=persons.unbrought("answer"), papers=(Paper("service", effects.brought, proves=("direction", "inform", "not_again", "not_accepted")),), milestone=True, main=True,
    ),
    Action(
        "recall_direction", Words("收回，重新处理", "Recall it"), Words("收回决定", "The decision was recalled"), Words("重新看归谁办", "We are deciding anew who handles it"),
        "第二十八条", Words("告知以前发现定错了，收回来重新处理；已经受理过的，60日还从受理那天起算。", "If the decision was wrong and the petitioner was not told yet, take it back; where it was accepted, the 60 days still count from then."),
        DECIDED, "registered", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.RECALL,
        starts=(Start("forward", routes.forward_on),), marks=lambda s: routes.ANOTHER_WAY,
    ),
    Action(
        "reroute_duty", Words("改走其他途径", "Take another way"), Words("不再按依法履责办", "No longer a statutory duty"), Words("重新看归谁办", "We are deciding anew who handles it"),
        "第二十八条", Words("查明不属于依法履责的，改走该走的途径；受理日期不变。", "Where it turns out to be no statutory duty, take the right way; the day of acceptance stays."),
        frozenset({"duty"}), "registered", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.RECALL,
        starts=(Start("handle", routes.handle_from), Start("extend", routes.extension_again, routes.days_extended)), stops=(Stop("duty", today, "replaced"),),
        marks=lambda s: {"nature": "plea", **routes.ANOTHER_WAY},
    ),
    Action(
        "forward", Words("转送、交办", "Pass on or assign"), Words("转送、交办", "Passed on"), Words("转给有权处理的单位了", "It was passed to the unit with authority"),
        "第二十三条", Words("属于下级单位（信访部门：本级、下级有权处理的单位）职权的，转送；要反馈结果的，交办并定日期。不能交给被反映的单位。去向要告知本人。", "What a unit below has authority over (for a petition bureau: any competent unit) is passed on, or assigned with a date for the result. Never to the office complained about. The petitioner is told where it went."),
        FRESH, "forwarded", frozenset({"head", "leader", "clerk"}), AT_OR_ABOVE, forms.FORWARD,
        (more.ORDINARY_KIND, more.NOT_TO_THE_ACCUSED, more.NOT_TO_ONESELF, more.RESULT_DATE_GIVEN, more.RESULT_TO_COME),
        starts=(Start("notice-passed", routes.notice_passed_from), Start("notice", routes.whereabouts_from), Start("object", today), Start("result", routes.if_given("result_due_on"), routes.DaysUntil("result_due_on"))),
        stops=(*routes.stop_all("done", "forward"), *routes.stop_all("replaced", "dispute", "simple-accept")), marks=Together((routes.forwarded, routes.sent)), assigns=True, receiver="outside", milestone=True,
        papers=(Paper("transfer"), Paper("forward", routes.only_passed_on), Paper("assign_letter", routes.assigned_by_sender)),
    ),
    Action(
        "tell_transfer", Words("告知去向", "Tell where it went"), Words("去向已告知", "Told where it went"), Words("把转给了谁告诉您了", "We told you where it went"),
        "第二十三条", Words("转送、交办的去向，自收到信访事项起15日内告知本人。", "Within 15 days of receipt the petitioner is told where the matter went."),
        OPEN, None, frozenset({"clerk", "handler", "head"}), SAME_UNIT | SENDER, forms.TELL_TRANSFER,
        (more.TRANSFER_TO_TELL, guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT), stops=(Stop("notice", routes.told_on, "done"),),
        marks=lambda s: {"transfer_told_on": routes.told_on(s).isoformat()}, papers=(Paper("service", effects.brought, proves=("transfer",)),),
    ),
    Action(
        "object", Words("提出异议", "Object"), Words("提出异议", "Objection raised"), Words("收到的单位说不归它办", "The unit says it isn't theirs"),
        "第二十三条", Words("不属于本单位和本系统职权的，收到之日起5个工作日内提出，详细说明理由；发出的一方核实同意以前，材料留着，责任不空。", "Within 5 working days of receipt, with detailed reasons; until the sender agrees the papers and the responsibility stay."),
        frozenset({"forwarded"}), "objected", frozenset({"handler", "head", "leader"}), AT_OR_ABOVE, forms.OBJECT, (more.IN_TIME_TO_OBJECT,),
        stops=(Stop("object", today, "done"),), marks=lambda s: {"objected_on": s.today.isoformat()},
    ),
    Action(
        "agree_return", Words("同意退回，改派", "Agree and take back"), Words("同意退回", "Taken back"), Words("重新安排谁来办", "It is being given to another"),
        "第二十三条", Words("核实异议成立的，收回材料，自己重新安排。信访部门收回的，从收回这天起15日内再转送、交办（第二十二条）；去向告知过信访人的，15日内再书面告知现在谁办。", "Where the objection holds, take the papers back and arrange it anew; a petition bureau passes it on again within 15 days of that day (Art. 22). Where the petitioner was told that it went there, they are told within 15 days who has it now."),
        frozenset({"objected"}), "registered", frozenset({"clerk", "head", "leader"}), DECIDES_OBJECTION, forms.AGREE_RETURN,
        starts=(Start("forward", routes.forward_again), Start("notice", routes.whereabouts_from)), stops=routes.stop_all("replaced", "notice-passed", "result", "simple-accept"), marks=Together((routes.returned, routes.back_with_sender)), assigns=True, main=True,
    ),
    Action(
        "refuse_return", Words("异议不成立", "Reject the objection"), Words("异议不成立", "Objection rejected"), Words("核实过了，还由该单位办", "It was checked; the unit handles it"),
        "第二十三条", Words("写明理由，由收到的单位照办；期限从收到时算，不重新起算。", "Give the reasons; the unit handles it, and its terms count from receipt as before."),
        frozenset({"objected"}), "forwarded", frozenset({"clerk", "head", "leader"}), DECIDES_OBJECTION, forms.REFUSE_RETURN,
        marks=lambda s: {"objected_on": None},
    ),
    Action(
        "transfer_sealed", Words("移送纪检监察", "Pass to discipline inspection"), Words("已移送", "Passed on, sealed"), Words("按规定移送了", "It was passed on as the rules say"),
        "第三十条", Words("检举控告按管理权限移送，密封，专人送达；绝不透露、转给被检举的人和单位（第四十六条第五项追责）。", "Accusations are passed on under seal to the organ with authority, by messenger; never disclosed or passed to those accused (Art. 46(5))."),
        FRESH, "transferred", frozenset({"leader"}), AT_OR_ABOVE, forms.TRANSFER_SEALED, (more.ACCUSATION, guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT),
        stops=routes.PASSED_UNDER_SEAL, marks=routes.no_result_owed, papers=(Paper("sealed_transfer"),), milestone=True,
    ),
    Action(
        "send_up_sealed", Words("密封报送系统外的上级", "Send up under seal"), Words("已移送", "Passed on, sealed"), Words("按规定移送了", "It was passed on as the rules say"),
        "第三十条", Words("反映的就是整个单位，这里没有人可以办：谁收下、谁负责，就由谁密封移送系统外的上级机关或者纪检监察机关，不经过本单位任何人。", "It is about the whole unit, so that nobody here may handle it: whoever took it in or answers for it sends it, sealed, to the superior or the discipline organ outside, past everybody else of the unit."),
        FRESH, "transferred", frozenset({"clerk", "handler", "head", "leader"}), frozenset({"self", "first_asked"}), forms.TRANSFER_SEALED,
        (more.ACCUSATION, guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT),
        stops=routes.PASSED_UNDER_SEAL, marks=routes.no_result_owed, papers=(Paper("sealed_transfer"),), milestone=True,
    ),
    Action(
        "call_hearing", Words("通知听证", "Call a hearing"), Words("通知听证", "Hearing called"), Words("要开听证会", "A hearing will be held"),
        "第三十一条第六项", Words("重大、复杂、疑难的，可以听证。办理中的听证不停60日；复核中的听证，实际开的天数不计入30日（第三十六条）。", "Major, complex or difficult matters may be heard. In handling it doesn't stop the 60 days; in a re-review the days on which it is held are not counted (Art. 36)."),
        frozenset({"handling", "rereviewing"}), None, frozenset({"head", "leader"}), AT_OR_ABOVE, forms.CALL_HEARING,
        (more.PLEA_ONLY, more.REVIEWERS_HEARING, more.NO_OPEN_HEARING, more.HEARING_TO_COME), marks=routes.hearing_called,
        papers=(Paper("hearing"),),
    ),
    Action(
        "end_hearing", Words("记录听证结果", "Record the hearing"), Words("听证结束", "Hearing held"), Words("开过听证会了", "The hearing was held"),
        "第三十一条第六项", Words("写明笔录和查明的事实。通知的那天到了才能记开过；没有开的，写明原因，改期的再通知一次。复核中的听证，实际开的那几天（从开始到结束）加到30日后面；通知以后等着开的、开完以后没有及时记的，都不加。", "Minutes and findings, on the day for which it was called at the earliest. Where it was not held, say why; if it was put off, call it anew. In a re-review the days on which it was held, first to last, are added to the 30; neither the days between call and hearing nor a delay in recording it."),
        frozenset({"handling", "rereviewing"}), None, frozenset({"handler", "head", "leader"}), AT_OR_ABOVE, forms.END_HEARING,
        (more.OPEN_HEARING, more.REVIEWERS_HEARING, more.HEARING_IN_ORDER, more.HEARING_ON_ITS_DAY, more.HEARING_LENGTH, more.HEARING_FOUND), starts=(Start("rereview", routes.rereview_start, routes.rereview_days),), marks=routes.hearing_ended,
    ),
    Action(
        "settle", Words("达成协议", "Reach an agreement"), Words("达成调解、和解协议", "Agreement reached"), Words("双方达成了协议", "Both sides agreed"),
        "第三十三条", Words("双方自愿、不违反强制性规定的，制作调解或者和解协议书，双方签字，写明哪天以前履行；履行完了，由另一位负责人核对办结。只谈好一部分诉求的，用处理意见逐项答复。几个人共同提的，要每一位都签字同意，或者由有书面授权的代办人、代表签（民事诉讼法第五十五条第二款、第五十六条，参照）。", "Where both sides agree freely and lawfully, a written agreement is made with its date and signed by both; when it was carried out, another head or leader checks it and settles the matter. Where some requests are not agreed on, each is answered by an opinion. What several brought is agreed on by everybody, or by an agent or representatives with written authority (Civil Procedure Law, Arts. 55(2), 56, by analogy)."),
        frozenset({"handling"}), "agreed", frozenset({"handler", "head"}), AT_OR_ABOVE, forms.SETTLE,
        (more.PLEA_ONLY, more.NO_OPEN_HEARING, more.VOLUNTARY, more.MEDIATOR_NAMED, more.AGREED_ON_ALL, more.HELD_IN_ORDER, more.PERFORM_TO_COME),
        starts=(Start("perform", today, routes.DaysUntil("perform_by")),), stops=(*routes.stop_all("replaced", "handle", "extend", "simple-handle"), Stop("notice", effects.on("held_on"), "replaced"), Stop("notice-passed", effects.on("held_on"), "replaced")),
        marks=routes.settled, papers=(Paper("mediation"),), milestone=True,
    ),
    Action(
        "break_agreement", Words("协议没有履行，恢复办理", "Agreement broken; handle on"), Words("恢复办理", "Handling resumed"), Words("协议没有履行，接着办", "The agreement was not carried out; we go on"),
        "第三十三条", Words("协议没有履行或者一方反悔的，接着办，60日还从受理那天起算。", "If it is not carried out or one side withdraws, handling goes on; the 60 days still count from acceptance."),
        frozenset({"agreed"}), "handling", frozenset({"handler", "head"}), AT_OR_ABOVE, forms.BREAK_AGREEMENT, (more.TO_CARRY_OUT,),
        starts=(Start("handle", for_pleas(routes.handle_from)), Start("extend", for_pleas(routes.extension_again), routes.days_extended)), stops=(Stop("perform", today, "replaced"),),
        marks=lambda s: {"execution_due_on": None, "pays": None, "simple": False},
    ),
    Action(
        "close_agreed", Words("核对协议，办结", "Check the agreement and settle"), Words("按协议办结", "Settled by agreement"), Words("办结", "Settled"),
        "第三十三条", Words("协议办到以后，由另一位负责人核对：协议书双方都签了字，约定的事办到了，要付的钱有凭证，再办结。记下协议的人不能自己办结。", "Once the agreement was carried out, another head or leader checks that both sides signed it, that what it says was done and that payments are proved, and settles the matter. Whoever recorded the agreement can't."),
        frozenset({"agreed"}), "closed", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.CLOSE_AGREED,
        (guards.MAY_CLOSE, guards.NOT_REVOKED, guards.ANSWER_IN_HAND, more.CARRIED_OUT, NO_OPEN_TASKS, NO_RESULT_OWED, more.CONFIRMED_BY_ANOTHER, more.AGREEMENT_CHECKED),
        milestone=True, main=True,
    ),
    Action(
        "carry_out", Words("记录执行情况", "Record execution"), Words("已执行", "Carried out"), Words("答应的事办到了", "What was promised was done"),
        "第三十二条", Words("支持的请求、达成的协议要执行到位；答应付钱的，每项附上付款凭证才算执行完。", "What was supported or agreed must be carried out; where money was promised, the proof of each payment is added."),
        EXECUTED_IN, None, frozenset({"handler", "head"}), AT_OR_ABOVE, forms.CARRY_OUT,
        (more.TO_CARRY_OUT, guards.ON_NOT_FUTURE, money.PAYMENT_PROVED, money.AMOUNT_GIVEN), stops=(Stop("perform", routes.told_on, "done"), Stop("execute", routes.told_on, "done")),
        marks=routes.carried_out, papers=(Paper("execution"),), milestone=True,
    ),
    Action(
        "report_result", Words("报告办理结果", "Report the result"), Words("已向交办单位报告结果", "Result reported"), Words("", ""),
        "第二十二条", Words("交办的事项，在指定的日期以前向交办的一方反馈结果、提交办结报告；报告了才能办结。", "What was assigned is reported, with the closing report, to whoever assigned it by the day they set; it is settled only after that."),
        (OPEN - FRESH) | {"concluded"}, None, frozenset({"handler", "head", "leader"}), AT_OR_ABOVE, forms.REPORT_RESULT, (RESULT_OWED, guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT),
        stops=(Stop("result", routes.told_on, "done"),), marks=routes.no_result_owed,
    ),
    Action(
        "reclassify", Words("改为检举控告", "Set right: an accusation"), Words("改按检举控告办，已密封", "Now an accusation, sealed"), Words("这件事改按检举控告办理", "It is handled as an accusation"),
        "第三十条", Words("办着办着发现是检举控告的，马上改过来：密封，只留给经手登记的人和负责人，等着移送。绝不透露给被反映的人和单位。从信里分出来的一件，先把原信改过来，再改这一件。", "Where it turns out to be an accusation, set it right at once: it is sealed and waits to be passed on. Never disclosed to those it is about. Of an item split off from a letter, the letter is set right first."),
        FRESH | IN_WORK | {"accepted"}, "registered", frozenset({"head", "leader"}), AT_OR_ABOVE, forms.RECLASSIFY, (more.ORDINARY_KIND, NO_OPEN_TASKS, more.NO_OPEN_HEARING),
        stops=routes.stop_all("replaced", "object", "dispute", "simple-accept", *routes.ANSWER_TERMS), marks=Together((routes.reclassified, routes.accused_of)), milestone=True,
    ),
    Action(
        "name_accused", Words("写明反映的是谁", "Say whom it is about"), Words("写明了反映的是哪个科室、单位", "Whom it is about was set right"), Words("", ""),
        "第三十条第三款", Words("登记时没有写明、写错了反映的是哪个科室、单位的，谁收下、谁负责，就由谁马上写明，说明理由；写明以后，那里的人和它的负责人都看不到这件事（第四十六条第五项）。", "Where it was not said, or said wrongly, which office an accusation is about, whoever took it in or answers for it says so at once, with the reason; from then on neither its people nor its leaders see the matter (Art. 46(5))."),
        FRESH | {"objected", "transferred"} | SETTLED, None, frozenset({"clerk", "handler", "head", "leader"}), frozenset({"self", "first_asked"}), forms.NAME_ACCUSED,
        (more.ACCUSATION,), marks=routes.accused_of,
    ),
    Action(
        "withdraw", Words("信访人撤回", "The petitioner takes it back"), Words("信访人撤回", "Taken back by the petitioner"), Words("您撤回了这件事", "You took this matter back"),
        "第十七条", Words("条例没有写撤回：提不提出是信访人的权利，只有本人自愿才能撤回，记下怎样提出的；不得劝、逼、拿条件换，更不得打击报复（第十八条第四款）。几个人共同提的，这一步撤回的是全部：要每一位都签字同意，或者由有书面授权的代办人、代表办；一位不能替别人撤回，只有其中一位不想提的，用“其中一位撤回”（民事诉讼法第五十五条第二款、第五十六条，参照）。以后还可以再提。", "The Regulations don't speak of it: to bring a matter or not is the petitioner's right, so it is taken back by their own free will alone; record how they asked. Nobody may urge, press or bargain, let alone retaliate (Art. 18(4)). Of what several brought, this step takes back the whole: everybody signs, or an agent or representatives with written authority do; nobody takes back for another. If one alone no longer wants it, use “One of several takes back their part” (Civil Procedure Law, Arts. 55(2), 56, by analogy). It can be filed again."),
        ANSWERABLE, "withdrawn", frozenset({"clerk", "handler", "head"}), SAME_UNIT, forms.WITHDRAW,
        (more.ORDINARY_KIND, more.NOT_BY_THE_HANDLER, more.FREELY, more.WITHDRAWAL_ON_PAPER, guards.ON_NOT_FUTURE, guards.ON_AFTER_RECEIPT, more.NO_OPEN_HEARING),
        stops=routes.stop_all("withdrawn", *routes.ROUTING_TERMS, "notice", "notice-passed", "result", *routes.ANSWER_TERMS), marks=routes.withdrawn,
        papers=(Paper("withdrawal"),), milestone=True,
    ),
    Action(
        "resume", Words("撤回后接着办", "Take up again"), Words("撤回后又提出，接着办", "Taken up again"), Words("您说要接着办，我们接着办了", "You asked us to go on, and we do"),
        "第十七条", Words("撤回以后本人还可以再提，有没有新情况都行（条例没有禁止，第十七条）：同一件事在这里接着办，材料不用再交。书面告知的15日从本人说接着办那天起算，60日从再次受理起算；撤回以前的期限记录不改。", "After taking it back the petitioner may bring it again, with or without anything new (the Regulations nowhere forbid it, Art. 17): the same matter goes on here and no paper is handed in twice. The 15 days of the notice count from the day on which they said so, the 60 days from the new acceptance; what earlier terms came to stays on record."),
        frozenset({"withdrawn"}), "registered", frozenset({"clerk", "handler", "head"}), SAME_UNIT, forms.RESUME,
        (guards.ON_NOT_FUTURE, more.AFTER_WITHDRAWAL),
        starts=(Start("notice", routes.asked_again), Start("forward", routes.forward_resumed)), marks=Together((routes.resumed, routes.plea_again)), milestone=True,
    ),
    Action(
        "succeed", Words("信访人去世", "The petitioner died"), Words("信访人去世", "The petitioner died"), Words("由家人继续", "The family carries on"),
        "第二十八条", Words("记下去世日期和由谁继续；没有人继续的，涉及的事照样查清办完，后来有人继续的再记一次；另一位、继续的人也去世的，同样记在这里。以后的信写给继续的人；替本人办的委托、监护到此为止（民法典第一百七十三条、第一百七十五条）；代办的人不知道、也不应当知道本人去世时办的，仍然有效，继承人也可以承认（第一百七十四条），继承人要确认的，由继续的人自己办。", "Record the day and who carries on; where nobody does, it is handled to the end all the same, and who does so later is recorded by this step again, as is another death, also of a successor. Later letters go to the successor; whoever acted for the petitioner no longer does (Civil Code, Arts. 173, 175). What was done before the agent knew or should have known of the death stays valid, and heirs may acknowledge it (Art. 174); who carries on then takes the step themselves."),
        OPEN, None, frozenset({"clerk", "handler", "head"}), OWNER | SAME_UNIT, forms.SUCCEED, (guards.ON_NOT_FUTURE,), marks=Together((routes.died, persons.ended_by_death, persons.followed, persons.speaks_no_more)),
    ),
)  # fmt: skip
