"""The columns of a file of earlier cases, what other systems call them, and the words that they use for channel and state.

A heading is recognised by a name that offices use for it; it is never guessed from the cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.kernel.errors import Refused
from huiyin.people.roster.columns import plain_heading
from huiyin.procedure.editions.forms_2022 import CHANNELS
from huiyin.procedure.words import Words


@dataclass(frozen=True)
class Column:
    """A field, its name, what else it is called."""

    field: str
    name: Words
    aliases: tuple[str, ...] = ()


COLUMNS = (  # data: headings of other people's files
    Column("external_id", Words("原编号", "External ID"),
           ("编号", "信访编号", "登记编号", "事项编号", "信访件编号", "件号", "流水号", "序号", "uid", "id", "no", "case no")),
    Column("received_at", Words("收到日期", "Received"),
           ("收到时间", "收件日期", "收信日期", "来件日期", "来信日期", "来访日期", "登记日期", "登记时间", "信访日期", "信访时间",
            "受理日期", "反映时间", "日期", "时间", "received on", "received", "date", "time")),
    Column("channel", Words("来件渠道", "Channel"), ("渠道", "信访形式", "信访方式", "来件方式", "来件形式", "反映方式")),
    Column("name", Words("姓名", "Name"), ("信访人", "信访人姓名", "来信人", "来访人", "反映人", "诉求人", "petitioner")),
    Column("phone", Words("电话", "Telephone"),
           ("联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "phone number", "mobile", "tel")),
    Column("id_number", Words("证件号码", "ID number"), ("身份证号", "身份证号码", "身份证", "证件号", "id card", "id no")),
    Column("title", Words("标题", "Title"), ("主题", "事由", "概要", "信访事项", "事项名称", "subject")),
    Column("text", Words("反映的内容", "Content"),
           ("内容", "反映内容", "信访内容", "主要内容", "诉求内容", "来信内容", "详细内容", "正文", "诉求", "content", "body")),
    Column("topic", Words("内容分类", "Topic"), ("分类", "问题分类", "问题类别", "内容类别", "类别", "category")),
    Column("state", Words("状态", "State"), ("办理状态", "办结状态", "是否办结", "办理情况", "status")),
    Column("reply", Words("答复", "Reply"),
           ("答复内容", "答复意见", "回复", "回复内容", "办理结果", "处理结果", "处理意见", "办理意见", "answer")),
    Column("replied_at", Words("答复日期", "Replied"),
           ("答复时间", "回复日期", "回复时间", "办结日期", "办结时间", "办理日期", "reply time", "replied on", "closed at")),
)  # fmt: skip
FIELDS = {column.field: column for column in COLUMNS}
_CHANNEL_WORDS = {  # data: what other systems call the channels
    "letter": ("信件", "信函", "写信", "来函"), "visit": ("走访", "上访", "接待", "当面"), "phone": ("电话",), "fax": (),
    "web": ("网络", "网信", "网站", "互联网", "网上信访", "网上投诉", "在线", "website", "online", "internet"),
    "email": ("邮件", "邮箱", "电邮", "mail"), "social": ("微信", "微博", "社交媒体", "公众号", "wechat"),
    "hotline": ("12345", "热线", "市长热线", "政务热线", "12345热线"), "superior": ("上级转办", "上级转交", "转办", "交办"),
    "leader": ("领导接待", "接访", "领导接访日"), "community": ("社区", "街道", "街道转交"),
    "screening": ("排查", "矛盾纠纷排查", "screening"),
}  # fmt: skip
_STATE_WORDS = {  # data: what other systems call the states
    "open": ("open", "未办结", "未结", "在办", "办理中", "待办", "正在办理", "否", "no", "0"),
    "closed": (
        "closed",
        "办结",
        "已办结",
        "已结",
        "结案",
        "已答复",
        "已回复",
        "归档",
        "已归档",
        "done",
        "是",
        "yes",
        "1",
    ),
}

_MEANING = {
    plain_heading(name): column.field
    for column in COLUMNS
    for name in (column.field, column.name.zh, column.name.en, *column.aliases)
}
CHANNEL_CODES = {
    plain_heading(word): choice.code
    for choice in CHANNELS
    for word in (choice.code, choice.name.zh, choice.name.en, *_CHANNEL_WORDS[choice.code])
}
STATE_CODES = {plain_heading(word): code for code, words in _STATE_WORDS.items() for word in words}


def match(headings: Sequence[str]) -> dict[int, str]:
    """Which place (from 0) holds which field; of a field named twice the first from the left."""
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        field = _MEANING.get(plain_heading(heading))
        if field and field not in found.values():
            found[place] = field
    return found


def check(columns: Mapping[int, str], headings: Sequence[str]) -> None:
    """Refused when the file can't be one of earlier cases: no day of receipt, or neither title nor text."""
    present = set(columns.values())
    listed = "、".join(heading or "—" for heading in headings[:30])
    for wanted in (("received_at",), ("text", "title")):
        if present.isdisjoint(wanted):
            name = FIELDS[wanted[0]].name
            raise Refused(
                f"没有找到“{name.zh}”这一列，请在表头写上“{name.zh}”。现有的列：{listed}。",
                f"There is no column “{name.en}”; name one “{name.en}” or {wanted[0]}. The file has: {listed}.",
                field="columns",
            )
