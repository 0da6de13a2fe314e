"""分件: a further item of a letter becomes a matter of its own. What it takes along from the first, and which ones came of a letter.

The event of the first names the number of the item, and nothing of what it says; the item names the first nowhere, for that one may be
sealed (Art. 30). Who may see both learns of it from the link; the petitioner, from the first one's receipt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from huiyin.cases import agents, holding, petitioners
from huiyin.cases.models import Case
from huiyin.kernel.errors import Invalid, Refused
from huiyin.procedure.editions.effects_persons_2022 import principal

TAKEN = ("title", "text", "purpose", "topic", "accused")
CARRIED = tuple(name for name in petitioners.KEPT if name != "number")


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
    places = {row.number: place for place, row in enumerate(case.petitioners.order_by("number"), start=1)}
    who, given = agents.rows(case), list(case.events.filter(action="authorise").order_by("seq"))
    for number, each in valid.items():
        if each["until_on"] and each["until_on"] < on.isoformat():
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


def parts(case: Case) -> list[Case]:
    """The items split off from a matter whose events are loaded, with what their status needs (three queries; none if there are
    none). Policy is not asked."""
    found = numbers(case)
    rows = Case.objects.filter(no__in=found).order_by("pk").prefetch_related("clocks", "events") if found else []
    return list(rows)


def _papers(case: Case, wanted: list[Mapping[str, Any]]) -> list[int]:
    ids = [row["id"] for row in wanted]
    if ids and len(set(ids)) != case.files.filter(file__in=ids).count():
        error = Refused("只能带本件里的材料。", "Only papers of this matter can go along.", field="files")
        raise Invalid({"files": error})
    return ids
