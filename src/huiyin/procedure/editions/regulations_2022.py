"""信访工作条例 (2022), in force since 2022-05-01: all steps of the edition, put together from the files that hold them.

The order is that of the pages: what leads a matter on stands before what goes beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from huiyin.procedure.actions import Edition
from huiyin.procedure.editions import (
    again_2022,
    authority_2022,
    followup_2022,
    once_2022,
    ordinary_2022,
    persons_2022,
    review_2022,
    routes_2022,
    splitting_2022,
    supervision_2022,
    tasks_2022,
)
from huiyin.procedure.editions.mistakes_2022 import MISTAKES
from huiyin.procedure.words import Words

ACTIONS = (
    *ordinary_2022.ACTIONS, *routes_2022.ACTIONS, *again_2022.ACTIONS, *once_2022.ACTIONS, *authority_2022.ACTIONS, *review_2022.ACTIONS, *followup_2022.ACTIONS,
    *persons_2022.ACTIONS, *splitting_2022.ACTIONS, *tasks_2022.ACTIONS, *supervision_2022.ACTIONS,
)  # fmt: skip

EDITION = Edition(
    "regulations-2022", Words("信访工作条例（2022年）", "Regulations on Petition Work (2022)"), date(2022, 5, 1),
    {action.name: replace(action, mistakes=MISTAKES.get(action.name, ())) for action in ACTIONS},
)  # fmt: skip
