"""Snapshots of the letters of all branches: the invented matter of snapshots.py, gone other ways, with real date arithmetic."""

from __future__ import annotations

from typing import Any

from tests.documents.snapshots import ACCEPTANCE, SHARED

HANDLER = ACCEPTANCE["handler"]
QUERIES = ACCEPTANCE["queries"]
BODY = {"name": "云湖市社会保险事业管理中心", "address": "云湖市人民路66号", "phone": "0700-555 6600"}
TRANSFER = SHARED | {
    "issued_on": "2026-03-02", "mode": "assign", "role": "unit", "body": BODY, "sent_on": "2026-03-02", "told_by": "2026-03-17",
    "result_due_on": "2026-04-30",
}  # fmt: skip
FORWARD = SHARED | {
    "issued_on": "2026-03-02", "role": "bureau", "body": BODY, "reach": "信访人电话：0700-555 0177；住址：云湖市柳岸小区3栋201",
    "asked": "核对2021年以来的发放名单\n说明补发的办法", "attachments": ["来信复印件", "信访事项登记表"],
}  # fmt: skip
ASSIGN_LETTER = FORWARD | {"result_due_on": "2026-04-30"}
INFORM = SHARED | {
    "issued_on": "2026-03-02", "body": BODY, "passed_on": "2026-03-02", "passed_how": "机要交换",
    "reason": "取暖补贴由社会保险经办机构核定和发放，本单位没有这项职权", "superior": "云江省电力公司",
}  # fmt: skip
DIRECTION = SHARED | {
    "issued_on": "2026-03-02", "item": "4", "route": "行政复议", "body": {"name": "云湖市人民政府（行政复议机构：市司法局）",
    "address": "云湖市人民路1号", "phone": "0700-555 1200"}, "statute": "《行政复议法》第二十条",
    "limit": "自知道或者应当知道该行政行为之日起60日内提出", "limit_on": "2026-04-25", "reason": "您不服的是经办机构核定待遇的决定",
    "bring": "核定通知书、身份证复印件", "passed_how": "复印件交给您本人，原件留存", "superior": "云江省电力公司",
}  # fmt: skip
SEALED = {key: SHARED[key] for key in ("sender", "case_number", "received_on", "number_label")} | {
    "issued_on": "2026-03-02", "role": "unit", "body": {"name": "中共云湖市纪律检查委员会"},
    "contact": {"office": "离退休工作部", "phone": "0700-555 0123"},
}  # fmt: skip
DUTY = SHARED | {
    "issued_on": "2026-03-02", "statute": "《老年人权益保障法》第七十三条", "limit_on": "2026-04-27", "handler": HANDLER,
    "doing": "到柳岸小区活动中心现场检查\n约谈经营人，要求停止向老年人推销保健品", "superior": "云江省电力公司",
}  # fmt: skip
DUTY_REPLY = SHARED | {
    "statute": "《老年人权益保障法》第七十三条", "outcome": "performed", "done": "3月12日现场检查，责令停止推销，已经停止",
    "superior": "云江省电力公司",
}  # fmt: skip
SIMPLE = SHARED | {
    "issued_on": "2026-03-02", "due_on": "2026-03-16", "handler": HANDLER, "queries": QUERIES,
}  # fmt: skip
HEARING = SHARED | {
    "issued_on": "2026-03-20", "stage": "handle", "hearing_on": "2026-04-08", "hearing_at": "上午9点30分",
    "place": "云湖市湖滨路18号二楼会议室", "chair": "周建国（副经理）",
    "participants": ["王桂芝", "待遇核发科李文清", "律师陈静", "退休人员代表孙德明"],
}  # fmt: skip
MEDIATION = SHARED | {
    "form": "mediation", "parties": ["王桂芝", "云湖供电公司"], "held_on": "2026-04-16", "perform_by": "2026-05-15", "mediator": "赵敏",
    "agreement": ["云湖供电公司补发2025年度冬季取暖补贴2380元", "今后每年11月15日以前按时发放", "双方对本事项不再有其他争议"],
}  # fmt: skip
OPINION_1 = {
    "document": "信访处理意见书", "label": "云供信〔2026〕7号", "on": "2026-04-20", "unit": "云湖供电公司",
    "says": "不予支持补发2025年度冬季取暖补贴的请求",
}  # fmt: skip
OPINION_2 = {
    "document": "信访事项复查意见书", "label": "云电信〔2026〕31号", "on": "2026-06-18", "unit": "云江省电力公司", "says": "维持原处理意见",
}  # fmt: skip
ABOVE = {"unit": "云江省电力公司", "office": "信访办公室", "phone": "0701-555 2000", "address": "", "hours": ""}
REVIEW_RECEIPT = SHARED | {
    "sender": ABOVE, "number_label": "云电信〔2026〕25号", "issued_on": "2026-05-20", "stage": "review", "earlier": [OPINION_1],
    "requested_on": "2026-05-19", "request": "撤销处理意见，补发取暖补贴2380元", "due_on": "2026-06-18",
    "handler": {"name": "何敏", "office": "信访办公室", "phone": "0701-555 2001"}, "queries": QUERIES,
    "contact": {"name": "何敏", "phone": "0701-555 2001"},
}  # fmt: skip
REVIEW = REVIEW_RECEIPT | {
    "number_label": "云电信〔2026〕31号", "issued_on": "2026-06-18", "findings": "您2025年10月在本市范围内迁居，11月起停发补贴。\n发放名单没有转入迁居后的地址。",
    "outcome": "change", "reasons": "在本市范围内迁居的，补贴应当按原标准继续发放，原处理意见适用规定不当",
    "basis": "《云湖供电公司退休人员生活补贴管理办法》第八条", "decided": ["支持补发2025年度冬季取暖补贴2380元", "自2026年度起按时发放"],
    "body": {"name": "国网信访工作办公室", "phone": "010-5555 0000"},
}  # fmt: skip
REREVIEW = REVIEW | {
    "number_label": "国网信〔2026〕5号", "issued_on": "2026-07-30", "earlier": [OPINION_1, OPINION_2], "requested_on": "2026-07-10",
    "outcome": "maintain", "reasons": "补贴的标准和发放范围由规定统一确定，您迁居外省，不在发放范围", "decided": [], "hearing_on": "2026-07-22",
    "sender": ABOVE | {"unit": "国网信访工作办公室", "office": ""},
}  # fmt: skip
WITHDRAWAL = SHARED | {
    "withdrawn_on": "2026-04-18",
    "way": "当面",
    "reason": "补贴已经补发到账",
    "until": "3月12日听取您的陈述，调取了发放名单",
}
EXECUTION = SHARED | {
    "issued_on": "2026-05-08", "earlier": [OPINION_1 | {"says": ""}], "done": "补发2025年度冬季取暖补贴\n更正发放名单中的住址", "on": "2026-04-28",
    "amount": "2380", "paid_on": "2026-04-28", "proof": "银行转账回单20260428-0091",
}  # fmt: skip
NOT_AGAIN = SHARED | {
    "received_on": "2026-09-01", "issued_on": "2026-09-08", "sender": ABOVE | {"unit": "云湖供电公司"}, "number_label": "云供信〔2026〕61号",
    "earlier": [{"document": "信访事项复核意见书", "label": "国网信〔2026〕5号", "on": "2026-07-30", "unit": "国网信访工作办公室", "says": "维持原处理意见"}],
    "same": "您说补贴停发没有依据：复核意见第二部分已经查明，依据是《云湖供电公司退休人员生活补贴管理办法》第八条\n您说邻居还在领：复核时查过，邻居户籍没有迁出本省",
    "help": "接待室每月给您打一次电话，听您说说近况\n家里困难的，帮您向街道申请临时救助，联系人李红",
}  # fmt: skip
BELOW = {
    "no": "2026-0042",
    "unit": "云湖供电公司南桥所",
    "phone": "0700-555 0141",
    "address": "",
    "accepted_on": "2026-02-26",
    "until": "2026-04-27",
}
NOT_ACCEPTED = SHARED | {
    "under_way": BELOW, "same": "两封信都要求补发2025年度冬季取暖补贴", "passed_on": "2026-03-02", "passed_how": "系统转送",
}  # fmt: skip
BRANCHES: dict[str, dict[str, Any]] = {
    "transfer": TRANSFER, "forward": FORWARD, "assign_letter": ASSIGN_LETTER, "inform": INFORM, "direction": DIRECTION,
    "sealed_transfer": SEALED, "duty": DUTY, "duty_reply": DUTY_REPLY, "simple_acceptance": SIMPLE, "hearing": HEARING,
    "mediation": MEDIATION, "review_receipt": REVIEW_RECEIPT, "review_opinion": REVIEW, "rereview_opinion": REREVIEW,
    "withdrawal": WITHDRAWAL, "not_again": NOT_AGAIN, "not_accepted": NOT_ACCEPTED, "execution": EXECUTION,
}  # fmt: skip
