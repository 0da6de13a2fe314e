"""What is recorded at each step of the 2022 Regulations: the fields of the forms, with their choices."""

from __future__ import annotations

from huiyin.procedure.actions import Choice, Field
from huiyin.procedure.words import Words


def choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, Words(zh, en)) for code, zh, en in rows)


CHANNELS = choices(
    ("letter", "来信", "Letter"), ("visit", "来访", "Visit"), ("phone", "来电", "Phone call"), ("fax", "传真", "Fax"),
    ("web", "网上", "Web form"), ("email", "电子邮件", "E-mail"), ("social", "微信等社交媒体", "Social media"),
    ("hotline", "12345转办", "From the 12345 hotline"), ("superior", "上级交办", "Assigned from above"),
    ("leader", "领导接访", "Leader's reception day"), ("community", "社区转交", "Handed over by a community"),
    ("screening", "排查发现", "Found by screening"),
)  # fmt: skip
PURPOSES = choices(
    ("request", "求决", "Request"), ("appeal", "申诉", "Appeal"), ("suggestion", "意见建议", "Opinion or suggestion"),
    ("enquiry", "咨询", "Enquiry"), ("accusation", "检举控告", "Accusation"), ("other", "其他", "Other"),
)  # fmt: skip
NOTICE_MODES = choices(
    ("hand", "当场书面告知", "In writing, on the spot"), ("post", "挂号信邮寄", "Registered post"),
    ("message", "短信或网上告知，另备书面", "Text message or portal, with the paper kept ready"),
    ("visit", "上门送交", "Brought to the home"),
)  # fmt: skip
SERVICE_MODES = choices(
    ("direct", "直接送达", "Handed over"), ("post", "邮寄送达", "By post"), ("left", "留置送达", "Left in the presence of witnesses"),
    ("entrusted", "委托送达", "Through another office"), ("electronic", "经本人同意电子送达", "Electronically, with consent"),
    ("unknown", "姓名、住址不清，没法送达", "Name or address unclear; can't be brought"),
)  # fmt: skip
ENQUIRY_KINDS = choices(
    ("hearing", "听取本人陈述", "Heard the petitioner"), ("witness", "走访知情人", "Visited someone who knows"),
    ("files", "查阅档案", "Read files"), ("letter", "函询有关单位", "Asked another office in writing"), ("other", "其他", "Other"),
)  # fmt: skip
RETENTION = choices(("permanent", "永久", "Permanent"), ("30", "30年", "30 years"), ("10", "10年", "10 years"))
RATINGS = choices(
    ("satisfied", "满意", "Satisfied"), ("mostly", "基本满意", "Mostly satisfied"),
    ("dissatisfied", "不满意", "Dissatisfied"), ("", "不评这项", "Not rated"),
)  # fmt: skip
RESULTS = choices(
    ("supported", "支持", "Supported"), ("explained", "解释说明", "Explained"), ("not_supported", "不支持", "Not supported"),
    ("answered", "答复", "Answered"), ("adopted", "采纳", "Adopted"), ("partly_adopted", "部分采纳", "Partly adopted"),
    ("not_adopted", "没有采纳", "Not adopted"),
)  # fmt: skip
GROUNDS = choices(
    ("facts", "缺乏事实根据", "No basis in fact"), ("rules", "不符合规定", "Against the rules"),
    ("both", "两样都有", "Both"),
)  # fmt: skip
# What may be answered to which kind of matter: Art. 32 for complaints and requests, Art. 29 for suggestions. A question
# is answered, wherever it stands.
RESULTS_FOR: dict[str, tuple[str, ...]] = {
    "plea": ("supported", "explained", "not_supported", "answered"),
    "suggestion": ("adopted", "partly_adopted", "not_adopted", "answered"),
    "enquiry": ("answered",),
    "duty": ("answered",),
    "accusation": (),
}
VIA = choices(("portal", "网上", "Portal"), ("phone", "电话", "Phone"), ("paper", "纸面", "On paper"))

# Whom a matter is about, where that is nobody of this system: said, so that it is never merely left open.
OUTSIDE = choices(("outside", "不是本系统的", "Nobody of this system"))

REGISTER = (
    Field("channel", "choice", Words("来件渠道", "Channel"), choices=CHANNELS),
    Field("received_on", "date", Words("收到日期", "Received on")),
    Field("title", "line", Words("标题", "Title"), most=100, hint=Words("一句话说清什么事", "The matter in one line")),
    Field(
        "text",
        "text",
        Words("反映的内容", "Content"),
        most=50000,
        hint=Words("照原话记", "In the petitioner's own words"),
    ),
    Field("claims", "claims", Words("诉求", "Requests"), required=False, hint=Words("一行一项", "One a line")),
    Field("purpose", "choice", Words("信访目的", "Purpose"), required=False, choices=PURPOSES),
    Field("topic", "line", Words("内容分类", "Topic"), required=False, most=20),
    Field("place", "line", Words("事情发生的地点", "Place"), required=False, most=100),
    Field("people_count", "number", Words("人数", "Number of people"), required=False, least=1, most=100000),
    Field("petitioners", "person", Words("信访人", "Petitioner"), required=False),
    Field(
        "accused",
        "office",
        Words("反映的是哪个科室、单位", "Which office it is about"),
        required=False,
        hint=Words(
            "反映本系统的科室、单位或者那里的人时选，这件事就不能交给它；反映负责人或者整个单位的，选单位。检举控告一定要选，不是本系统的也写明",
            "For an office of this system or somebody there: the matter can't be given to it; of a leader or a whole unit choose the unit. An accusation always says it, also where it is nobody of this system",
        ),
        choices=OUTSIDE,
    ),
    Field("files", "files", Words("材料", "Papers"), required=False),
)
ACCEPT = (
    Field("recusal_checked", "yes", Words("已核对：承办方与本事项、信访人没有直接利害关系",
          "Checked: no direct interest between those who will handle it and the matter or the petitioner")),
    Field("route", "text", Words("处理途径和程序", "Route and procedure"), most=1000,
          hint=Words("写进受理告知书", "Goes into the notice of acceptance")),
    Field("purpose", "choice", Words("信访目的", "Purpose"), required=False, choices=PURPOSES,
          hint=Words("登记对了就不用改；建议意见、咨询没有60日的期限，写答复意见书",
                     "Leave it if it was registered right; suggestions and enquiries have no 60 days and get a reply")),
)  # fmt: skip
# Whoever of the family acts for the petitioner, by an authorisation on record (persons_2022); asked for only where there is one.
AGENT = Field(
    "agent",
    "agent",
    Words("替本人办的人", "Who acted for the petitioner"),
    required=False,
    hint=Words("本人来办的不选", "Leave empty if the petitioner acted"),
)
# What ends a matter for several needs all of them (cases.agreeing); whoever acts for one speaks for that one alone.
ALSO = Field("also", "members", Words("哪几位本人同意、签了字", "Who agreed in person, and signed"), required=False,
             hint=Words("几个人共同提出的，每一位都要同意；替人办的只代表委托自己的那一位，没有委托的本人签字", "Of several everybody agrees; who acts for one speaks for that one alone, and those who authorised nobody sign themselves"))  # fmt: skip
_HANDED = (
    Field("place", "line", Words("送达地点", "Place"), required=False, most=120,
          hint=Words("在登记的住址送到的不用填；在别处的写地方，如接待室", "Empty for the registered address; else where it was handed over, such as the reception room")),
    Field("agent", "agent", Words("替本人收的人", "Who received it for the petitioner"), required=False, hint=Words("本人收的不选", "Leave empty if the petitioner received it")),
    Field("reference", "line", Words("挂号号码", "Tracking number"), required=False, most=60),
    Field("delivered_by", "line", Words("送达人", "Delivered by"), required=False, most=60,
          hint=Words("不填就是记录的人", "Leave empty if you did it yourself")),
)  # fmt: skip
NOTIFY = (
    Field("mode", "choice", Words("告知方式", "How"), choices=NOTICE_MODES),
    Field("on", "date", Words("告知日期", "Date"), hint=Words("实际告知的那天", "The day on which it was really done")),
    Field("received_by", "line", Words("签收人", "Signed by"), required=False, most=60),
    *_HANDED,
    Field("route", "text", Words("处理途径和程序", "Route and procedure"), required=False, most=1000,
          hint=Words("受理以前当场告知的才写，写进告知书", "Only for a notice before acceptance; goes into that notice")),
)  # fmt: skip
TELL_EXTENSION = NOTIFY[:-1]
ASSIGN = (
    Field("office", "office", Words("交给哪个科室", "Section")),
    Field("staff", "staff", Words("承办人", "Handler")),
    Field("instruction", "text", Words("交办意见", "Instruction"), required=False, most=1000),
)
HAND_OVER = (
    Field("office", "office", Words("转交哪个科室", "Section")),
    Field("staff", "staff", Words("接手的人", "Person who takes over")),
    Field("reason", "text", Words("转交原因", "Reason"), most=1000),
)
INVESTIGATE = (
    Field("kind", "choice", Words("怎样查的", "How"), choices=ENQUIRY_KINDS),
    Field("on", "date", Words("哪天", "Date")),
    Field("source", "line", Words("找了谁、看了什么", "Whom you asked, what you read"), most=200),
    Field("found", "text", Words("查明了什么", "What was found"), most=10000),
    Field("files", "files", Words("调查材料", "Papers found"), required=False),
)
EXTEND = (
    Field("days", "number", Words("延长几天", "Days"), least=1, most=30),
    Field(
        "reason",
        "text",
        Words("情况怎样复杂，为什么要延期", "What makes it complex, and why more time is needed"),
        most=1000,
    ),
)
DRAFT = (
    Field("claims", "claims", Words("诉求逐项答复", "Answer to each request"), choices=RESULTS),
    Field("left_out", "text", Words("登记的诉求有没单独答复的：怎样合并、为什么不答", "Registered requests without an answer of their own: how joined, or why dropped"), required=False, most=2000,
          hint=Words("一项不少的不用填；填了，核签、签发的人会看到", "Leave empty if none is missing; whoever signs sees it")),
    Field("facts", "text", Words("查明的事实和理由", "Facts and reasons"), most=20000),
    Field("superior", "line", Words("复查机关", "Who would review it"), required=False, most=80,
          hint=Words("建议意见、咨询不用填", "Not for suggestions and enquiries")),
    Field("execute_by", "date", Words("支持的请求，哪天以前执行", "What is supported is carried out by"), required=False,
          hint=Words("不填是30日以内；执行到位才能办结", "Empty means within 30 days; it is settled only when carried out")),
    Field("attachments", "line", Words("附件名称", "Attachments"), required=False, most=200),
)  # fmt: skip
RETURN = (Field("reason", "text", Words("退回原因，要改什么", "What must be mended"), most=1000),)
APPROVE = (Field("opinion", "text", Words("核签意见", "Remark"), required=False, most=1000),)
ISSUE = (Field("opinion", "text", Words("签发意见", "Remark"), required=False, most=1000),)
DELIVER = (
    Field("mode", "choice", Words("送达方式", "How"), choices=SERVICE_MODES),
    Field("on", "date", Words("收到日期", "Received on")),
    Field("received_by", "line", Words("签收人", "Signed by"), required=False, most=60,
          hint=Words("拒签就留空，写明见证人", "Leave empty if refused, and name the witnesses")),
    Field("received_for", "line", Words("代收人，与本人的关系", "Received on their behalf by"), required=False, most=60),
    Field("witness", "line", Words("拒签或留置的见证人和情况", "Witnesses and circumstances of a refusal"), required=False, most=200),
    *_HANDED,
)  # fmt: skip
EVALUATE = (
    Field("reception", "rating", Words("接待", "Reception"), required=False, choices=RATINGS),
    Field("handling", "rating", Words("办理", "Handling"), required=False, choices=RATINGS),
    Field("procedure", "rating", Words("过程", "Procedure"), required=False, choices=RATINGS),
    Field("result", "rating", Words("结果", "Result"), required=False, choices=RATINGS),
    Field("comment", "text", Words("还有话想说", "Anything else"), required=False, most=5000),
    Field("via", "choice", Words("怎样评的", "Given"), required=False, choices=VIA),
    Field("call_me", "yes", Words("请打电话给我，我还有话说", "Please call me; I have more to say"), required=False),
    AGENT,
)
CLOSE = (Field("note", "text", Words("办结说明", "Closing note"), required=False, most=1000),)
ARCHIVE = (
    Field("retention", "choice", Words("保管期限", "Retention"), choices=RETENTION),
    Field("note", "text", Words("归档说明", "Archiving note"), required=False, most=1000),
)
ADD_MATERIAL = (
    Field("words", "text", Words("补充说明", "What is added"), required=False, most=20000),
    Field("files", "files", Words("补充材料", "Papers"), required=False),
    AGENT,
)
NOTE = (Field("words", "text", Words("记一条", "Note on the work done"), most=5000),)
TAKE_BACK = (Field("reason", "text", Words("为什么撤回", "Why"), required=False, most=1000),)
IMPORTED = (
    *REGISTER,
    Field("reply", "text", Words("当时的答复", "The reply of the time"), most=50000),
    Field("replied_on", "date", Words("答复日期", "Replied on")),
)
