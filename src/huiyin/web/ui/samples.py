"""Invented people and matters for the gallery."""

# data: specimens of what citizens and clerks write; the gallery is no page of the product

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.web.ui.parts import (
    Action,
    Chip,
    Claim,
    Due,
    Entry,
    Fact,
    Keys,
    Link,
    NotYet,
    Option,
    Photo,
    Station,
    Step,
    Tab,
)

GAPS = {"story": _("这里还空着。写一两句就行，说不全也没关系。"), "phone": _("少了一位，请再看一眼。")}
ANSWERS = [("post", _("寄信")), ("call", _("打电话")), ("sms", _("发短信"))]
RATINGS = [("good", _("满意")), ("fair", _("基本满意")), ("bad", _("不满意")), ("skip", _("不评这项"))]
SCOPES = [("see", _("看办到哪一步")), ("read", _("看给我的信")), ("rate", _("替我评价"))]
PHOTO = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 124 100'%3E%3Crect width='124' height='100' "
    "fill='%23C9C0AE'/%3E%3Cpath d='M30 8h66v88H30z' fill='%23fff'/%3E%3C/svg%3E"
)


def portal() -> dict[str, Any]:
    """What the portal's gallery shows."""
    return {
        "facts": [
            Fact(
                _("发生了什么事"),
                "我是退休职工王桂芝。往年供电公司冬天都发取暖补贴，今年到现在没有发给我。\n希望补发，以后按时发。",
                "#",
                own=True,
            ),
            Fact(_("照片"), "2张：取暖补贴发放通知、银行存折明细", "#"),
            Fact(_("您是谁"), "王桂芝，本人", "#"),
            Fact(_("怎样告诉您"), "打电话 0700-555 0188\n再寄一份大字信", "#"),
        ],
        "steps": [
            Step("收到您反映的事", "2月24日 星期二", "网上提交，当天登记。", "done"),
            Step("决定受理，交李文清科长办", "3月2日 星期一", "《受理告知书》已寄给您。", "done"),
            Step(
                "调查核实",
                "",
                "",
                "now",
                [("3月12日", "李科长打电话，听您说了情况。"), ("3月17日", "向人力资源部调取去年的发放名单。")],
            ),
            Step("书面答复您", "最晚5月6日 星期三"),
            Step("请您评价", "收到答复以后", "不满意，30天以内可以请上一级复查。"),
        ],
        "why": ["3月2日决定受理。", "从第二天数起，60天是5月1日。", "5月1日到5日放假，顺延到第一个工作日，5月6日。"],
        "photos": [
            Photo(PHOTO, "取暖补贴发放通知", "收到了，看得清", [Link("重拍", "#"), Link("删除", "#")]),
            Photo(PHOTO, "银行存折明细", "收到了，看得清", [Link("重拍", "#"), Link("删除", "#")]),
        ],
        "hints": {"rate": _("不勾，就还是您自己评")},
    }


def desk() -> dict[str, Any]:
    """What the desk's gallery shows."""
    return {
        "entries": [
            Entry("今天 9:20", "退回修改：第二项请写明依据到款", "吴启明 → 周岚"),
            Entry(
                "2月10日 15:06",
                "调查记录2：查阅房产档案",
                "周岚",
                "来源：不动产登记查询单1页、供热合同1份。结论：面积录入差20㎡。",
                "person",
                [Link("附件2个", "#")],
            ),
            Entry(
                "2月3日 8:00",
                "期限重算",
                "系统",
                "导入2026年官方放假日历，办结日由2月23日（暂定）改为2月24日。",
                "system",
                [Link("计算过程", "#")],
            ),
            Entry(
                "12月24日 16:12",
                "受理，书面告知已送达",
                "周岚",
                "挂号信，本人12月27日签收。",
                "milestone",
                [Link("核验", "#")],
            ),
        ],
        "stations": [
            Station("登记", "12月16日", "done"),
            Station("书面告知", "12月24日", "done"),
            Station("受理", "12月24日", "done"),
            Station("调查核实", "进行中", "now"),
            Station("处理意见书", "2月24日前"),
            Station("送达", "之后"),
            Station("复查期", "送达起30日"),
            Station("评价", "复查期内可评"),
            Station("听证", "未选", "untaken"),
        ],
        "claims": [
            Claim(
                1,
                "“补发11月到1月少给的取暖补贴。”",
                "support",
                "查档：住房面积按62㎡录入，房产证为82㎡，每月少发60元，三个月共180元。",
                [Link("《供暖补贴办法》第六条", "#"), Link("查档记录2", "#")],
                "#",
            ),
            Claim(
                2,
                "“标准到底怎么定的，给我个说法。”",
                "explain",
                "标准由市里统一规定，本单位不能另定；附计算表一页，大字版。",
                [Link("《供暖补贴办法》第四条", "#")],
                "#",
            ),
            Claim(3, "“请把去年的也补了。”", "refuse", "去年按登记面积足额发放。", [Link("查档记录1", "#")], "#"),
            Claim(
                4,
                "“以后变动要提前告诉我们。”",
                "none",
                "还没有事实与依据。四项都答复才能出具意见书。",
                [],
                "#",
                _("答复"),
            ),
        ],
        "actions": [
            Action("答复第4项诉求", "#a1", "1", "出具意见书前必须完成", "第三十二条", True),
            Action("添加调查记录", "#a2", "2", "", "第三十一条第六项"),
            Action("申请延期", "#a3", "3", "至多30日，负责人批准并告知理由", "第三十四条"),
            Action("调解或和解", "#a5", "5", "双方自愿，制作协议书", "第三十三条"),
        ],
        "not_yet": [NotYet("出具处理意见书", "缺第4项答复、第二项依据"), NotYet("送达", "要先有签发的意见书")],
        "chips": [
            Chip("单位", "待遇核发科", "#"),
            Chip("状态", "在办、待评价", "#"),
            Chip("收到", "2025年11月1日起", "#"),
        ],
        "tabs": [
            Tab("待遇核发科在办", "#", 86, True),
            Tab("节前到期", "#", 9),
            Tab("待书面告知", "#", 14),
            Tab("待评价", "#", 23),
        ],
        "matters": [
            (
                "2025-2098",
                "调入前工龄少计八个月，要求重核",
                "陈*生",
                Due("已超期2个工作日", None, "第三十四条", "late"),
            ),
            ("2026-0142", "通信补贴停发，询问政策依据", "刘*芝", Due("今天到期", None, "第二十三条", "today")),
            ("2026-0151", "供暖费票据被退，不知补何材料", "赵*良", Due("还剩1个工作日", None, "第二十三条", "soon")),
            ("2026-0187", "丧葬费发放标准与邻市不同", "蔡*明", Due("还剩4个工作日", None, "第二十三条")),
            ("2026-0012", "建议节前集中办理资格认证", "钱*礼", Due("内部3月6日", None, "第二十九条", "none")),
            ("2025-1988", "取暖补贴补发，款已到账待核", "姚*贵", Due("已办结", None, "第三十四条", "done")),
        ],
        "masked": "韩*珍",
        "no_term": Due("内部3月6日", None, "第二十九条", "none"),
        "results": [
            Option("1", "王秀兰", "女 78 · 变电工区 · 尾号5621", "姓名、年龄、单位与信相符"),
            Option("2", "王雪莲", "女 71 · 财务部", "仅拼音相符"),
        ],
        "page_keys": [Keys("[ ]", _("上一件、下一件")), Keys("m", _("记一条")), Keys("h", _("转交"))],
    }


def people(query: str, *, typing: bool = False) -> list[Option]:
    """The sample look-up: finds by a letter of the initials or a sign of the name; a number not while one types it."""
    if typing and query.isdigit():
        return [Option("", query, "号码写完了，按回车再找", ask=True)]
    known = [
        ("wxl", "王秀兰", "女 78 · 变电工区 · 尾号5621"),
        ("wxl", "王雪莲", "女 71 · 财务部 · 尾号0917"),
        ("wxl", "吴新录", "男 83 · 输电工区"),
        ("zgf", "郑桂芬", "女 87 · 物资公司"),
    ]
    found = [
        Option(str(number), name, detail, hint=initials)
        for number, (initials, name, detail) in enumerate(known, 1)
        if query and (query in initials or query in name)
    ]
    return [*found, Option("new", query, "不在名册，照这个名字登记", new=True)] if query else []
