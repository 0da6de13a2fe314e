"""The columns that a roster may have, what they are called, and which heading of a file means which.

A heading is recognised by its name, by a name that offices use for it, or by one with an addition in brackets; it is
never guessed from the cells. Each column is taken once, the first from the left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import half_width
from huiyin.procedure.words import Words


@dataclass(frozen=True)
class Column:
    """A target: its field, its name for the matching page, what else it is called in files."""

    field: str
    name: Words
    aliases: tuple[str, ...] = ()


COLUMNS = (  # data: headings of other people's files
    Column("name", Words("姓名", "Name"), ("名字", "退休人员姓名", "离退休人员姓名", "人员姓名", "本人姓名", "full name")),
    Column("sex", Words("性别", "Sex"), ("gender",)),
    Column(
        "id_number",
        Words("证件号码", "ID number"),
        ("身份证号", "身份证号码", "身份证", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号码", "证件号",
         "本人身份证号", "id card", "id no", "identity number", "id"),
    ),
    Column("id_kind", Words("证件种类", "Kind of ID"), ("证件类型", "证件类别", "id type", "id kind")),
    Column(
        "born_on",
        Words("出生日期", "Date of birth"),
        ("出生年月日", "出生年月", "生日", "出生时间", "出生", "birthday", "birth date", "born", "born on"),
    ),
    Column(
        "phone",
        Words("电话", "Phone"),
        ("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "本人电话", "本人手机", "移动电话", "固定电话",
         "家庭电话", "联系手机", "phone", "mobile", "phone number", "tel"),
    ),
    Column(
        "staff_no",
        Words("工号", "Staff number"),
        ("职工编号", "人员编号", "员工编号", "职工号", "员工号", "人员编码", "编号", "退休证号", "staff no", "employee id",
         "employee no"),
    ),
    Column(
        "office",
        Words("服务管理单位", "Office in charge"),
        ("管理单位", "服务单位", "管理部门", "管理机构", "服务管理机构", "office"),
    ),
    Column(
        "kind",
        Words("离退休类别", "Kind of retirement"),
        ("类别", "人员类别", "退休类别", "离退休类型", "人员类型", "离退类别", "离退休", "kind", "category"),
    ),
    Column(
        "former_unit",
        Words("原工作单位", "Former unit"),
        ("原单位", "退休前单位", "退休单位", "离退休前单位", "单位", "工作单位", "单位名称", "原部门", "所在单位", "所属单位", "former unit", "unit"),
    ),
    Column(
        "rank",
        Words("职级", "Rank"),
        ("职务", "职务职级", "职称", "退休时职务", "行政级别", "职务级别", "技术职称", "待遇级别", "title"),
    ),
    Column(
        "retired_on",
        Words("离退休日期", "Date of retirement"),
        ("退休日期", "退休时间", "退休年月", "离退休时间", "离休时间", "离退休年月", "退休年月日", "retired on", "retired",
         "retirement date"),
    ),
    Column("died_on", Words("去世日期", "Date of death"), ("去世时间", "死亡日期", "死亡时间", "逝世日期", "died on")),
    Column(
        "address",
        Words("住址", "Address"),
        ("家庭住址", "现住址", "居住地址", "家庭地址", "地址", "详细地址", "常住地址", "现居住地", "联系地址", "通讯地址"),
    ),
    Column("lives_elsewhere", Words("异地居住", "Lives elsewhere"), ("是否异地居住", "是否异地", "异地", "异地安置")),
    Column("living", Words("居住情况", "Living situation"), ("居住状况", "居住状态", "居住方式", "生活状况", "living")),
    Column("party_branch", Words("党支部", "Party branch"), ("所在党支部", "所属党支部", "党组织", "支部", "所在支部")),
    Column("languages", Words("使用语言", "Languages"), ("语言", "常用语言", "方言", "language")),
    Column(
        "contact_name",
        Words("家属联系人", "Family contact"),
        ("家属姓名", "联系人", "紧急联系人", "联系人姓名", "紧急联系人姓名", "家属", "亲属姓名", "contact", "contact name"),
    ),
    Column(
        "contact_relation",
        Words("与本人关系", "Relation"),
        ("关系", "与退休人员关系", "家属关系", "联系人关系", "与本人的关系", "relation"),
    ),
    Column(
        "contact_phone",
        Words("联系人电话", "Contact's phone"),
        ("家属电话", "紧急联系电话", "紧急联系人电话", "家属联系电话", "联系人手机", "家属手机", "亲属电话", "contact phone"),
    ),
)  # fmt: skip
FIELDS = {column.field: column for column in COLUMNS}
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_NOISE = re.compile(r"[\s*:：、.\-_/\\\"'“”]")
_NUMBERED = re.compile(r"[0-9]+$")


def plain_heading(heading: str) -> str:
    """A heading without brackets, blanks and marks: `* 身份证号（18位）` is 身份证号."""
    return _NOISE.sub("", _BRACKETS.sub("", half_width(heading))).lower()


_MEANING = {
    plain_heading(name): column.field
    for column in COLUMNS
    for name in (column.name.zh, column.name.en, column.field, *column.aliases)
}


def match_headings(headings: Sequence[str]) -> dict[int, str]:
    """Which place (from 0) holds which field, for the headings that are recognised."""
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        plain = plain_heading(heading)
        field = _MEANING.get(plain) or _MEANING.get(_NUMBERED.sub("", plain))
        if field is not None and field not in found.values():
            found[place] = field
    return found


def checked_columns(columns: Mapping[int, str], width: int) -> dict[int, str]:
    """A choice of columns that an import can use, of a table so many columns wide. Refused: an unknown field, one chosen twice, no column for the name."""
    chosen = {place: field for place, field in sorted(columns.items()) if field}
    for place, field in chosen.items():
        if field not in FIELDS or not 0 <= place < width:
            raise Refused(f"没有“{field}”这一列。", f"There is no column “{field}”.", field="columns")
    for field in chosen.values():
        if list(chosen.values()).count(field) > 1:
            named = FIELDS[field].name
            raise Refused(
                f"“{named.zh}”选了不止一列，请只留一列。",
                f"“{named.en}” is chosen for more than one column; keep one.",
                field="columns",
            )
    if "name" not in chosen.values():
        raise Refused(
            "没有找到“姓名”这一列，请指明哪一列是姓名。",
            "No column holds the name; say which one does.",
            field="columns",
            code="no-name",
        )
    return chosen
