# data: an invented office and its people; nothing of it exists
"""The office of the demonstration: a unit with four sections and two smaller units, and the people who work there.

All share one password, which is printed; nothing here is ever part of a real installation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.orgs import queries as org_queries
from huiyin.orgs import services as orgs
from huiyin.orgs.models import Office, Topic
from huiyin.people import services as people
from huiyin.people.models import Staff

PASSWORD = "huiyin-demo"  # noqa: S105 - printed on purpose
UNIT, DEPARTMENT, COUNTER = "云湖供电公司", "离退休工作部", "接待室"
SUPERIOR = "云江省电力公司"
WHERE = {"address": "云湖市湖滨路18号一楼", "hours": "工作日 上午8点半到11点半，下午2点半到5点半"}
SECTIONS = {  # name: its telephone, and the beginnings of the topics that it is competent for
    "待遇核发科": ("0700-555 0126", ("06", "150201", "1003")),
    "医疗保障科": ("0700-555 0127", ("08", "1002")),
    "综合科": ("0700-555 0128", ("0202", "09", "1001", "1004", "11", "12", "15", "16")),
}
BRANCHES = {
    "南桥所": {"letter_prefix": "云供南信", "phone": "0700-555 0141", "address": "云湖市南桥巷5号"},
    "北关所": {"letter_prefix": "云供北信", "phone": "0700-555 0151", "address": "云湖市北关街21号"},
}


@dataclass(frozen=True)
class Account:
    """Somebody who works here; `shown` accounts are printed, one for each role."""

    username: str
    name: str
    office: str
    roles: tuple[str, ...]
    phone: str = ""
    shown: bool = False


ACCOUNTS = (
    Account("linfang", "林芳", COUNTER, ("clerk",), "0700-555 0124", shown=True),
    Account("zhoulan", "周岚", "待遇核发科", ("handler",), "0700-555 0161", shown=True),
    Account("wuqiming", "吴启明", DEPARTMENT, ("head",), "0700-555 0125", shown=True),
    Account("zhengguodong", "郑国栋", UNIT, ("leader",), "0700-555 0101", shown=True),
    Account("shenwei", "沈维", UNIT, ("supervisor",), "0700-555 0102", shown=True),
    Account("gumingyuan", "顾明远", UNIT, ("system_admin",), shown=True),
    Account("fangjing", "方静", UNIT, ("security_admin",), shown=True),
    Account("handong", "韩冬", UNIT, ("auditor",), shown=True),
    Account("majun", "马骏", "待遇核发科", ("handler",), "0700-555 0162"),
    Account("xujing", "许静", "医疗保障科", ("handler",), "0700-555 0163"),
    Account("luocheng", "罗成", "医疗保障科", ("handler",), "0700-555 0164"),
    Account("dengyu", "邓小雨", "综合科", ("handler",), "0700-555 0165"),
    Account("tianli", "田丽", "南桥所", ("clerk",), "0700-555 0142"),
    Account("liangyong", "梁勇", "南桥所", ("handler",), "0700-555 0143"),
    Account("tangzhiqiang", "唐志强", "南桥所", ("head", "leader"), "0700-555 0144"),
    Account("songjia", "宋佳", "北关所", ("clerk",), "0700-555 0152"),
    Account("duanhong", "段宏", "北关所", ("handler",), "0700-555 0153"),
    Account("jiangwen", "蒋文", "北关所", ("head", "leader"), "0700-555 0154"),
)


def build(*, now: datetime) -> None:
    """Sets the office up with its tree and competences; nobody works in it yet."""
    made = orgs.set_up(
        unit_name=UNIT, counter_name=DEPARTMENT, letter_prefix="云供信", superior=SUPERIOR, phone="0700-555 0123",
        demo=True, now=now, **WHERE,
    )  # fmt: skip
    counter = orgs.create_office(name=COUNTER, kind="section", parent=made.counter, phone="0700-555 0123", **WHERE)
    orgs.change_counter(counter=counter)
    for name, (phone, topics) in SECTIONS.items():
        section = orgs.create_office(name=name, kind="section", parent=made.counter, phone=phone)
        orgs.set_competences(office=section, topics=Topic.objects.filter(code__in=topics))
    for name, details in BRANCHES.items():
        orgs.create_office(name=name, kind="unit", parent=made.unit, superior=UNIT, hours=WHERE["hours"], **details)


def hire() -> None:
    """Gives everybody an account; the one password is worked out once, because that is made to be slow."""
    first, *others = [_hired(account, PASSWORD if account == ACCOUNTS[0] else None) for account in ACCOUNTS]
    Staff.objects.filter(pk__in=[person.pk for person in others]).update(password=first.password)


def _hired(account: Account, password: str | None) -> Staff:
    return people.create_staff(
        username=account.username, name=account.name, office=Office.objects.get(name=account.office), roles=account.roles,
        password=password, phone=account.phone, takes_intake="clerk" in account.roles,
    )  # fmt: skip


def is_here() -> bool:
    """Whether this installation is the demonstration."""
    found = org_queries.installation()
    return found is not None and found.demo
