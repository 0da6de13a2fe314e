"""撤回 by one of several in the portal: their own part alone, with what it means for the others said before."""

from __future__ import annotations

from django.test import Client

from huiyin.cases.models import Case, Petitioner
from huiyin.kernel import clock
from tests.web.portal.reading import words
from tests.web.portal.test_filing import hand_in
from tests.world import World

OTHER = {
    "people_count": 2,
    "representatives": [1],
    "joined": "李桂珍，13800000001",
    "main": 1,
    "reason": "两位一起来说的。",
}


def brought_by_two(client: Client, world: World) -> Case:
    case = hand_in(client)
    return world.perform(case, "represent", "clerk", now=clock.now(), **OTHER)


def test_what_it_means_for_the_others_is_said_before(client: Client, world: World) -> None:
    case = brought_by_two(client, world)
    assert "撤回我自己的一份" in words(client.get(f"/matter/{case.no}/"))
    page = words(client.get(f"/matter/{case.no}/take-back/"))
    assert "其他人的照办，期限不变" in page and "这件事的结果也不再告诉您" in page and "得每一位都同意" in page


def test_only_the_part_of_who_says_so_is_taken_back_and_this_browser_forgets_the_matter(
    client: Client, world: World
) -> None:
    case = brought_by_two(client, world)
    done = words(client.post(f"/matter/{case.no}/take-back/", {"name": "孟庆兰", "tail": "0000", "reason": "不提了。"}))
    assert "您撤回了自己的一份" in done
    case.refresh_from_db()
    assert (case.state, case.petitioner_name, case.people_count) == ("registered", "李桂珍", 1)
    assert Petitioner.everyone.get(case=case, name="孟庆兰", until=case.version)
    assert client.get(f"/matter/{case.no}/").status_code == 302
    assert client.get("/file/done/").headers["Location"] == "/file/"


def test_nobody_takes_back_for_another_or_under_a_wrong_name(client: Client, world: World) -> None:
    case = brought_by_two(client, world)
    for typed in ({"name": "李桂珍", "tail": "0000"}, {"name": "", "tail": "0000"}, {"name": "孟庆兰", "tail": ""}):
        assert "对不上，没有撤回" in words(client.post(f"/matter/{case.no}/take-back/", typed))
    case.refresh_from_db()
    assert case.state == "registered" and case.petitioners.count() == 2
