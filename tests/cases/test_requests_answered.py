"""Art. 32: every request that was registered has its answer, or the record says why not; the same where all ends otherwise (Art. 33)."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases.models import Alarm, Case
from huiyin.kernel.errors import Invalid
from tests.cases.test_other_ways import FOUND, REPLY, SETTLED
from tests.ways import ANSWERS, paper
from tests.world import World

pytestmark = pytest.mark.django_db
FIRST, SECOND = ANSWERS
WHY = "和第一项是一件事，一起答复。"


def draft(world: World, case: Case | None = None, **facts: Any) -> Case:
    case = case or world.perform(world.case("handling"), "investigate", "handler", **FOUND)
    given = {"facts": "面积录入有误。", "superior": "云江省电力公司", **facts}
    return world.perform(case, "draft", "handler", **given)


def drafted(case: Case) -> dict[str, Any]:
    return case.events.filter(action="draft").latest("seq").facts


@pytest.mark.parametrize(
    "rows", [[FIRST], [FIRST, SECOND | {"text": " "}], [FIRST, FIRST], [FIRST, SECOND | {"text": "别的事"}]]
)
def test_a_request_that_was_registered_is_not_left_out_without_a_word(world: World, rows: list[dict[str, str]]) -> None:
    with pytest.raises(Invalid) as refused:
        draft(world, claims=rows)
    assert set(refused.value.errors) == {"left_out"}


def test_what_is_left_out_stands_in_the_record_with_its_reason_and_rings_like_a_refusal(world: World) -> None:
    case = draft(world, claims=[FIRST], left_out=WHY)
    assert drafted(case)["omitted"] == ["说明标准"] and drafted(case)["left_out"] == WHY
    case = world.perform(world.perform(case, "approve", "head"), "issue", "leader")
    assert Alarm.objects.filter(case=case, kind="refused").exists()


def test_a_draft_that_answers_all_rings_nothing(world: World) -> None:
    case = world.perform(world.perform(draft(world, claims=ANSWERS), "approve", "head"), "issue", "leader")
    assert "omitted" not in drafted(case) and not Alarm.objects.filter(case=case, kind="refused").exists()


def test_other_words_for_a_request_stand_beside_its_own(world: World) -> None:
    case = draft(world, claims=[FIRST, SECOND | {"text": "讲清标准怎么定的", "of": 2}])
    assert [(row["of"], row.get("was")) for row in drafted(case)["claims"]] == [(1, None), (2, "说明标准")]
    assert [claim.text for claim in case.claims.all()] == ["补发取暖补贴", "讲清标准怎么定的"]


def test_a_request_that_one_draft_left_out_is_asked_for_by_the_next_one_again(world: World) -> None:
    case = world.perform(draft(world, claims=[FIRST], left_out=WHY), "return", "head", reason="第二项单独答。")
    with pytest.raises(Invalid):
        draft(world, case, claims=[FIRST])
    case = draft(world, case, claims=ANSWERS)
    assert case.marks["left_out"] is None


def test_an_agreement_ends_only_a_matter_whose_requests_it_covers_all(world: World) -> None:
    case = world.case("handling")
    agreed = SETTLED | {"perform_by": "2026-03-20", "files": [paper()]}
    for covers in ([], [1], [2, 7]):
        with pytest.raises(Invalid) as refused:
            world.perform(case, "settle", "handler", **agreed | {"covers": covers})
        assert "拟写处理意见" in str(refused.value.errors["covers"])
    case = world.perform(case, "settle", "handler", **agreed | {"covers": ["1", "2"]})
    assert case.state == "agreed" and case.events.latest("seq").facts["covers"] == [1, 2]


def test_where_no_request_was_registered_an_agreement_is_about_the_whole_matter(world: World) -> None:
    case = world.case("handling", claims=[])
    facts = SETTLED | {"perform_by": "2026-03-20", "files": [paper()], "covers": []}
    assert world.perform(case, "settle", "handler", **facts).state == "agreed"


def test_the_reply_on_a_duty_answers_every_request(world: World) -> None:
    case = world.case("duty")
    with pytest.raises(Invalid) as refused:
        world.perform(case, "draft_duty", "handler", outcome="performed", **REPLY | {"covers": [1]})
    assert "分出一件" in str(refused.value.errors["covers"])
    assert world.perform(case, "draft_duty", "handler", outcome="performed", **REPLY).state == "drafted"
