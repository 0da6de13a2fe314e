"""分件: a letter of several matters is registered item by item; nothing is handed in again, no term is won, nothing sealed leaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.cases import links, petitioners, policy, services
from huiyin.cases.models import Case, CaseEvent
from huiyin.cases.verification import verify
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel.errors import Conflict, Forbidden, Invalid, Refused
from tests.cases.test_people import WRITTEN
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
ITEM = {
    "title": "楼道灯坏了",
    "text": "我们楼道的灯坏了半年，请修好。",
    "part_claims": "修好楼道灯",
    "purpose": "suggestion",
}


def split(world: World, case: Case, *, by: str = "clerk", key: str | None = None, **facts: Any) -> CaseEvent:
    return services.perform(case, "split", by=world.actor(by), now=LATER, facts={**ITEM, **facts}, key=key)


def item_of(event: CaseEvent) -> Case:
    return Case.objects.select_related("office").get(no=event.facts["part"])


def paper(name: str) -> StoredFile:
    upload = SimpleUploadedFile(name, f"{name}：来信的一页".encode())
    return documents.keep_upload(upload, by="clerk", now=NOW)


def test_the_item_is_a_matter_of_its_own_that_keeps_the_day_of_the_letter_and_who_brought_it(world: World) -> None:
    first = world.register()
    item = item_of(split(world, first, claims="补发取暖补贴"))
    assert (item.title, item.text, item.purpose, item.state) == (
        ITEM["title"],
        ITEM["text"],
        "suggestion",
        "registered",
    )
    assert item.no != first.no and item.receipt_code != first.receipt_code
    for name in ("received_on", "channel", "office_id", "responsible_id", "first_asked_id", "petitioner_name"):
        assert getattr(item, name) == getattr(first, name), name
    (one,) = item.petitioners.all()
    assert (one.name, one.phone, one.address) == ("孟庆兰", "13800000000", "湖滨路2号")
    assert [claim.text for claim in item.claims.all()] == ["修好楼道灯"]
    assert [claim.text for claim in first.claims.all()] == ["补发取暖补贴"]
    terms = [list(case.clocks.values_list("term", "start_on", "due_on")) for case in (first, item)]
    assert terms[0] == terms[1] != []
    assert list(verify()) == []


def test_the_first_stays_as_it_was_and_both_are_linked(world: World) -> None:
    first = world.register()
    item = item_of(split(world, first))
    fresh = Case.objects.get(pk=first.pk)
    assert (fresh.state, fresh.text, fresh.marks, fresh.claims.count()) == ("registered", first.text, first.marks, 2)
    (act,) = links.standing(links.acts(first, world.actor("clerk")))
    assert (act.other, act.row.kind, act.later) == (item, "split", False)
    kept = CaseEvent.objects.get(case=first, action="split")
    assert kept.facts == {"part": item.no}, "the first says nothing of what the item says"


def test_sent_twice_under_one_key_it_is_one_item_and_an_old_page_splits_nothing(world: World) -> None:
    first = world.register()
    assert split(world, first, key="desk:1:a") == split(world, first, key="desk:1:a")
    assert Case.objects.count() == 2
    with pytest.raises(Conflict):
        services.perform(first, "split", by=world.actor("clerk"), now=LATER, facts=ITEM, version=1, key="desk:1:b")
    assert Case.objects.count() == 2


def test_only_papers_of_the_letter_go_along_and_only_those_that_are_named(world: World) -> None:
    mine, other, foreign = paper("信.txt"), paper("照片.txt"), paper("别人的.txt")
    first = world.register(files=[mine.pk, other.pk])
    item = item_of(split(world, first, files=[other.pk]))
    assert [row.file for row in item.files.all()] == [other] and first.files.count() == 2
    with pytest.raises(Invalid) as refused:
        split(world, first, files=[foreign.pk])
    assert set(refused.value.errors) == {"files"} and Case.objects.count() == 2


def test_what_the_office_keeps_for_itself_stays_with_the_letter(world: World) -> None:
    own = paper("监护证明.txt")
    given = {"name": "孟小兰", "relation": "女儿", "phone": "13800000009", "scope": ["papers"], "from_on": "2026-03-02"}
    first = world.perform(
        world.register(), "authorise", "clerk", basis="guardian", until_on="", files=[own.pk], **given
    )
    with pytest.raises(Invalid) as refused:
        split(world, first, files=[own.pk])
    assert set(refused.value.errors) == {"files"}


def test_what_is_missing_is_named_and_nothing_is_left_behind(world: World) -> None:
    first = world.register()
    for facts, place in (({"title": ""}, "title"), ({"text": " "}, "text"), ({"topic": "nowhere"}, "topic")):
        with pytest.raises(Invalid) as refused:
            split(world, first, **facts)
        assert set(refused.value.errors) == {place}
    assert (Case.objects.count(), Case.objects.get().version) == (1, 1)


def test_whoever_may_act_on_the_letter_may_act_on_the_item_by_the_same_paper(world: World) -> None:
    first = world.register(petitioners=[{"name": "孟庆兰"}, {"name": "孟庆国"}, {"name": "赵铁柱"}], people_count=3)
    first = world.perform(first, "represent", "clerk", people_count=2, main=3, left=[1], reason="一位不参加了。")
    written, until = paper("委托书.txt"), (LATER + timedelta(days=30)).date().isoformat()
    given = {"name": "孟小兰", "relation": "女儿", "phone": "13800000009", "scope": ["papers"], "from_on": "2026-03-02"}
    first = world.perform(
        first, "authorise", "clerk", **given, basis="written", until_on=until, of=3, files=[written.pk]
    )
    over = given | {"name": "别人", "basis": "oral", "heard": "念过。", "until_on": "2026-03-03"}
    first = world.perform(first, "authorise", "clerk", **over, of=2)
    item = item_of(split(world, first))
    (agent,) = item.agents.all()
    assert (agent.name, agent.relation, agent.phone) == ("孟小兰", "女儿", "13800000009")
    assert item.petitioners.get(number=item.marks["agents"]["1"]["of"]).name == "赵铁柱"
    same = ("scope", "basis", "from_on", "until_on", "state")
    assert all(item.marks["agents"]["1"][name] == first.marks["agents"]["1"][name] for name in same)
    assert [row.file for row in item.files.all()] == [written] and list(verify()) == []
    world.perform(item, "add_material", "clerk", now=LATER, words="补一份。", agent=1)


def test_of_a_sealed_letter_no_authorisation_goes_along(world: World) -> None:
    first = world.register(purpose="accusation", title="反映截留补贴", claims=[])
    heard = {"basis": "oral", "heard": "问过。", "from_on": "2026-03-02", "until_on": "2026-05-02", "scope": ["papers"]}
    first = world.perform(first, "authorise", "clerk", name="孟小兰", relation="女儿", **heard)
    assert not item_of(split(world, first)).agents.exists()


def test_an_accusation_is_not_taken_out_of_an_open_letter(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        split(world, world.register(), purpose="accusation")
    assert "第三十条" in str(refused.value.errors["purpose"].zh) and Case.objects.count() == 1


def test_out_of_a_sealed_letter_the_other_matter_goes_its_open_way_and_tells_nothing_of_it(world: World) -> None:
    first = world.register(purpose="accusation", title="反映截留补贴", claims=[])
    item = item_of(split(world, first))
    assert first.sealed and not item.sealed
    assert {name for name in world.staff if policy.may(world.actor(name), "see", item)} > {"clerk", "leader"}
    told = [*item.events.values_list("facts", flat=True), *item.events.values_list("effects", flat=True), item.marks]
    assert first.no not in str(told) and "截留" not in str(told)
    assert links.acts(item, world.actor("supervisor")) == [] != links.acts(item, world.actor("clerk"))
    with pytest.raises(Forbidden):
        split(world, first, by="head")


def test_an_item_that_turns_out_to_be_an_accusation_waits_for_its_letter_to_be_sealed_first(world: World) -> None:
    first = world.register()
    item = item_of(split(world, first))
    inner = item_of(split(world, item, title="里面还有一件"))
    for letter in (first, item):
        for waiting in {item, inner} - {letter}:
            with pytest.raises(Refused) as refused:
                world.perform(
                    waiting, "reclassify", "leader", now=LATER, reason="反映的是截留补贴。", accused="outside"
                )
            assert refused.value.code == "letter_open" and not Case.objects.get(pk=waiting.pk).sealed
            assert f"（{letter.no}）" in refused.value.zh and f"({letter.no})" in refused.value.en
        assert world.perform(
            letter, "reclassify", "leader", now=LATER, reason="反映的是截留补贴。", accused="outside"
        ).sealed
    assert world.perform(
        inner, "reclassify", "leader", now=LATER, reason="反映的是截留补贴。", accused="outside"
    ).sealed
    assert list(verify()) == []


def test_an_item_is_sealed_though_its_answered_letter_can_no_longer_be(world: World) -> None:
    first = world.register()
    item = item_of(split(world, first))
    for reached, action, by, facts in world.path(LATER, "delivered"):
        if first.state != "delivered":
            first = world.perform(first, action, by, now=LATER, **facts)
            assert first.state == reached
    assert world.perform(item, "reclassify", "leader", now=LATER, reason="反映的是截留补贴。", accused="outside").sealed


def test_an_item_does_not_wait_for_somebody_elses_letter_to_be_sealed(world: World) -> None:
    first = world.register()
    item = item_of(split(world, first))
    Case.objects.filter(pk=first.pk).update(office=world.sister, responsible=world.staff["sister_clerk"], first_asked=world.staff["sister_clerk"])  # fmt: skip
    assert world.perform(
        item, "reclassify", "counter_head", now=LATER, reason="反映的是截留补贴。", accused="outside"
    ).sealed


def test_it_is_for_registered_matters_alone(world: World) -> None:
    with pytest.raises(Refused) as refused:
        split(world, world.case("handling"))
    assert refused.value.code == "wrong_state"


def test_who_died_before_the_letter_was_split_is_dead_in_the_item_too(world: World) -> None:
    first = world.perform(world.register(), "succeed", "clerk", on=NOW.date().isoformat(), successor="孟小兰")
    item = item_of(split(world, first))
    assert item.marks["died"] == [1] and [row.name for row in petitioners.living(item, item.petitioners.all())] == [
        "孟小兰"
    ]
    assert list(verify()) == []


def test_an_item_about_the_clerks_own_office_is_split_off_with_its_authorisations(world: World) -> None:
    first = world.perform(world.register(**world.to("handler")), "authorise", "clerk", **WRITTEN)
    item = item_of(split(world, first, accused=world.actor("clerk").office_id))
    assert item.agents.get().name == "孟小兰" and not policy.may(world.actor("clerk"), "see", item)
