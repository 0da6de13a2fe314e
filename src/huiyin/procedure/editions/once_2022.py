"""信访工作条例 (2022), Art. 19(3): what a unit below has accepted or is handling, within its term, is not accepted by the unit above as well.

It is registered like every matter; a leader decides it, and the petitioner is told in writing which unit has it and until when. The
papers go to that unit. Once its term is over, or it has answered, this step is not open: the unit above takes the matter on, or reviews.
"""

from __future__ import annotations

from huiyin.procedure.actions import Action, Field, Guard, Paper
from huiyin.procedure.editions.effects_routes_2022 import ROUTING_TERMS, stop_all
from huiyin.procedure.editions.guards_authority_2022 import NO_DISPUTE
from huiyin.procedure.editions.guards_routes_2022 import ORDINARY_KIND, PASSED_NOT_FUTURE
from huiyin.procedure.editions.standing_2022 import AT_OR_ABOVE
from huiyin.procedure.words import Words

NOT_ACCEPTED = (
    Field("earlier", "line", Words("下级正在办的是哪一件（编号）", "Number of the matter that is handled below"), most=20,
          hint=Words("两件要先连在一起，如2026-0042", "The two are linked first; like 2026-0042")),
    Field("same", "text", Words("怎样看出是同一件事", "How it is the same matter"), most=2000,
          hint=Words("写进告知书；有一项是新的，就照常受理", "Goes into the notice; with anything new in it, it is accepted as usual")),
    Field("passed_on", "date", Words("材料哪天转给它", "Papers passed on")),
    Field("passed_how", "line", Words("材料怎样转的", "How they were passed"), most=200,
          hint=Words("没有材料的写“没有材料，已说明情况”", "Say so where there were none")),
)  # fmt: skip
BROUGHT_HERE = Guard(
    "brought_here", lambda s: not s.mark("outside"),
    Words("这是别的机关转来的，不是信访人又向本单位提出的。", "Another body passed this on; the petitioner did not bring it here as well."), early=True, silent=True,
)  # fmt: skip
UNDER_WAY = Guard(
    "under_way", lambda s: bool(s.facts.get("under_way")),
    Words("没有下级正在办、还在期限以内的同一件事，不能不予受理。", "Without the same matter under way below, within its term, it can't be left aside."), field="earlier",
)  # fmt: skip

ACTIONS = (
    Action(
        "not_accepted", Words("下级正在办，不予受理", "Under way below: not accepted"), Words("决定不予受理，由下级接着办", "Not accepted; the unit below handles it"), Words("这件事下级单位正在办，由它给您答复", "A unit below is handling it and will answer you"),
        "第十九条第三款", Words("同一信访人的同一件事，下级单位已经受理、正在办，还在规定期限以内，又向本单位提出的：由单位负责人决定不予受理，15日内书面告知是哪个单位在办、最晚哪天答复，材料转给它。它超了期、已经答复，或者这次有新的事实、理由的，不能用这一步：照常受理、督办或者复查。", "The same matter of the same petitioner that a unit below has accepted and handles within its term, brought to this unit as well: a leader decides not to accept it, and within 15 days the petitioner is told in writing which unit has it and until when it answers; the papers go to that unit. Where its term is over, it has answered, or anything is new, this step is not open: accept it, supervise or review."),
        frozenset({"registered"}), "not_accepted", frozenset({"leader"}), AT_OR_ABOVE, NOT_ACCEPTED, (ORDINARY_KIND, BROUGHT_HERE, NO_DISPUTE, UNDER_WAY, PASSED_NOT_FUTURE),
        stops=stop_all("replaced", *ROUTING_TERMS), papers=(Paper("not_accepted"),), milestone=True,
    ),
)  # fmt: skip
