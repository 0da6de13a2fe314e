"""What the registration page knows: the typed fields, the scan with its text, the look-up of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.cases import drafts
from huiyin.cases.models import Draft
from huiyin.cases.people_steps import lines_of
from huiyin.documents.models import ScanPage
from huiyin.kernel import clock
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import row_number, storable
from huiyin.orgs import queries as orgs
from huiyin.people.ids import mask_phone
from huiyin.people.looking_up import is_unfinished, look_up
from huiyin.people.models import Person
from huiyin.people.policy import Actor
from huiyin.procedure.editions.forms_2022 import CHANNELS, PURPOSES
from huiyin.procedure.editions.forms_2022 import REGISTER as FIELDS
from huiyin.web.desk.dates import read_day
from huiyin.web.desk.forms import office_rows
from huiyin.web.ui.parts import Option
from huiyin.web.ui.time_parts import said

TYPED = (
    "person", "person_q", "phone", "id_number", "address", "acts_for", "representatives", "members", "copies", "people_count", "large_print", "reply_by",
    "channel", "received_on", "title", "text", "claims", "purpose", "topic", "place", "accused",
)  # fmt: skip
# A form that nobody wrote into holds these too.
PRESET = frozenset({"channel", "received_on", "purpose", "people_count", "reply_by"})
TICKED = ("large_print", "copies")
REGISTER = {known.name: known for known in FIELDS}
PLACES = {"petitioners": "person", "people_count": "people_count", "name": "person"}


class RegistrationForm(forms.Form):
    """What is typed; what is missing or wrong the one door says, and its sentences are shown at the fields."""

    use_required_attribute = False
    person = forms.CharField(required=False)
    phone = forms.CharField(required=False)
    id_number = forms.CharField(required=False)
    address = forms.CharField(required=False)
    acts_for = forms.CharField(required=False)
    people_count = forms.CharField(required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    representatives = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    members = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    copies = forms.BooleanField(required=False)
    large_print = forms.BooleanField(required=False)
    channel = forms.CharField(required=False, widget=forms.Select)
    received_on = forms.CharField(required=False)
    title = forms.CharField(required=False, max_length=None)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    claims = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    purpose = forms.CharField(required=False, widget=forms.Select)
    topic = forms.CharField(required=False, widget=forms.Select)
    place = forms.CharField(required=False)
    accused = forms.CharField(required=False, widget=forms.Select)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "reg-%s", **options})
        self.fields["channel"].widget.choices = [(row.code, said(row.name)) for row in CHANNELS]
        self.fields["purpose"].widget.choices = [(row.code, said(row.name)) for row in PURPOSES]
        self.fields["accused"].widget.choices = [*office_rows(REGISTER["accused"]), *office_choices()]
        self.fields["topic"].widget.choices = [("", _("还不清楚，先不分")), *topic_choices()]

    def refuse(self, error: Refused) -> None:
        """Shows a refusal at its fields, or on top where it belongs to none."""
        for name, each in (error.errors if isinstance(error, Invalid) else {error.field: error}).items():
            place = PLACES.get(name, name)
            self.add_error(place if place in self.fields else None, each.say(get_language() or "zh"))


def office_choices() -> list[tuple[str, str]]:
    """The units and sections of this system, as many steps in as they lie below the first."""
    return [
        (str(office.pk), "　" * (office.path.count(".") - 1) + office.name)
        for office in orgs.offices()
        if office.is_active
    ]


def topic_choices() -> list[tuple[str, Any]]:
    """The topics in use, grouped by the one above each."""
    groups: dict[str, list[tuple[str, str]]] = {}
    english = (get_language() or "").startswith("en")
    for topic in orgs.topics():
        if topic.parent_id and topic.parent:
            above = topic.parent.name_en if english else topic.parent.name_zh
            groups.setdefault(above, []).append((topic.code, topic.name_en if english else topic.name_zh))
    return list(groups.items())


def starting(today: date, channel: str) -> dict[str, str]:
    """What a fresh form holds: most letters come today, from one person."""
    return {"channel": channel, "received_on": today.isoformat(), "purpose": "request", "people_count": "1"}


def typed_in(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, as it is kept in the draft."""
    return {name: storable(str(data.get(name, ""))) for name in TYPED if name in data or name in TICKED}


def facts_of(typed: Mapping[str, str], *, today: date) -> dict[str, Any]:
    """The facts of `register` from what was typed; whoever is not on the roster goes by the typed name."""
    day = read_day(typed.get("received_on", ""), today=today)
    first: dict[str, Any] = {
        name: typed.get(name, "") for name in ("phone", "id_number", "address", "acts_for", "reply_by")
    }
    first |= {
        "name": "" if row_number(typed.get("person", "")) else typed.get("person_q", ""),
        "large_print": typed.get("large_print"),
    }
    others = [row | {"is_representative": True} for row in lines_of(typed.get("representatives", ""))]
    for row in others:
        row["letters"] = "copy" if typed.get("copies") else ""
    named = [{"name": line} for line in typed.get("members", "").splitlines() if line.strip()]
    first |= {"person": typed.get("person", ""), "is_representative": bool(others), "letters": "main" if others else ""}
    wanted = ("channel", "title", "text", "claims", "purpose", "topic", "place", "people_count", "accused")
    return {name: typed.get(name, "") for name in wanted} | {
        "received_on": day.isoformat() if day else typed.get("received_on", ""),
        "petitioners": [first, *others, *named],
    }


def found_people(typed: str, *, by: Actor, typing: bool = False) -> list[Option]:
    """The retirees who fit what is typed, and last the way to register somebody who is not listed. While somebody is `typing`, a number
    that may go on is not looked up yet."""
    if typing and is_unfinished(typed, by=by):
        return [Option("", typed, _("号码写完了，按回车再找"), ask=True)]
    matches, otherwise = [], _("不在名册，照这个名字登记")
    try:
        matches = look_up(typed, by=by, now=clock.now())
    except Refused as refused:
        otherwise = refused.say(get_language() or "zh")
    found = [
        Option(str(match.person.pk), match.person.name, _detail(match.person), said(match.why)) for match in matches
    ]
    return [*found, Option("", typed, otherwise, new=True)] if typed.strip() else found


def _detail(person: Person) -> str:
    born = person.born_on
    age = _("{n}岁").format(n=clock.today().year - born.year) if born else ""
    phone = mask_phone(person.phone) if person.phone else ""
    return " · ".join(
        part for part in (person.get_sex_display() if person.sex else "", age, person.former_unit, phone) if part
    )


def scan_of(draft: Draft | None) -> dict[str, Any]:
    """The pages of the draft's scans, how far they are read, the text so far and the lines to look at twice."""
    pages = drafts.scan_pages(draft) if draft else []
    done = [page for page in pages if page.state in {ScanPage.State.DONE, ScanPage.State.FAILED}]
    return {
        "pages": pages,
        "total": len(pages),
        "done": len(done),
        "reading": len(done) < len(pages),
        "read_text": "\n".join(page.text for page in pages if page.text),
        "doubtful": [line["text"] for page in pages for line in page.lines if line["doubtful"]],
    }
