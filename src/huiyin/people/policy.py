"""What a role may do apart from a single case: pages and commands. One table, one question.

The three administrators (系统、安全、审计) have disjoint rights and see no case; nobody gets a right by rank alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from huiyin.procedure.words import Words

STAFF = frozenset({"clerk", "handler", "head", "leader", "supervisor"})
ADMINS = frozenset({"system_admin", "security_admin", "auditor"})

VERBS: dict[str, frozenset[str]] = {
    "desk": STAFF | ADMINS,  # sign in, see one's own start page, change one's password
    "cases.see": STAFF,  # lists and case pages; which cases, cases.policy decides
    "cases.register": frozenset({"clerk", "handler", "head"}),
    "cases.link": STAFF,  # to matters that one may see as a whole; cases.links
    "cases.import": frozenset({"clerk", "head"}),
    "cases.export": STAFF,
    "cases.supervise": frozenset({"supervisor", "head", "leader"}),
    "screening.see": STAFF,  # own sheets, findings and campaigns; which, screening.policy decides
    "screening.run": frozenset({"head", "leader", "supervisor"}),
    "cases.call_back": frozenset({"clerk", "head", "leader", "supervisor"}),
    "absence.enter": STAFF,  # one's own; a head, leader or supervisor also that of their people
    "meetings.see": STAFF,  # which meetings, coordination.access decides
    "meetings.plan": frozenset({"head", "leader", "supervisor"}),
    "roster.see": STAFF,
    "roster.edit": frozenset({"clerk", "head"}),
    "roster.import": frozenset({"clerk", "head"}),
    "reception.see": frozenset({"clerk", "head", "leader", "supervisor"}),  # of one's own unit; reception.policy
    "reception.work": frozenset({"clerk", "head"}),
    "reception.plan": frozenset({"head", "leader"}),
    "reception.events": frozenset({"clerk", "head", "leader"}),
    "admin.offices": frozenset({"system_admin"}),
    "admin.calendar": frozenset({"system_admin"}),
    "admin.staff": frozenset({"security_admin"}),
    "admin.audit": frozenset({"auditor"}),
}


@dataclass(frozen=True)
class Actor:
    """Who acts. `kind` is staff, petitioner or system; ids are None where they make no sense.

    `whole`: works at the head of the installation, below which all other offices are; `demo`: in a demonstration.
    """

    kind: str
    name: str
    staff_id: int | None = None
    office_id: int | None = None
    office_path: str = ""
    unit_path: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    office_name: str = ""
    whole: bool = False
    demo: bool = False


@dataclass(frozen=True)
class Decision:
    """Yes or no, and why not, in words."""

    ok: bool
    why: Words = Words("", "")

    def __bool__(self) -> bool:
        return self.ok


SYSTEM = Actor("system", "系统", roles=frozenset({"system"}))
PETITIONER = Actor("petitioner", "信访人", roles=frozenset({"petitioner"}))
YES = Decision(True)


def may(actor: Actor | None, verb: str) -> Decision:
    """May this actor do what `verb` names? An unknown verb is a defect and raises KeyError."""
    allowed = VERBS[verb]
    if actor is None or actor.kind != "staff":
        return Decision(False, Words("请先登录。", "Please sign in first."))
    if actor.roles & allowed:
        return YES
    return Decision(False, Words("您的岗位没有这项权限。", "Your role does not include this."))
