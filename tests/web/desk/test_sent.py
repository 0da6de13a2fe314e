"""What was passed on, at the desk of whoever sent it: their day, their list, the page with its steps, and the forms."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases.models import Case
from tests.ways import OBJECTED
from tests.web.desk.test_steps import send, state
from tests.world import NOW, World

pytestmark = pytest.mark.django_db


def sent(world: World, **more: Any) -> Case:
    """Passed on by the head of a section, who stands beside the unit that gets it."""
    case = world.perform(world.register(), "hand_over", "clerk", **world.to("head"), reason="归待遇科。")
    return world.perform(case, "forward", "head", **world.to("sister_leader"), mode="forward", **more)


def test_an_objection_waits_in_the_senders_day_and_is_decided_from_there(world: World, at_desk: Any, read: Any) -> None:
    case = world.perform(sent(world), "object", "sister_leader", **OBJECTED)
    client = at_desk("head")
    day = read(client.get("/desk/")).words
    assert "我们转出去的" in day and "核实异议" in day and "告知去向" in day
    page = read(client.get(f"/desk/cases/{case.no}/"))
    assert "同意退回，改派" in page.words and "受理" not in [step.strip() for step in page.words.split()]
    assert OBJECTED["reason"] in read(client.get(f"/desk/cases/{case.no}/do/refuse_return/")).words
    send(client, case, "refuse_return", reason="职责清单第三条就是该所。")
    assert state(case) == "forwarded" and "核实异议" not in read(client.get("/desk/")).words
    assert "我们转出去的" not in read(at_desk("other_head").get("/desk/")).words


def test_what_comes_back_is_given_to_those_who_can_arrange_it_anew_and_never_to_the_office_it_is_about(
    world: World, at_desk: Any
) -> None:
    case = world.perform(sent(world), "object", "sister_leader", **OBJECTED)
    html = at_desk("head").get(f"/desk/cases/{case.no}/do/agree_return/").content.decode()
    chosen = html[html.index('<select name="staff"') : html.index("</select>")]
    assert ">clerk<" in chosen and ">leader<" in chosen
    assert ">handler<" not in chosen and "sister_" not in chosen
    about = world.perform(
        world.register(accused=world.counter.pk), "forward", "leader", **world.to("sister_leader"), mode="forward"
    )
    about = world.perform(about, "object", "sister_leader", **OBJECTED)
    html = at_desk("leader").get(f"/desk/cases/{about.no}/do/agree_return/").content.decode()
    chosen = html[html.index('<select name="staff"') : html.index("</select>")]
    assert ">clerk<" not in chosen and ">leader<" in chosen


def test_a_person_who_is_not_chosen_is_asked_for_once(world: World, at_desk: Any, read: Any) -> None:
    case = world.perform(sent(world), "object", "sister_leader", **OBJECTED)
    html = send(at_desk("head"), case, "agree_return", checked="查过。").content.decode()
    at_field = html[html.index('id="step-staff-error"') :]
    assert at_field[: at_field.index("</p>")].count("请") == 1


def test_the_list_of_what_was_passed_on_is_one_tab(world: World, at_desk: Any, read: Any) -> None:
    case = sent(world)
    listed = read(at_desk("head").get("/desk/cases/?relation=sent"))
    assert case.no in listed.words or case.title in listed.words
    assert case.title not in read(at_desk("other_head").get("/desk/cases/?relation=sent")).words


def test_the_whole_file_stays_with_who_handles_it(world: World, at_desk: Any) -> None:
    case = sent(world)
    assert at_desk("head").get(f"/desk/cases/{case.no}/").status_code == 200
    assert at_desk("head").get(f"/desk/cases/{case.no}/archive/").status_code in {403, 404}


def test_the_office_that_a_form_asks_about_is_chosen_from_the_tree(world: World, at_desk: Any) -> None:
    case = world.case("handling", now=NOW)
    shown = at_desk("leader").get(f"/desk/cases/{case.no}/do/reclassify/")
    assert str(world.section.pk) in [key for key, _ in shown.context["form"].fields["accused"].choices]
    send(at_desk("leader"), case, "reclassify", reason="反映的是干部。", accused=str(world.section.pk))
    assert Case.objects.get(pk=case.pk).accused == world.section
