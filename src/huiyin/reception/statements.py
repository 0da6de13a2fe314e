"""口头反映 (Art. 19 (1)): written down as it was said, read back, corrected, confirmed – then registered.

Every version is kept. A confirmed statement never changes; what is remembered later is a statement of its own.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from huiyin.cases import drafts, policy
from huiyin.cases.filing import LONGEST_TEXT, title_of
from huiyin.cases.models import CaseFile, Draft
from huiyin.cases.supervision.climbing import Unregistered
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.kernel.typed import one_line, storable
from huiyin.people.policy import Actor
from huiyin.reception.models import Confirmation, Statement, StatementVersion
from huiyin.reception.once import made
from huiyin.reception.policy import require, staff_id, unit_id

PAGE = 50
STATEMENTS = UUID("5d0c1f5e-7c1a-4d5b-9a53-6b0c3b1f2a19")  # the names of alarms about statements begin with it


def open_ones(by: Actor) -> QuerySet[Statement]:
    """The unit's statements that still wait to be confirmed or registered, the oldest first: all of them."""
    return _of_unit(by).filter(_OPEN).order_by("began_at", "pk")


def settled(by: Actor, *, page: int) -> list[Statement]:
    """The others, the newest first: page `page` (from 1) and one row more if there is a next page."""
    return list(_of_unit(by).exclude(_OPEN).order_by("-began_at", "-pk")[(page - 1) * PAGE : page * PAGE + 1])


_OPEN = Q(draft__case=None) & ~Q(state=Statement.State.WITHDRAWN)


def _of_unit(by: Actor) -> QuerySet[Statement]:
    told = Q(draft__case=None) | policy.known(by, "draft__case__")
    return Statement.objects.filter(told, unit_id=unit_id(by)).select_related("taken_by", "draft__case")


def one(by: Actor, statement_id: int) -> Statement:
    """A statement of the actor's unit with all that its page shows. Refused (not_found) if there is none, Forbidden where it became a
    matter that they may not see (Art. 30(3))."""
    found = Statement.objects.filter(pk=statement_id, unit_id=unit_id(by))
    rows = found.select_related(
        "unit", "taken_by", "draft__case__office", "draft__owner", "confirmation__by", "confirmation__paper"
    )
    statement = rows.prefetch_related("versions__by").first()
    if statement is None:
        raise Refused("没有这份记录。", "There is no such statement.", code="not_found")
    case = statement.draft.case if statement.draft else None
    if case and not (seen := policy.may(by, "see", case)):
        raise Forbidden(seen.why.zh, seen.why.en)
    return statement


def write_down(*, name: str, via: str, text: str, key: str, by: Actor, now: datetime) -> Statement:
    """The first version; once under each key. Raises Refused for an empty text."""
    unit, words = require(by, "reception.work"), _text(text)
    if via not in Statement.Via.values:
        raise Refused("请选怎样说的。", "Choose how it was said.", field="via")
    try:
        with transaction.atomic():
            statement = Statement.objects.create(
                unit_id=unit, name=one_line(name)[:60], via=via, began_at=now, taken_by_id=staff_id(by), key=key or None
            )
            _version(statement, 1, words, by, now)
            return statement
    except IntegrityError:
        first = {"name": one_line(name)[:60], "via": via, "versions__number": 1, "versions__text": words}
        return made(Statement.objects.all(), unit_id=unit, key=key, **first)


@transaction.atomic
def correct(*, statement_id: int, seen: int, text: str, by: Actor, now: datetime) -> Statement:
    """The next version, after reading version `seen` back. Conflict if another came meanwhile or it is confirmed."""
    unit, words = require(by, "reception.work"), _text(text)
    statement = one(by, statement_id)
    if statement.latest == seen and statement.state == Statement.State.WRITING and words == latest(statement).text:
        return statement
    _advance(unit, statement_id, seen, latest=seen + 1)
    _version(statement, seen + 1, words, by, now)
    return one(by, statement_id)


@transaction.atomic
def confirm(
    *, statement_id: int, seen: int, how: str, present: str, mark: str, paper_id: int | None = None, by: Actor, now: datetime
) -> Statement:  # fmt: skip
    """The person confirmed version `seen`. Raises Invalid; Conflict if the text changed after it was read back."""
    unit = require(by, "reception.work")
    wrong = {}
    if how not in Confirmation.How.values:
        wrong["how"] = Refused("请选怎样核对的。", "Choose how it was read back.", field="how")
    if not one_line(present):
        wrong["present"] = Refused("请写当时有谁在场。", "Write who was present.", field="present")
    if mark not in Confirmation.Mark.values:
        wrong["mark"] = Refused("请选有没有签名。", "Choose whether it was signed.", field="mark")
    if wrong:
        raise Invalid(wrong)
    statement = one(by, statement_id)
    _advance(unit, statement_id, seen, state=Statement.State.CONFIRMED)
    Confirmation.objects.create(
        statement_id=statement_id, version=next(each for each in statement.versions.all() if each.number == seen), how=how,
        present=one_line(present)[:100], mark=mark, paper_id=paper_id, at=now, by_id=staff_id(by),
    )  # fmt: skip
    return one(by, statement_id)


def withdraw(*, statement_id: int, why: str, by: Actor, now: datetime) -> Statement:
    """The person does not bring the matter after all: said by them, noted with the reason. Conflict once it is being registered."""
    unit, reason = require(by, "reception.work"), one_line(why)[:100]
    if not reason:
        raise Refused("请写本人怎么说的。", "Write what the person said about it.", field="why")
    free = Statement.objects.filter(pk=statement_id, unit_id=unit, draft=None).exclude(state=Statement.State.WITHDRAWN)
    if free.update(state=Statement.State.WITHDRAWN, withdrawn_at=now, withdrawn_why=reason) != 1:
        raise Conflict(
            "这份记录正在登记，或者已经记了不提。", "It is being registered, or was withdrawn already.", field="why"
        )
    return one(by, statement_id)


def waiting(by: Actor) -> int:
    """How many of the unit's statements still wait to be confirmed or registered: none may be forgotten. One query."""
    return Statement.objects.filter(_OPEN, unit_id=unit_id(by)).count()


def unregistered(before: datetime) -> list[Unregistered]:
    """All that was said before a moment and is neither registered nor taken back; whoever took it down answers for it, then whoever
    began to register it (Arts. 19, 44(1))."""
    rows = Statement.objects.filter(_OPEN, began_at__lt=before).select_related(
        "taken_by__office", "draft__owner__office"
    )
    return [_unregistered(each) for each in rows.order_by("pk")]


def _unregistered(statement: Statement) -> Unregistered:
    if statement.draft and statement.draft.owner:
        return Unregistered(statement.draft.pk, statement.draft.owner)
    return Unregistered(uuid5(STATEMENTS, str(statement.pk)), statement.taken_by)


def latest(statement: Statement) -> StatementVersion:
    """The version that counts."""
    return next(each for each in statement.versions.all() if each.number == statement.latest)


@transaction.atomic
def begin_registration(*, statement_id: int, by: Actor, now: datetime) -> Draft:
    """The registration draft with the confirmed words filled in; pressed twice it is the same draft."""
    require(by, "cases.register")
    unit = require(by, "reception.work")
    Statement.objects.select_for_update().filter(pk=statement_id, unit_id=unit).first()
    statement = one(by, statement_id)
    if statement.state != Statement.State.CONFIRMED:
        raise Refused(
            "先念给本人听，本人确认了再登记。", "Read it back first; register it when the person confirmed it."
        )
    if statement.draft is not None:
        return _own(statement.draft, by)
    draft, _ = drafts.begin(by=by, now=now, data=_typed(statement))
    if statement.confirmation.paper:
        drafts.add_file(draft, statement.confirmation.paper, purpose=CaseFile.Purpose.ORIGINAL, now=now)
    Statement.objects.filter(pk=statement.pk).update(draft=draft)
    return draft


def _own(draft: Draft, by: Actor) -> Draft:
    if draft.case_id is None and draft.owner_id != by.staff_id:
        who = draft.owner.name if draft.owner else ""
        raise Conflict(f"{who}正在登记这一件。", f"{who} is registering it.")
    return draft


def _typed(statement: Statement) -> dict[str, str]:
    text = latest(statement).text
    return {
        "channel": statement.via, "received_on": clock.on(statement.began_at).isoformat(), "purpose": "request",
        "people_count": "1", "title": title_of(text), "text": text, "person": "", "person_q": statement.name,
    }  # fmt: skip


def _advance(unit: int, statement_id: int, seen: int, **changes: object) -> None:
    """The one place where a statement moves: only from the version that the person heard, only while it is open."""
    open_one = Statement.objects.filter(pk=statement_id, unit_id=unit, latest=seen, state=Statement.State.WRITING)
    if open_one.update(**changes) != 1:
        raise Conflict(
            "这份记录刚刚有人改过或者确认了，您写的还在下面，请看最新的一版。",
            "Somebody changed or confirmed this statement just now; yours is kept below. Look at the latest version.",
        )


def _version(statement: Statement, number: int, text: str, by: Actor, now: datetime) -> None:
    StatementVersion.objects.create(statement_id=statement.pk, number=number, text=text, at=now, by_id=staff_id(by))


def _text(typed: str) -> str:
    text = storable(typed.replace("\r\n", "\n")).strip()
    if not text:
        raise Refused("请写下本人说的话。", "Write down what the person said.", field="text")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"最多{LONGEST_TEXT}个字。", f"At most {LONGEST_TEXT} characters.", field="text")
    return text
