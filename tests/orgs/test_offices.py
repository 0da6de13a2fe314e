"""The tree of offices: where an office can stand, what moves with it, what keeps it open."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.errors import Refused
from huiyin.orgs import queries, services
from huiyin.orgs.models import Competence, Office, Topic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def unit() -> Office:
    return services.create_office(name="东河供电公司", kind="unit", letter_prefix="东供信")


def section(name: str, parent: Office) -> Office:
    return services.create_office(name=name, kind="section", parent=parent)


def test_a_path_holds_the_ids_from_the_root(unit: Office) -> None:
    office = section("离退休工作部", unit)
    assert unit.path == f"{unit.pk:06d}."
    assert office.path == f"{unit.pk:06d}.{office.pk:06d}."


def test_a_subtree_is_found_by_its_path_and_nothing_else(unit: Office) -> None:
    office = section("离退休工作部", unit)
    below = section("活动中心", office)
    other = services.create_office(name="西河供电公司", kind="unit")
    assert queries.subtree_ids(office.path) == [office.pk, below.pk]
    assert queries.subtree_ids(unit.path) == [unit.pk, office.pk, below.pk]
    assert other.pk not in queries.subtree_ids(unit.path)


def test_moving_an_office_moves_all_below_it(unit: Office) -> None:
    first, second = section("一部", unit), section("二部", unit)
    below = section("小组", first)
    services.move_office(office=first, parent=second)
    below.refresh_from_db()
    assert below.path == f"{second.path}{first.pk:06d}.{below.pk:06d}."
    assert set(queries.subtree_ids(second.path)) == {second.pk, first.pk, below.pk}


def test_an_office_can_not_hang_below_itself(unit: Office) -> None:
    office = section("一部", unit)
    below = section("小组", office)
    for parent in (office, below):
        with pytest.raises(Refused, match="下面"):
            services.move_office(office=office, parent=parent)


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\n"])
def test_an_office_needs_a_name(name: str) -> None:
    with pytest.raises(Refused) as refused:
        services.create_office(name=name, kind="unit")
    assert refused.value.field == "name"


def test_a_name_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(Refused, match="81"):
        services.create_office(name="长" * 81, kind="unit")


def test_sisters_have_different_names_and_roots_too(unit: Office) -> None:
    section("一部", unit)
    with pytest.raises(Refused, match="一部"):
        section(" 一部 ", unit)
    with pytest.raises(Refused):
        services.create_office(name="东河供电公司", kind="unit")


def test_a_section_stands_below_a_unit(unit: Office) -> None:
    with pytest.raises(Refused, match="单位下面"):
        services.create_office(name="科", kind="section")
    with pytest.raises(Refused, match="不能设单位"):
        services.create_office(name="公司", kind="unit", parent=section("一部", unit))


def test_the_tree_has_a_depth(unit: Office) -> None:
    office = unit
    for level in range(2, services.DEEPEST + 1):
        office = section(f"第{level}级", office)
    with pytest.raises(Refused, match="20"):
        section("再深一级", office)
    tall = services.create_office(name="另一家", kind="unit")
    section("下级", tall)
    with pytest.raises(Refused, match="20"):
        services.move_office(office=section("中间", tall), parent=office)


def test_an_office_with_offices_below_it_stays_open(unit: Office) -> None:
    office = section("一部", unit)
    below = section("小组", office)
    with pytest.raises(Refused, match="小组"):
        services.close_office(office=office)
    services.close_office(office=below)
    services.close_office(office=office)
    assert not Office.objects.get(pk=office.pk).is_active
    with pytest.raises(Refused, match="一部"):
        services.reopen_office(office=Office.objects.select_related("parent").get(pk=below.pk))
    services.reopen_office(office=office)


def test_a_closed_office_takes_no_offices(unit: Office) -> None:
    office = services.close_office(office=section("一部", unit))
    with pytest.raises(Refused, match="停用"):
        section("小组", office)


def test_set_up_makes_the_unit_the_counter_and_the_topics() -> None:
    assert queries.installation() is None
    row = services.set_up(unit_name="东河供电公司", counter_name="接待室", demo=True, now=NOW)
    assert (row.unit.name, row.counter.name, row.demo) == ("东河供电公司", "接待室", True)
    assert row.counter.parent == row.unit
    assert queries.installation() == row
    assert Topic.objects.filter(code="060301", parent__parent__code="06").exists()
    with pytest.raises(Refused, match="已经"):
        services.set_up(unit_name="另一家", now=NOW)
    for office in (row.unit, row.counter):
        with pytest.raises(Refused, match="不能停用"):
            services.close_office(office=office)


def test_a_small_office_is_its_own_counter() -> None:
    row = services.set_up(unit_name="老干部局", now=NOW)
    assert row.counter == row.unit


def test_the_unit_of_a_section_is_the_nearest_above(unit: Office) -> None:
    lower = services.create_office(name="二级公司", kind="unit", parent=unit)
    deep = section("小组", section("一部", lower))
    assert queries.unit_of(deep) == lower
    assert queries.unit_of(unit) == unit


def test_loading_the_topics_again_adds_none() -> None:
    assert services.load_topics() > 60
    assert services.load_topics() == 0
    assert all(topic.name_en for topic in Topic.objects.all())


def test_the_office_competent_for_the_closest_topic_comes_first(unit: Office) -> None:
    services.load_topics()
    labour, pension, extra = (Topic.objects.get(code=code) for code in ("06", "0601", "060101"))
    wide, narrow, closed = section("人资部", unit), section("社保所", unit), section("旧部门", unit)
    services.set_competences(office=wide, topics=[labour])
    services.set_competences(office=narrow, topics=[extra, labour])
    services.set_competences(office=closed, topics=[extra])
    services.close_office(office=closed)
    assert queries.competent_offices(extra) == [narrow, wide]
    assert queries.competent_offices(pension) == [wide, narrow]


def test_competences_are_replaced_not_added(unit: Office) -> None:
    services.load_topics()
    first, second = Topic.objects.get(code="06"), Topic.objects.get(code="08")
    services.set_competences(office=unit, topics=[first])
    services.set_competences(office=unit, topics=[second])
    assert list(Competence.objects.values_list("topic__code", flat=True)) == ["08"]


def test_a_unit_holds_its_sections_but_not_those_of_the_units_below_it(unit: Office) -> None:
    own = section("一部", unit)
    lower = services.create_office(name="二级公司", kind="unit", parent=unit)
    theirs = section("小组", lower)
    assert set(queries.unit_ids(unit.path)) == {unit.pk, own.pk}
    assert set(queries.unit_ids(lower.path)) == {lower.pk, theirs.pk}
