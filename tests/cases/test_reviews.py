"""Review and re-review (Arts. 35 and 36): the right belongs to the petitioner, the unit above decides, and nobody judges themselves."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases import queries
from huiyin.cases.archive.explaining import explain
from huiyin.cases.models import Case
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.documents import services as documents
from huiyin.kernel.errors import Conflict, Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.people import services as people
from tests.ways import CONCLUSION, RECUSAL
from tests.world import ANSWERS, NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date().isoformat()
ASKED = {"request": "标准还是算错了。"}
SIGNED = {"mode": "direct", "received_by": "孟庆兰"}
OUTSIDE = {"body": "云江省电力公司", "label": "云江信复〔2026〕3号", "reasons": "维持原意见。", **SIGNED}


def clocks(case: Case) -> dict[str, tuple[date, str]]:
    return {clock.term: (clock.due_on, clock.outcome) for clock in case.clocks.order_by("pk")}


def paper() -> dict[str, Any]:
    """The opinion of a unit outside, as a file."""
    return {"files": [documents.keep(io.BytesIO("意见书".encode()), name="意见书.txt", by="clerk", now=NOW).pk]}


def day(after: int) -> str:
    return (NOW + after * DAY).date().isoformat()


def at(world: World, case: Case, step: str, by: str, after: int, **facts: Any) -> Case:
    return world.perform(case, step, by, now=NOW + after * DAY, **facts)


def concluded(world: World, level: str, state: str, **conclusion: Any) -> Case:
    """A review or re-review with this outcome, delivered."""
    by = {"review": ("sister_handler", "sister_leader", "sister_clerk"), "rereview": ("handler", "leader", "head")}[
        level
    ]
    case = world.perform(world.case(state), f"take_{level}", {"review": "sister_leader", "rereview": "leader"}[level], **world.to(by[0]), **RECUSAL)  # fmt: skip
    case = world.perform(case, f"draft_{level}", by[0], **{**CONCLUSION, **conclusion})
    case = world.perform(case, f"issue_{level}", by[1])
    return world.perform(case, f"deliver_{level}", by[2], on=TODAY, **SIGNED)


def test_a_request_within_thirty_days_stops_the_window_and_starts_thirty_days_for_the_opinion(world: World) -> None:
    case = at(world, world.case("delivered"), "request_review", "petitioner", 10, received_on=day(10), **ASKED)
    assert case.state == "reviewing" and case.is_open
    assert clocks(case)["request-review"] == (date(2026, 4, 1), "asked")
    assert clocks(case)["review"] == (date(2026, 4, 13), "")  # 11 April is a Saturday
    assert case.letters.filter(kind="review_receipt").exists()
    with pytest.raises(Refused):  # there is no extension in a review
        at(world, case, "extend", "leader", 10, days=10, reason="再延。")


def test_a_late_request_is_taken_with_its_reason(world: World) -> None:
    late = {"received_on": day(40), **ASKED}
    with pytest.raises(Invalid) as refused:
        at(world, world.case("delivered"), "request_review", "clerk", 40, **late)
    assert "late_reason" in refused.value.errors
    taken = at(world, world.case("delivered"), "request_review", "clerk", 40, **late, late_reason="住院。")
    assert taken.state == "reviewing"
    with pytest.raises(Invalid):
        at(world, world.case("delivered"), "request_review", "clerk", 1, received_on="2026-03-01", **ASKED)


def test_a_request_posted_in_time_is_in_time_and_the_unit_counts_from_its_receipt(world: World) -> None:
    posted = {"posted_on": "2026-04-01", "received_on": day(33), **ASKED}
    case = at(world, world.case("delivered"), "request_review", "clerk", 33, **posted)
    window, review = case.clocks.get(term="request-review"), case.clocks.get(term="review")
    assert window.stopped_on == date(2026, 4, 1) and window.outcome == "asked"
    assert review.start_on == (NOW + 33 * DAY).date()
    for row in (window, review):
        told = explain(row, orgs.calendar())[-1]
        assert "2026年4月1日寄出" in told.zh and "2026年4月4日收到" in told.zh and "1 April 2026" in told.en
    receipt = case.letters.get(kind="review_receipt")
    assert receipt.data["requested_on"] == day(33)


def test_a_request_still_in_the_post_when_the_period_ended_is_in_time(world: World) -> None:
    case = world.case("delivered")
    sweep(now=NOW + 33 * DAY)
    case.refresh_from_db()
    assert case.clocks.get(term="request-review").outcome == "lapsed"
    with pytest.raises(Invalid) as refused:
        at(world, case, "request_review", "clerk", 33, received_on=day(33), **ASKED)
    assert "late_reason" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        at(world, case, "request_review", "clerk", 33, received_on=day(33), posted_on="2026-04-02", **ASKED)
    assert "late_reason" in refused.value.errors
    taken = at(world, case, "request_review", "clerk", 33, received_on=day(33), posted_on="2026-04-01", **ASKED)
    assert taken.state == "reviewing" and list(verify()) == []


@pytest.mark.parametrize("posted", ["2026-03-01", day(12)])
def test_a_request_is_posted_after_the_answer_came_and_before_it_is_received(world: World, posted: str) -> None:
    with pytest.raises(Invalid) as refused:
        at(
            world,
            world.case("delivered"),
            "request_review",
            "clerk",
            12,
            received_on=day(11),
            posted_on=posted,
            **ASKED,
        )
    assert "posted_on" in refused.value.errors


def test_the_receipt_names_who_decides_and_not_the_unit_under_review(world: World) -> None:
    case = at(world, world.case("delivered"), "request_review", "clerk", 3, received_on=day(3), **ASKED)
    letter = case.letters.get(kind="review_receipt")
    assert letter.data["sender"]["unit"] == "云湖供电公司" and letter.data["decider"] == "云江省电力公司"
    below = world.case("reviewing").letters.get(kind="review_receipt")
    assert below.data["decider"] == "南桥所"


def test_a_rereview_of_an_outside_review_names_that_review(world: World) -> None:
    case = at(world, world.case("delivered"), "request_review", "clerk", 3, received_on=day(3), **ASKED)
    case = at(
        world, case, "record_review", "clerk", 9, **OUTSIDE, **paper(), dated_on=day(8), on=day(9), outcome="maintain"
    )
    case = at(world, case, "request_rereview", "clerk", 12, received_on=day(12), body="国家电网公司", **ASKED)
    letter = case.letters.get(kind="review_receipt", seq=case.version)
    assert letter.data["earlier"][-1] | {"says": ""} == {
        "document": "信访事项复查意见书", "label": "云江信复〔2026〕3号", "on": day(8), "unit": "云江省电力公司", "says": "",
    }  # fmt: skip
    assert letter.data["decider"] == "国家电网公司"


@pytest.mark.parametrize("state", ["closed", "archived"])
def test_a_settled_or_archived_matter_keeps_its_right_to_a_review(world: World, state: str) -> None:
    case = at(world, world.case(state), "request_review", "petitioner", 20, received_on=day(20), **ASKED)
    assert case.state == "reviewing" and case.is_open and case.responsible == world.staff["handler"]
    assert case.closed_at is None and case.next_alert_on


def test_when_the_responsible_person_has_left_somebody_answers_for_the_reopened_matter(world: World) -> None:
    mine, theirs = world.case("closed"), world.case("closed")
    people.deactivate_staff(staff=world.staff["handler"], now=NOW)
    taken = at(world, mine, "request_review", "head", 5, received_on=day(5), **ASKED)
    assert taken.responsible == world.staff["head"] and taken.office == world.section
    filed = at(world, theirs, "request_review", "petitioner", 5, received_on=day(5), **ASKED)
    assert filed.responsible == world.staff["clerk"] and filed.office == world.counter
    assert list(verify()) == []


@pytest.mark.parametrize("facts", [{"purpose": "suggestion"}, {"purpose": "enquiry"}])
def test_a_reply_that_is_no_opinion_has_no_review(world: World, facts: dict[str, str]) -> None:
    case = world.perform(world.case("handling", **facts), "investigate", "handler", kind="files", on=TODAY, source="名册", found="有误")  # fmt: skip
    answered = [{"text": each["text"], "result": "answered", "reason": "见附表。"} for each in ANSWERS]
    case = world.perform(case, "draft", "handler", claims=answered, facts="查明。")
    case = world.perform(world.perform(case, "approve", "head"), "issue", "leader")
    case = world.perform(case, "deliver", "clerk", on=TODAY, **SIGNED)
    assert "request-review" not in clocks(case)
    with pytest.raises(Refused) as refused:
        world.perform(case, "request_review", "petitioner", received_on=TODAY, **ASKED)
    assert isinstance(refused.value, Invalid) and "has_opinion" in refused.value.errors


def test_only_the_next_unit_above_reviews_and_nobody_who_had_a_part(world: World) -> None:
    case = world.case("reviewing")
    for name in ("station_head", "handler", "leader", "other_handler"):  # its own unit, and the one above the next
        with pytest.raises(Invalid) as refused:
            world.perform(case, "take_review", "leader", **world.to(name), **RECUSAL)
        assert "staff" in refused.value.errors, name
    assert case.marks["hands"] == sorted(
        world.staff[name].pk for name in ("station_handler", "station_head", "station_leader")
    )
    moved = people.update_staff(
        staff=world.staff["station_head"], office=world.sister
    )  # who signed it off works above now
    world.staff["station_head"] = moved
    with pytest.raises(Invalid) as refused:
        world.perform(case, "take_review", "sister_leader", **world.to("station_head"), **RECUSAL)
    assert "staff" in refused.value.errors
    case = world.perform(case, "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL)
    with pytest.raises(Refused):
        world.perform(case, "draft_review", "station_head", **CONCLUSION)


def test_a_review_that_was_taken_stays_in_the_reviewing_unit(world: World) -> None:
    case = world.perform(
        world.case("reviewing"), "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL
    )
    for name in ("station_leader", "handler"):
        with pytest.raises(Invalid):
            world.perform(case, "hand_over", "leader", **world.to(name), reason="换人")
    case = world.perform(case, "hand_over", "sister_leader", **world.to("sister_head"), reason="换人")
    assert case.responsible == world.staff["sister_head"]


def test_the_drafter_of_a_review_does_not_issue_it(world: World) -> None:
    case = world.perform(world.case("reviewing"), "take_review", "sister_leader", **world.to("sister_head"), **RECUSAL)
    case = world.perform(case, "draft_review", "sister_head", **CONCLUSION)
    people.grant_role(staff=world.staff["sister_head"], role="leader")
    with pytest.raises(Refused) as refused:
        world.perform(case, "issue_review", "sister_head")
    assert refused.value.code == "not_the_drafter"
    assert world.perform(case, "return_review", "sister_leader", reason="写细。").state == "reviewing"


def test_the_unit_above_finds_the_request_among_what_waits_for_it(world: World) -> None:
    case = world.case("reviewing")
    assert [found.pk for found in queries.awaiting(world.actor("sister_leader"), limit=9)] == [case.pk]
    case = world.perform(case, "take_review", "sister_leader", **world.to("sister_handler"), **RECUSAL)
    assert queries.awaiting(world.actor("sister_leader"), limit=9) == []
    assert [found.pk for found in queries.today(world.actor("sister_handler"), limit=9)] == [case.pk]


def test_after_a_review_thirty_days_for_a_rereview_and_their_end_settles_it(world: World) -> None:
    case = world.perform(world.case("reviewed"), "carry_out", "station_handler", on=TODAY, done="补发了")
    assert clocks(case)["review"][1] == "met" and clocks(case)["request-rereview"] == (date(2026, 4, 1), "")
    sweep(now=NOW + 31 * DAY)
    case.refresh_from_db()
    assert case.state == "closed" and clocks(case)["request-rereview"][1] == "lapsed"


def test_what_a_review_changes_is_followed_until_it_is_carried_out(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        concluded(world, "review", "reviewing", outcome="change")
    assert "decided" in refused.value.errors
    case = concluded(
        world, "review", "reviewing", outcome="change", decided="补发200元。", execute_by="2026-04-20", money="no"
    )
    assert clocks(case)["execute"][0] == date(2026, 4, 20) and case.marks["execution_due_on"] == "2026-04-20"
    swept = sweep(now=NOW + 32 * DAY)
    case.refresh_from_db()
    assert swept.settled == 0 and case.state == "reviewed"
    case = at(world, case, "carry_out", "station_handler", 33, on=day(33), done="补发了")
    assert at(world, case, "close", "station_handler", 33).state == "closed"


def test_what_was_revoked_is_handled_again_by_another_and_the_new_opinion_can_be_reviewed(world: World) -> None:
    case = concluded(world, "review", "reviewing", outcome="revoke", decided="重新核算。")
    assert clocks(case)["rehandle"][0] == date(2026, 3, 17) and "request-rereview" in clocks(case)
    for step, by in (("close", "station_handler"),):
        facts = {"received_on": TODAY, **ASKED, "late_reason": ""} if step == "request_rereview" else {}
        with pytest.raises(Refused):
            world.perform(case, step, by, **facts)
    again = {"reason": "换人重办。"}
    with pytest.raises(Invalid) as refused:
        world.perform(case, "rehandle", "sister_leader", **again, **world.to("station_handler"))
    assert "staff" in refused.value.errors
    people.grant_role(staff=world.staff["station_leader"], role="handler")
    fresh = people.create_staff(
        username="fresh", name="新人", office=world.station, roles=["handler"], password="lake-heron-42"
    )
    world.staff["fresh"] = fresh
    case = at(world, case, "rehandle", "sister_leader", 3, **again, **world.to("fresh"))
    assert case.state == "handling" and clocks(case)["handle"] == (date(2026, 5, 6), "")  # 4 May is a holiday
    assert clocks(case)["rehandle"][1] == "met" and clocks(case)["execute"][1] != ""
    case = at(world, case, "investigate", "fresh", 4, kind="files", on=day(4), source="名册", found="核清。")
    claims = [{**ANSWERS[1], "text": each["text"], "reason": "已足额。"} for each in ANSWERS]
    case = at(world, case, "draft", "fresh", 5, claims=claims, facts="查明。", superior="南桥所")
    case = at(world, at(world, case, "approve", "station_head", 5), "issue", "station_leader", 5)
    case = at(world, case, "deliver", "station_head", 6, on=day(6), **SIGNED)
    assert clocks(case)["request-review"][1] == ""
    case = at(world, case, "request_review", "petitioner", 7, received_on=day(7), **ASKED)
    assert case.state == "reviewing" and world.staff["fresh"].pk in case.marks["hands"]
    assert list(verify()) == []


def test_a_rereview_ends_the_procedure_and_is_archived(world: World) -> None:
    case = world.case("concluded")
    assert not case.is_open and "request-rereview" in clocks(case) and not case.clocks.filter(term__startswith="request", stopped_on=None).exists()  # fmt: skip
    with pytest.raises(Conflict):
        world.perform(case, "request_rereview", "petitioner", received_on=TODAY, **ASKED)
    with pytest.raises(Refused):  # what was supported is still to be carried out
        world.perform(case, "archive", "clerk", retention="30")
    case = world.perform(case, "carry_out", "station_handler", on=TODAY, done="补发了")
    assert world.perform(case, "archive", "station_head", retention="30").state == "archived"


def test_a_concluded_matter_that_was_revoked_is_handled_again_and_never_archived(world: World) -> None:
    case = concluded(world, "rereview", "rereviewing", outcome="revoke", decided="重新核算。")
    assert case.state == "concluded"
    with pytest.raises(Refused):
        world.perform(case, "archive", "clerk", retention="30")
    sweep(now=NOW + 20 * DAY)
    assert case.alarms.filter(term="rehandle", kind="late").exists()
    case = at(world, case, "rehandle", "leader", 21, reason="换人。", **world.to("other_handler"))
    assert case.state == "handling" and case.is_open


def test_what_is_still_owed_to_others_after_a_rereview_comes_to_an_end_before_it_is_archived(world: World) -> None:
    case = world.ask(world.case("delivered"), "sister_clerk")
    case = world.perform(case, "request_review", "petitioner", received_on=TODAY, **ASKED)
    given = {**OUTSIDE, "outcome": "maintain", "dated_on": TODAY, "on": TODAY}
    case = world.perform(case, "record_review", "clerk", **given, **paper())
    case = world.perform(case, "request_rereview", "petitioner", received_on=TODAY, **ASKED)
    case = world.perform(case, "record_rereview", "clerk", **given, **paper())
    assert case.state == "concluded"
    case = world.perform(case, "carry_out", "handler", on=TODAY, done="补发180元。")
    with pytest.raises(Refused, match="协办"):
        world.perform(case, "archive", "clerk", retention="30")
    case = world.perform(case, "recall_task", "head", task=1, reason="复核意见已经作出。")
    assert world.perform(case, "archive", "clerk", retention="30").state == "archived"


@pytest.mark.parametrize("outcome", ["maintain", "revoke"])
def test_the_opinion_of_a_unit_outside_is_recorded_as_it_came(world: World, outcome: str) -> None:
    case = world.perform(world.case("delivered"), "request_review", "petitioner", received_on=TODAY, **ASKED)
    given = {**OUTSIDE, "outcome": outcome, "dated_on": day(20), "on": day(22)}
    with pytest.raises(Invalid) as refused:
        at(world, case, "record_review", "clerk", 22, **given)
    assert list(refused.value.errors) == ["files"]
    given |= paper()
    with pytest.raises(Invalid):
        at(world, case, "record_review", "clerk", 22, **{**given, "dated_on": day(23)})
    case = at(world, case, "record_review", "clerk", 22, **given)
    assert case.state == "reviewed" and clocks(case)["review"][1] == "met"
    if outcome == "revoke":
        assert "rehandle" in clocks(case) and "request-rereview" in clocks(case)
        case = at(world, case, "rehandle", "leader", 23, reason="重办。", **world.to("other_handler"))
        assert case.state == "handling"
    else:
        case = at(world, case, "request_rereview", "petitioner", 30, received_on=day(30), **ASKED)
        case = at(world, case, "record_rereview", "clerk", 50, **{**given, "dated_on": day(48), "on": day(50)})
        assert case.state == "concluded" and not case.is_open
    assert list(verify()) == []


@pytest.mark.parametrize("outcome", ["maintain", "revoke", "change"])
def test_after_a_revocation_the_new_handling_is_owed_unless_the_re_review_decides_itself(
    world: World, outcome: str
) -> None:
    case = world.perform(world.case("delivered"), "request_review", "petitioner", received_on=TODAY, **ASKED)
    given = {**OUTSIDE, **paper()}
    case = at(
        world, case, "record_review", "clerk", 22, **{**given, "outcome": "revoke", "dated_on": day(20), "on": day(22)}
    )
    owed = clocks(case)["rehandle"]
    case = at(world, case, "request_rereview", "petitioner", 30, received_on=day(30), **ASKED)
    case = at(
        world, case, "record_rereview", "clerk", 33, **{**given, "outcome": outcome, "dated_on": day(32), "on": day(33)}
    )
    again = dict(reason="重办。", **world.to("other_handler"))
    if outcome == "change":
        assert clocks(case)["rehandle"][1] == "replaced"
        with pytest.raises(Refused):
            at(world, case, "rehandle", "leader", 34, **again)
        assert at(world, case, "archive", "clerk", 34, retention="10").state == "archived"
    else:
        assert clocks(case)["rehandle"] == owed
        with pytest.raises(Refused):
            at(world, case, "archive", "clerk", 34, retention="10")
        assert at(world, case, "rehandle", "leader", 34, **again).state == "handling"


def test_two_people_name_a_reviewer_at_once_and_one_is_told(world: World) -> None:
    from huiyin.cases import services

    case = world.case("reviewing")
    seen = case.version
    services.perform(case, "take_review", by=world.actor("sister_leader"), now=NOW, facts={**world.to("sister_handler"), **RECUSAL}, version=seen)  # fmt: skip
    with pytest.raises(Conflict) as told:
        services.perform(case, "take_review", by=world.actor("leader"), now=NOW, facts={**world.to("sister_head"), **RECUSAL}, version=seen)  # fmt: skip
    assert told.value.code == "moved_on"


def test_while_a_review_runs_its_term_is_shown_and_not_the_day_of_carrying_out(world: World) -> None:
    case = world.case("reviewing")
    running = {clock.term: clock.due_on for clock in case.clocks.filter(stopped_on=None)}
    assert running["execute"] < running["review"]
    assert (case.due_term, case.due_on) == ("review", running["review"])
