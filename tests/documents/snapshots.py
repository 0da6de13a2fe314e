"""Snapshots of letters as a case keeps them: one invented matter with real date arithmetic (Arts. 23, 34 and 35)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiyin.documents.letters.parts import Sender
from huiyin.documents.letters.pdf import BEIJING
from huiyin.documents.letters.receipt import Receipt

SENDER = {
    "unit": "云湖供电公司",
    "office": "离退休工作部",
    "phone": "0700-555 0123",
    "address": "云湖市湖滨路18号一楼",
    "hours": "工作日 8点半到11点半，2点半到5点半",
}
SHARED: dict[str, Any] = {
    "sender": SENDER,
    "petitioner": {"name": "王桂芝"},
    "matter": "取暖补贴停发问题",
    "case_number": "2026-0317",
    "received_on": "2026-02-24",
    "how": "通过网上信访渠道",
    "number_label": "云供信〔2026〕7号",
    "issued_on": "2026-04-20",
    "accepted_on": "2026-03-02",
    "contact": {"name": "李文清", "phone": "0700-555 0126"},
}
ACCEPTANCE = SHARED | {
    "issued_on": "2026-03-02",
    "due_on": "2026-05-06",
    "handler": {"name": "李文清", "office": "离退休工作部", "phone": "0700-555 0126"},
    "queries": ["在查询网页输入查询码", "拨打0700-555 0123", "带收据到云湖市湖滨路18号一楼"],
}
EXTENSION = SHARED | {
    "issued_on": "2026-04-29",
    "due_on": "2026-05-06",
    "new_due_on": "2026-06-05",
    "days": 30,
    "reason": "需要向异地经办机构核对2021年以来的发放记录，对方尚未回函",
    "approved_by": "周建国",
    "approved_on": "2026-04-28",
}
CLAIM = {
    "text": "补发2025年度冬季取暖补贴2380元，今后按时发放",
    "result": "support",
    "opinion": "于2026年4月30日前补发2380元；自2026年度起按时发放",
    "basis": ["《云湖供电公司退休人员生活补贴管理办法》第八条"],
}
OPINION = SHARED | {
    "claims": [CLAIM],
    "facts": [
        {"heading": "调查情况", "text": "本单位调取了2025年度取暖补贴发放名单，并于3月12日听取您的陈述。"},
        {"heading": "政策依据", "text": "退休人员在本市范围内迁居的，取暖补贴按原标准继续发放。"},
    ],
    "remedy": {"body": "云江省电力公司"},
    "attachments": ["取暖补贴补发计算表"],
}
SERVICE = {
    "sender": SENDER,
    "document": "信访处理意见书",
    "document_number": "云供信〔2026〕7号",
    "recipient": "王桂芝",
    "issued_on": "2026-04-20",
    "mode": "direct",
    "delivered_on": "2026-04-21",
}
SNAPSHOTS = {"acceptance": ACCEPTANCE, "extension": EXTENSION, "opinion": OPINION, "service": SERVICE}
RECEIPT = Receipt(
    sender=Sender(**SENDER),
    what="取暖补贴没有发",
    received_at=datetime(2026, 2, 24, 10, 26, tzinfo=BEIJING),
    how="网上提交，照片2张",
    number="2026-0317",
    answer_by=date(2026, 3, 11),
    code="602841739506",
    name="王桂芝",
    url="https://huiyin.example/t/8Fq2mZx71bTq",
    check_at="huiyin.example/track",
)
HOSTILE = (
    '#panic("x") $x^2$ [a] @ref *b* _c_ <label> `raw` \\u{41} // line /* block */ ~ -- "q" = head\n- list\n+ 1\n'
    '#{1/0} #import "/etc/passwd": * #set page(width: 1mm)'
)
