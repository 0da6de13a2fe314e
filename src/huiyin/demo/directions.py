# data: invented bodies and statutes of the demonstration
"""Where an invented matter may be told to turn, by what it is about: a complaint about a roof is not sent to the pension office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PENSION, MEDICAL, LIVING, FILES, WARMTH = (
    ("0601", "0602"),
    ("0801",),
    ("11", "12", "15"),
    ("0202", "0803"),
    ("1503", "1601"),
)
TOPICS: dict[str, tuple[str, ...]] = {
    "led": PENSION + MEDICAL,
    "informed": PENSION + MEDICAL + LIVING,
    "duty": FILES + WARMTH,
}
_PENSION_OFFICE = {
    "body": "云湖市社会保险经办中心",
    "body_address": "云湖市政务大厅二楼",
    "body_phone": "0700-555 0301",
}
_MEDICAL_OFFICE = {
    "body": "云湖市医疗保障服务中心",
    "body_address": "云湖市政务大厅三楼",
    "body_phone": "0700-555 0312",
}
_STREET = {"body": "云湖市湖滨街道办事处", "body_address": "云湖市湖滨路2号", "body_phone": "0700-555 0330"}
_LED = {
    "item": "4", "route": "申请行政复议", "statute": "《社会保险法》第八十三条", "limit": "知道之日起60日（行政复议法第二十条）",
    "passed_how": "复印件交给本人，原件留存", "reason": "待遇由经办机构核定，不服核定的，可以申请行政复议。",
}  # fmt: skip


def fits(way: str, theme: Mapping[str, Any]) -> bool:
    """Whether a matter about this theme may take that way."""
    return way not in TOPICS or str(theme["topic"]).startswith(TOPICS[way])


def body_for(topic: str) -> dict[str, str]:
    """The body that has authority, and how it is reached."""
    if topic.startswith(MEDICAL):
        return _MEDICAL_OFFICE
    return _PENSION_OFFICE if topic.startswith("06") else _STREET


def not_ours(topic: str) -> str:
    """Why neither the unit nor its system has authority."""
    if topic.startswith(MEDICAL):
        return "报销由医疗保障经办机构核定，本单位和本系统都没有这项职权。"
    if topic.startswith("06"):
        return "核定权在社会保险经办机构，本单位和本系统都没有这项职权。"
    return "属于街道办理的事项，本单位没有这项职权。"


def procedure_for(topic: str) -> dict[str, str]:
    """The legal procedure that settles it, with its body and limit."""
    return {**body_for(topic), **_LED}


def duty_on(topic: str) -> tuple[str, str]:
    """What the law asks the unit to do about it, and what was done."""
    if topic.startswith(FILES):
        return "核查保管的档案，依法更正并答复本人。", "查阅了全部档案，更正了登记，更正结果已经告知本人。"
    return "核查反映的违规行为，依规处理并答复本人。", "已到现场核查，发现的问题已经责令改正，改正情况复查属实。"
