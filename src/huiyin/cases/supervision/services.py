"""Taking note of an alarm (知悉), and urging several matters at once. An alarm is never put off by anything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from huiyin.cases import queries, services
from huiyin.cases.facts import digest_of, tidy
from huiyin.cases.supervision import ringing
from huiyin.cases.supervision.models import Alarm, AlarmEntry
from huiyin.cases.supervision.queries import may_take_note
from huiyin.kernel import clock as time
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.alarms import LONGEST_PROMISE, RULES

LONGEST_WORDS = 500
MOST_AT_ONCE = 100


def acknowledge(alarm: Alarm, *, by: Actor, now: datetime, promise: str = "", promised_on: date | None = None) -> None:
    """Takes note of an alarm: what will be done (`promise`) and by when. What is only to be read ends with this.

    Raises Forbidden, Invalid for an empty promise or a day too far away, Conflict if somebody did so before or it ended.
    """
    words, only_read = tidy(promise, one_line=True), RULES[alarm.kind].lasts == "read"
    promised_on = None if only_read else promised_on
    with transaction.atomic():
        ringing.hold(alarm)
        alarm.refresh_from_db()
        if not may_take_note(by, alarm):  # the matter may have moved a moment ago
            raise Forbidden("这条告警不在您的范围内。", "This alarm is outside your range.")
        _check(alarm, words, promised_on, only_read=only_read, today=time.on(now))
        _take(alarm, by, now, words, promised_on)
        alarm.refresh_from_db()
        ringing.note(alarm, AlarmEntry.What.ACKNOWLEDGED, now=now, by=by.staff_id, words=words, on=promised_on)
        if only_read:
            ringing.end(alarm, how="read", now=now, by=by.staff_id)


def _take(alarm: Alarm, by: Actor, now: datetime, words: str, promised_on: date | None) -> None:
    taken = {"acknowledged_at": now, "acknowledged_by_id": by.staff_id, "promise": words, "promised_on": promised_on}
    waiting = Alarm.objects.filter(pk=alarm.pk, ended_on=None, acknowledged_by=None)
    if promised_on:
        taken["next_on"] = promised_on + timedelta(days=1)
    if waiting.update(**taken) != 1:
        raise Conflict(
            "已经有人知悉，或者这条告警刚刚结束了。您填的没有记下。",
            "Somebody took note of it already, or it has just ended. What you typed was not recorded.",
        )


def _check(alarm: Alarm, words: str, promised_on: date | None, *, only_read: bool, today: date) -> None:
    errors: dict[str, Refused] = {}
    if len(words) > LONGEST_WORDS or not (words or only_read):
        errors["promise"] = Refused(
            f"请写明要做什么，{LONGEST_WORDS}个字以内。",
            f"Say what you will do, in at most {LONGEST_WORDS} characters.",
        )
    if not only_read and (promised_on is None or not today <= promised_on <= latest_promise(alarm, today)):
        errors["promised_on"] = Refused(
            f"请写哪天做到：今天起{LONGEST_PROMISE}个工作日以内。",
            f"Say by which day: within {LONGEST_PROMISE} working days from today.",
        )
    if errors:
        raise Invalid(errors)


def latest_promise(alarm: Alarm, today: date) -> date:
    """The last day that may be promised; for what was asked for by a day, that day if it is later."""
    usual = orgs.calendar().add_workdays(today, LONGEST_PROMISE)
    asked = alarm.due_on if RULES[alarm.kind].lasts == "answered" else None
    return max(usual, asked or usual)


@dataclass
class Urged:
    """The numbers of the matters that were urged, and the sentence for each that was not."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)


def urge(numbers: Iterable[str], *, by: Actor, now: datetime, words: str = "", key: str = "") -> Urged:
    """Urges several matters, each through the one door by itself; one that can't be urged holds up no other."""
    urged = Urged()
    for no in list(dict.fromkeys(numbers))[:MOST_AT_ONCE]:
        try:
            case = queries.seen_by(by, no)
            kept = f"urge:{by.staff_id}:{key}:{no}"[:64] if key else None
            facts = {"words": words}
            services.perform(case, "urge", by=by, now=now, facts=facts, key=kept, asked=digest_of(facts))
        except Refused as refused:
            urged.refused.append((no, refused))
        else:
            urged.done.append(no)
    return urged
