"""The sheet of an office: kept as it is typed, saved as often as one likes, filled, signed, returned.

Two people never overwrite each other: who saves says which version they saw. What each typed stays in their own draft until
it is saved. A sheet is complete when every question is answered and it says expressly whether anything was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.kernel.typed import storable
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.screening import acts, deadlines, policy, questions
from huiyin.screening.models import Act, Campaign, Sheet, SheetDraft
from huiyin.screening.typed import LONGEST, Reader

State, Found = Sheet.State, Sheet.Found
EDITABLE = (State.OPEN, State.FILLED, State.RETURNED)
STEPS = {"save": None, "fill": State.FILLED, "sign": State.SIGNED}


def hand_in(
    sheet: Sheet, *, by: Actor, now: datetime, typed: Mapping[str, Any], version: int, step: str = "save"
) -> Sheet:
    """Saves what was typed, and with `fill` or `sign` takes the sheet on: to the head, or signed to whoever runs the campaign.

    Sent twice it counts once. Raises Forbidden, Invalid, Refused, and Conflict where somebody saved in between.
    """
    acts.check(policy.may_sign(by, sheet) if step == "sign" else policy.may_fill(by, sheet))
    content = _read(sheet, typed)
    columns = content | {"saved_at": now, "saved_by_id": by.staff_id} | _state_columns(sheet, step, by, now)
    with transaction.atomic():
        there = Sheet.objects.filter(pk=sheet.pk, version=version, state__in=EDITABLE)
        running = is_running(sheet)
        if step != "save" and running and there.exists():
            _check_complete(sheet, content)  # behind the lock: no finding is added meanwhile
        if not running or there.update(version=version + 1, **columns) != 1:
            return _second(sheet, content, columns.get("state"), by)
        SheetDraft.objects.filter(sheet=sheet, staff_id=acts.person(by)).delete()
        if step != "save":
            kind = Act.Kind.SIGNED if step == "sign" else Act.Kind.FILLED
            acts.note(kind, by=by, now=now, campaign=sheet.campaign, sheet=sheet)
    return fresh(sheet)


def fresh(sheet: Sheet) -> Sheet:
    """The sheet as it lies in the database now."""
    return Sheet.objects.select_related("campaign__office", "office__parent__parent", "saved_by").get(pk=sheet.pk)


def is_running(sheet: Sheet) -> bool:
    """Locks the campaign until the transaction ends and says whether it runs: nobody closes it meanwhile.

    The guard of an update must name columns of its own table alone: with a join PostgreSQL looks the row up in a subquery,
    which it does not ask again after waiting for somebody else's update, so that both would count.
    """
    return Campaign.objects.select_for_update().filter(pk=sheet.campaign_id, state=Campaign.State.RUNNING).exists()


def _second(sheet: Sheet, content: Mapping[str, Any], state: str | None, by: Actor) -> Sheet:
    """The same sent again is done; anything else came too late."""
    now_there = fresh(sheet)
    same = all(getattr(now_there, name) == value for name, value in content.items())
    if same and now_there.saved_by_id == by.staff_id and state in (None, now_there.state):
        return now_there
    if now_there.campaign.state != Campaign.State.RUNNING:
        raise Conflict(
            "这次排查已经结束，没有存上。您填的还在。",
            "The screening is closed; nothing was saved. What you typed is kept.",
        )
    if now_there.state == State.SIGNED:
        raise Conflict(
            "这张表已经签字交上了，没有存上。您填的还在。",
            "The sheet is signed already; nothing was saved. What you typed is kept.",
        )
    raise acts.moved_on(now_there.saved_by.name if now_there.saved_by else "")


def _read(sheet: Sheet, typed: Mapping[str, Any]) -> dict[str, Any]:
    reader = Reader(typed)
    answers = questions.answers(reader, sheet.campaign.questions.all())
    among = {one.value: str(one.value) for one in Found}
    found = reader.chosen("found", among, ("有没有发现问题", "Anything found"), needed=False) or ""
    reader.finish()
    return {"answers": answers, "found": found}


def _state_columns(sheet: Sheet, step: str, by: Actor, now: datetime) -> dict[str, Any]:
    if step == "sign":
        today = clock.on(now)
        first = sheet.first_signed_on or today
        signed = {"signed_at": now, "signed_by_id": by.staff_id, "signed_on": today, "first_signed_on": first}
        return {"state": State.SIGNED, "return_reason": ""} | signed
    return {"state": STEPS[step]} if STEPS[step] else {}


def _check_complete(sheet: Sheet, content: Mapping[str, Any]) -> None:
    """Raises Invalid for each question without an answer, and where it isn't said expressly what was found."""
    reader, answers = Reader({}), content["answers"]
    written = list(sheet.findings.values_list("question_id", flat=True))
    for question in sheet.campaign.questions.all():
        name = questions.field_of(question)
        if name not in answers:
            reader.refuse(name, Refused("这一题还没有答。", "This question has no answer yet."))
        elif question.asks_finding and answers[name] == questions.YES and question.pk not in written:
            reader.refuse(name, _unnamed(sum(each is None for each in written)) or NOT_WRITTEN)
    if refused := _found_wrong(content["found"], bool(written)):
        reader.refuse("found", refused)
    reader.finish()


NOT_WRITTEN = Refused("答了“是”，请把发现的问题写下来。", "The answer is yes: write down what was found.")


def _unnamed(count: int) -> Refused | None:
    """What is said where a finding is written and doesn't say which question it answers; None where there is none."""
    if not count:
        return None
    return Refused(
        f"答了“是”，可是写着的发现里有{count}条没有选“哪一题查出来的”。打开它，选这一题；是另外的问题，就再写一条。",
        f"The answer is yes, but {count} of the findings written don't say which question found them. Open one and choose this "
        "question; if it is another issue, write one more.",
    )


def _found_wrong(found: str, written: bool) -> Refused | None:
    if not found:
        return Refused(
            "请明确写：没有发现问题，还是有发现。", "Say it expressly: nothing was found, or there are findings."
        )
    if found == Found.NOTHING and written:
        return Refused(
            "下面写着发现，不能说没有发现问题。", "Findings are written below; it can't say that nothing was found."
        )
    if found == Found.FINDINGS and not written:
        return Refused(
            "还没有写发现。写下来，或者选“没有发现问题”。",
            "No finding was written. Write it, or say that nothing was found.",
        )
    return None


def give_back(sheet: Sheet, *, by: Actor, now: datetime, typed: Mapping[str, Any]) -> Sheet:
    """退回补充: with the reason, and the working day by which it comes again. A filled sheet by who signs, a signed one by who
    is above. Raises Forbidden, Invalid, Conflict."""
    acts.check(may_return(by, sheet))
    reader = Reader(typed)
    reason = reader.words("reason", ("退回原因", "Reason"), most=LONGEST, needed=True, line=False)
    asked = reader.day("due_on", ("哪天前再交", "Due again"))
    due = reader.take("due_on", lambda _: _due_again(asked, clock.on(now)), None) if asked else None
    reader.finish()
    with transaction.atomic():
        there = Sheet.objects.filter(pk=sheet.pk, version=sheet.version, state=sheet.state)
        columns = {"state": State.RETURNED, "return_reason": reason, "due_on": due, "version": sheet.version + 1}
        if not is_running(sheet) or there.update(**columns) != 1:
            raise Conflict(
                "这张表刚才变了，没有退回。请看过再退。",
                "The sheet changed a moment ago and was not returned; look again.",
            )
        acts.note(Act.Kind.RETURNED, by=by, now=now, campaign=sheet.campaign, sheet=sheet, words=reason)
    return fresh(sheet)


def may_return(by: Actor, sheet: Sheet) -> bool:
    """Whether the actor may send the sheet back as it stands."""
    if sheet.state == State.SIGNED:
        return policy.runs(by, sheet.campaign)
    return sheet.state == State.FILLED and (policy.may_sign(by, sheet) or policy.runs(by, sheet.campaign))


def _due_again(asked: date, today: date) -> date:
    due = deadlines.settle(asked, orgs.calendar()).due
    if due < today:
        raise Refused("这一天已经过了。", "That day has passed.")
    return due


def keep(sheet: Sheet, *, by: Actor, now: datetime, typed: Mapping[str, str], version: int) -> None:
    """Keeps what somebody typed so far, for them alone."""
    acts.check(policy.may_fill(by, sheet))
    plain = {storable(name): storable(words) for name, words in typed.items()}
    SheetDraft.objects.update_or_create(
        sheet=sheet, staff_id=acts.person(by), defaults={"typed": plain, "version": version, "at": now}
    )  # fmt: skip


def kept(sheet: Sheet, *, by: Actor) -> SheetDraft | None:
    """What this person typed last and did not save."""
    return SheetDraft.objects.filter(sheet=sheet, staff_id=acts.person(by)).first()


def forget(sheet: Sheet, *, by: Actor) -> None:
    """Throws the person's own draft away, because they said so."""
    SheetDraft.objects.filter(sheet=sheet, staff_id=acts.person(by)).delete()
