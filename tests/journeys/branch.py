"""What a branch of the procedure is to the journeys, and what is typed in several of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.cases.models import Case
from tests import ways
from tests.world import NOW, World

TODAY, LATER = NOW.date().isoformat(), ways.soon(NOW, 10)
PAPER = Path("材料.txt")
IN_HAND = {"mode": "direct", "on": TODAY, "received_by": "孟庆兰"}
TOLD = {"mode": "hand", "on": TODAY, "received_by": "孟庆兰"}
LED = {
    "item": "4", **ways.BODY, "route": "申请行政复议", "statute": "《社会保险法》第八十三条", "limit": "知道之日起60日",
    "passed_how": "复印件交本人", "reason": "待遇核定由经办机构作出。",
}  # fmt: skip
HEARING = {
    "hearing_on": TODAY, "hearing_at": "上午9点", "place": "三楼会议室", "chair": "leader", "participants": "孟庆兰\n待遇核发科",
    "subject": "取暖补贴的面积",
}  # fmt: skip
SETTLED = {
    "form": "mediation", "held_on": TODAY, "voluntary": True, "parties": "孟庆兰\n云湖供电公司", "mediator": "调解员",
    "agreement": "补发180元。", "perform_by": LATER, "money": "no", "files": PAPER, "covers": ["1", "2"],
}  # fmt: skip

ADOPTED = [{"text": "修好楼道灯", "result": "adopted", "reason": "已经报修。", "basis": "《物业管理条例》第三十五条"}]

REPLY = {"covers": ["1", "2"], "outcome": "performed", "done": "3月2日到现场核查。", "remedy": "可以依法申请行政复议。"}
REVOKED = {**ways.CONCLUSION, "outcome": "revoke", "decided": "撤销原意见，重新丈量面积。"}
OUTSIDE = {
    "label": "云江电信复〔2026〕9号", "dated_on": TODAY, "outcome": "maintain", "reasons": "原意见有据。", **IN_HAND, "files": PAPER,
}  # fmt: skip

Facts = Mapping[str, Any] | Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True)
class Branch:
    """A way: where the matter stands, the steps (who, action, what is typed), and what the petitioner reads at the end."""

    begins: str
    steps: tuple[tuple[str, str, Facts], ...]
    ends: str
    reads: tuple[str, ...]
    letters: frozenset[str] = frozenset()
    given: Facts | None = None


def to(name: str, **more: Any) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {**world.to(name), **more}


def again(world: World) -> Mapping[str, Any]:
    """The matter that was registered last is a repeat of one that was re-reviewed."""
    case = Case.objects.filter(state="registered").latest("pk")
    earlier = world.again(case, world.case("concluded", now=NOW), NOW)
    return {
        **ways.RECUSAL,
        "earlier": earlier,
        "same": "面积、标准上次都查过。",
        "nothing_new": True,
        "help": "接待室每月上门一次。",
    }


def beside_below(world: World) -> Mapping[str, Any]:
    """The matter that was registered last is being handled by the sister unit already."""
    case = Case.objects.filter(state="registered").latest("pk")
    earlier = world.again(case, world.below(now=NOW), NOW)
    return {"earlier": earlier, "same": "写的是同一笔补贴。", "passed_on": TODAY, "passed_how": "系统转去"}


def drawn(facts: Facts, world: World, folder: Path) -> dict[str, Any]:
    """What is typed, for this world; the paper to hand in lies in the folder."""
    given = dict(facts(world) if callable(facts) else facts)
    if "files" in given:
        given["files"] = folder / PAPER
        given["files"].write_text("意见书全文", encoding="utf-8")
    return given
