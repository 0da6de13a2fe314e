"""The way of a case through the procedure: stations from the table's steps, taken ones with their day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from huiyin.cases import queries
from huiyin.cases.models import Case
from huiyin.cases.names import Names
from huiyin.kernel import clock
from huiyin.people.policy import STAFF
from huiyin.procedure.actions import Action
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import NOT_DONE
from huiyin.procedure.editions import edition, persons_2022
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words
from huiyin.web.desk import words
from huiyin.web.desk.why import latest
from huiyin.web.ui.parts import Station
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

# step of the table → (name of the station, the states in which one stands there)
STATIONS: dict[str, tuple[Words, frozenset[str]]] = {
    "register": (Words("登记", "Registered"), frozenset()),
    "accept": (Words("受理", "Accepted"), frozenset({"registered"})),
    "notify": (Words("书面告知", "Notice given"), frozenset()),
    "assign": (Words("交办", "Assigned"), frozenset({"accepted"})),
    "investigate": (Words("调查核实", "Investigated"), frozenset({"handling"})),
    "issue": (Words("处理意见书", "Opinion"), frozenset({"drafted", "approved"})),
    "deliver": (Words("送达", "Delivered"), frozenset({"issued"})),
    "evaluate": (Words("评价", "Rated"), frozenset({"delivered"})),
    "close": (Words("办结", "Settled"), frozenset()),
    "archive": (Words("归档", "Archived"), frozenset({"closed"})),
}

# Milestones that leave a case on the ordinary path.
BESIDE = frozenset({"import_closed", "extend", "take_back", "carry_out"})


def stations(case: Case) -> list[Station]:
    """Taken ones with their day, the one where the case stands, those to come; left out ones are dashed. A case that left the
    ordinary path shows what was done, and where it stands."""
    return _other_way(case) if case.sealed or _left_the_path(case) else _ordinary(case)


def _left_the_path(case: Case) -> bool:
    known = edition(case.edition)
    steps = {event.action for event in case.events.all()}
    return any(known.action(name).milestone and name not in STATIONS and name not in BESIDE for name in steps)


def _other_way(case: Case) -> list[Station]:
    """Every milestone with its day, and the state as the last one while the case is open."""
    known = edition(case.edition)
    done = [event for event in case.events.all() if known.action(event.action).milestone]
    made = [Station(said(known.action(event.action).label), day_text(clock.on(event.at)), "done") for event in done]
    return [*made, Station(words.state(case), _("现在"), "now")] if case.is_open else made


def _ordinary(case: Case) -> list[Station]:
    taken = {event.action: clock.on(event.at) for event in case.events.all()}
    taken |= {"register": taken["import_closed"]} if "import_closed" in taken else {}
    if "import_closed" in taken:
        taken["close"] = taken["import_closed"]
    return [_station(case, name, taken) for name in STATIONS]


def _station(case: Case, name: str, taken: dict[str, date]) -> Station:
    title, standing = STATIONS[name]
    here = case.state in standing
    if name in taken and not (here and name == "investigate"):
        return Station(said(title), day_text(taken[name]), "done")
    if name == "notify" and (told := _told_otherwise(case)):
        return told
    if here:
        return Station(said(title), _("进行中") if name == "investigate" else words.state(case), "now")
    if _passed(case, name):
        return Station(said(title), _untaken(case, name), "untaken")
    return Station(said(title), _expected(case, name), "next")


def _told_otherwise(case: Case) -> Station | None:
    """The notice whose term ended by another step: whoever has the answer in hand was told."""
    row = latest(case, "notice")
    if row is None or row.stopped_on is None:
        return None
    if row.outcome in NOT_DONE:
        return Station(said(STATIONS["notify"][0]), _("不再走"), "untaken")
    return Station(said(STATIONS["notify"][0]), day_text(row.stopped_on), "done")


def _passed(case: Case, name: str) -> bool:
    """Whether the case went on without this station."""
    if name == "notify" and case.marks.get("notice_waived"):
        return True
    if case.is_open:
        return False
    return case.state != "closed" or name not in {"archive", "evaluate"}


def _untaken(case: Case, name: str) -> str:
    if name == "notify" and case.marks.get("notice_waived"):
        return _("没有信访人，免") if case.channel == "screening" else _("姓名地址不清，免")
    return _("没有评") if name == "evaluate" else _("没有走")


def _expected(case: Case, name: str) -> str:
    term = {"notify": "notice", "issue": "extend" if case.marks.get("extended_on") else "handle"}.get(name)
    row = latest(case, term) if term else None
    if row:
        return _("{day}前").format(day=day_text(row.due_on))
    return _("复查期内可评") if name == "evaluate" else ""


def sentence(case: Case, names: Names, *, now: datetime, calendar: Calendar) -> str:
    """The branches that lie open here, and the offices that the case came through."""
    return "　　".join(part for part in (_branches(case, now, calendar), _came_through(case, names)) if part)


def _branches(case: Case, now: datetime, calendar: Calendar) -> str:
    here = STATES[case.state]
    if not here.open or words.waits_sealed(case):
        return ""
    side = [action for action in queries.open_to_anybody(case, now=now, calendar=calendar) if _is_branch(action)]
    if not side:
        return ""
    steps = dict.fromkeys(
        said(action.label) for action in side
    )  # a step of one kind of matter may be called as that of another
    return _("从“{state}”还可以走：{steps}").format(state=said(here.name), steps=_("、").join(steps))


def _is_branch(action: Action) -> bool:
    """A step that leads off the way or back, or moves its dates, and that staff take."""
    leads = bool(action.target or action.starts or action.assigns) and action not in persons_2022.ACTIONS
    return leads and not action.main and bool(action.roles & STAFF)


def _came_through(case: Case, names: Names) -> str:
    offices: list[str] = []
    for event in case.events.all():
        name = names.offices.get(event.effects.get("office") or 0)
        if name and offices[-1:] != [name]:
            offices.append(name)
    if not offices:
        return ""
    return _("走过的路：{way}").format(way=" → ".join([words.channel(case), *offices]))
