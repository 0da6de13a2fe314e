"""The ways beside the ordinary path, worked through with the articles: nothing is refused, nothing is lost, no clock lies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiyin.cases import queries, services
from huiyin.cases.models import Alarm, Case
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from huiyin.orgs import services as orgs
from huiyin.orgs.models import Office
from tests.ways import BODY, DUTY, OBJECTED, RECUSAL, SIMPLE, paper
from tests.world import NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date().isoformat()
FOUND = {"kind": "files", "on": TODAY, "source": "名册", "found": "少录面积。"}
REPLY = {"covers": [1, 2], "done": "已核查。", "remedy": "60日内申请行政复议。"}
SETTLED = {
    "covers": [1, 2],
    "money": "no",
    "form": "settlement",
    "held_on": TODAY,
    "voluntary": True,
    "parties": "孟庆兰\n公司",
    "agreement": "补发180元。",
}


def clocks(case: Case) -> dict[str, tuple[date, str]]:
    return {clock.term: (clock.due_on, clock.outcome) for clock in case.clocks.order_by("pk")}


def kinds(case: Case) -> list[str]:
    return [letter.kind for letter in case.letters.order_by("seq", "pk")]


def forwarded(world: World, **more: Any) -> Case:
    return world.perform(
        world.register(), "forward", "leader", **{**world.to("sister_leader"), "mode": "forward", **more}
    )


# Arts. 22 and 23: passing on, telling where it went, objecting.


def test_what_is_passed_on_has_fifteen_days_for_its_notice_and_five_working_days_for_an_objection(world: World) -> None:
    case = forwarded(world)
    assert case.state == "forwarded" and case.responsible == world.staff["sister_leader"]
    assert clocks(case) == {
        "notice": (date(2026, 3, 17), ""), "notice-passed": (date(2026, 3, 17), ""), "object": (date(2026, 3, 9), ""),
    }  # fmt: skip
    assert kinds(case) == ["transfer", "forward"]
    case = world.perform(case, "tell_transfer", "clerk", mode="post", on=TODAY, reference="XA1")
    assert clocks(case)["notice"][1] == "met" and clocks(case)["notice-passed"][1] == ""
    case = world.perform(case, "accept", "sister_leader", recusal_checked=True, route="由本所办理。")
    assert clocks(case)["object"][1] == "replaced" and clocks(case)["handle"][0] == date(2026, 5, 6)


def test_an_assignment_names_the_day_of_its_result_and_that_day_is_watched(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        forwarded(world, mode="assign")
    assert "result_due_on" in refused.value.errors
    with pytest.raises(Invalid):
        forwarded(world, mode="assign", result_due_on=TODAY)
    case = forwarded(world, mode="assign", result_due_on="2026-04-01")
    assert clocks(case)["result"] == (date(2026, 4, 1), "") and "assign_letter" in kinds(case)
    sweep(now=datetime(2026, 4, 2, 1, tzinfo=ZONE))
    assert Alarm.objects.filter(case=case, term="result", kind="late").exists()


def test_only_another_unit_gets_what_is_passed_on(world: World) -> None:
    for name in ("handler", "clerk", "leader"):
        with pytest.raises(Invalid) as refused:
            forwarded(world, **world.to(name))
        assert "staff" in refused.value.errors


def test_an_objection_in_time_goes_back_when_the_sender_agrees_and_the_receiver_cannot_agree_with_itself(
    world: World,
) -> None:
    case = world.perform(forwarded(world), "object", "sister_leader", now=NOW + 7 * DAY, **OBJECTED)
    assert case.state == "objected" and case.responsible == world.staff["sister_leader"]
    back = {**world.to("clerk"), "checked": "查了职责清单。"}
    with pytest.raises(Forbidden):
        world.perform(case, "agree_return", "sister_leader", now=NOW + 7 * DAY, **back)
    case = world.perform(case, "agree_return", "leader", now=NOW + 7 * DAY, **back)
    assert case.state == "registered" and case.responsible == world.staff["clerk"]
    assert clocks(case)["notice-passed"][1] == "replaced" and clocks(case)["notice"] == (date(2026, 3, 17), "")
    assert clocks(case)["object"] == (date(2026, 3, 9), "met")


def test_a_rejected_objection_leaves_the_terms_as_they_ran(world: World) -> None:
    case = world.perform(forwarded(world), "object", "sister_leader", now=NOW + DAY, **OBJECTED)
    case = world.perform(case, "refuse_return", "clerk", now=NOW + 2 * DAY, reason="职责清单第三条就是该所。")
    assert case.state == "forwarded" and case.responsible == world.staff["sister_leader"]
    assert clocks(case)["notice-passed"] == (date(2026, 3, 17), "")
    with pytest.raises(Refused):  # one objection; then it is handled or given to another by the sender
        world.perform(case, "object", "sister_leader", now=NOW + 3 * DAY, **OBJECTED)


def test_an_objection_after_five_working_days_comes_too_late(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.perform(forwarded(world), "object", "sister_leader", now=NOW + 8 * DAY, **OBJECTED)
    assert refused.value.code == "in_time_to_object"


def test_a_petition_bureau_passes_on_within_fifteen_days_to_any_unit(world: World) -> None:
    Office.objects.filter(pk=world.sister.pk).update(role=Office.Role.PETITION_BUREAU)
    case = world.register(by="sister_clerk")
    assert clocks(case)["forward"] == (date(2026, 3, 17), "")
    case = world.perform(case, "forward", "sister_leader", now=NOW + 20 * DAY, **world.to("head"), mode="forward")
    assert case.office == world.section and clocks(case)["forward"][1] == "late"
    assert "forward" not in clocks(world.register())


# Arts. 23 and 31(1)–(4): another body, another procedure.


def test_nobody_is_told_that_it_is_not_ours_without_whose_it_is_and_where_the_papers_went(world: World) -> None:
    whole = {**BODY, "passed_on": TODAY, "passed_how": "挂号寄去", "reason": "没有核定权。"}
    for missing in ("body", "passed_on", "passed_how", "reason"):
        with pytest.raises(Invalid) as refused:
            world.perform(world.register(), "inform", "leader", **{**whole, missing: ""})
        assert missing in refused.value.errors


@pytest.mark.parametrize(("state", "letter"), [("informed", "inform"), ("led", "direction")])
def test_it_is_settled_only_when_the_petitioner_was_told_on_paper(world: World, state: str, letter: str) -> None:
    case = world.case(state)
    assert kinds(case) == [letter] and case.is_open and clocks(case)["notice"][1] == ""
    with pytest.raises(Refused):
        world.perform(case, "close", "head")
    with pytest.raises(Invalid):
        world.perform(case, "tell_direction", "clerk", mode="direct", on=TODAY)
    case = world.perform(case, "tell_direction", "clerk", mode="direct", on=TODAY, received_by="孟庆兰")
    assert case.state == "closed" and clocks(case)["notice"][1] == "met" and kinds(case) == [letter, "service"]


def test_leading_away_after_the_sixty_days_leaves_the_lateness_on_record(world: World) -> None:
    case = world.case("handling")
    led = {"item": "2", **BODY, "route": "劳动仲裁", "statute": "《劳动争议调解仲裁法》第五条", "limit": "一年",
           "passed_how": "交还本人", "reason": "属于劳动争议。"}  # fmt: skip
    case = world.perform(case, "lead", "leader", now=NOW + 70 * DAY, **led)
    assert clocks(case)["handle"] == (date(2026, 5, 6), "")  # it runs until the petitioner is told
    case = world.perform(case, "recall_direction", "leader", now=NOW + 71 * DAY, reason="仲裁不受理。")
    case = world.perform(case, "accept", "leader", now=NOW + 71 * DAY, recusal_checked=True, route="接着办。")
    running = case.clocks.get(term="handle", stopped_on=None)
    assert (running.start_on, running.due_on) == (NOW.date(), date(2026, 5, 6))


# Art. 31(5): a statutory duty.


def test_a_duty_has_the_limit_of_its_statute_or_at_most_sixty_days(world: World) -> None:
    given = {**DUTY, **world.to("handler")}
    with pytest.raises(Invalid) as refused:
        world.perform(world.register(), "take_duty", "leader", **given, limit_on="2026-06-30")
    assert "limit_on" in refused.value.errors
    own = world.perform(world.register(), "take_duty", "leader", **given, limit_on="2026-05-01")
    assert clocks(own)["duty"][0] == date(2026, 5, 6)
    statute = world.perform(
        world.register(), "take_duty", "leader", **given, limit_on="2026-06-30", limit_by_statute=True
    )
    assert clocks(statute)["duty"][0] == date(2026, 6, 30) and kinds(statute) == ["duty"]


@pytest.mark.parametrize("outcome", ["performed", "not_performed"])
def test_the_reply_on_a_duty_says_what_was_done_or_why_not_and_is_settled_once_delivered(
    world: World, outcome: str
) -> None:
    case = world.case("duty")
    if outcome == "not_performed":
        with pytest.raises(Invalid) as refused:
            world.perform(case, "draft_duty", "handler", outcome=outcome, **REPLY)
        assert "reasons" in refused.value.errors
    case = world.perform(case, "draft_duty", "handler", outcome=outcome, reasons="事实不存在。", **REPLY)
    case = world.perform(case, "return_duty", "head", reason="写清依据。")
    assert case.state == "duty"
    case = world.perform(case, "draft_duty", "handler", outcome=outcome, reasons="事实不存在。", **REPLY)
    case = world.perform(world.perform(case, "approve", "head"), "issue", "leader")
    assert kinds(case)[-1] == "duty_reply" and clocks(case)["duty"][1] == "met"
    case = world.perform(case, "deliver", "clerk", mode="direct", on=TODAY, received_by="孟庆兰")
    assert "request-review" not in clocks(case)
    assert world.perform(case, "close", "handler").state == "closed"


# Arts. 31(6), 32 and 33: hearings, agreements, execution.


def hearing(now: datetime) -> dict[str, Any]:
    return {"hearing_on": now.date().isoformat(), "hearing_at": "9点", "place": "会议室", "chair": "郑国栋",
            "participants": "双方", "subject": "涉及多人。"}  # fmt: skip


def test_a_hearing_in_handling_stops_and_moves_no_clock(world: World) -> None:
    case = world.case("handling")
    before = clocks(case)
    case = world.perform(case, "call_hearing", "leader", **hearing(NOW + 10 * DAY))
    with pytest.raises(Refused):
        world.perform(case, "call_hearing", "leader", **hearing(NOW + 10 * DAY))
    over = NOW + 10 * DAY
    case = world.perform(
        case, "end_hearing", "handler", now=over, on=over.date().isoformat(), minutes="笔录", finding="属实。"
    )
    assert clocks(case) == before and case.marks["findings"]


def test_an_agreement_in_hand_ends_the_term_of_the_written_notice(world: World) -> None:
    case = world.register()
    case = world.perform(case, "simple_accept", "leader", **SIMPLE, **world.to("handler"))
    assert case.clocks.filter(term="notice", stopped_on=None).exists()
    case = world.perform(case, "settle", "handler", **SETTLED, perform_by="2026-03-20", files=[paper()])
    assert case.clocks.get(term="notice").outcome == "replaced"


def test_nothing_is_decided_while_a_hearing_is_under_way(world: World) -> None:
    case = world.perform(world.case("handling"), "investigate", "handler", **FOUND)
    case = world.perform(case, "call_hearing", "leader", **hearing(NOW + DAY))
    for step, by in (("draft", "handler"), ("settle", "handler"), ("lead", "leader"), ("withdraw", "clerk")):
        action = services.edition_of(case).action(step)
        at = queries.steps(world.actor(by), case, now=NOW)
        assert not next(each for each in at if each.action == action).possible, step


def test_an_agreement_that_is_not_kept_is_handled_on_with_the_sixty_days_from_acceptance(world: World) -> None:
    case = world.perform(
        world.case("handling"), "settle", "handler", **SETTLED, perform_by="2026-03-20", files=[paper()]
    )
    assert clocks(case)["handle"][1] == "replaced" and clocks(case)["perform"][0] == date(2026, 3, 20)
    with pytest.raises(Refused):
        world.perform(case, "close_agreed", "head", agreement_checked=True)
    sweep(now=NOW + 30 * DAY)
    case.refresh_from_db()
    assert case.state == "agreed" and Alarm.objects.filter(case=case, kind="unexecuted").exists()
    case = world.perform(case, "break_agreement", "handler", now=NOW + 30 * DAY, reason="没有履行。")
    running = case.clocks.get(term="handle", stopped_on=None)
    assert (running.start_on, running.due_on) == (NOW.date(), date(2026, 5, 6))
    assert clocks(case)["perform"][1] == "replaced" and case.state == "handling"


def test_the_system_settles_nothing_that_is_still_to_be_carried_out(world: World) -> None:
    case = world.case("delivered")
    swept = [sweep(now=NOW + day * DAY) for day in (25, 40)]
    case.refresh_from_db()
    assert (
        case.state == "delivered"
        and not any(each.settled for each in swept)
        and clocks(case)["request-review"][1] == "lapsed"
    )
    assert Alarm.objects.filter(case=case, kind="unexecuted").exists()
    later = NOW + 41 * DAY
    case = world.perform(case, "carry_out", "handler", now=later, on=later.date().isoformat(), done="补发了")
    assert clocks(case)["execute"][1] == "late"
    assert world.perform(case, "close", "handler", now=later).state == "closed"


# Arts. 18 and 28: taking back, and those who died.


def test_only_free_will_takes_a_matter_back_and_what_came_on_paper_is_kept(world: World) -> None:
    asked = {"way": "visit", "on": TODAY, "freely": True}
    for wrong, field in (({"freely": False}, "freely"), ({"way": "letter"}, "files")):
        with pytest.raises(Invalid) as refused:
            world.perform(world.case("handling"), "withdraw", "clerk", **{**asked, **wrong})
        assert field in refused.value.errors
    case = world.perform(world.case("handling"), "withdraw", "clerk", **asked)
    assert case.state == "withdrawn" and not case.clocks.filter(stopped_on=None).exists()
    assert clocks(case)["handle"][1] == "withdrawn" and clocks(case)["notice"][1] == "met"  # the notice had been given
    assert kinds(case)[-1] == "withdrawal"


def test_after_a_death_the_letters_go_to_whoever_carries_on_and_the_matter_goes_on(world: World) -> None:
    case = world.perform(
        world.case("handling"), "succeed", "clerk", on=TODAY, successor="孟小兰", kinship="女儿", phone="13900000000"
    )
    assert case.state == "handling" and clocks(case)["handle"][1] == ""
    case = world.perform(case, "extend", "leader", days=10, reason="要核对。")
    assert case.letters.get(kind="extension").data["petitioner"]["name"] == "孟小兰"
    alone = world.perform(world.case("handling"), "succeed", "clerk", on=TODAY)
    assert world.perform(alone, "investigate", "handler", **FOUND).state == "handling"
    with pytest.raises(Invalid) as unclear:
        world.perform(case, "succeed", "clerk", on=TODAY)  # several by now: nobody is supposed dead
    assert "who" in unclear.value.errors


def test_a_successor_may_be_named_later_and_may_die_too(world: World) -> None:
    case = world.perform(world.case("handling"), "succeed", "clerk", on=TODAY)
    with pytest.raises(Invalid) as again:
        world.perform(case, "succeed", "clerk", on=TODAY)
    assert "successor" in again.value.errors
    case = world.perform(case, "succeed", "clerk", on=TODAY, successor="孟小兰")
    assert case.petitioner_name == "孟小兰"
    case = world.perform(case, "succeed", "clerk", who=2, on=TODAY, successor="孟小国")
    assert case.marks["died"] == [1, 2] and case.petitioner_name == "孟小国"
    assert list(verify()) == []


# Everything on record.


def test_every_way_replays_to_the_matter_as_it_stands(world: World) -> None:
    from huiyin.procedure.states import STATES

    for state in STATES:
        world.case(state)
    assert list(verify()) == []


def test_of_two_people_on_two_ways_one_goes_first_and_the_other_is_told(world: World) -> None:
    case = world.register()
    seen = case.version
    forward = {**world.to("sister_leader"), "mode": "forward"}
    services.perform(case, "forward", by=world.actor("leader"), now=NOW, facts=forward, version=seen)
    with pytest.raises(Conflict) as told:
        services.perform(
            case, "accept", by=world.actor("leader"), now=NOW, facts={**RECUSAL, "route": "办"}, version=seen
        )
    assert told.value.code == "moved_on" and case.events.count() == 2


def test_a_new_calendar_moves_the_clocks_of_every_way(world: World) -> None:
    from huiyin.cases.recomputing import recompute
    from huiyin.procedure.calendars import default, rows_of

    cases = [world.case(state) for state in ("forwarded", "duty", "agreed", "delivered", "reviewing")]
    rows = [
        {name: str(value) for name, value in row.items()} for row in rows_of(default()) if row["date"][:4] == "2026"
    ]
    rows = [row for row in rows if row["date"] != "2026-10-07"]
    orgs.import_calendar(rows=rows, version="新的", by="x", now=NOW)
    assert recompute(now=NOW + timedelta(hours=1)) == len(cases)
    for case in cases:
        assert set(case.clocks.filter(stopped_on=None).values_list("calendar", flat=True)) == {"2026-1+新的"}, (
            case.state
        )
    assert list(verify()) == []
