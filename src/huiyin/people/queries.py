"""Finding people: staff by office and role, retirees as somebody types.

Every look-up of a retiree is a search in one index: names through their keys, numbers by their beginning or their last
four characters. Who may see whom is decided by the offices that the caller passes (`reach`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import F, FilteredRelation, Q, QuerySet

from huiyin.kernel.db.columns import beginning
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import half_width
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people.contact import parted, read_phone
from huiyin.people.ids import check_character, read_id
from huiyin.people.models import NameKey, Person, PersonChange, Role, RosterImport, Staff
from huiyin.people.pinyin import LONGEST_KEY, typed_key
from huiyin.people.policy import STAFF, Actor, may
from huiyin.procedure.words import Words

WHY = {
    "name": Words("姓名", "name"),
    "pinyin": Words("姓名拼音", "pinyin of the name"),
    "id": Words("证件号码", "ID number"),
    "id_tail": Words("证件号码后四位", "last four of the ID number"),
    "phone": Words("电话", "telephone"),
    "phone_tail": Words("电话后四位", "last four of the telephone"),
    "staff_no": Words("工号", "staff number"),
}
SHORTEST_PHONE, SHORTEST_ID = 5, 10  # characters from which a beginning is looked for
_ANSWERS = (Role.HEAD, Role.CLERK, Role.LEADER)  # who takes what comes in where nobody is named for it
_CARRY_ON = (Role.HEAD, Role.LEADER, Role.HANDLER, Role.CLERK)  # who takes over from somebody who left


@dataclass(frozen=True)
class Match:
    """A retiree who was found. `matched` is a key of WHY, `why` the same in words."""

    person: Person
    why: Words
    matched: str


def find_people(
    typed: str, *, office_ids: Collection[int] | None, whole_numbers: bool = False, limit: int = 8
) -> list[Match]:
    """The best matches for what somebody types: name or its end, pinyin, initials, ID number, telephone, staff number.

    `office_ids`: the offices whose people may be found, None for all. With `whole_numbers` a number finds somebody only as a
    whole: whoever sees numbers masked could guess them digit by digit. Exact matches come first. Nothing typed, nothing found.
    """
    plain = as_number(typed)
    found = _by_number(plain, office_ids, limit, whole=whole_numbers) if re.search("[0-9]", plain) else []
    if len(found) < limit and not plain.isdigit():
        found += _by_name(typed, office_ids, limit)
    unique = {match.person.pk: match for match in reversed(found)}
    return [match for match in found if unique.get(match.person.pk) is match][:limit]


def _by_name(typed: str, office_ids: Collection[int] | None, limit: int) -> list[Match]:
    key = typed_key(typed)[:LONGEST_KEY]
    if not key:
        return []
    rows = NameKey.objects.filter(beginning("key", key)).order_by("key").values_list("person_id", flat=True)
    if office_ids is not None:
        rows = rows.filter(office_id__in=office_ids)
    unique = list(dict.fromkeys(rows[: limit * 3]))[:limit]
    people = Person.objects.select_related("office").in_bulk(unique)
    matched = "pinyin" if key.isascii() else "name"
    return [Match(people[pk], WHY[matched], matched) for pk in unique if pk in people]


def _by_number(plain: str, office_ids: Collection[int] | None, limit: int, *, whole: bool) -> list[Match]:
    ways = _whole_numbers(plain) if whole else _number_ways(plain)
    found = [("staff_no", person) for person in _within(Q(staff_no=plain), office_ids)[:limit]]
    if ways:
        others = _within(reduce(or_, ways.values()), office_ids)[: limit * 3]
        found += sorted(
            ((_how(person, plain), person) for person in others),
            key=lambda match: (list(ways).index(match[0]), match[1].pinyin, match[1].pk),
        )
    return [Match(person, WHY[how], how) for how, person in found]


def _within(condition: Q, office_ids: Collection[int] | None) -> QuerySet[Person]:
    people = Person.objects.filter(condition).select_related("office")
    if office_ids is None:
        return people
    return people.alias(place=F("office_id") + 0).filter(
        place__in=office_ids
    )  # + 0: or the engine starts from the office


def as_number(typed: str) -> str:
    """What is looked for as a number: half-width, without blanks, hyphens and brackets."""
    return re.sub(r"[\s\-–—()（）]", "", half_width(typed)).upper()


def is_whole_number(typed: str) -> bool:
    """Whether these characters are a whole ID number or telephone rather than a part of one or something else."""
    for read in (lambda: read_id(None, typed), lambda: read_phone(typed)):
        try:
            return bool(read())
        except Refused:
            continue
    return False


def _whole_numbers(plain: str) -> dict[str, Q]:
    """The look-ups of these characters as a whole ID number or telephone; none where they are neither."""
    if not is_whole_number(plain):
        return {}
    old = _number_ways(plain) if len(plain) == 15 and plain.isdigit() else {}
    return {"id": old.get("id", Q(id_number=plain)), "phone": Q(phone=_as_kept(plain) if plain.isdigit() else plain)}


def may_find_parts(actor: Actor) -> bool:
    """Whether an actor finds people by a part of a number: who keeps the roster, and so sees numbers in full."""
    return bool(may(actor, "roster.edit"))


def _number_ways(plain: str) -> dict[str, Q]:
    """The look-ups of numbers that these characters can mean, the most certain first."""
    ways = {}
    if len(plain) == 15 and plain.isdigit():
        longer = f"{plain[:6]}19{plain[6:]}"
        ways["id"] = Q(id_number__in=[plain, longer + check_character(longer)])
    elif len(plain) >= SHORTEST_ID or re.fullmatch("[A-Z]{1,2}[0-9]{4,}", plain):
        ways["id"] = beginning("id_number", plain)
    if len(plain) >= SHORTEST_PHONE and plain.isdigit():
        ways["phone"] = beginning("phone", _as_kept(plain))
    if re.fullmatch("[0-9]{3}[0-9X]", plain):
        ways |= {"id_tail": Q(id_tail=plain), "phone_tail": Q(phone_tail=plain)}
    return ways


def _as_kept(digits: str) -> str:
    """The beginning of a telephone number in the form in which numbers are kept."""
    if not digits.startswith("0"):
        return digits
    area, local = parted(digits)
    return f"{area}-{local}" if local else area


def _how(person: Person, plain: str) -> str:
    if len(plain) == 4:
        return "id_tail" if person.id_tail == plain else "phone_tail"
    return "phone" if person.phone.replace("-", "").startswith(plain) else "id"


def reach(actor: Actor) -> list[int]:
    """The offices whose retirees a member of staff may see and find: those below the own unit."""
    return orgs.subtree_ids(actor.unit_path) if actor.unit_path else []


def kept_by(actor: Actor, person_id: int) -> Person | None:
    """The retiree with that id, if this member of staff may see them; None else."""
    return Person.objects.select_related("office").filter(pk=person_id, office_id__in=reach(actor)).first()


def roster(*, office_ids: Collection[int], typed: str = "") -> QuerySet[Person]:
    """The retirees of some offices in the order of their pinyin, narrowed to those whose name begins as typed."""
    people = Person.objects.filter(office_id__in=office_ids).select_related("office").order_by("pinyin", "pk")
    key = typed_key(typed)[:LONGEST_KEY]
    if key:
        keys = NameKey.objects.filter(beginning("key", key), office_id__in=office_ids)
        people = people.filter(pk__in=keys.values("person_id"))
    return people


def changes_of(person: Person) -> QuerySet[PersonChange]:
    """What was changed about a person, the newest first."""
    return person.changes.select_related("by").order_by("-pk")


@dataclass(frozen=True)
class Place:
    """An office of the tree with whoever is on duty in it: (id, name)."""

    pk: int
    name: str
    path: str
    kind: str
    staff: list[tuple[int, str]] = field(default_factory=list)


def places() -> list[Place]:
    """All offices in the order of the tree, closed ones included, with their staff by name. One query."""
    on_duty = FilteredRelation("staff", condition=Q(staff__is_active=True))
    rows = Office.objects.annotate(one=on_duty).order_by("path", "one__name", "one__pk")
    found: dict[int, Place] = {}
    for pk, name, path, kind, staff_id, staff_name in rows.values_list(
        "pk", "name", "path", "kind", "one__pk", "one__name"
    ):
        place = found.setdefault(pk, Place(pk, name, path, kind))
        if staff_id:
            place.staff.append((staff_id, staff_name))
    return list(found.values())


def staff_in(office_ids: Collection[int], role: str | None = None) -> QuerySet[Staff]:
    """Staff on duty in some offices, with a role if one is named, in the order of the tree."""
    found = Staff.objects.filter(office_id__in=office_ids, is_active=True).select_related("office__parent__parent")
    if role is not None:
        found = found.filter(role_rows__role=role)
    return found.order_by("office__path", "name", "pk")


def with_roles(office_ids: Collection[int], roles: Collection[str]) -> QuerySet[Staff]:
    """Staff on duty in some offices with at least one of the roles, each once, in the order of the tree."""
    found = Staff.objects.filter(office_id__in=office_ids, is_active=True, role_rows__role__in=roles)
    return found.select_related("office__parent__parent").distinct().order_by("office__path", "name", "pk")


def handlers() -> QuerySet[Staff]:
    """Everybody on duty who handles matters, in all offices in use, with the office and the two above it."""
    found = Staff.objects.filter(is_active=True, office__is_active=True, role_rows__role=Role.HANDLER)
    return found.select_related("office__parent__parent").order_by("office__path", "name", "pk")


def all_staff() -> QuerySet[Staff]:
    """Everybody with an account, those who left included, roles fetched along."""
    return Staff.objects.select_related("office").prefetch_related("role_rows").order_by("office__path", "name", "pk")


def intake() -> Staff:
    """Who receives what comes in through the portal: at the installation's counter, or above it."""
    row = orgs.installation()
    if row is None:
        raise Refused("系统还没有建立单位。", "The office is not set up yet.", code="set-up")
    return intake_of(row.counter)


def intake_of(office: Office) -> Staff:
    """Who receives what comes in at an office: the person named for it there, else in the nearest office above.

    Where nobody is named: a head, clerk or leader, the nearest again. Refused when there is none at all.
    """
    near, roles = _at_or_above(office)
    named = [person for person in roles if person.takes_intake]
    ranked = named or [person for person in roles if roles[person] & set(_ANSWERS)]
    if not ranked:
        raise Refused(
            f"“{office.name}”还没有人接收来件，请安全管理员指定一位接待员。",
            f"Nobody at “{office.name}” receives what comes in; the security administrator has to name somebody.",
            code="no-intake",
        )
    return min(ranked, key=lambda person: (near[person.office_id], _first(_ANSWERS, roles[person]), person.pk))


def successor_at(office: Office) -> Staff:
    """Who carries on for somebody who worked at an office: its head, else its leader, a handler or a clerk; where nobody of them is
    left, those of the nearest office above. Refused when there is none at all."""
    near, roles = _at_or_above(office)
    ranked = [person for person in roles if roles[person] & set(_CARRY_ON)]
    if not ranked:
        raise Refused(
            f"“{office.name}”和它的上级都没有在岗的人可以接手。", f"Nobody on duty at “{office.name}” or above it can carry on.", code="no-successor"
        )  # fmt: skip
    return min(ranked, key=lambda person: (near[person.office_id], _first(_CARRY_ON, roles[person]), person.pk))


def _at_or_above(office: Office) -> tuple[dict[int, int], dict[Staff, set[str]]]:
    """How far above an office each one is, itself first; and who is on duty there, with their roles (three queries)."""
    near = {pk: distance for distance, pk in enumerate(reversed(orgs.ids_above(office.path)))}
    rows = Staff.objects.filter(office_id__in=near, is_active=True, role_rows__role__in=STAFF)
    people = rows.select_related("office").prefetch_related("role_rows").distinct()
    return near, {person: {row.role for row in person.role_rows.all()} for person in people}


def _first(order: Sequence[str], roles: set[str]) -> int:
    return next((place for place, role in enumerate(order) if role in roles), len(order))


def who_keeps_open(office: Office) -> Refused | None:
    """Why an office can't be closed: somebody works there, or retirees are in its care."""
    staff = staff_in([office.pk]).first()
    if staff is not None:
        return Refused(
            f"“{office.name}”还有在岗的{staff.name}，请先调走或停用账号。",
            f"{staff.name} still works at “{office.name}”; move them or end the account first.",
        )
    if Person.objects.filter(office=office, died_on=None).exists():
        return Refused(
            f"“{office.name}”的名册上还有退休人员，请先转到别的单位。",
            f"“{office.name}” still has retirees on its roster; move them first.",
        )
    return None


def roster_files() -> set[str]:
    """The SHA-256 of every roster that was imported and of every list of what was wrong with one."""
    return {sha256 for pair in RosterImport.objects.values_list("sha256", "errors_sha256") for sha256 in pair if sha256}
