"""What the page of a step says beside its form: terms, what comes first, the places for papers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.world import World

pytestmark = pytest.mark.django_db


def test_where_the_terms_have_ended_nothing_is_said_to_go_on(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("closed")
    words = read(at_desk("clerk").get(f"/desk/cases/{case.no}/do/archive/")).words
    assert "办理的期限都走完了；信访人请求复查、复核的日子照算。" in words and "期限不动" not in words
    case.clocks.filter(stopped_on=None).update(stopped_on="2026-03-02", outcome="lapsed")
    words = read(at_desk("clerk").get(f"/desk/cases/{case.no}/do/archive/")).words
    assert "没有在走的期限。" in words and "期限不动" not in words


def test_a_draft_without_an_investigation_leads_to_adding_its_record(world: World, at_desk: Any) -> None:
    case = world.case("handling")
    page = f"/desk/cases/{case.no}/do/"
    there = f'先做：<a href="{page}investigate/">添加调查记录</a>'
    assert there in at_desk("handler").get(f"{page}draft/").content.decode()
    facts = {"kind": "files", "on": "2026-03-02", "source": "发放名册", "found": "少录面积。"}
    world.perform(case, "investigate", "handler", **facts)
    assert "先做：" not in at_desk("handler").get(f"{page}draft/").content.decode()


def test_a_place_for_files_has_its_name_and_says_whether_it_may_stay_empty(world: World, at_desk: Any) -> None:
    handled = at_desk("handler").get(f"/desk/cases/{world.case('handling').no}/do/investigate/").content.decode()
    assert '<label class="field-label" for="step-files">调查材料<span class="field-optional">（可以不填）' in handled
    asked = world.perform(
        world.case("delivered"), "request_review", "petitioner", received_on="2026-03-02", request="不服。"
    )
    outside = at_desk("clerk").get(f"/desk/cases/{asked.no}/do/record_review/").content.decode()
    assert '<label class="field-label" for="step-files">意见书（扫描件或者照片）</label>' in outside
    assert "送达凭证也可以附" in outside, "what the table says of the papers isn't lost over how files are given"
