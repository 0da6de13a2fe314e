"""The steps that bring a matter of the small office to each state: who takes them and what is recorded.

A step is (state reached, action, who, facts). Reviews need three levels: the station handles, the sister unit above it reviews,
the unit above that re-reviews.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel import clock

if TYPE_CHECKING:
    from tests.world import World

Step = tuple[str, str, str, dict[str, Any]]
ANSWERS = [
    {
        "text": "补发取暖补贴",
        "result": "supported",
        "reason": "补发180元。",
        "basis": "《供暖补贴办法》第六条",
        "money": "no",
    },
    {"text": "说明标准", "result": "explained", "reason": "标准由市里统一规定。", "basis": "《供暖补贴办法》第四条"},
]
NEW_STAFF = {
    "station_handler": ("station", ["handler"]), "station_head": ("station", ["head"]), "station_leader": ("station", ["leader"]),
    "sister_handler": ("sister", ["handler"]), "sister_head": ("sister", ["head"]),
}  # fmt: skip
REVIEWS = (
    "reviewing", "review_drafted", "review_issued", "reviewed", "rereviewing", "rereview_drafted", "rereview_issued", "concluded",
)  # fmt: skip
BODY = {"body": "云湖市人力资源和社会保障局", "body_address": "市府路1号", "body_phone": "0700-555 0200"}
CONCLUSION = {
    "outcome": "maintain",
    "findings": "账目相符。",
    "reasons": "原意见有据。",
    "basis": "《供暖补贴办法》第六条",
}
OBJECTED = {"reason": "补贴由公司统一发放，本所没有发放权。"}
PAID = {"done": "补发180元。"}
RECUSAL = {"recusal_checked": True}
SIMPLE = {**RECUSAL, "ground": "clear", "not_excluded": True, "route": "核对后直接补发。"}
DUTY = {**RECUSAL, "statute": "《老年人权益保障法》第七十五条", "doing": "核查并答复"}


def paper(name: str = "协议书") -> int:
    """The number of a paper that was handed in, the same each time."""
    if kept := StoredFile.objects.filter(name=f"{name}.txt").first():
        return kept.pk
    upload = SimpleUploadedFile(f"{name}.txt", f"{name}的一页".encode())
    return documents.keep_upload(upload, by="clerk", now=clock.now()).pk


def soon(now: datetime, days: int) -> str:
    return (now + timedelta(days=days)).date().isoformat()


def handling(now: datetime, *, place: dict[str, Any], who: tuple[str, str, str, str] = ("clerk", "handler", "head", "leader")) -> list[Step]:  # fmt: skip
    """From acceptance to the archive, by the clerk, handler, head and leader of one office."""
    clerk, handler, head, leader = who
    day = now.date().isoformat()
    found = {"kind": "files", "on": day, "source": "发放名册", "found": "少录面积。"}
    drafted = {"claims": ANSWERS, "facts": "面积录入有误。", "superior": "云江省电力公司", "execute_by": soon(now, 20)}
    return [
        ("accepted", "accept", leader, {**RECUSAL, "route": "由待遇科调查核实。"}),
        ("accepted", "notify", clerk, {"mode": "hand", "on": day, "reference": "本人"}),
        ("handling", "assign", leader, place),
        ("handling", "investigate", handler, found),
        ("drafted", "draft", handler, drafted),
        ("approved", "approve", head, {}),
        ("issued", "issue", leader, {}),
        ("delivered", "deliver", clerk, {"mode": "direct", "on": day, "received_by": "孟庆兰"}),
        ("delivered", "evaluate", "petitioner", {"reception": "satisfied", "result": "mostly"}),
        ("delivered", "carry_out", handler, {"on": day, **PAID}),
        ("closed", "close", handler, {}),
        ("archived", "archive", clerk, {"retention": "30"}),
    ]


def review(now: datetime, level: str, *, place: dict[str, Any], who: tuple[str, str, str, str]) -> list[Step]:
    """A review or re-review from the request to its delivery, by the clerk, handler and leader above; `who` begins with who names."""
    names, handler, leader, delivers = who
    day, under, reached = now.date().isoformat(), f"{level}ing", {"review": "reviewed", "rereview": "concluded"}[level]
    return [
        (under, f"request_{level}", "petitioner", {"received_on": day, "request": "标准还是算错了，请再看。"}),
        (under, f"take_{level}", names, {**place, **RECUSAL}),
        (f"{level}_drafted", f"draft_{level}", handler, CONCLUSION),
        (f"{level}_issued", f"issue_{level}", leader, {}),
        (reached, f"deliver_{level}", delivers, {"mode": "direct", "on": day, "received_by": "孟庆兰"}),
    ]


def reviewed(world: World, now: datetime) -> list[Step]:
    """Handled at the station, reviewed by the sister unit, re-reviewed by the unit."""
    station = world.to("station_handler")
    whole = handling(now, place=station, who=("station_head", "station_handler", "station_head", "station_leader"))
    passed = {**station, "mode": "forward"}
    return [
        ("forwarded", "forward", "leader", passed),
        *whole[:8],
        *review(now, "review", place=world.to("sister_handler"), who=("sister_leader", "sister_handler", "sister_leader", "sister_clerk")),
        *review(now, "rereview", place=world.to("handler"), who=("leader", "handler", "leader", "head")),
    ]  # fmt: skip


def beside(world: World, state: str, now: datetime) -> list[Step]:
    """The ways beside the ordinary path, to that state."""
    day = now.date().isoformat()
    passed = ("forwarded", "forward", "leader", {**world.to("sister_leader"), "mode": "forward"})
    led = {"item": "4", **BODY, "route": "申请行政复议", "statute": "《社会保险法》第八十三条", "limit": "知道之日起60日",
           "passed_how": "复印件交本人", "reason": "待遇核定由经办机构作出。"}  # fmt: skip
    informed = {**BODY, "passed_on": day, "passed_how": "挂号寄去", "reason": "本系统没有核定权。"}
    duty = {
        **RECUSAL,
        "statute": "《老年人权益保障法》第七十五条",
        "doing": "核查并答复",
        "limit_on": soon(now, 30),
        **world.to("handler"),
    }
    settled = {"form": "mediation", "held_on": day, "voluntary": True, "parties": "孟庆兰\n云湖供电公司", "mediator": "调解员",
               "agreement": "补发180元。", "perform_by": soon(now, 10), "money": "no", "files": [paper()], "covers": [1, 2]}  # fmt: skip
    sealed = {"body": "纪检监察机关", "on": day, "how": "专人送达", "papers": "信件一份"}
    ways: dict[str, list[Step]] = {
        "forwarded": [passed],
        "objected": [passed, ("objected", "object", "sister_leader", OBJECTED)],
        "led": [("led", "lead", "leader", led)],
        "informed": [("informed", "inform", "leader", informed)],
        "not_again": [
            (
                "not_again",
                "not_again",
                "leader",
                {**RECUSAL, "same": "面积、标准上次都查过。", "nothing_new": True, "help": "接待室每月上门一次。"},
            )
        ],
        "not_accepted": [
            (
                "not_accepted",
                "not_accepted",
                "leader",
                {"same": "写的是同一笔补贴。", "passed_on": day, "passed_how": "系统转去"},
            )
        ],
        "duty": [("duty", "take_duty", "leader", duty)],
        "agreed": [*handling(now, place=world.to("handler"))[:4], ("agreed", "settle", "handler", settled)],
        "transferred": [("transferred", "transfer_sealed", "leader", sealed)],
        "withdrawn": [("withdrawn", "take_back", "petitioner", {})],
    }
    return ways[state]


BESIDE = (
    "forwarded",
    "objected",
    "led",
    "informed",
    "not_again",
    "not_accepted",
    "duty",
    "agreed",
    "transferred",
    "withdrawn",
)
BEGUN: dict[str, dict[str, Any]] = {
    "transferred": {"purpose": "accusation", "accused": "outside"},
    "withdrawn": {"channel": "web"},
}
