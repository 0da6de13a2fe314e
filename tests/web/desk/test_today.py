"""我的一天: what is due, in order."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.cases import drafts, sweep
from huiyin.cases.models import Case
from huiyin.procedure.calendars import default
from huiyin.web.desk import today
from huiyin.web.desk.day_groups import ahead, near_holiday
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


def test_rows_are_grouped_by_when_they_are_due_and_the_first_nine_have_keys(
    world: World, at_desk: Any, read: Any
) -> None:
    late = world.register(now=NOW - 30 * DAYS, title="早该告知的")
    today = world.register(now=NOW - 15 * DAYS, title="今天到期的")
    later = world.register(now=NOW, title="刚收到的")
    html = at_desk("clerk").get("/desk/").content.decode()
    headings = re.findall(r'<tr class="group"><th[^>]*>([^<]+)<', html)
    assert headings == ["已超期", "今天 3月2日", "再往后"]
    links = re.findall(r'href="/desk/cases/([^/]+)/" data-open data-key="(\d)"', html)
    assert links == [(late.no, "1"), (today.no, "2"), (later.no, "3")]
    assert "今天到期" in html and "已超期" in html and "第二十三条" in html


def test_without_a_statutory_term_a_matter_stands_still_and_is_not_called_late(world: World, at_desk: Any) -> None:
    still = world.register(now=NOW - 30 * DAYS, petitioners=[])  # nobody who could be told: no notice is owed
    assert still.due_term == "" and still.due_on is not None and still.due_on < NOW.date()
    html = at_desk("clerk").get("/desk/").content.decode()
    assert re.findall(r'<tr class="group"><th[^>]*>([^<]+)<', html) == ["停着没有动"]


def test_a_row_says_what_to_do_or_what_it_waits_for(world: World, at_desk: Any, read: Any) -> None:
    world.case("handling", title="要查的")
    world.case("drafted", title="等核签的")
    words = read(at_desk("handler").get("/desk/")).words
    assert "添加调查记录" in words or "拟写处理意见" in words
    assert "科室负责人核签" in words


def test_heads_and_leaders_see_what_waits_for_their_decision(world: World, at_desk: Any, read: Any) -> None:
    world.case("registered", title="等受理的")
    world.case("drafted", title="等核签的")
    world.case("approved", title="等签发的")
    head = read(at_desk("head").get("/desk/")).words
    assert "等我决定的" in head and "等核签的" in head and "等签发的" not in head
    leader = read(at_desk("leader").get("/desk/")).words
    assert "签发处理意见书 等签发的" in leader and "等核签的" not in leader


def test_a_leader_sees_all_that_waits_for_their_decision_and_what_each_asks(
    world: World, at_desk: Any, read: Any
) -> None:
    world.case("registered", title="等受理的")
    world.case("accepted", title="等交办的")
    world.case("approved", title="等签发的")
    world.case("drafted", title="等核签的")
    world.case("handling", now=NOW - 59 * DAYS, title="快到六十日的")
    world.case("handling", now=NOW - 40 * DAYS, title="还早的")
    world.case("handling", now=NOW - 90 * DAYS, title="已经过了的")
    words = read(at_desk("leader").get("/desk/")).words
    for asked in ("受理 等受理的", "交办 等交办的", "签发处理意见书 等签发的", "是否延期 快到六十日的"):
        assert asked in words, asked
    assert "等核签的" not in words and "还早的" not in words and "已经过了的" not in words


def test_what_was_extended_is_not_asked_again(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("handling", now=NOW - 59 * DAYS, title="延过的")
    assert "延过的" in read(at_desk("leader").get("/desk/")).words
    world.perform(case, "extend", "leader", days="1", reason="要核对十年的台账。")
    assert "延过的" not in read(at_desk("leader").get("/desk/")).words


def test_names_are_masked(world: World, at_desk: Any, read: Any) -> None:
    world.register()
    words = read(at_desk("clerk").get("/desk/")).words
    assert "孟*兰" in words and "孟庆兰" not in words


def test_drafts_wait_at_the_side(world: World, at_desk: Any, read: Any) -> None:
    draft, _ = drafts.begin(by=world.actor("clerk"), now=NOW, data={"title": "写到一半的"})
    page = read(at_desk("clerk").get("/desk/"))
    assert "写到一半的" in page.words and f"/desk/register/{draft.pk}/" in page.links
    assert "写到一半的" not in read(at_desk("handler").get("/desk/")).words


def test_who_is_told_of_an_alarm_sees_it_and_supervisors_how_many_nobody_noted(
    world: World, at_desk: Any, read: Any
) -> None:
    world.register(now=NOW - 30 * DAYS, title="早该告知的")
    sweep.sweep(now=NOW)
    overseen = read(at_desk("supervisor").get("/desk/")).words
    assert "现在没有要您办的事项。 您管的科室有1件告警还没有人知悉 看督办" in overseen and "新的来件" not in overseen
    assert "1件等您知悉 早该告知的" in read(at_desk("clerk").get("/desk/")).words
    assert "告警" not in read(at_desk("handler").get("/desk/")).words


def test_an_empty_day_says_so(world: World, at_desk: Any, read: Any) -> None:
    assert "现在没有要您办的事项" in read(at_desk("handler").get("/desk/")).words


@pytest.mark.parametrize("name", ["system_admin", "security_admin", "auditor"])
def test_administrators_see_no_case_and_only_their_own_pages(world: World, at_desk: Any, read: Any, name: str) -> None:
    world.register(title="不该看到的")
    assert at_desk(name).get("/desk/").url == "/admin/"
    page = read(at_desk(name).get("/desk/", follow=True))
    assert "都不看事项" in page.words and "不该看到的" not in page.words
    assert at_desk(name).get("/desk/cases/").status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_work(
    world: World, at_desk: Any, django_assert_num_queries: Any
) -> None:
    client = at_desk("clerk")
    world.register()
    client.get("/desk/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/")
    for _ in range(12):
        world.register()
    with django_assert_num_queries(len(few)):
        client.get("/desk/")
    assert Case.objects.count() == 13


def test_before_a_holiday_the_remaining_working_days_are_said() -> None:
    day = date(2026, 2, 12)
    assert ahead(near_holiday(default(), day), day) == "春节前还有今天、13日、14日（周六上班）"
    assert near_holiday(default(), date(2026, 3, 2)) is None


def test_of_very_much_work_the_most_urgent_is_listed_and_the_page_says_so(
    world: World, at_desk: Any, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "ROWS", 2)
    for days in (10, 30, 20):
        world.register(now=NOW - days * DAYS, title=f"{days}天前的")
    words = read(at_desk("clerk").get("/desk/")).words
    assert "30天前的" in words and "20天前的" in words and "10天前的" not in words
    assert "先列最急的2件，上面的件数也只数这些。 看全部事项" in words
