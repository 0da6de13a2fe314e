"""Who acts for a petitioner, by authorisation or as a guardian: for whom, for what, and until when."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases import agents
from huiyin.cases.models import CaseAgent
from huiyin.kernel.errors import Invalid
from huiyin.procedure.editions.persons_2022 import SCOPE_OF
from huiyin.procedure.editions.regulations_2022 import EDITION
from tests.cases.test_people import CHANGED, DAY, GROUP, TODAY, WRITTEN, found, offered, refused, told_at, words
from tests.ways import paper
from tests.world import NOW, World

GUARDIAN = {
    "name": "孟小兰", "relation": "女儿", "scope": ["papers"], "basis": "guardian", "from_on": TODAY, "until_on": "",
}  # fmt: skip
GIVES_UP = {**WRITTEN, "basis": "written", "scope": ["withdraw", "settle"]}
COUPLE = {"people_count": 2, "petitioners": [{"name": "孟庆兰", "phone": "13800000000"}, {"name": "孟庆国"}]}


def test_what_an_authorisation_covers_is_done_for_the_petitioner_and_named_in_the_letter(world: World) -> None:
    case = world.perform(world.case("delivered"), "authorise", "clerk", **WRITTEN)
    row = case.agents.get()
    assert (row.name, row.relation) == ("孟小兰", "女儿") and "孟小兰" not in str(case.events.latest("seq").facts)
    case = world.perform(case, "request_review", "clerk", received_on=TODAY, request="标准算错了。", agent=1)
    assert "由孟小兰（女儿，受委托）代您提出" in words(case, "review_receipt")
    assert found() == []
    CaseAgent.objects.update(name="别人")
    assert found() == ["agents_differ"]


def test_what_it_does_not_name_or_not_for_that_day_is_refused_and_said(world: World) -> None:
    case = world.perform(world.case("handling"), "authorise", "clerk", **WRITTEN)
    asked = {"way": "visit", "on": TODAY, "freely": True, "agent": 1}
    assert "委托里没有“撤回信访事项”" in refused(world, case, "withdraw", **asked)["agent"]
    with pytest.raises(Invalid) as late:
        world.perform(case, "add_material", "clerk", now=NOW + 70 * DAY, words="补一份。", agent=1)
    assert "从2026年3月2日到2026年4月30日" in late.value.errors["agent"].zh
    assert "没有记过" in refused(world, case, "add_material", words="补一份。", agent=2)["agent"]
    assert world.perform(case, "add_material", "clerk", words="补一份。", agent=1).version == case.version + 1


def test_it_is_revoked_by_a_word_and_never_stands_in_the_petitioners_own_way(world: World) -> None:
    case = world.perform(world.case("handling"), "authorise", "clerk", **WRITTEN)
    case = world.perform(case, "revoke_authority", "clerk", agent=1, why="revoked", on=TODAY, how="本人来电")
    assert "结束了" in refused(world, case, "add_material", words="补一份。", agent=1)["agent"]
    world.perform(case, "add_material", "clerk", words="我自己来补。")
    world.perform(case, "add_material", "petitioner", words="我自己在网上补。")
    assert found() == []


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"scope": []}, "scope"),
        ({"scope": ["papers", "withdraw"]}, "scope"),
        ({"heard": ""}, "heard"),
        ({"basis": "written"}, "heard"),
        ({"until_on": ""}, "until_on"),
        ({"until_on": "2026-03-01"}, "until_on"),
        ({"phone": "不是电话"}, "phone"),
        ({"name": ""}, "name"),
    ],
)
def test_an_authorisation_needs_its_scope_days_and_proof(world: World, wrong: dict[str, Any], at: str) -> None:
    case = world.register()
    assert at in refused(world, case, "authorise", **{**WRITTEN, **wrong})
    assert not case.agents.exists()


def test_it_ends_with_the_death_of_whoever_gave_it(world: World) -> None:
    case = world.perform(world.case("handling"), "authorise", "clerk", **WRITTEN)
    case = world.perform(case, "succeed", "clerk", on=TODAY, successor="孟小兰", kinship="女儿")
    assert case.marks["agents"]["1"]["state"] == "ended"
    assert "agent" in refused(world, case, "add_material", words="补一份。", agent=1)


@pytest.mark.parametrize("why", ["resigned", "died", "incapable"])
def test_an_agent_who_resigns_or_dies_acts_no_more_and_the_record_says_why(world: World, why: str) -> None:
    case = world.perform(world.case("handling"), "authorise", "clerk", **WRITTEN)
    case = world.perform(case, "revoke_authority", "clerk", agent=1, why=why, on=TODAY, how="女儿来电")
    assert (case.marks["agents"]["1"]["state"], case.marks["agents"]["1"]["why"]) == ("ended", why)
    assert "结束了" in refused(world, case, "add_material", words="补一份。", agent=1)["agent"] and found() == []


def test_a_guardian_is_not_revoked_by_a_word_but_ends_by_a_paper_under_other_articles(world: World) -> None:
    case = world.perform(world.case("handling"), "authorise", "clerk", **WRITTEN)
    case = world.perform(case, "authorise", "clerk", **GUARDIAN, files=[paper()])
    ended = {"on": TODAY, "how": "法院判决"}
    assert "监护终止" in refused(world, case, "revoke_authority", agent=2, why="revoked", **ended)["agent"]
    assert "files" in refused(world, case, "end_guardianship", agent=2, why="ruled", **ended)
    assert (
        "委托终止" in refused(world, case, "end_guardianship", agent=1, why="ruled", files=[paper()], **ended)["agent"]
    )
    assert {"revoke_authority", "end_guardianship"} <= offered(world, case)
    case = world.perform(case, "end_guardianship", "clerk", agent=2, why="ruled", files=[paper()], **ended)
    assert (case.marks["agents"]["1"]["state"], case.marks["agents"]["2"]["why"]) == ("valid", "ruled")
    assert "end_guardianship" not in offered(world, case) and found() == []
    cited = {name: EDITION.actions[name].article for name in ("authorise", "revoke_authority", "end_guardianship")}
    assert [article[-6:] for article in cited.values()] == ["一百六十三条", "一百七十三条", "一百七十五条"]


def test_who_acts_for_one_of_several_does_not_give_away_what_the_others_have(world: World) -> None:
    case = world.perform(world.case("handling", **COUPLE), "authorise", "clerk", **GIVES_UP, of=1, files=[paper()])
    asked = {"way": "visit", "on": TODAY, "freely": True, "agent": 1, "files": [paper()]}
    assert "“撤回信访事项”还差：孟庆国。" in refused(world, case, "withdraw", **asked)["also"]
    agreed = {
        "form": "settlement", "held_on": TODAY, "voluntary": True, "parties": "孟庆兰、孟庆国\n云湖供电公司", "agreement": "补发。", "money": "no",
        "perform_by": "2026-03-20", "agent": 1, "files": [paper()], "covers": [1, 2],
    }  # fmt: skip
    assert "“调解、和解”还差：孟庆国。" in refused(world, case, "settle", "handler", **agreed)["also"]
    case = world.perform(case, "authorise", "clerk", **{**GIVES_UP, "name": "别人"}, of=2, files=[paper()])
    assert "also" in refused(world, case, "withdraw", **asked), "somebody else's agent agrees to nothing"
    settled = world.perform(case, "settle", "handler", **agreed, also=[2])
    assert settled.state == "agreed" and found() == []


def test_both_may_let_the_same_one_take_the_matter_back(world: World) -> None:
    case = world.case("handling", **COUPLE)
    for number in (1, 2):
        case = world.perform(case, "authorise", "clerk", **GIVES_UP, phone="13900000000", of=number, files=[paper()])
    asked = {"way": "visit", "on": TODAY, "freely": True, "agent": 2, "files": [paper()]}
    assert world.perform(case, "withdraw", "clerk", **asked).state == "withdrawn"
    many = world.perform(world.case("handling", **GROUP), "authorise", "clerk", **GIVES_UP, of=1, files=[paper()])
    assert "没有留名的34人" in refused(world, many, "withdraw", **asked | {"agent": 1, "also": [2]})["also"]


def test_nobody_acts_on_for_who_left_the_group(world: World) -> None:
    case = world.perform(world.case("handling", **GROUP), "authorise", "clerk", **WRITTEN, of=2)
    case = world.perform(case, "authorise", "clerk", **WRITTEN, of=1)
    case = world.perform(case, "represent", "clerk", **CHANGED)
    assert [each["state"] for each in case.marks["agents"].values()] == ["ended", "valid"]
    assert case.marks["agents"]["1"]["why"] == "left"
    assert "结束了" in refused(world, case, "add_material", words="补一份。", agent=1)["agent"]
    assert "代办到此为止：孟小兰（女儿）" in told_at(case, "represent") and found() == []


def test_who_died_lets_nobody_act_and_who_carries_on_may(world: World) -> None:
    case = world.perform(world.case("handling"), "authorise", "clerk", **WRITTEN)
    case = world.perform(case, "succeed", "clerk", on=TODAY, successor="孟小兰", kinship="女儿")
    assert "代办到此为止：孟小兰（女儿）" in told_at(case, "succeed")
    assert "of" in refused(world, case, "authorise", **{**WRITTEN, "name": "孟小强"}, of=1)
    case = world.perform(case, "authorise", "clerk", **{**WRITTEN, "name": "孟小强"})
    assert case.marks["agents"]["2"]["of"] == 2 and found() == []


def test_every_step_that_asks_who_acted_has_its_scope_and_no_other_asks() -> None:
    asking = {name for name, step in EDITION.actions.items() if any(field.kind == "agent" for field in step.fields)}
    assert asking == {*SCOPE_OF, *agents.ENDING}


def test_two_agents_of_one_name_without_a_telephone_are_two(world: World) -> None:
    case = world.register(**COUPLE)
    for of in (1, 2):
        given = GIVES_UP | {"of": of, "phone": "", "files": [paper()]}
        case = world.perform(case, "authorise", "clerk", **given)
    asked = {"way": "visit", "on": TODAY, "freely": True, "agent": 1, "files": [paper()]}
    assert "还差：孟庆国" in refused(world, case, "withdraw", **asked)["also"]
