"""The people of a matter: representatives of a group, family who act by authorisation, who becomes known later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases import queries, services, sweep, verification
from huiyin.cases.archive.explaining import explain
from huiyin.cases.models import Alarm, Case, Petitioner
from huiyin.cases.names import names_in
from huiyin.documents.letters.content import build
from huiyin.kernel.errors import Invalid, Refused
from huiyin.orgs import queries as orgs
from huiyin.web.desk import behind
from tests.world import NOW, REGISTER, World

TODAY = NOW.date().isoformat()
DAY = timedelta(days=1)
GROUP = {
    "channel": "visit",
    "people_count": 36,
    "petitioners": [
        {"name": "张国强", "phone": "13800000000", "is_representative": True, "letters": "main"},
        {"name": "李桂珍", "address": "湖滨路6号", "is_representative": True, "letters": "copy"},
    ],
}
KNOWN = {"on": TODAY, "how": "本人来电", "name": "孟庆兰", "phone": "13800000000"}
WRITTEN = {
    "name": "孟小兰", "relation": "女儿", "scope": ["papers", "review"], "basis": "oral", "heard": "电话里问过本人，念给本人听了。",
    "from_on": TODAY, "until_on": "2026-04-30",
}  # fmt: skip
CHANGED = {
    "people_count": 36, "representatives": [1], "joined": "王素芬，13800000001", "members": "赵铁柱\n钱有福", "left": [2], "main": "new",
    "copies": [1], "reason": "大家重新推选的。",
}  # fmt: skip


ALONE = {"people_count": 1, "representatives": [1], "main": 1, "reason": "又来了几位。"}


def told_at(case: Case, action: str) -> str:
    """What the record says of the last step of that name."""
    fresh = queries.find(case.no)
    assert fresh is not None
    event = [event for event in fresh.events.all() if event.action == action][-1]
    return "；".join(behind.told(event, names_in(fresh)))


def simply(world: World, case: Case) -> Case:
    facts = {
        "recusal_checked": True,
        "ground": "clear",
        "not_excluded": True,
        "route": "马上查。",
        **world.to("handler"),
    }
    return world.perform(case, "simple_accept", "leader", **facts)


def names(case: Case) -> dict[str, tuple[bool, str]]:
    return {row.name: (row.is_representative, row.letters) for row in case.petitioners.all()}


def words(case: Case, kind: str) -> str:
    letter = case.letters.filter(kind=kind).latest("pk")
    return build(letter.kind, letter.data).text


def refused(world: World, case: Case, action: str, by: str = "clerk", **facts: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        world.perform(case, action, by, **facts)
    return {name: each.zh for name, each in error.value.errors.items()}


def found() -> list[str]:
    return [each.code for each in verification.verify()]


def test_six_representatives_are_too_many_for_a_visit_and_none_too_many_for_a_letter(world: World) -> None:
    six = [{"name": f"代表{n}", "phone": "13800000000", "is_representative": True} for n in "一二三四五六"]
    with pytest.raises(Refused) as error:
        world.register(channel="visit", people_count=6, petitioners=six)
    assert error.value.field == "representatives" and "第二十条" in error.value.zh
    assert world.register(channel="letter", people_count=6, petitioners=six).petitioners.count() == 6
    assert world.register(channel="visit", people_count=6, petitioners=six[:5]).petitioners.count() == 5


def test_the_letters_of_a_group_name_one_and_how_many_they_are_and_who_gets_copies(world: World) -> None:
    case = world.case("handling", **GROUP)
    letter = case.letters.get(kind="acceptance")
    text = words(case, "acceptance")
    assert build("acceptance", letter.data).addressee == "张国强等36人"
    assert "本文书的副本同时送：李桂珍。" in text and "关于张国强等人反映" in text
    assert "张国强等36人" in words(case, "service") and "李桂珍" not in words(case, "service")
    assert case.marks["simple_excluded"]


def test_representatives_change_by_a_step_and_the_record_keeps_both(world: World) -> None:
    case = world.perform(world.case("handling", **GROUP), "represent", "clerk", **CHANGED)
    assert names(case) == {
        "张国强": (True, "copy"), "王素芬": (True, "main"), "赵铁柱": (False, ""), "钱有福": (False, ""),
    }  # fmt: skip
    assert case.petitioner_name == "王素芬" and case.people_count == 36
    assert [row.name for row in Petitioner.everyone.filter(case=case, until=case.version)] == ["张国强", "李桂珍"]
    assert "王素芬" not in str(case.events.latest("seq").facts)
    world.perform(case, "extend", "leader", days=10, reason="要核对台账。")
    assert build("extension", case.letters.get(kind="extension").data).addressee == "王素芬等36人"
    assert found() == []


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"main": 9}, "main"),
        ({"main": 2}, "main"),
        ({"joined": "", "main": "new"}, "main"),
        ({"representatives": [2]}, "representatives"),
        ({"copies": [7]}, "copies"),
        ({"left": [5]}, "left"),
        ({"people_count": 3}, "people_count"),
        ({"joined": "一\n二\n三\n四\n五"}, "representatives"),
        ({"joined": "王素芬，电话没有"}, "joined"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_change_of_representatives_is_refused_at_the_field_to_be_mended(
    world: World, wrong: dict[str, Any], at: str
) -> None:
    case = world.register(**GROUP)
    with pytest.raises(Refused) as error:
        world.perform(case, "represent", "clerk", **{**CHANGED, **wrong})
    told = error.value.errors if isinstance(error.value, Invalid) else {error.value.field: error.value}
    assert at in told
    assert names(case) == {"张国强": (True, "main"), "李桂珍": (True, "copy")}


def test_a_representative_who_dies_is_followed_by_family_who_get_the_letters(world: World) -> None:
    case = world.register(**GROUP)
    case = world.perform(
        case, "succeed", "clerk", on=TODAY, who=1, successor="张小强", kinship="儿子", phone="13800000003"
    )
    assert names(case) == {"张国强": (True, ""), "李桂珍": (True, "copy"), "张小强": (True, "main")}
    other = world.register(**GROUP)
    other = world.perform(other, "succeed", "clerk", on=TODAY, who=2, successor="李小珍", kinship="女儿")
    assert names(other) == {"张国强": (True, "main"), "李桂珍": (True, ""), "李小珍": (False, "copy")}
    assert found() == []


def test_of_several_the_one_who_died_or_authorises_is_named(world: World) -> None:
    case = world.register(**GROUP)
    assert refused(world, case, "succeed", on=TODAY, successor="张小强").keys() == {"who"}
    assert refused(world, case, "authorise", **WRITTEN).keys() == {"of"}
    case = world.perform(case, "authorise", "clerk", **WRITTEN, of=2)
    case = world.perform(case, "succeed", "clerk", on=TODAY, who=1, successor="张小强")
    assert case.marks["agents"]["1"]["state"] == "valid"


def test_a_matter_is_found_by_everybody_who_ever_brought_it(world: World) -> None:
    case = world.perform(world.register(**GROUP), "represent", "clerk", **CHANGED)
    for name in ("张国强", "王素芬", "钱有福", "李桂珍"):
        page = queries.listed(world.actor("leader"), queries.Filters(q=name))
        assert [row.no for row in page.rows] == [case.no], name


def test_a_row_changed_behind_the_record_is_found(world: World) -> None:
    case = world.perform(world.register(**GROUP), "represent", "clerk", **CHANGED)
    Petitioner.everyone.filter(case=case, name="李桂珍").update(phone="13900000000")
    assert found() == ["people_differ"]


def test_several_found_late_take_the_ordinary_procedure_from_the_simple_acceptance(world: World) -> None:
    case = simply(world, world.register())
    later = {"now": NOW + 3 * DAY}
    alone = world.perform(case, "represent", "clerk", **ALONE, **later)
    assert alone.marks["simple"] and alone.clocks.filter(term="simple-handle", stopped_on=None).exists()
    several = world.perform(alone, "represent", "clerk", **ALONE | {"people_count": 5}, **later)
    assert not several.marks["simple"] and several.letters.filter(kind="acceptance").count() == 1
    assert several.clocks.get(term="handle").start_on.isoformat() == TODAY
    assert several.clocks.get(term="simple-handle").outcome == "replaced"
    assert "转为普通程序" in told_at(several, "represent")
    again = world.perform(several, "represent", "clerk", **ALONE | {"people_count": 6}, **later)
    assert again.letters.filter(kind="acceptance").count() == 1 and found() == []


def test_what_several_bring_is_not_to_be_decided_as_simple_any_more(world: World) -> None:
    case = world.perform(world.register(), "propose_simple", "clerk", ground="clear")
    case = world.perform(case, "represent", "clerk", **ALONE | {"people_count": 5})
    assert case.clocks.get(term="simple-accept").stopped_on is not None


def test_a_matter_is_listed_under_whom_its_letters_go_to(world: World) -> None:
    second = [{"name": "张国强"}, {"name": "李桂珍", "phone": "13800000000", "letters": "main"}]
    assert world.register(people_count=2, petitioners=second).petitioner_name == "李桂珍"
    case = world.register(people_count=2, petitioners=[{"name": "张国强", "phone": "13800000000"}, {"name": "李桂珍"}])
    case = world.perform(case, "represent", "clerk", people_count=2, main=2, reason="换一位收信。")
    item = world.perform(case, "split", "clerk", title="灯坏了", text="楼道灯坏了。").events.latest("seq").facts["part"]
    assert Case.objects.get(no=item).petitioner_name == case.petitioner_name == "李桂珍"


def test_the_notice_is_owed_from_the_day_on_which_the_petitioner_became_known(world: World) -> None:
    case = world.register(petitioners=[], received_on="2026-02-02")
    assert not case.clocks.exists() and case.marks["notice_waived"]
    case = world.perform(case, "identify", "clerk", **KNOWN)
    clock = case.clocks.get(term="notice")
    assert (clock.start_on.isoformat(), clock.due_on.isoformat()) == (TODAY, "2026-03-17")
    assert case.petitioner_name == "孟庆兰" and "孟庆兰" not in str(case.events.latest("seq").facts)
    assert case.next_alert_on is not None and case.next_alert_on <= clock.internal_on
    sweep.sweep(now=NOW + 17 * DAY)
    assert Alarm.objects.filter(case=case, kind="notice_late", ended_on=None).exists()
    told = world.perform(case, "accept", "leader", recusal_checked=True, route="由待遇科办。")
    told = world.perform(told, "notify", "clerk", mode="hand", on=TODAY, received_by="孟庆兰")
    assert told.clocks.get(term="notice").outcome == "met" and found() == []


def test_what_was_waived_comes_back_with_the_name(world: World) -> None:
    case = world.perform(world.case("approved", petitioners=[]), "extend", "leader", days=10, reason="要到外地查档。")
    case = world.perform(case, "identify", "clerk", **KNOWN)
    with pytest.raises(Refused) as error:
        world.perform(case, "issue", "leader")
    assert error.value.code == "extension_told"


def test_an_answer_that_reached_nobody_is_brought_when_they_are_known(world: World) -> None:
    case = world.case("issued", petitioners=[])
    case = world.perform(case, "deliver", "clerk", mode="unknown", on=TODAY)
    case = world.perform(case, "identify", "clerk", **KNOWN)
    assert case.clocks.get(term="notice").stopped_on is None
    world.perform(case, "carry_out", "handler", on=TODAY, done="补发180元。")
    with pytest.raises(Refused) as error:
        world.perform(case, "close", "handler")
    assert "先送到手里" in error.value.zh
    case = world.perform(case, "bring_answer", "clerk", mode="direct", on=TODAY, received_by="孟庆兰")
    assert case.clocks.get(term="notice").outcome == "met"
    assert case.clocks.get(term="request-review").start_on.isoformat() == TODAY
    assert "孟庆兰" in words(case, "service") and found() == []


def test_a_settled_matter_too_owes_its_answer_once_they_are_known(world: World) -> None:
    case = world.case("issued", petitioners=[])
    case = world.perform(case, "deliver", "clerk", mode="unknown", on=TODAY)
    case = world.perform(case, "carry_out", "handler", on=TODAY, done="补发180元。")
    case = world.perform(case, "close", "handler")
    case = world.perform(case, "identify", "clerk", **KNOWN)
    assert not case.is_open and case.next_alert_on is not None
    sweep.sweep(now=NOW + 17 * DAY)
    assert Alarm.objects.filter(case=case, kind="notice_late").exists()
    case = world.perform(case, "bring_answer", "clerk", mode="direct", on=TODAY, received_by="孟庆兰")
    assert case.clocks.get(term="request-review").stopped_on is None and found() == []


def test_who_has_the_answer_in_hand_is_owed_no_notice_when_their_name_becomes_known(world: World) -> None:
    case = world.case("issued", petitioners=[])
    case = world.perform(case, "deliver", "clerk", mode="direct", on=TODAY, received_by="来取的人")
    case = world.perform(case, "identify", "clerk", **KNOWN)
    assert not case.clocks.filter(term="notice", stopped_on=None).exists()


def test_of_a_settled_matter_that_was_taken_over_nothing_is_owed_anew(world: World) -> None:
    earlier = {**REGISTER, "petitioners": [], "reply": "当时答复过了。", "replied_on": "2026-03-02"}
    case = services.register(by=world.actor("clerk"), now=NOW, facts=earlier, action="import_closed")
    case = world.perform(case, "identify", "clerk", **KNOWN)
    assert case.petitioner_name == "孟庆兰" and not case.clocks.exists() and found() == []


def test_nothing_runs_anew_for_who_was_told_already(world: World) -> None:
    case = world.register(petitioners=[{"name": "一位老人"}])
    case = world.perform(case, "accept", "leader", recusal_checked=True, route="由待遇科办。")
    case = world.perform(case, "notify", "clerk", mode="hand", on=TODAY, received_by="老人自己")
    case = world.perform(case, "identify", "clerk", **KNOWN)
    assert not case.clocks.filter(term="notice").exists()


@pytest.mark.parametrize("given", [{"name": ""}, {"phone": ""}])
def test_who_is_still_unclear_is_not_recorded_as_known(world: World, given: dict[str, str]) -> None:
    case = world.register(petitioners=[])
    assert refused(world, case, "identify", **{**KNOWN, **given}).keys() == {next(iter(given))}
    assert case.marks["identity_unclear"]


def offered(world: World, case: Case, who: str = "clerk") -> set[str]:
    fresh = queries.find(case.no)
    assert fresh is not None
    return {
        step.action.name
        for step in queries.steps(world.actor(who), fresh, now=NOW, calendar=orgs.calendar())
        if step.possible
    }


def test_where_nobody_is_named_no_step_speaks_of_them(world: World) -> None:
    nobody = offered(world, world.register(channel="screening", petitioners=[]))
    assert "identify" in nobody and not nobody & {
        "notify",
        "withdraw",
        "succeed",
        "represent",
        "authorise",
        "revoke_authority",
    }
    somebody = offered(world, world.register())
    assert {"notify", "succeed", "represent", "authorise"} <= somebody and not somebody & {"identify", "bring_answer"}


def test_what_was_passed_on_without_a_name_can_still_be_told_of(world: World) -> None:
    case = world.register(channel="hotline", petitioners=[])
    assert "notify" in offered(world, case)


def test_why_the_notice_ends_on_its_day_is_said_as_a_reading_of_the_law(world: World) -> None:
    case = world.perform(world.register(petitioners=[]), "identify", "clerk", **KNOWN)
    told = " ".join(step.zh for step in explain(case.clocks.get(term="notice"), orgs.calendar()))
    assert "从弄清那天起算" in told and "本系统的理解" in told
    other = world.register().clocks.get(term="notice")
    assert "弄清" not in " ".join(step.zh for step in explain(other, orgs.calendar()))
