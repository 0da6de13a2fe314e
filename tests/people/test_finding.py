"""A retiree is found by whatever somebody types, and only within the offices that may be searched."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pytest_django import DjangoAssertNumQueries

from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.people import queries
from huiyin.people.ids import check_character
from huiyin.people.models import NameKey, Person, PersonChange
from huiyin.people.persons import save_person
from huiyin.people.policy import SYSTEM
from huiyin.people.roster.sample import invented
from tests.people.conftest import NOW, House

ID_15 = "231701491231002"
ID_18 = "23170119491231002" + check_character("23170119491231002")


@pytest.fixture
def person(house: House) -> Person:
    data = {
        "name": "单秀兰",
        "id_number": ID_15,
        "phone": "0700-8234567",
        "staff_no": "yh0042",
        "former_unit": "变电工区",
    }
    return save_person(person=None, data=data, by=house.actor(), now=NOW, office=house.section)


def found(typed: str, *, office_ids: list[int] | None = None) -> list[tuple[str, str]]:
    return [(match.person.name, match.matched) for match in queries.find_people(typed, office_ids=office_ids)]


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("单", "name"),
        ("单秀", "name"),
        ("秀兰", "name"),
        ("兰", "name"),
        ("sxl", "pinyin"),
        ("SX", "pinyin"),
        ("dxl", "pinyin"),
        ("shanxiulan", "pinyin"),
        ("shan xiu", "pinyin"),
        ("xiulan", "pinyin"),
        (ID_18, "id"),
        (ID_18.lower(), "id"),
        (ID_15, "id"),
        (ID_18[:12], "id"),
        (f"{ID_18[:6]} {ID_18[6:14]} {ID_18[14:]}", "id"),
        (ID_18[-4:], "id_tail"),
        ("07008234567", "phone"),
        ("0700-8234", "phone"),
        ("4567", "phone_tail"),
        ("YH0042", "staff_no"),
        ("yh0042", "staff_no"),
        ("ＹＨ００４２", "staff_no"),
    ],
)
def test_a_person_is_found_by_what_is_typed(person: Person, typed: str, matched: str) -> None:
    assert found(typed) == [("单秀兰", matched)]


@pytest.mark.parametrize(
    ("typed", "known"),
    [(ID_18, True), (ID_15, True), ("07008234567", True), ("0700-8234567", True), ("YH0042", True), ("sxl", True),
     (ID_18[:12], False), (ID_18[-4:], False), ("0700-8234", False), ("4567", False)],
)  # fmt: skip
def test_with_whole_numbers_alone_no_part_of_one_finds_anybody(person: Person, typed: str, known: bool) -> None:
    assert [match.person.name for match in queries.find_people(typed, office_ids=None, whole_numbers=True)] == (
        ["单秀兰"] if known else []
    )


@pytest.mark.parametrize(
    "typed", ["", "  ", "李", "秀秀", "xx", "9999", "%", "_", "'", "\\", "😀", "1", "\x00", "23", "0"]
)
def test_what_fits_nobody_finds_nobody(person: Person, typed: str) -> None:
    assert found(typed) == []


def test_only_the_offices_that_are_named_are_searched(person: Person, house: House) -> None:
    for typed in ("单秀", "sxl", ID_18, "4567", "YH0042"):
        assert found(typed, office_ids=[house.section.pk])
        assert not found(typed, office_ids=[house.counter.pk])
        assert not found(typed, office_ids=[])
    save_person(person=person, data={}, by=SYSTEM, now=NOW, office=house.counter)
    assert found("sxl", office_ids=[house.counter.pk]) and not found("sxl", office_ids=[house.section.pk])


def test_an_exact_name_comes_before_longer_ones(house: House) -> None:
    for name in ("王秀兰花", "王秀兰", "王秀兰香"):
        save_person(person=None, data={"name": name}, by=house.actor(), now=NOW, office=house.unit)
    assert found("王秀兰")[0] == ("王秀兰", "name")
    assert len(found("wxl")) == 3


def test_a_person_comes_once_and_the_answer_has_a_limit(house: House) -> None:
    for row in invented(60):
        save_person(person=None, data={"name": "安" + row["name"]}, by=house.actor(), now=NOW, office=house.unit)
    matches = queries.find_people("an", office_ids=None)
    assert len(matches) == len({match.person.pk for match in matches}) == 8


@pytest.mark.parametrize(("typed", "most"), [("单秀", 2), ("sxl", 2), ("4567", 2), (ID_18, 2), ("yh0042", 4)])
def test_finding_takes_few_queries(
    person: Person, typed: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(most):
        assert queries.find_people(typed, office_ids=[person.office_id])[0].person.office.name == "待遇科"


def test_every_look_up_uses_an_index(person: Person, house: House) -> None:
    with CaptureQueriesContext(connection) as captured:
        for typed in ("单", "sxl", ID_18, ID_15, "0700-82", "4567", "yh0042", "1380"):
            queries.find_people(typed, office_ids=[house.section.pk])
    scans = [plan for query in captured for plan in _plan(query["sql"]) if "SCAN" in plan or "Seq Scan" in plan]
    assert not scans


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {sql}".replace("%", "%%"))
        return [str(row[-1]) for row in cursor.fetchall()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(typed=some.text(max_size=30))
def test_no_text_at_all_breaks_the_finding(person: Person, typed: str) -> None:
    queries.find_people(typed, office_ids=None)


def test_the_roster_is_in_the_order_of_pinyin_and_narrowed_by_name(house: House) -> None:
    for name in ("张三", "李四", "单二"):
        save_person(person=None, data={"name": name}, by=house.actor(), now=NOW, office=house.section)
    offices = queries.reach(house.actor())
    assert [person.name for person in queries.roster(office_ids=offices)] == ["李四", "单二", "张三"]
    assert [person.name for person in queries.roster(office_ids=offices, typed="zh")] == ["张三"]
    assert set(offices) == {house.unit.pk, house.counter.pk, house.section.pk}


def test_a_form_is_mended_field_by_field(house: House) -> None:
    data = {"name": "", "phone": "1", "born_on": "1949-02-30"}
    with pytest.raises(Invalid) as invalid:
        save_person(person=None, data=data, by=house.actor(), now=NOW, office=house.section)
    assert set(invalid.value.errors) == {"name", "phone", "born_on"}
    assert not Person.objects.exists()


def test_what_is_left_blank_is_emptied_and_remembered(person: Person, house: House) -> None:
    save_person(person=person, data={"phone": "", "former_unit": "变电工区"}, by=house.actor(), now=NOW)
    person.refresh_from_db()
    assert (person.phone, person.phone_tail) == ("", "")
    change = queries.changes_of(person)[0]
    assert (change.changes, change.by, change.source) == ({"phone": ["0700-8234567", ""]}, house.clerk, "desk")


def test_saving_nothing_new_writes_nothing(person: Person, house: House) -> None:
    save_person(person=person, data={"name": "单秀兰", "phone": "0700 8234567"}, by=house.actor(), now=NOW)
    assert PersonChange.objects.count() == 1


def test_a_new_name_is_found_and_the_old_one_is_not(person: Person, house: House) -> None:
    save_person(person=person, data={"name": "仇秀岚"}, by=house.actor(), now=NOW)
    assert found("qxl") == [("仇秀岚", "pinyin")] and found("sxl") == []
    assert NameKey.objects.filter(person=person).count() < 10


def test_a_number_on_the_roster_is_not_entered_twice(person: Person, house: House) -> None:
    for data, field in (({"id_number": ID_18}, "id_number"), ({"staff_no": "YH0042"}, "staff_no")):
        with pytest.raises(Refused) as refused:
            save_person(person=None, data={"name": "李四", **data}, by=house.actor(), now=NOW, office=house.section)
        assert refused.value.field == field
    assert Person.objects.count() == 1


def test_only_ones_own_roster_can_be_changed(person: Person, house: House) -> None:
    stranger = house.actor(house.hire("other", house.sister, "clerk"))
    handler = house.actor(house.hire("handler", house.section, "handler"))
    for actor in (stranger, handler):
        with pytest.raises(Forbidden):
            save_person(person=person, data={"phone": ""}, by=actor, now=NOW)
    with pytest.raises(Forbidden):
        save_person(person=person, data={}, by=house.actor(), now=NOW, office=house.sister)
