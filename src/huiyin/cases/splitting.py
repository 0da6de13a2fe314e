"""分件: a further item of a letter becomes a matter of its own. What it takes along from the first, and which ones came of a letter.

The event of the first names the number of the item, and nothing of what it says; the item names the first nowhere, for that one may be
sealed (Art. 30). Who may see both learns of it from the link; the petitioner, from the first one's receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.cases import agents, files, holding, links, petitioners, policy
from huiyin.cases.models import Case, CaseEvent, CaseLink
from huiyin.cases.snapshots import situation, snapshot_of
from huiyin.kernel.errors import Invalid, Refused
from huiyin.people.policy import Actor
from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Situation
from huiyin.procedure.editions import edition, splitting_2022
from huiyin.procedure.editions.effects_persons_2022 import principal
from huiyin.procedure.editions.effects_routes_2022 import dead

TAKEN = ("title", "text", "purpose", "topic", "accused")
CARRIED = tuple(name for name in petitioners.KEPT if name != "number")


@dataclass(frozen=True)
class Letter:
    """What an item takes from its letter besides its facts: who brought it, and where it stood just before the split."""

    people: list[dict[str, Any]]
    stood: Situation
    places: Mapping[int, int]  # the number of each of them in the item


def begun(letter: Letter | None, registered: dict[str, Any]) -> dict[str, Any]:
    """The effects with which a matter begins: as it is `registered`, or where its letter stands."""
    if letter is None:
        return registered
    effects, places = splitting_2022.begun(letter.stood, registered), letter.places
    gone = sorted(places[number] for number in dead(letter.stood.snapshot.marks) if number in places)
    return effects | {"marks": effects["marks"] | {"died": gone}} if gone else effects


def letter_of(case: Case, stood: Situation) -> Letter:
    """What an item takes from this matter, as it stands."""
    return Letter(petitioners_of(case), stood, _places(case))


def _places(case: Case) -> dict[int, int]:
    return {row.number: place for place, row in enumerate(case.petitioners.order_by("number"), start=1)}


def facts_of(case: Case, recorded: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of `register` for the item: what was recorded of it; channel, day and who is responsible as the letter has them.
    Raises Invalid for papers that are not the letter's."""
    return {name: recorded[name] for name in TAKEN} | {
        "claims": [claim["text"] for claim in recorded["part_claims"]],
        "files": _papers(case, recorded["files"]),
        "channel": case.channel,
        "received_on": case.received_on,
        "people_count": case.people_count,
        "place": case.place,
        "office": case.office_id,
        "staff": case.responsible_id,
    }


def petitioners_of(case: Case) -> list[dict[str, Any]]:
    """The rows of those who brought the letter, as they stand: nobody gives anything again."""
    rows = case.petitioners.order_by("number")
    return [{name: getattr(row, name) for name in CARRIED} for row in rows]


def authorities_of(case: Case, *, on: date) -> Iterator[dict[str, Any]]:
    """The facts of `authorise` for the item: whoever may act for one of those who brought the letter may do so here, to the same
    extent and by the same papers. Of a sealed letter nothing goes along (Art. 30), nor do its authorisations."""
    valid = {} if case.sealed else agents.valid(case)
    if not valid:
        return
    places = _places(case)
    who, given = agents.rows(case), list(case.events.filter(action="authorise").order_by("seq"))
    for number, each in valid.items():
        if (each["until_on"] and each["until_on"] < on.isoformat()) or principal(each) not in places:
            continue
        row, facts = who[number], given[number - 1].facts
        yield {
            "of": places[principal(each)], "name": row.name, "relation": row.relation, "phone": row.phone,
            **{name: each[name] for name in ("scope", "basis", "from_on", "until_on")},
            "heard": facts.get("heard"), "files": [kept["id"] for kept in facts.get("files", ())],
        }  # fmt: skip


def check_holder(part: Case) -> None:
    """Raises Invalid where whoever has the letter works in the office that the item is about: it must not come to them (Art. 30)."""
    if part.responsible is None:
        return
    try:
        holding.check_not_accused(part, part.responsible)
    except Invalid as error:
        refused = Refused(
            "本件的承办人就在另一件反映的科室、单位。请先把本件转给别的科室，再分。",
            "Whoever has this matter works in the office that the further item is about. Hand this matter to another section first.",
            field="accused",
        )
        raise Invalid({"accused": refused}) from error


def left(case: Case, part: Case, recorded: Mapping[str, Any]) -> dict[str, Any]:
    """What the event of the first matter keeps: the number of the item, and the requests that stay."""
    stays = [{"text": claim["text"]} for claim in recorded["claims"]]
    return {"part": part.no} | ({"claims": stays} if stays else {})


def numbers(case: Case) -> list[str]:
    """The numbers of the items split off from a matter whose events are loaded, in their order."""
    return [event.facts["part"] for event in case.events.all() if event.action == "split"]


def letters_of(case: Case) -> list[Case]:
    """The matters that an item was split off from, the nearest first, the letter last (one query for each, and one); none for
    what is no item."""
    found: list[Case] = []
    made = CaseLink.objects.filter(kind=CaseLink.Kind.SPLIT, seq=1, reason=links.ONE_LETTER)
    while link := made.filter(high=found[-1] if found else case).select_related("low__office__parent__parent").first():
        found.append(link.low)
    return found


def check_letters_sealed(case: Case, step: Action, *, by: Actor, now: datetime) -> None:
    """Raises Refused for an item that turns out to be an accusation while a letter that says so too stands open and the same person
    can seal it first (Art. 30). Where they can't, the item is sealed all the same: it never waits for somebody else."""
    for letter in reversed(letters_of(case)):
        if not letter.sealed and _may_seal(letter, step, by, now):
            raise Refused(
                f"这一件的话还写在原信（{letter.no}）里，原信没有密封。请先把原信改为检举控告，再改这一件（第三十条）；别的事可以从原信里再分出来。",
                f"What this says stands in its letter ({letter.no}) too, which is not sealed. Set the letter right as an accusation first, then this one (Art. 30); what is no accusation can be split off from the letter.",
                code="letter_open",
            )


def _may_seal(letter: Case, step: Action, by: Actor, now: datetime) -> bool:
    if letter.state not in step.sources or not policy.may(by, step, letter):
        return False
    return not engine.obstacles(
        step, situation(snapshot_of(letter), {}, by=by, now=now, law=edition(letter.edition)), early=True
    )


def told_of(case: Case, history: Iterable[CaseEvent]) -> dict[str, str]:
    """The number of each item that a record names, with that of the letter."""
    return {event.facts.get("part", ""): case.no for event in history if event.action == "split"}


def missing(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """The letters whose item, named in their record, is not there or was never linked, each with the item's number."""
    made = CaseLink.objects.filter(kind=CaseLink.Kind.SPLIT, seq=1).values_list("high__no", "low__no")
    linked = set(made) if told else set()
    return [(letter, no) for no, letter in told.items() if (no, letter) not in linked]


def parts(case: Case) -> list[Case]:
    """The items split off from a matter whose events are loaded, with what their status needs (three queries; none if there are
    none). Policy is not asked."""
    found = numbers(case)
    rows = Case.objects.filter(no__in=found).order_by("pk").prefetch_related("clocks", "events") if found else []
    return list(rows)


def _papers(case: Case, wanted: list[Mapping[str, Any]]) -> list[int]:
    ids = [row["id"] for row in wanted]
    if not {row.file_id for row in files.own(case)}.issuperset(ids):
        error = Refused(
            "只能带信访人交来的材料，调查材料等留在本件里。",
            "Only what the petitioner handed in can go along; the office's own papers stay here.",
            field="files",
        )
        raise Invalid({"files": error})
    return ids
