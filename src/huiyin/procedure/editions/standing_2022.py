"""Sets that the rows of the 2022 edition share: in which states a matter is in work, and how one must stand to it."""

from __future__ import annotations

from huiyin.procedure.actions import Relation
from huiyin.procedure.states import STATES

OPEN = frozenset(code for code, state in STATES.items() if state.open)
IN_WORK = frozenset({"handling", "drafted", "approved"})
SETTLED = frozenset({"closed", "archived"})
FRESH = frozenset({"registered", "forwarded"})
REVIEWING = frozenset(
    f"{level}{part}" for level in ("review", "rereview") for part in ("ing", "_drafted", "_issued")
) | {"reviewed"}
ANSWERABLE = FRESH | IN_WORK | {"objected", "accepted", "duty"}

SAME_OFFICE: frozenset[Relation] = frozenset({"self", "office"})
AT_OR_ABOVE: frozenset[Relation] = frozenset({"self", "office", "above"})
SENDER: frozenset[Relation] = frozenset({"sender"})
SAME_UNIT: frozenset[Relation] = frozenset({"self", "office", "above", "unit", "first_asked"})
DECIDES_OBJECTION: frozenset[Relation] = frozenset({"above", "first_asked", "sender"})
OWNER: frozenset[Relation] = frozenset({"owner"})
ASKED: frozenset[Relation] = frozenset({"asked"})
ANY: frozenset[Relation] = frozenset({"any"})
STAFF = frozenset({"clerk", "handler", "head", "leader", "supervisor"})
