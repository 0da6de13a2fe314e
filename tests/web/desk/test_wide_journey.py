"""The list and the board on screens of every usual width, in both languages and sizes: nothing is pushed sideways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from huiyin.cases.sweep import sweep
from tests.desk import Desk
from tests.world import NOW, World

WIDTHS = (1024, 1100, 1180, 1280, 1366, 1440)
HIDDEN = """[document.documentElement, ...document.querySelectorAll('.scroll')]
    .map((frame) => frame.scrollWidth - frame.clientWidth).filter((more) => more > 0)"""


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_list_and_the_board_fit_at_every_width(
    desk: Desk, transactional_world: World, size: str, language: str
) -> None:
    world = transactional_world
    for days, title in (
        (70, "上个采暖季的取暖补贴一直没有到账"),
        (14, "补充医疗保险报销比例的问题"),
        (58, "视同缴费年限的认定"),
    ):
        world.case("handling", now=NOW - timedelta(days=days), title=title)
    world.case("forwarded", now=NOW - timedelta(days=20))
    sweep(now=NOW)
    page = desk("leader")
    cookies = {"desk_size": size, "django_language": "en" if language == "en" else "zh-hans"}
    page.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in cookies.items()])
    wide = {}
    for address in ("/desk/cases/", "/desk/board/"):
        page.goto(address)
        assert page.locator("tbody tr").count() > 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if more := page.evaluate(HIDDEN):
                wide[address, width] = more
    assert not wide
