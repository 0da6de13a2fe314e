"""The steps about the people of a matter: for which matters they are, and who takes whose place by them.

What is asked here is asked of the people on record, which the procedure's table doesn't know: is there anybody to tell, to represent?
A row never changes; whoever is written down anew keeps the number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max

from huiyin.cases import agents, agreeing, petitioners
from huiyin.cases.models import Case, CaseAgent, Channel, Petitioner
from huiyin.kernel.errors import Invalid, Refused
from huiyin.people.policy import PETITIONER, Actor
from huiyin.procedure.actions import Action
from huiyin.procedure.editions.effects_persons_2022 import is_turned
from huiyin.procedure.editions.persons_2022 import OWN_PART
from huiyin.procedure.words import Words

NOTICES = frozenset({"notice", "notice-passed"})
ROW = tuple(name for name in petitioners.KEPT if name != "number")
PARTS = re.compile(r"[，,\t]")  # data: what parts name, telephone and address on a line
NEW = "new"
OF = {"authorise": "of", "succeed": "who", OWN_PART: "who"}  # the field that says of whom of several a step is
MAIN, COPY = Petitioner.Letters.MAIN, Petitioner.Letters.COPY
_NOBODY = Words(
    "没有署名，还不知道是谁；弄清了先“补全信访人”。",
    "Nobody is named; once it is known who it is, “complete who it is” first.",
)

_OF_A_SCREENING = Words("这件事是排查发现的，没有信访人。", "A screening found this; there is no petitioner.")


def not_for(
    action: str, case: Case, *, people: Sequence[Petitioner] | None = None, running: Collection[str] | None = None
) -> list[Words]:
    """Why a step about people is not for this case; empty for other steps. `people` and `running` (terms) are those of a case whose
    rows are not written yet."""
    if action in _BY_NUMBER:
        return _BY_NUMBER[action](petitioners.left_of(case, case.petitioners.all() if people is None else people))
    asks = _ASKS.get(action)
    if asks is None or (asks in _OF_PEOPLE and _someone(case, people)):
        return []
    return asks(case, running)


def _someone(case: Case, people: Sequence[Petitioner] | None) -> bool:
    return any(row.name or row.phone or row.address for row in (case.petitioners.all() if people is None else people))


def _nobody(case: Case, running: Collection[str] | None) -> list[Words]:
    return [_OF_A_SCREENING if _screened(case) else _NOBODY]


def _no_petitioner(case: Case, running: Collection[str] | None) -> list[Words]:
    """What a screening found has nobody to be told where it went; of what came unsigned they may still call."""
    return _nobody(case, running) if _screened(case) else []


def _screened(case: Case) -> bool:
    return case.channel == Channel.SCREENING


def _nobody_to_tell(case: Case, running: Collection[str] | None) -> list[Words]:
    """What was passed on is owed a notice even so (Art. 23(3)): its clock can be stopped."""
    terms = {row.term for row in case.clocks.all() if row.stopped_on is None} if running is None else set(running)
    return [] if terms & NOTICES else _nobody(case, running)


def _known_already(case: Case, running: Collection[str] | None) -> list[Words]:
    if case.marks.get("identity_unclear"):
        return []
    return [Words("姓名和联系办法已经清楚了。", "Name and how to reach them are known already.")]


def _none_authorised(case: Case, running: Collection[str] | None) -> list[Words]:
    return (
        [] if agents.ending("revoke_authority", case) else [Words("没有有效的委托。", "No authorisation is in force.")]
    )


def _no_guardian(case: Case, running: Collection[str] | None) -> list[Words]:
    return [] if agents.ending("end_guardianship", case) else [Words("没有记过监护人。", "No guardian is on record.")]


def _of_one(count: int) -> list[Words]:
    return [] if count > 1 else [Words("只有一位信访人。", "There is one petitioner only.")]


def _of_several(count: int) -> list[Words]:
    if count < 2:
        return []
    return [
        Words(
            "这件事是几个人共同提的，自己只能撤回自己的一份。",
            "Several brought this matter; each takes back their own part alone.",
        )
    ]


_BY_NUMBER = {OWN_PART: _of_one, "take_back": _of_several}
_ASKS: dict[str, Any] = {
    "notify": _nobody_to_tell, "succeed": _nobody, "represent": _nobody, "authorise": _nobody, "withdraw": _nobody, "tell_transfer": _no_petitioner, "identify": _known_already,
    "revoke_authority": _none_authorised, "end_guardianship": _no_guardian,
}  # fmt: skip
_OF_PEOPLE = (_nobody, _nobody_to_tell, _no_petitioner)


def known(case: Case, step: Action, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the record says that a step about people must know: of whom it is where there is one only, whether they spoke for others,
    under which number somebody carries on; whether what several turn out to bring is handled simply; whether nobody can be told where
    it goes."""
    if step.name == "represent":
        return {"turns_ordinary": True} if is_turned(case.state, case.marks, facts) else {}
    if step.name == "forward":
        return {"nobody_to_tell": True} if _screened(case) and not _someone(case, None) else {}
    name = OF.get(step.name, "")
    if not name:
        return {}
    present = list(case.petitioners.all())
    alone = present if step.name == "succeed" else petitioners.living(case, present)
    found = {} if facts[name] or len(alone) != 1 else {name: alone[0].number}
    who = facts[name] or found.get(name)
    if step.name == "succeed" and facts["successor"] and who:
        found |= {"heir": _next_number(case)}
    if step.name == OWN_PART:
        found |= {"people_count": max(case.people_count, len(present)) - 1}
    speaks = step.name != "authorise" and any(row.number == who and row.is_representative for row in present)
    return found | ({"spoke": True} if speaks else {})


def check(
    case: Case, step: Action, facts: Mapping[str, Any], *, today: date, people: Sequence[Petitioner] | None = None,
    running: Collection[str] | None = None,
) -> None:  # fmt: skip
    """Raises Refused for a step that is not for this case, Invalid for whoever acts without being authorised to."""
    for why in not_for(step.name, case, people=people, running=running):
        raise Refused(why.zh, why.en, code="not_for_these_people")
    agents.check(case, step, facts, today=today)
    agreeing.check(case, step, facts, today=today, people=people)


@dataclass
class Change:
    """Rows that end and rows that come, columns of the case that follow, and what the event keeps as its `proof`."""

    left: list[Petitioner] = field(default_factory=list)
    came: list[Petitioner] = field(default_factory=list)
    agent: CaseAgent | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    proof: dict[str, str] = field(default_factory=dict)


def change(case: Case, action: str, facts: Mapping[str, Any], *, by: Actor) -> Change:
    """What a step changes about the people; empty for other steps. Raises Invalid naming the field to be mended."""
    if action == "authorise":
        living = petitioners.living(case, case.petitioners.all())
        if not living:
            raise _no(
                "of",
                "本人去世了，先在“信访人去世”里写明谁接着办。",
                "The petitioner died; first record who carries the matter on.",
            )
        _one_of(living, "of", facts)
        row = agents.row_of(case, facts)
        return Change(agent=row, proof={"agent": agents.digest(case, row)})
    makes = _MAKES.get(action)
    if makes is None:
        return Change()
    present = list(case.petitioners.order_by("pk"))
    made = makes(case, present, facts, by)
    after = [row for row in present if row not in made.left] + made.came
    died = {facts["who"]} if action == "succeed" and facts.get("who") else set()
    first = petitioners.addressee(after, petitioners.gone(case) | died)
    made.columns |= {"petitioner_name": first.name if first else ""}
    made.proof = {"people": petitioners.digest(case, after)}
    return made


def write(case: Case, change: Change) -> None:
    """Writes the change down under the case's newest event; called inside the one door's transaction."""
    ended = [row.pk for row in change.left]
    if ended:
        Petitioner.objects.filter(pk__in=ended).update(until=case.version)
    for row in change.came:
        row.since = case.version
    Petitioner.objects.bulk_create(change.came)
    if change.agent:
        change.agent.save(force_insert=True)


def _identified(case: Case, present: list[Petitioner], facts: Mapping[str, Any], by: Actor) -> Change:
    """Whom the letters go to gets what was missing; what they had written stays where nothing new is said."""
    base = petitioners.addressee(present, petitioners.gone(case))
    given = petitioners.read_one(facts, by=by)
    row = (
        _again(base, **{name: value for name, value in given.items() if value})
        if base
        else Petitioner(case=case, **given)
    )
    reached = row.phone or row.address or row.person_id
    if not (row.name and reached):
        error = Refused(
            "要写明姓名，还要有电话、住址或者名册上的人；不全的先记在办理记录里。",
            "It takes the name and a telephone, an address or somebody on the roster; note down what is known so far.",
        )
        raise Invalid({"phone" if row.name else "name": error})
    row.number = base.number if base else _next_number(case)
    return Change(left=[base] if base else [], came=[row])


def _succeeded(case: Case, present: list[Petitioner], facts: Mapping[str, Any], by: Actor) -> Change:
    """Whoever carries the matter on for a petitioner who died; letters go to them, if they went to the one who died."""
    written = petitioners.addressee(present, petitioners.gone(case))
    died = _one_of(present, "who", facts) or written
    if died and died not in petitioners.living(case, present):
        _check_not_recorded(case, present, died, facts)
    if not facts.get("successor"):
        return Change()
    typed = {"name": facts["successor"], "phone": facts.get("phone"), "address": facts.get("address")}
    given = petitioners.read_one(typed, by=PETITIONER) | {"acts_for": facts.get("kinship", ""), "succeeds": True}
    row = Petitioner(case=case, number=_next_number(case), **given)
    if len(present) < 2 and not any(one.letters for one in present):
        return Change(came=[row])
    return _written_to(row, died, written, present)


def _check_not_recorded(case: Case, present: Sequence[Petitioner], died: Petitioner, facts: Mapping[str, Any]) -> None:
    """Raises Invalid for a death that is recorded already, but where somebody carries on whom the record doesn't know yet."""
    if heir := petitioners.carries_on(case, died.number, present):
        raise _no("successor", f"这一位去世、由{heir.name}继续已经记过了；再有人参加的，用“记信访人、推选代表”。",
                  f"This death is recorded already, and {heir.name} carries on; for others who join, use “Record the people”.")  # fmt: skip
    if not facts.get("successor"):
        raise _no("successor", "这一位去世已经记过了；现在有人继续的，写明是谁。",
                  "This death is recorded already; if somebody carries on now, say who.")  # fmt: skip


def _written_to(
    row: Petitioner, died: Petitioner | None, written: Petitioner | None, present: list[Petitioner]
) -> Change:
    """Whoever carries on takes the place of the one who died: their letters, or copies; nobody else's."""
    follows = died is written or (died is not None and died.letters == MAIN)
    main = row if follows else written
    row.letters = MAIN if follows else died.letters if died else ""
    row.is_representative = follows and died is not None and died.is_representative
    wanted = {
        one: MAIN if one is main else "" if one is died or one.letters == MAIN else one.letters for one in present
    }
    moved = [one for one in present if wanted[one] != one.letters]
    return Change(left=moved, came=[*(_again(one, letters=wanted[one]) for one in moved), row])


def _took_back(case: Case, present: list[Petitioner], facts: Mapping[str, Any], by: Actor) -> Change:
    """One of several goes, and the others stay; letters go on to one of them."""
    there = {row.number: row for row in petitioners.living(case, present)}
    gone = _one_of(list(there.values()), "who", facts) or _chosen(there, "who", None)
    others = [row for row in there.values() if row is not gone]
    if not any(row.name for row in others):
        raise _no(
            "who",
            "其他人都没有留名，信没有人可写：先用“记信访人、推选代表”写明以后信写给谁。",
            "None of the others is named, so that nobody could be written to: first record whom the letters go to under “Record the people”.",
        )
    return Change([gone], columns={"people_count": facts["people_count"]})


def _represented(case: Case, present: list[Petitioner], facts: Mapping[str, Any], by: Actor) -> Change:
    """The people after a change: who speaks for them, whom the letters go to, who joined and who left."""
    stay = {row.number: row for row in present}
    left = [_chosen(stay, "left", number) for number in facts["left"]]
    joined = _joined(facts, by)
    named = _named(facts, by)
    for row in left:
        stay.pop(row.number)
    fresh = [
        Petitioner(case=case, number=number, **row) for number, row in enumerate([*joined, *named], _next_number(case))
    ]
    new = fresh[: len(joined)]
    petitioners.check_once(new, stay.values(), field="joined")
    speak = [_chosen(stay, "representatives", number) for number in facts["representatives"]]
    petitioners.check_representatives(len(speak) + len(new), case.channel)
    main = _main(stay, new, facts["main"])
    copies = [
        *(_chosen(stay, "copies", number) for number in facts["copies"] if number != NEW),
        *(new if NEW in facts["copies"] else ()),
    ]
    _check_count(facts["people_count"], len(stay) + len(fresh))
    for row in fresh:
        row.letters = _gets(row, main, copies)
    turned = [row for row in stay.values() if _flags(row) != (row in speak, _gets(row, main, copies))]
    again = [_again(row, is_representative=row in speak, letters=_gets(row, main, copies)) for row in turned]
    return Change([*left, *turned], [*again, *fresh], columns={"people_count": facts["people_count"]})


_MAKES = {"identify": _identified, "represent": _represented, "succeed": _succeeded, OWN_PART: _took_back}


def _joined(facts: Mapping[str, Any], by: Actor) -> list[dict[str, Any]]:
    """The new representatives, one a line: name, telephone, address."""
    return _read("joined", (row | {"is_representative": True} for row in lines_of(facts.get("joined"))), by)


def _named(facts: Mapping[str, Any], by: Actor) -> list[dict[str, Any]]:
    return _read("members", ({"name": line} for line in _lines(facts.get("members"))), by)


def _read(name: str, rows: Iterable[Mapping[str, Any]], by: Actor) -> list[dict[str, Any]]:
    """Clean rows; whatever is wrong with one of them is said at the field in which all were typed."""
    try:
        return [petitioners.read_one(row, by=by) for row in rows]
    except Invalid as error:
        raise Invalid({name: next(iter(error.errors.values()))}) from error


def lines_of(typed: Any) -> list[dict[str, Any]]:
    """People typed one a line, as raw rows: name, telephone, address."""
    parts = (map(str.strip, PARTS.split(line, 2)) for line in _lines(typed))
    return [dict(zip(("name", "phone", "address"), each, strict=False)) for each in parts]


def _lines(typed: Any) -> list[str]:
    return [line for line in str(typed or "").splitlines() if line.strip()]


def _main(stay: Mapping[int, Petitioner], new: Sequence[Petitioner], wanted: Any) -> Petitioner:
    if wanted == NEW and not new:
        raise _no("main", "还没有写新的代表。", "No new representative was written.")
    found = new[0] if wanted == NEW else _chosen(stay, "main", wanted)
    if not found.name:
        raise _no("main", "收信的要有姓名。", "Whoever gets the letters needs a name.")
    return found


def _chosen(known: Mapping[int, Petitioner], name: str, number: Any) -> Petitioner:
    """The one of that number. Raises Invalid at the field in which it was chosen."""
    if number not in known:
        raise _no(
            name,
            "选的人不在这件事里，或者刚选了不再参加。",
            "Whom you chose is not among the people of this matter, or leaves it.",
        )
    return known[number]


def _one_of(present: Sequence[Petitioner], name: str, facts: Mapping[str, Any]) -> Petitioner | None:
    """The one whom a step is about; of several one must be named. None for the only one. Raises Invalid."""
    if facts.get(name):
        return _chosen({row.number: row for row in present}, name, facts[name])
    if len(present) > 1:
        raise _no(name, "信访人不止一位，请选是哪一位。", "There are several petitioners; say which one.")
    return None


def _check_count(count: int, named: int) -> None:
    if count < named:
        raise _no(
            "people_count",
            f"有名字的已经有{named}人，人数不能比它少。",
            f"{named} are named; there can't be fewer people.",
        )


def _gets(row: Petitioner, main: Petitioner, copies: Collection[Petitioner]) -> str:
    return MAIN if row is main else COPY if any(row is one for one in copies) else ""


def _flags(row: Petitioner) -> tuple[bool, str]:
    return row.is_representative, row.letters


def _again(row: Petitioner, **other: Any) -> Petitioner:
    """The same person in a row of their own, with what changed."""
    return Petitioner(case_id=row.case_id, number=row.number, **{name: getattr(row, name) for name in ROW} | other)


def _next_number(case: Case) -> int:
    return (Petitioner.everyone.filter(case=case).aggregate(most=Max("number"))["most"] or 0) + 1


def _no(name: str, zh: str, en: str) -> Invalid:
    return Invalid({name: Refused(zh, en, field=name)})
