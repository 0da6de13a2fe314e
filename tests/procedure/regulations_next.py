"""A law that might follow: all steps of 2022, but 45 days to handle, by an article of its own, and no proposing of simple handling.

One file, as the next edition will be one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from huiyin.procedure.editions.regulations_2022 import EDITION as BEFORE
from huiyin.procedure.words import Words

SHORTER = replace(BEFORE.terms["handle"], days=45, article="第四十一条")
ACCEPT = replace(BEFORE.action("accept"), help=Words("新条例怎样说受理。", "What the new law says of acceptance."))

EDITION = replace(
    BEFORE,
    code="regulations-next",
    name=Words("信访工作条例（以后）", "Regulations on Petition Work (to come)"),
    in_force=date(2026, 3, 1),
    actions={name: action for name, action in BEFORE.actions.items() if name != "propose_simple"} | {"accept": ACCEPT},
    terms={**BEFORE.terms, "handle": SHORTER},
)
