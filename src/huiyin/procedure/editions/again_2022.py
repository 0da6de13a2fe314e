"""信访工作条例 (2022), Art. 36(3): what is brought again after the re-review, with the same facts and reasons, is not taken again.

It is registered like every matter and then told by a leader, in writing and with the reasons; new facts and reasons are a matter of
their own. Nobody is turned away by it: guidance and help go on (Art. 37(3)), and what will be done stands in the letter.
"""

from __future__ import annotations

from huiyin.procedure.actions import Action, Field, Guard, Paper
from huiyin.procedure.editions.effects_routes_2022 import ROUTING_TERMS, stop_all
from huiyin.procedure.editions.guards_2022 import RECUSAL, is_plea
from huiyin.procedure.editions.guards_authority_2022 import NO_DISPUTE
from huiyin.procedure.editions.standing_2022 import AT_OR_ABOVE, FRESH
from huiyin.procedure.words import Words

NOT_AGAIN = (
    Field("earlier", "line", Words("复核过的是哪一件（编号）", "Number of the matter that was re-reviewed"), most=20,
          hint=Words("两件要先连在一起，如2026-0042", "The two are linked first; like 2026-0042")),
    Field("same", "text", Words("事实和理由同那一件怎样相同", "How facts and reasons are the same"), most=5000,
          hint=Words("这次每个说法都要写到：上次在哪里查过、怎样答复的；写进告知书", "Every point raised this time: where it was looked into and how it was answered; goes into the notice")),
    Field("nothing_new", "yes", Words("已逐项核对，也问过信访人：没有新的事实、理由和证据", "Checked point by point, and the petitioner was asked: no new facts, reasons or evidence")),
    Field("help", "text", Words("接着做什么：疏导、帮扶、救助", "What goes on: guidance, support, aid"), most=2000,
          hint=Words("谁来做、什么时候、找谁申请（第三十七条）；写进告知书", "By whom, when, and where to apply (Art. 37); goes into the notice")),
    Field("recusal_checked", "yes", Words("已核对：没有直接利害关系", "Checked: no direct interest")),
)  # fmt: skip
A_PLEA = Guard(
    "a_plea", lambda s: is_plea(s.snapshot.marks),
    Words("只有申诉求决类事项才有复查、复核。", "Only complaints and requests are reviewed and re-reviewed."), early=True, silent=True,
)  # fmt: skip
RE_REVIEWED = Guard(
    "re_reviewed", lambda s: bool(s.facts.get("concluded")),
    Words("没有复核过的事项，不能不再受理。", "What was not re-reviewed can't be left aside."), field="earlier",
)  # fmt: skip
NOTHING_NEW = Guard(
    "nothing_new", lambda s: bool(s.facts.get("nothing_new")),
    Words("有新的事实、理由或者证据的，照常受理。", "With new facts, reasons or evidence it is accepted as usual."), field="nothing_new",
)  # fmt: skip

ACTIONS = (
    Action(
        "not_again", Words("复核过，不再受理", "Re-reviewed: not taken again"), Words("决定不再受理", "Not taken again"), Words("这件事复核过了，没有新的情况，不再受理", "It was re-reviewed and nothing is new; it isn't taken again"),
        "第三十六条第三款", Words("复核意见送到以后，同一信访人还以同一事实和理由提出的，由单位负责人决定不再受理，书面告知理由，并写明接着怎样疏导、帮扶、救助（第三十七条第三款）。有一项是新的事实、理由或者证据，就照常受理。没有复核过的，不能用这一步。", "What the same petitioner brings again after the re-review, with the same facts and reasons: a leader decides that it isn't taken again, gives the reasons in writing, and says what guidance and help go on (Art. 37(3)). With a single new fact, reason or piece of evidence it is accepted as usual. Without a re-review this step is not open."),
        FRESH, "not_again", frozenset({"leader"}), AT_OR_ABOVE, NOT_AGAIN, (A_PLEA, NO_DISPUTE, RE_REVIEWED, NOTHING_NEW, RECUSAL),
        stops=stop_all("replaced", *ROUTING_TERMS), papers=(Paper("not_again"),), milestone=True,
    ),
)  # fmt: skip
