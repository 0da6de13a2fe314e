"""What is recorded where a matter leaves the ordinary path: passing on, other procedures, simple handling, agreements, execution."""

from __future__ import annotations

from huiyin.procedure.actions import Field
from huiyin.procedure.editions import money_2022 as money
from huiyin.procedure.editions.forms_2022 import ACCEPT, AGENT, ALSO, DELIVER, NOTIFY, OUTSIDE, choices
from huiyin.procedure.terms import TERMS
from huiyin.procedure.words import Words

PASSING = choices(
    ("forward", "转送", "Passed on"), ("assign", "交办，要求反馈结果", "Assigned, with the result to be reported"),
)  # fmt: skip
PROCEDURES = choices(
    ("1", "诉讼、检察、公安等法律程序（第一项）", "Courts, procuratorate, police (item 1)"), ("2", "仲裁（第二项）", "Arbitration (item 2)"),
    ("3", "党员申诉、申请复审等（第三项）", "Appeal of a Party member (item 3)"),
    ("4", "行政复议、裁决、确认、许可、处罚等（第四项）", "Administrative review, ruling, confirmation, licence, penalty (item 4)"),
)  # fmt: skip
SIMPLE_GROUNDS = choices(
    ("clear", "事实清楚、责任明确、争议不大、易于解决", "Facts and responsibility clear, little dispute, easy to settle"),
    ("answerable", "咨询、建议、感谢，可以当即答复", "An enquiry, suggestion or thanks that can be answered at once"),
    ("daily", "日常生活、时效性强，应当快办", "Daily life, pressing"),
    ("promised", "有关单位已经承诺或者已有结论", "Already promised or concluded"), ("other", "其他可以简易办理的", "Other"),
)  # fmt: skip
AGREED_BY = choices(("mediation", "调解", "Mediation"), ("settlement", "和解", "Conciliation"))
PERFORMED = choices(("performed", "已履行", "Performed"), ("not_performed", "不能履行", "Can't be performed"))
HELD = choices(("held", "开了", "Held"), ("not", "没有开（取消、改期）", "Not held (called off, put off)"))
ASKED_HOW = choices(
    ("letter", "书面", "In writing"), ("visit", "当面口头，已记录并念给本人听", "In person; written down and read back"),
    ("phone", "电话，已记录并念给本人听", "By phone; written down and read back"), ("web", "网上", "Online"),
)  # fmt: skip

_ON = Field("on", "date", Words("哪天", "Date"))
_REASON = Field("reason", "text", Words("原因", "Reason"), most=1000)
_NEW_HOLDER = (
    Field("office", "office", Words("科室", "Section")),
    Field("staff", "staff", Words("交给谁", "Who takes it")),
)
_BODY = (
    Field("body", "line", Words("该找哪个机关、单位", "Which body"), most=80),
    Field("body_address", "line", Words("它的地址", "Its address"), required=False, most=120),
    Field("body_phone", "line", Words("它的电话", "Its phone"), required=False, most=30),
)

FORWARD = (
    Field("office", "office", Words("转给哪个单位", "Unit")),
    Field("staff", "staff", Words("那边谁接", "Who receives it there")),
    Field("mode", "choice", Words("转送还是交办", "Passed on or assigned"), choices=PASSING),
    Field("result_due_on", "date", Words("要求哪天前反馈结果", "Result to be reported by"), required=False,
          hint=Words("交办才填", "Only when assigned")),
    Field("asked", "text", Words("要求和说明", "What is asked"), required=False, most=1000),
)  # fmt: skip
TELL_TRANSFER = NOTIFY[:-1]
OBJECT = (
    Field("reason", "text", Words("为什么不归本单位办", "Why it isn't ours"), most=2000,
          hint=Words("详细说明理由（第二十三条）", "With detailed reasons (Art. 23)")),
    Field("suggested", "line", Words("应当归谁", "Whose it is"), required=False, most=80),
)  # fmt: skip
AGREE_RETURN = (*_NEW_HOLDER, Field("checked", "text", Words("怎样核实的", "What was checked"), most=1000))
REFUSE_RETURN = (Field("reason", "text", Words("为什么仍由该单位办", "Why it stays with them"), most=1000),)
INFORM = (
    *_BODY,
    Field("passed_on", "date", Words("材料哪天转给它", "Papers passed on")),
    Field("passed_how", "line", Words("材料怎样转的", "How they were passed"), most=200,
          hint=Words("没有材料的写“没有材料，已说明情况”", "Say so where there were none")),
    Field("reason", "text", Words("为什么不属于本单位、本系统职权", "Why neither this unit nor its system has authority"), most=1000),
)  # fmt: skip
LEAD = (
    Field("item", "choice", Words("第三十一条哪一项", "Which item of Art. 31"), choices=PROCEDURES),
    *_BODY,
    Field("route", "line", Words("走什么程序", "Which procedure"), most=120, hint=Words("如：申请行政复议", "Such as: apply for administrative review")),
    Field("statute", "line", Words("依据哪部法律哪一条", "Statute and article"), most=200),
    Field("limit", "line", Words("时限怎么算", "The time limit"), most=200,
          hint=Words("如：知道之日起60日（行政复议法第二十条）", "Such as: 60 days from knowing of it")),
    Field("limit_on", "date", Words("时限到哪天", "The limit ends on"), required=False,
          hint=Words("算得出来就填，写在告知书最前面", "If it can be told; it stands first in the notice")),
    Field("passed_how", "line", Words("材料怎样处理", "What happened to the papers"), most=200),
    Field("reason", "text", Words("为什么走这个程序", "Why this procedure"), most=1000),
)  # fmt: skip
TELL_DIRECTION = tuple(field for field in DELIVER if field.name != "received_for")
RECALL = (_REASON,)
TAKE_DUTY = (
    ACCEPT[0],
    Field("statute", "line", Words("依据哪部法律法规哪一条", "Statute and article"), most=200),
    Field("doing", "text", Words("要做什么", "What will be done"), most=1000),
    Field("limit_on", "date", Words("哪天以前办完", "To be done by"), hint=Words(f"按该法律法规的期限；没有规定的，{TERMS['duty'].length.zh}以内", f"The statute's limit; at most {TERMS['duty'].length.en} where it names none")),
    Field("limit_by_statute", "yes", Words("这个日期是该法律法规规定的", "The statute sets this date"), required=False),
    *_NEW_HOLDER,
)  # fmt: skip
DRAFT_DUTY = (
    Field("outcome", "choice", Words("结果", "Result"), choices=PERFORMED),
    Field("covers", "requests", Words("这份答复包括哪几项诉求", "Requests that the reply answers"), required=False,
          hint=Words("一项一项对照下面写的勾；每项都要答复", "Hold each against what is written below; each must be answered")),
    Field("done", "text", Words("做了什么、查明了什么", "What was done and found"), most=20000),
    Field("reasons", "text", Words("理由", "Reasons"), required=False, most=5000, hint=Words("不能履行的必须写", "Needed where it can't be performed")),
    Field("statute", "line", Words("依据哪部法律法规哪一条", "Statute and article"), required=False, most=200, hint=Words("和告知书一样的不用再填", "Leave empty if it is that of the notice")),
    Field("remedy", "text", Words("不服可以怎样", "What may be done against it"), most=1000, hint=Words("如：60日内申请行政复议，6个月内起诉", "Such as administrative review within 60 days")),
)  # fmt: skip
SIMPLE_ACCEPT = (
    ACCEPT[0],
    Field("ground", "choice", Words("为什么可以简易办理", "Why simple handling fits"), choices=SIMPLE_GROUNDS),
    Field("not_excluded", "yes", Words("已核对：初次信访，不属于法定程序、上级交办、可能不支持、多个单位、集体或者重大复杂的事项",
          "Checked: filed for the first time; not for another procedure, not assigned from above, not likely to be refused, not of several bodies, joint, major or complex")),
    Field("route", "text", Words("怎样办", "How it will be handled"), most=1000),
    ACCEPT[2],
    *_NEW_HOLDER,
)  # fmt: skip
PROPOSE_SIMPLE = (SIMPLE_ACCEPT[1],)
CONVERT = (_REASON, Field("route", "text", Words("处理途径和程序", "Route and procedure"), most=1000))
TRANSFER_SEALED = (
    Field("body", "line", Words("移送给哪个机关", "To which organ"), most=80),
    _ON,
    Field("how", "line", Words("怎样移送的", "How it was passed on"), most=200, hint=Words("专人、机要；不经过被检举的人和单位", "By messenger; never through those accused")),
    Field("papers", "text", Words("移送了哪些材料", "Papers passed on"), most=1000, hint=Words("一行一份；不写内容和反映人", "One a line; neither content nor names")),
    Field("reference", "line", Words("移送编号、签收", "Reference, who signed"), required=False, most=100),
    Field("personnel", "line", Words("向哪个组织（人事）部门通报的", "Personnel department told"), required=False, most=120, hint=Words("信访部门收到反映干部问题的才填（第三十条第二款）；重大的还要报送主要负责同志", "A petition bureau tells it of what concerns a cadre (Art. 30(2)); what is major also goes to those in charge")),
)  # fmt: skip
SETTLE = (
    Field("form", "choice", Words("怎样达成的", "How"), choices=AGREED_BY),
    Field("held_on", "date", Words("哪天达成的", "Agreed on")),
    Field("voluntary", "yes", Words("双方自愿，内容不违反政策法规的强制性规定（第三十三条）", "Both sides agreed freely; nothing in it breaks mandatory rules (Art. 33)")),
    Field("parties", "text", Words("双方", "The parties"), most=400, hint=Words("一行一方", "One a line")),
    Field("mediator", "line", Words("调解人", "Mediator"), required=False, most=60, hint=Words("调解的要写", "Needed for a mediation")),
    Field("covers", "requests", Words("协议包括哪几项诉求", "Requests that the agreement covers"), required=False,
          hint=Words("一项一项对照协议勾；全部谈好的才按协议办结", "Hold each against the agreement; it ends the matter only where it covers all")),
    Field("agreement", "text", Words("协议内容", "What was agreed"), most=10000),
    Field("perform_by", "date", Words("哪天以前履行", "To be carried out by")),
    money.field(Words("协议要付钱吗", "Is money to be paid?")),
    Field("files", "files", Words("双方签字的协议书", "The agreement, signed by both sides"),
          hint=Words("调解、和解都要；没有签字的协议书，不算达成（第三十三条）", "Of a mediation and of a conciliation alike; without the signed paper nothing is agreed (Art. 33)")),
    AGENT,
    ALSO,
)  # fmt: skip
BREAK_AGREEMENT = (_REASON,)
CLOSE_AGREED = (
    Field("agreement_checked", "yes", Words("已核对：协议书双方都签了字，约定的事已经办到", "Checked: both sides signed the agreement, and what it says was done")),
    Field("note", "text", Words("办结说明", "Closing note"), required=False, most=1000),
)  # fmt: skip
CARRY_OUT = (
    _ON,
    Field("done", "text", Words("怎样执行、履行的", "What was carried out"), most=5000),
    Field("amount", "line", Words("金额", "Amount"), required=False, most=60),
    Field("proof", "text", Words("付款凭证", "Proof of payment"), required=False, most=2000,
          hint=Words("答应付钱的，一项一行，写凭证名称、号码，附上凭证；几项用一张凭证的，每行都写它", "For what is to be paid, one a line: the paper's name and number, with the paper itself; one that proves several stands on each line")),
    Field("files", "files", Words("凭证", "The papers"), required=False),
)  # fmt: skip
CALL_HEARING = (
    Field("hearing_on", "date", Words("听证哪天开", "Day of the hearing")),
    Field("hearing_at", "line", Words("几点", "Time"), most=20),
    Field("place", "line", Words("地点", "Place"), most=120),
    Field("chair", "line", Words("主持人", "Chair"), most=60),
    Field("participants", "text", Words("参加的人", "Who takes part"), most=1000),
    Field("subject", "text", Words("听什么、怎样重大复杂疑难", "What is heard, and what makes it major or complex"), most=1000),
)  # fmt: skip
END_HEARING = (
    Field("held", "choice", Words("开了没有", "Was it held"), required=False, choices=HELD),
    Field("from_on", "date", Words("听证开始的日期", "The hearing began on"), required=False, hint=Words("只开了一天的不用填", "Not needed where it took one day")),
    Field("on", "date", Words("听证结束的日期", "The hearing ended on"), hint=Words("没有开的，写定下不开的那天", "Where it was not held, the day on which that was settled")),
    Field("minutes", "text", Words("听证笔录", "Minutes"), most=20000, hint=Words("没有开的，写原因", "Where it was not held, the reason")),
    Field("finding", "text", Words("听证查明了什么", "What the hearing found"), required=False, most=10000),
    Field("files", "files", Words("笔录原件", "The signed minutes"), required=False),
)  # fmt: skip
REPORT_RESULT = (
    _ON,
    Field("summary", "text", Words("办理结果", "The result"), most=5000),
    Field("reference", "line", Words("办结报告文号", "Number of the closing report"), required=False, most=100),
    Field("files", "files", Words("办结报告", "The closing report")),
)
ACCUSED = Field(
    "accused", "office", Words("反映的是哪个科室、单位", "Which office it is about"), choices=OUTSIDE,
    hint=Words("反映的是人，选他所在的科室、单位；反映负责人或者整个单位的，选单位。那里的人就看不到这件事", "If it is about a person, choose their office; of a leader or a whole unit choose the unit. Its people won't see the matter"),
)  # fmt: skip
RECLASSIFY = (
    _REASON,
    ACCUSED,
)  # fmt: skip
NAME_ACCUSED = (ACCUSED, _REASON)
WITHDRAW = (
    Field("way", "choice", Words("本人怎样提出的", "How the petitioner asked"), choices=ASKED_HOW),
    _ON,
    Field("freely", "yes", Words("本人自愿提出，没有人劝、逼或者用条件交换", "Asked freely: nobody urged, pressed or bargained for it")),
    Field("reason", "text", Words("本人说的原因", "The reason given"), required=False, most=1000),
    Field("files", "files", Words("撤回的书面材料", "The written request"), required=False),
    AGENT,
    ALSO,
)  # fmt: skip
RESUME = (
    Field("way", "choice", Words("本人怎样提出的", "How the petitioner asked"), choices=ASKED_HOW),
    _ON,
    Field(
        "reason", "text", Words("本人怎样说的，有没有新情况", "What they said, and whether anything is new"), most=1000
    ),
    Field("files", "files", Words("新的材料", "New papers"), required=False),
    AGENT,
)
SUCCEED = (
    Field("who", "member", Words("去世的是哪一位", "Who died"), required=False),
    Field("on", "date", Words("去世日期", "Date of death")),
    Field("successor", "line", Words("由谁继续", "Who carries on"), required=False, most=60, hint=Words("近亲属、继承人；没有人继续就留空，事情照办", "Next of kin; leave empty if nobody does: the matter is handled all the same")),
    Field("kinship", "line", Words("与逝者的关系", "Relation"), required=False, most=40),
    Field("phone", "line", Words("联系电话", "Phone"), required=False, most=30),
    Field("address", "line", Words("住址", "Address"), required=False, most=200),
)  # fmt: skip
