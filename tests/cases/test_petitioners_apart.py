"""What one of several does for the others, and what they do alone: taking back, settling, dying."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases import petitioners, tracking
from huiyin.cases.models import Case, CaseLetter, Petitioner
from huiyin.documents.letters.content import build
from huiyin.kernel.errors import Refused
from huiyin.procedure.editions.regulations_2022 import EDITION
from huiyin.web.desk import behind, case_page
from huiyin.web.portal import opened
from tests.cases.test_agents import COUPLE, GIVES_UP, GUARDIAN
from tests.cases.test_people import CHANGED, GROUP, TODAY, WRITTEN, found, names, offered, refused, told_at, words
from tests.ways import paper
from tests.world import NOW, World

TAKEN_BACK: dict[str, Any] = {"way": "visit", "on": TODAY, "freely": True}
AGREED = {
    "covers": [1, 2],
    "form": "settlement", "held_on": TODAY, "voluntary": True, "parties": "孟庆兰、孟庆国\n云湖供电公司", "agreement": "补发。", "money": "no",
    "perform_by": "2026-03-20",
}  # fmt: skip
THREE = {
    "people_count": 3,
    "petitioners": [
        {"name": "张国强", "phone": "13800000000", "is_representative": True, "letters": "main"},
        {"name": "李桂珍", "phone": "13800000001", "is_representative": True, "letters": "copy"},
        {"name": "赵铁柱"},
    ],
}  # fmt: skip
EMPOWERED = {
    "people_count": 36, "representatives": [1, 2], "main": 1, "copies": [2], "empowered": ["withdraw", "settle"], "reason": "推选书写明了。",
}  # fmt: skip
DIED = {"on": TODAY, "kinship": "女儿"}


def as_addressed(case: Case, kind: str = "extension") -> tuple[str, str]:
    """To whom the newest letter of a kind goes, and its text."""
    letter = build(kind, case.letters.filter(kind=kind).latest("pk").data)
    return letter.addressee, letter.text


def written(world: World, case: Case) -> tuple[str, str]:
    world.perform(case, "extend", "leader", days=10, reason="要核对台账。")
    return as_addressed(case)


@pytest.mark.parametrize(("step", "by", "facts"), [("withdraw", "clerk", TAKEN_BACK), ("settle", "handler", AGREED)])
def test_nobody_gives_away_for_the_others_and_who_is_missing_is_named(
    world: World, step: str, by: str, facts: dict[str, Any]
) -> None:
    facts = facts | {"files": [paper()]}
    case = world.case("handling", **COUPLE)
    assert "还差：孟庆兰、孟庆国" in refused(world, case, step, by, **facts)["also"]
    assert "还差：孟庆国。" in refused(world, case, step, by, **facts, also=[1])["also"]
    assert world.perform(case, step, by, **facts, also=[1, 2]).state == EDITION.actions[step].target
    group = world.case("handling", **GROUP)
    assert "没有留名的34人" in refused(world, group, step, by, **facts, also=[1, 2])["also"]
    assert found() == []


def test_one_alone_needs_nobody_else(world: World) -> None:
    assert world.perform(world.case("handling"), "withdraw", "clerk", **TAKEN_BACK).state == "withdrawn"
    assert world.perform(world.case("handling"), "settle", "handler", **AGREED, files=[paper()]).state == "agreed"
    assert "withdraw_own" not in offered(world, world.register())


def test_representatives_give_away_for_all_only_if_their_paper_says_so_and_all_of_them_agree(world: World) -> None:
    case = world.case("handling", **GROUP)
    assert "files" in refused(world, case, "represent", **EMPOWERED)
    case = world.perform(case, "represent", "clerk", **EMPOWERED, files=[paper()])
    assert "李桂珍" in refused(world, case, "withdraw", **TAKEN_BACK, also=[1])["also"]
    assert world.perform(case, "withdraw", "clerk", **TAKEN_BACK, also=[1, 2]).state == "withdrawn"


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("represent", CHANGED),
        ("succeed", {**DIED, "who": 2, "successor": "李小珍"}),
        ("withdraw_own", {**TAKEN_BACK, "who": 2}),
    ],
)
def test_what_representatives_may_do_for_all_ends_when_they_change(
    world: World, step: str, facts: dict[str, Any]
) -> None:
    case = world.perform(world.case("handling", **GROUP), "represent", "clerk", **EMPOWERED, files=[paper()])
    assert case.marks["empowered"] == ["withdraw", "settle"]
    case = world.perform(case, step, "clerk", **facts)
    assert case.marks["empowered"] is None
    assert "没有留名" in refused(world, case, "withdraw", **TAKEN_BACK, also=[1])["also"]


def test_who_takes_back_alone_takes_back_their_part_and_it_goes_on_for_the_others(world: World) -> None:
    case = world.case("handling", **THREE)
    clocks = list(case.clocks.values_list("term", "due_on", "stopped_on"))
    case = world.perform(case, "withdraw_own", "clerk", **TAKEN_BACK, who=1, reason="家里人办好了。")
    assert (case.state, case.people_count, case.petitioner_name) == ("handling", 2, "李桂珍")
    assert list(case.clocks.values_list("term", "due_on", "stopped_on")) == clocks
    assert names(case) == {"李桂珍": (True, "copy"), "赵铁柱": (False, "")}
    assert Petitioner.everyone.get(case=case, name="张国强").until == case.version
    to, text = written(world, case)
    assert to == "李桂珍等2人" and "张国强" not in text and "副本" not in text
    assert found() == []


def test_who_took_back_their_part_gets_it_confirmed_which_the_others_do_not_read(world: World) -> None:
    case = world.case("handling", **THREE)
    case = world.perform(case, "withdraw_own", "clerk", **TAKEN_BACK, who=2, reason="不想再提了。")
    letter = CaseLetter.objects.get(case=case, kind="withdrawal")
    assert build("withdrawal", letter.data).addressee == "李桂珍同志"
    text = words(case, "withdrawal")
    assert "其他信访人的请求继续办理" in text and "终止办理" not in text and "张国强" not in text
    assert not opened.is_sent(case, letter)
    with pytest.raises(Refused):
        tracking.check_fact(case, "0001", address="here", now=NOW)
    tracking.check_fact(case, "0000", address="here", now=NOW)


def test_nobody_acts_for_who_took_back_their_part(world: World) -> None:
    case = world.perform(world.case("handling", **THREE), "authorise", "clerk", **GIVES_UP, of=1, files=[paper()])
    assert "另记委托" in refused(world, case, "withdraw_own", **TAKEN_BACK, agent=1, who=2, files=[paper()])["agent"]
    case = world.perform(case, "withdraw_own", "clerk", **TAKEN_BACK, agent=1, who=1, files=[paper()])
    assert (case.marks["agents"]["1"]["state"], case.marks["agents"]["1"]["why"]) == ("ended", "took_back")
    assert "受委托）代您提出" in words(case, "withdrawal")
    assert "代办到此为止：孟小兰（女儿）" in told_at(case, "withdraw_own") and found() == []


def test_the_last_one_takes_back_the_whole_and_a_number_without_names_needs_somebody_to_write_to(world: World) -> None:
    case = world.perform(world.case("handling", **COUPLE), "withdraw_own", "clerk", **TAKEN_BACK, who=2)
    assert "withdraw_own" not in offered(world, case)
    assert world.perform(case, "withdraw", "clerk", **TAKEN_BACK).state == "withdrawn"
    many = world.case("handling", channel="visit", people_count=9)
    assert "信写给谁" in refused(world, many, "withdraw_own", **TAKEN_BACK)["who"]
    assert many.petitioners.count() == 1


def test_it_is_their_own_will_and_not_recorded_by_who_handles_it(world: World) -> None:
    case = world.case("handling", **THREE)
    assert "freely" in refused(world, case, "withdraw_own", **TAKEN_BACK | {"freely": False}, who=1)
    assert "who" in refused(world, case, "withdraw_own", **TAKEN_BACK)
    with pytest.raises(Refused):
        world.perform(case, "withdraw_own", "handler", **TAKEN_BACK, who=1)


def test_the_dead_agree_to_nothing_and_nobody_agrees_for_them(world: World) -> None:
    case = world.perform(world.case("handling"), "succeed", "clerk", on=TODAY)
    assert "本人去世了" in refused(world, case, "withdraw", **TAKEN_BACK)["also"]
    case = world.perform(case, "succeed", "clerk", **DIED, who=1, successor="孟小兰")
    assert world.perform(case, "withdraw", "clerk", **TAKEN_BACK).state == "withdrawn"


def test_letters_go_to_the_living_where_nobody_carries_on_for_who_got_them(world: World) -> None:
    case = world.perform(world.case("handling", **THREE), "succeed", "clerk", on=TODAY, who=1)
    assert case.petitioner_name == "李桂珍"
    to, text = written(world, case)
    assert to == "李桂珍等3人" and "副本" not in text
    other = world.perform(world.case("handling", **THREE), "succeed", "clerk", on=TODAY, who=2)
    to, text = written(world, other)
    assert to == "张国强等3人" and "副本" not in text
    assert found() == []


def test_who_carries_on_later_gets_the_letters_back_and_copies_too(world: World) -> None:
    case = world.perform(world.case("handling", **THREE), "succeed", "clerk", on=TODAY, who=1)
    case = world.perform(case, "succeed", "clerk", on=TODAY, who=3, successor="赵小柱")
    assert case.petitioner_name == "李桂珍", "a successor of somebody else takes no letters"
    case = world.perform(case, "succeed", "clerk", **DIED, who=2, successor="李小珍", phone="13800000009")
    assert case.petitioner_name == "李小珍"
    assert written(world, case)[0] == "李小珍等3人" and found() == []


def test_a_letter_names_the_one_who_died_for_whom_its_reader_carries_on(world: World) -> None:
    case = world.perform(world.case("handling", **COUPLE), "succeed", "clerk", on=TODAY, who=1)
    case = world.perform(case, "succeed", "clerk", **DIED, who=2, successor="孟小兰")
    late = petitioners.late(case, case.petitioners.all())
    assert late is not None and late.name == "孟庆国"
    case = world.perform(case, "succeed", "clerk", **DIED, who=3, successor="孟小强")
    late = petitioners.late(case, case.petitioners.all())
    assert late is not None and late.name == "孟庆国", "a successor's successor carries on for the same one"


def test_a_death_is_recorded_once_and_one_carries_on(world: World) -> None:
    case = world.perform(world.case("handling"), "succeed", "clerk", **DIED, successor="孟小兰")
    again = refused(world, case, "succeed", **DIED, who=1, successor="孟小兰")
    assert "由孟小兰继续已经记过了" in again["successor"]
    assert case.petitioners.count() == 2
    two = world.perform(world.case("handling", **COUPLE), "succeed", "clerk", on=TODAY, who=2)
    assert "去世已经记过了" in refused(world, two, "succeed", on=TODAY, who=2)["successor"]
    two = world.perform(two, "succeed", "clerk", **DIED, who=2, successor="孟小兰")
    assert "由孟小兰继续" in refused(world, two, "succeed", **DIED, who=2, successor="孟小强")["successor"]


def test_an_authority_ends_with_the_one_for_whom_it_holds_and_others_stay(world: World) -> None:
    case = world.case("handling", **THREE)
    for number in (1, 2):
        case = world.perform(case, "authorise", "clerk", **WRITTEN, of=number)
    case = world.perform(case, "succeed", "clerk", on=TODAY, who=2)
    assert [each["state"] for each in case.marks["agents"].values()] == ["valid", "ended"]


@pytest.mark.parametrize(
    ("joined", "twice"),
    [
        ("王素芬，13800000008\n王素芬", True),
        ("李桂珍", True),
        ("张国强，13800000000", True),
        ("王素芬，13800000008\n王素芬，13800000009", False),
        ("张国强，13800000007", False),
    ],
)
def test_a_representative_is_written_down_once(world: World, joined: str, twice: bool) -> None:
    case = world.register(**GROUP)
    asked = {"people_count": 36, "representatives": [1], "main": 1, "joined": joined, "reason": "大家推选的。"}
    if not twice:
        assert world.perform(case, "represent", "clerk", **asked).petitioners.filter(is_representative=True).count() > 1
        return
    with pytest.raises(Refused) as error:
        world.perform(case, "represent", "clerk", **asked)
    assert error.value.field == "joined" and "写了两次" in error.value.zh


def test_nor_is_one_registered_twice(world: World) -> None:
    twice = [GROUP["petitioners"][0], {"name": "张国强", "is_representative": True}]
    with pytest.raises(Refused) as error:
        world.register(channel="visit", people_count=9, petitioners=twice)
    assert error.value.field == "representatives"


def test_the_end_of_a_guardians_authority_is_told_in_a_guardians_words(world: World) -> None:
    case = world.perform(world.case("handling"), "authorise", "clerk", **GUARDIAN, files=[paper()])
    case = world.perform(case, "end_guardianship", "clerk", agent=1, why="died", on=TODAY, how="女儿来电")
    (told,) = behind.authorities(case, whole=True)
    assert "监护人去世" in told.state and "代办" not in told.state


def test_the_desk_says_who_died_and_whom_letters_go_to(world: World) -> None:
    case = world.perform(world.case("handling", **THREE), "succeed", "clerk", on=TODAY, who=1)
    shown = [dict(one.rows) for one in case_page.petitioners(case, world.actor("handler"))]
    assert [(one.get("姓名"), one.get("信件")) for one in shown[:2]] == [("李桂珍", "主收信人"), ("张国强", "已去世")]
