"""Accounts, roles, passwords, tokens; who acts; who receives what comes in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoAssertNumQueries

from huiyin.kernel.errors import Refused
from huiyin.orgs import services as orgs
from huiyin.people import queries, services
from huiyin.people.models import ApiToken, Staff
from huiyin.people.policy import VERBS, Actor, may
from tests.people.conftest import NOW, PASSWORD, House


def test_an_actor_has_the_roles_and_the_place_of_a_member_of_staff(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    group = orgs.create_office(name="班组", kind="section", parent=house.section)
    staff = house.hire("lin", group, "clerk", "handler")
    with django_assert_num_queries(1):
        actor = services.actor_for(staff)
    assert actor == Actor(
        "staff",
        "lin",
        staff_id=staff.pk,
        office_id=group.pk,
        office_path=group.path,
        office_name="班组",
        unit_path=house.unit.path,
        roles=frozenset({"clerk", "handler"}),
    )


def test_deep_in_the_tree_the_unit_is_still_found(house: House) -> None:
    office = house.section
    for level in range(4):
        office = orgs.create_office(name=f"第{level}层", kind="section", parent=office)
    assert house.actor(house.hire("deep", office, "handler")).unit_path == house.unit.path


def test_somebody_without_a_role_may_do_nothing(house: House) -> None:
    actor = house.actor(house.hire("nobody", house.unit))
    assert actor.roles == frozenset()
    assert not any(may(actor, verb) for verb in VERBS)


def test_who_left_does_not_act(house: House) -> None:
    house.hire("second", house.counter, "clerk", takes_intake=True)
    _, secret = services.issue_token(staff=house.clerk, label="导入", now=NOW)
    services.deactivate_staff(staff=house.clerk, now=NOW)
    assert services.actor_for(house.clerk) is None
    assert services.actor_for_token(secret) is None
    with pytest.raises(Refused):
        services.issue_token(staff=house.clerk, label="", now=NOW)


def test_a_token_acts_for_its_owner_until_it_is_revoked(house: House) -> None:
    token, secret = services.issue_token(staff=house.clerk, label="x" * 99, now=NOW)
    assert services.actor_for_token(secret) == services.actor_for(house.clerk)
    assert secret not in str(ApiToken.objects.values().get())
    assert services.actor_for_token("") is None and services.actor_for_token(secret + "x") is None
    services.revoke_token(token=token, now=NOW)
    assert services.actor_for_token(secret) is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "a b"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "Clerk"}, "username"),
        ({"name": " "}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"roles": ["king"]}, "roles"),
        ({"roles": ["auditor", "clerk"]}, "roles"),
        ({"roles": ["auditor", "system_admin"]}, "roles"),
    ],
)
def test_an_account_that_can_not_be_is_refused(house: House, wrong: dict[str, object], field: str) -> None:
    given: dict[str, object] = {
        "username": "new", "name": "新人", "office": house.unit, "roles": ["clerk"], "password": PASSWORD, **wrong
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        services.create_staff(**given)  # type: ignore[arg-type]
    assert refused.value.field == field and refused.value.zh and refused.value.en
    assert Staff.objects.count() == 1


def test_a_weak_password_is_explained_in_both_languages(house: House) -> None:
    with pytest.raises(Refused) as refused:
        services.set_password(staff=house.clerk, new="clerk")
    assert "密码" in refused.value.zh and "password" in refused.value.en.lower()


def test_a_password_is_changed_by_who_knows_it(house: House) -> None:
    services.set_password(staff=house.clerk, new="heron-lake-43")
    assert Staff.objects.get().must_change_password
    with pytest.raises(Refused):
        services.change_password(staff=house.clerk, old="wrong", new="heron-lake-44", now=NOW)
    with pytest.raises(Refused):
        services.change_password(staff=house.clerk, old="heron-lake-43", new="heron-lake-43", now=NOW)
    services.change_password(staff=house.clerk, old="heron-lake-43", new="heron-lake-44", now=NOW)
    assert Staff.objects.get().check_password("heron-lake-44") and not Staff.objects.get().must_change_password


def test_roles_are_given_and_taken(house: House) -> None:
    services.grant_role(staff=house.clerk, role="handler")
    services.grant_role(staff=house.clerk, role="handler")
    assert house.actor().roles == {"clerk", "handler"}
    with pytest.raises(Refused, match="三种管理员"):
        services.grant_role(staff=house.clerk, role="auditor")
    services.revoke_role(staff=house.clerk, role="handler")
    assert house.actor().roles == {"clerk"}


def test_the_last_security_administrator_stays(house: House) -> None:
    first = house.hire("first", house.unit, "security_admin")
    with pytest.raises(Refused, match="最后一位"):
        services.deactivate_staff(staff=first, now=NOW)
    with pytest.raises(Refused, match="最后一位"):
        services.revoke_role(staff=first, role="security_admin")
    house.hire("second", house.unit, "security_admin")
    services.deactivate_staff(staff=first, now=NOW)


def test_somebody_always_receives_what_comes_in(house: House) -> None:
    with pytest.raises(Refused, match="没有人接收"):
        services.deactivate_staff(staff=house.clerk, now=NOW)
    with pytest.raises(Refused, match="没有人接收"):
        services.revoke_role(staff=house.clerk, role="clerk")
    with pytest.raises(Refused, match="没有人接收"):
        services.update_staff(staff=Staff.objects.get(), office=house.sister)
    assert Staff.objects.get().is_active and house.actor().roles == {"clerk"}
    services.update_staff(staff=house.clerk, takes_intake=False, name="周敏")
    assert queries.intake() == house.clerk


def test_intake_goes_to_the_nearest_person_who_is_named_for_it(house: House) -> None:
    above = house.hire("above", house.unit, "clerk", takes_intake=True)
    assert queries.intake() == house.clerk
    assert queries.intake_of(house.section) == above
    services.update_staff(staff=house.clerk, takes_intake=False)
    assert queries.intake() == above


def test_where_nobody_is_named_a_head_receives_before_a_clerk(house: House) -> None:
    services.update_staff(staff=house.clerk, takes_intake=False)
    assert queries.intake() == house.clerk
    head = house.hire("head", house.counter, "head")
    assert queries.intake() == head
    with pytest.raises(Refused, match="西河"):
        queries.intake_of(house.sister)


def test_a_head_carries_on_before_the_others_of_an_office_and_those_above_where_nobody_is_left(house: House) -> None:
    assert queries.successor_at(house.counter) == house.clerk
    handler = house.hire("handler", house.counter, "handler")
    assert queries.successor_at(house.counter) == handler
    head = house.hire("head", house.counter, "head")
    assert queries.successor_at(house.counter) == head
    leader = house.hire("leader", house.unit, "leader")
    assert queries.successor_at(house.section) == leader
    house.hire("sys", house.sister, "system_admin")
    with pytest.raises(Refused, match="西河"):
        queries.successor_at(house.sister)


def test_an_administrator_never_receives_matters(house: House) -> None:
    house.hire("sys", house.sister, "system_admin", takes_intake=True)
    with pytest.raises(Refused):
        queries.intake_of(house.sister)


@pytest.fixture
def open_matters() -> Iterator[list[Staff]]:
    busy: list[Staff] = []

    def check(staff: Staff) -> Refused | None:
        return Refused("还有事没办完。", "Matters are open.") if staff in busy else None

    services.keeps_staff(check)
    yield busy
    services._hindrances.remove(check)


def test_nobody_leaves_while_matters_are_in_hand(house: House, open_matters: list[Staff]) -> None:
    handler = house.hire("handler", house.section, "handler")
    open_matters.append(handler)
    with pytest.raises(Refused, match="没办完"):
        services.deactivate_staff(staff=handler, now=NOW)
    with pytest.raises(Refused, match="没办完"):
        services.update_staff(staff=handler, office=house.counter)
    open_matters.clear()
    services.deactivate_staff(staff=handler, now=NOW)
    services.reactivate_staff(staff=handler)
    assert Staff.objects.get(pk=handler.pk).is_active


def test_an_office_with_staff_or_retirees_stays_open(house: House) -> None:
    handler = house.hire("handler", house.section, "handler")
    with pytest.raises(Refused, match="handler"):
        orgs.close_office(office=house.section)
    services.deactivate_staff(staff=handler, now=NOW)
    orgs.close_office(office=house.section)
    with pytest.raises(Refused, match="停用"):
        services.reactivate_staff(staff=Staff.objects.get(pk=handler.pk))


def test_staff_are_listed_by_office_and_role(house: House) -> None:
    handler = house.hire("handler", house.section, "handler", "clerk")
    assert list(queries.staff_in([house.section.pk, house.counter.pk])) == [house.clerk, handler]
    assert list(queries.staff_in([house.section.pk, house.counter.pk], "handler")) == [handler]
    assert list(queries.all_staff()) == [house.clerk, handler]
