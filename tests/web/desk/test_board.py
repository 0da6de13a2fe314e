"""督办: the board, urging what was ticked, taking note of an alarm, and who is away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases.models import Case
from huiyin.cases.supervision.models import Alarm
from huiyin.cases.sweep import sweep
from huiyin.people.models import Absence
from tests.web.desk.test_query_counts import counted, fill
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
def late(world: World) -> Case:
    case = world.case("handling", now=NOW - 70 * DAYS, title="拖了很久的")
    sweep(now=NOW)
    return case


def test_the_board_counts_by_office_and_each_count_opens_its_matters(
    world: World, late: Case, at_desk: Any, read: Any
) -> None:
    page = read(at_desk("supervisor").get("/desk/board/"))
    assert "拖了很久的" in page.words and "待遇核发科" in page.words and "handler" in page.words
    link = f"/desk/board/?show=late&office={world.section.pk}#alarms"
    assert link in page.links
    assert "拖了很久的" in read(at_desk("supervisor").get(link)).words
    assert "这一类没有告警" in read(at_desk("supervisor").get("/desk/board/?show=soon")).words


def test_nobody_sees_alarms_of_offices_that_are_not_below_theirs(
    world: World, late: Case, at_desk: Any, read: Any
) -> None:
    for name in ("other_head", "sister_leader", "counter_head"):
        assert "拖了很久的" not in read(at_desk(name).get("/desk/board/")).words, name
    assert at_desk("handler").get("/desk/board/").status_code == 403


def test_ticked_matters_are_urged_together_and_one_that_cannot_be_is_named(
    world: World, late: Case, at_desk: Any, read: Any
) -> None:
    other, settled = world.case("accepted"), world.case("closed")
    sent = {"no": [late.no, other.no, settled.no], "words": "请本周办结。", "key": "k1"}
    answer = at_desk("supervisor").post("/desk/board/urge/?show=late", sent, follow=True)
    words = read(answer).words
    assert "催办了2件" in words and settled.no in words
    assert [event.facts["words"] for event in late.events.filter(action="urge")] == ["请本周办结。"]
    at_desk("supervisor").post("/desk/board/urge/", sent)
    assert late.events.filter(action="urge").count() == 1


def test_whoever_answers_for_it_takes_note_and_says_what_they_will_do(
    world: World, late: Case, at_desk: Any, read: Any
) -> None:
    alarm, client = Alarm.objects.get(case=late, kind="late"), at_desk("handler")
    assert "拖了很久的" in read(client.get("/desk/")).words
    page = read(client.post(f"/desk/alarms/{alarm.pk}/", {"promise": "", "promised_on": ""}))
    assert "请写明要做什么" in page.words
    page = read(client.post(f"/desk/alarms/{alarm.pk}/", {"promise": "今天拟好意见。", "promised_on": "改天"}))
    assert "请写哪天" in page.words and page.fields["promised_on"] == "改天"
    answer = client.post(f"/desk/alarms/{alarm.pk}/", {"promise": "今天拟好意见。", "promised_on": "3.3"})
    assert answer.status_code == 302
    assert f"/desk/alarms/{alarm.pk}/" not in read(client.get("/desk/")).links
    assert "handler知悉，说好3月3日做到：今天拟好意见。" in read(at_desk("head").get("/desk/board/?show=all")).words
    again = at_desk("head").post(f"/desk/alarms/{alarm.pk}/", {"promise": "我来办。", "promised_on": "2026-03-03"})
    assert again.status_code == 409 and "已经有人知悉" in read(again).words


def test_an_absence_is_entered_with_a_deputy_and_taken_back(world: World, at_desk: Any, read: Any) -> None:
    client, me, other = at_desk("handler"), world.staff["handler"].pk, world.staff["other_handler"].pk
    sent = {"staff": me, "from_on": "2026-03-02", "to_on": "2026-03-05", "deputy": other}
    assert "要在开始之后" in read(client.post("/desk/absence/", sent | {"to_on": "2026-03-01"})).words
    assert "other_handler代办" in read(client.post("/desk/absence/", sent, follow=True)).words
    stranger = client.post("/desk/absence/", sent | {"staff": world.staff["head"].pk})
    assert stranger.status_code == 200 and Absence.objects.count() == 1
    client.post(f"/desk/absence/{Absence.objects.get().pk}/end/")
    assert not Absence.objects.exists()


def test_the_board_asks_the_same_of_no_alarm_and_of_sixty(world: World, at_desk: Any) -> None:
    found = set()
    for more in (0, 5, 55):
        fill(world, more)
        sweep(now=NOW + 20 * DAYS)
        found.add(counted(at_desk("supervisor"), "/desk/board/?show=all"))
    assert len(found) == 1 and found.pop() <= 6
