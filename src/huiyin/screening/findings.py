"""What an office found, until something has come of it.

A finding has one owner and one date at every moment. It ends as an early case – registered through the one door, without a
petitioner –, as settled on the spot, or handed to a body outside. Passed to a colleague in the tree it stays open under the
new owner. Nothing of it is about a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.cases import filing
from huiyin.cases import services as cases
from huiyin.cases.models import Case
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.screening import acts, policy, sheets
from huiyin.screening.models import Act, Campaign, Finding, Sheet
from huiyin.screening.typed import LONGEST, Reader, number

Outcome = Finding.Outcome
CHANNEL = "screening"


def owners_for(finding_at: Office, campaign: Campaign) -> list[Staff]:
    """Who may own a finding of that office: whoever handles matters in the offices of the campaign's tree; own office first."""
    offices = orgs.subtree_ids(campaign.office.path)
    found = {one.pk: one for role in sorted(policy.FILL) for one in people.staff_in(offices, role)}
    near = orgs.unit_of(finding_at).path
    return sorted(
        found.values(),
        key=lambda one: (
            one.office_id != finding_at.pk,
            not one.office.path.startswith(near),
            one.office.path,
            one.name,
        ),
    )


def offices_concerned() -> dict[str, Office]:
    """The offices that a finding may concern, by their ids."""
    return {str(office.pk): office for office in orgs.offices() if office.is_active}


def add(sheet: Sheet, *, by: Actor, now: datetime, typed: Mapping[str, Any], key: str | None = None) -> Finding:
    """Writes a finding while the sheet is open; the same `key` again gives the same one. Raises Forbidden, Invalid, Conflict."""
    acts.check(policy.may_fill(by, sheet))
    facts = _read(sheet, typed, today=clock.on(now))
    if key and (done := Finding.objects.filter(key=key, sheet=sheet).first()):
        return _sent_twice(done, facts)
    try:
        with transaction.atomic():
            _check_open(sheet)
            made = Finding.objects.create(sheet=sheet, created_at=now, created_by_id=acts.person(by), key=key, **facts)
            Sheet.objects.filter(pk=sheet.pk, found="").update(found=Sheet.Found.FINDINGS)
            acts.note(Act.Kind.FOUND, by=by, now=now, campaign=sheet.campaign, sheet=sheet, finding=made)
    except IntegrityError:
        return _sent_twice(Finding.objects.get(key=key), facts)
    return made


def _sent_twice(done: Finding, facts: Mapping[str, Any]) -> Finding:
    """What was written under this key already; Conflict if what comes now says something else."""
    if done.version == 1 and any(getattr(done, name) != given for name, given in facts.items()):
        raise Conflict(
            "这一页已经交过了，这次写的不一样，没有记下。请另外打开一页再写，您写的还在下面。",
            "This page was sent before; what came now differs and was not kept. Open it anew; what you wrote is still below.",
        )
    return done


def _check_open(sheet: Sheet) -> None:
    """Locks the sheet: nobody signs or closes it while a finding is being written."""
    running = sheets.is_running(sheet)
    there = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if there.state not in sheets.EDITABLE or not running:
        raise Conflict(
            "这张表已经交上或者排查结束了，发现没有存上。您填的还在；要补写，请让主持的人退回补充。",
            "The sheet is handed in or the screening closed; the finding was not kept. What you typed is kept; "
            "ask whoever runs it to return the sheet.",
        )


def change(finding: Finding, *, by: Actor, now: datetime, typed: Mapping[str, Any], version: int) -> Finding:
    """Mends a finding that is still open, its owner and date too. Raises Forbidden, Invalid, Conflict."""
    acts.check(policy.may_handle(by, finding))
    facts = _read(finding.sheet, typed, today=clock.on(now), before=finding)
    with transaction.atomic():
        open_one = Finding.objects.filter(pk=finding.pk, version=version, outcome="")
        if open_one.update(version=version + 1, **facts) != 1:
            raise _too_late(finding)
        passed = facts["owner"].pk != finding.owner_id
        kind, words = (Act.Kind.PASSED, facts["owner"].name) if passed else (Act.Kind.MENDED, "")
        _note(kind, finding, by=by, now=now, words=words)
    finding.refresh_from_db()
    return finding


def _too_late(finding: Finding) -> Conflict:
    if Finding.objects.filter(pk=finding.pk).exclude(outcome="").exists():
        return Conflict(
            "这条发现已经有着落了，没有再改。", "Something has come of this finding already; it was not changed."
        )
    return acts.moved_on()


def settle(finding: Finding, *, by: Actor, now: datetime, typed: Mapping[str, Any]) -> Finding:
    """当场解决, with what was done."""
    reader = Reader(typed)
    done = reader.words("note", ("做了什么", "What was done"), most=LONGEST, needed=True, line=False)
    reader.finish()
    return _end(finding, Act.Kind.SETTLED, by=by, now=now, outcome=Outcome.SETTLED, outcome_note=done)


def hand(finding: Finding, *, by: Actor, now: datetime, typed: Mapping[str, Any]) -> Finding:
    """Handed to a body outside this tree: which, what was passed on and who took it."""
    reader = Reader(typed)
    body = reader.words("handed_to", ("转给哪个单位", "Which body"), most=100, needed=True)
    how = reader.words(
        "note", ("交了什么，谁接的", "What was passed on, who took it"), most=LONGEST, needed=True, line=False
    )
    reader.finish()
    return _end(
        finding, Act.Kind.HANDED, by=by, now=now, outcome=Outcome.HANDED, outcome_note=how, handed_to=body
    )  # fmt: skip


def make_case(finding: Finding, *, by: Actor, now: datetime) -> Case:
    """立为早期事项: registers the finding as a matter without a petitioner; whoever owns the finding answers for it. A second
    click gives the same case. Raises Forbidden, Refused where the owner stands on the side that the finding is about."""
    acts.check(policy.may_handle(by, finding))
    acts.check(
        policy.may_register(by),
        "您的岗位不办登记，请接待员或者承办人来立。",
        "Registering is not part of your role; ask a clerk.",
    )
    if finding.case is not None:
        return finding.case
    _check_no_interest(finding)
    try:
        with transaction.atomic():
            case = cases.register(by=by, now=now, facts=_facts(finding, now), key=f"screening:{finding.pk}")
            _end(finding, Act.Kind.CASE, by=by, now=now, words=case.no, outcome=Outcome.CASE, case=case)
    except Conflict:
        finding.refresh_from_db()
        if finding.case is None:
            raise
        return finding.case  # somebody else pressed the same button a moment ago
    return case


def _facts(finding: Finding, now: datetime) -> dict[str, Any]:
    campaign, owner, concerned = finding.sheet.campaign, finding.owner, _below(finding)
    measure = f"\n\n建议措施：{finding.measure}" if finding.measure else ""  # data: the record of a case is Chinese
    source = f"\n\n来源：{finding.sheet.office.name}，{campaign.title}"  # data: the record of a case is Chinese
    return {
        "channel": CHANNEL, "received_on": clock.on(now), "title": filing.title_of(finding.description),
        "text": f"{finding.description}{measure}{source}", "topic": finding.topic.code if finding.topic else "",
        "place": finding.place, "people_count": finding.people_count or 1, "petitioners": [],
        "office": owner.office_id, "staff": owner.pk, "accused": concerned.pk if concerned else None,
    }  # fmt: skip


def _below(finding: Finding) -> Office | None:
    """The office that a finding concerns, unless it is the campaign's own or above it: nobody would be left to handle that."""
    concerned = finding.concerned
    return None if concerned is None or finding.sheet.campaign.office.path.startswith(concerned.path) else concerned


def _check_no_interest(finding: Finding) -> None:
    """回避 (Art. 28): a finding about an office below the campaign's is not handled by that office's people."""
    concerned = _below(finding)
    if concerned and finding.owner.office.path.startswith(concerned.path):
        raise Refused(
            f"这条发现涉及“{concerned.name}”，不能由那里的人办（第二十八条）。请先把负责的人换成别的科室的。",
            f"This finding concerns “{concerned.name}”; its own people can't handle it (Art. 28). "
            "Give it to somebody of another office first.",
            code="interest",
        )


def _end(finding: Finding, kind: str, *, by: Actor, now: datetime, words: str = "", **columns: Any) -> Finding:
    acts.check(policy.may_handle(by, finding))
    ended = {"outcome_at": now, "outcome_by_id": by.staff_id, "version": finding.version + 1} | columns
    with transaction.atomic():
        if Finding.objects.filter(pk=finding.pk, outcome="").update(**ended) != 1:
            raise _too_late(finding)
        _note(kind, finding, by=by, now=now, words=words or str(columns.get("outcome_note", "")))
    finding.refresh_from_db()
    return finding


def _note(kind: str, finding: Finding, *, by: Actor, now: datetime, words: str = "") -> None:
    acts.note(kind, by=by, now=now, campaign=finding.sheet.campaign, sheet=finding.sheet, finding=finding, words=words)


def _read(sheet: Sheet, typed: Mapping[str, Any], *, today: date, before: Finding | None = None) -> dict[str, Any]:
    reader, campaign = Reader(typed), sheet.campaign
    asking = {str(each.pk): each for each in campaign.questions.all() if each.asks_finding}
    owners = {str(one.pk): one for one in owners_for(sheet.office, campaign)}
    due_on = reader.day("due_on", ("哪天前有着落", "Until"))
    if due_on and due_on < today and (before is None or due_on != before.due_on):
        reader.refuse("due_on", Refused("这一天已经过了，请写今天以后的。", "That day has passed; choose a later one."))
    facts = {
        "question": reader.chosen("question", asking, ("哪一题", "Question"), needed=False),
        "topic": reader.chosen("topic", {each.code: each for each in orgs.topics()}, ("内容分类", "Topic"), needed=False),
        "place": reader.words("place", ("地点", "Place"), most=100),
        "concerned": reader.chosen("concerned", offices_concerned(), ("涉及的单位", "Office concerned"), needed=False),
        "policy": reader.words("policy", ("涉及的政策", "Policy concerned"), most=200),
        "people_count": reader.take("people_count", number, None),
        "description": reader.words("description", ("问题是什么", "What it is"), most=LONGEST, needed=True, line=False),
        "measure": reader.words("measure", ("建议措施", "Suggested measure"), most=LONGEST, line=False),
        "owner": reader.chosen("owner", owners, ("谁负责", "Owner")),
        "due_on": due_on,
    }  # fmt: skip
    reader.finish()
    return facts
