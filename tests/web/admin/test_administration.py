"""The administration: three accounts with rights apart, offices, people and tokens kept, refusals in words, nothing typed lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.cases import drafts
from huiyin.kernel import clock
from huiyin.orgs import queries
from huiyin.orgs.models import Office
from huiyin.people.models import AccountAct, ApiToken, Staff
from huiyin.people.services import actor_for_token, issue_token
from huiyin.web.admin import audit
from tests.world import NOW, PASSWORD, World

PAGES = {
    "/admin/offices/": "system_admin", "/admin/offices/new/": "system_admin", "/admin/calendar/": "system_admin",
    "/admin/calendar/import/": "system_admin", "/admin/staff/": "security_admin", "/admin/staff/new/": "security_admin",
    "/admin/audit/": "auditor",
}  # fmt: skip
OFFICE = {"name": "信访科", "kind": "section", "role": "unit"}


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.staff[name])
    return client


@pytest.fixture
def system(world: World) -> Client:
    return client_of(world, "system_admin")


@pytest.fixture
def security(world: World) -> Client:
    return client_of(world, "security_admin")


def text_of(response: Any) -> str:
    return str(response.content.decode()).replace("<wbr>", "")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor", "leader", "clerk"])
def test_each_page_opens_for_one_administrator_and_nobody_else(world: World, path: str, role: str) -> None:
    assert client_of(world, role).get(path).status_code == (200 if PAGES[path] == role else 403)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor", "clerk"])
def test_the_start_page_leads_to_what_one_may_open(world: World, role: str) -> None:
    shown = text_of(client_of(world, role).get("/admin/"))
    main = shown.split("<main")[1]
    for path in ("/admin/offices/", "/admin/calendar/", "/admin/staff/", "/admin/audit/"):
        assert (f'href="{path}"' in main) == (PAGES[path] == role)


def test_an_office_is_made_changed_moved_and_closed(system: Client, world: World) -> None:
    made = system.post(
        "/admin/offices/new/", {**OFFICE, "parent": str(world.unit.pk), "phone": "0700-555 0199"}, follow=True
    )
    office = Office.objects.get(name="信访科")
    assert "建好了" in text_of(made) and office.parent == world.unit
    url = f"/admin/offices/{office.pk}/"
    system.post(url, {**OFFICE, "name": "来信科", "parent": str(world.section.pk), "letter_prefix": "云信"})
    office.refresh_from_db()
    assert (office.name, office.parent, office.letter_prefix, office.phone) == ("来信科", world.section, "云信", "")
    assert "停用了" in text_of(system.post(f"{url}close/", follow=True))
    assert "启用" in text_of(system.get(url))
    system.post(f"{url}reopen/")
    office.refresh_from_db()
    assert office.is_active


@pytest.mark.parametrize(("typed", "said"), [
    ({"name": ""}, "请写名称"), ({"name": "名" * 81}, "最多80字"), ({"name": "接待室"}, "接待室"), ({"parent": ""}, "科室要设在一个单位下面"),
    ({"parent": "999999"}, "没有这个单位"), ({"kind": "moon"}, "只能是单位或科室"), ({"phone": "1" * 31}, "最多30字"),
])  # fmt: skip
def test_what_is_wrong_with_an_office_is_said_and_what_was_typed_stays(
    system: Client, world: World, typed: dict[str, str], said: str
) -> None:
    before = Office.objects.count()
    answer = system.post(
        "/admin/offices/new/", {**OFFICE, "parent": str(world.unit.pk), "address": "湖滨路2号", **typed}
    )
    assert answer.status_code == 200 and said in text_of(answer) and "湖滨路2号" in text_of(answer)
    assert Office.objects.count() == before


def test_an_office_cannot_hang_below_itself_and_keeps_its_name_then(system: Client, world: World) -> None:
    answer = system.post(
        f"/admin/offices/{world.unit.pk}/", {"name": "新名", "role": "unit", "parent": str(world.section.pk)}
    )
    world.unit.refresh_from_db()
    assert "不能反过来" in text_of(answer) and world.unit.name == "云湖供电公司"


def test_an_office_with_open_cases_or_people_stays_open(system: Client, world: World) -> None:
    world.case("handling")
    answer = text_of(system.post(f"/admin/offices/{world.section.pk}/close/", follow=True))
    world.section.refresh_from_db()
    assert world.section.is_active and "toast--wrong" in answer


def test_another_office_becomes_the_counter(system: Client, world: World) -> None:
    system.post("/admin/offices/counter/", {"counter": str(world.section.pk)})
    row = queries.installation()
    assert row is not None and row.counter == world.section
    assert system.post("/admin/offices/counter/", {"counter": "x"}).status_code == 404


NEW = {
    "name": "周敏",
    "username": "zhoumin",
    "password": "lake-heron-99",
    "roles": ["clerk", "handler"],
    "phone": "0700-555 0188",
}


def test_an_account_is_made_with_a_password_that_must_be_changed(security: Client, world: World) -> None:
    security.post("/admin/staff/new/", {**NEW, "office": str(world.section.pk)})
    one = Staff.objects.get(username="zhoumin")
    assert one.must_change_password and one.check_password("lake-heron-99")
    assert set(one.role_rows.values_list("role", flat=True)) == {"clerk", "handler"}
    client = Client()
    client.force_login(one)
    assert client.get("/desk/")["Location"].startswith("/desk/password/")


def test_all_that_a_new_account_lacks_is_said_at_once(security: Client) -> None:
    told = text_of(security.post("/admin/staff/new/", {}))
    for sentence in ("请写姓名。", "请写账号。", "请写首次密码。", "请选所在的科室。"):
        assert sentence in told


@pytest.mark.parametrize(("typed", "said"), [
    ({"password": "short"}, "密码"), ({"username": "clerk"}, "已经有人用了"), ({"username": "a b"}, "2到40个"), ({"name": ""}, "请写姓名"),
    ({"roles": ["auditor", "clerk"]}, "各自的账号"), ({"roles": ["king"]}, "king"), ({"office": ""}, "请选所在的科室"), ({"office": "abc"}, "请选所在的科室"),
])  # fmt: skip
def test_what_is_wrong_with_an_account_is_said_and_nothing_is_made(
    security: Client, world: World, typed: dict[str, Any], said: str
) -> None:
    answer = security.post("/admin/staff/new/", {**NEW, "office": str(world.section.pk), **typed})
    assert answer.status_code == 200 and said in text_of(answer) and "0700-555 0188" in text_of(answer)
    assert not Staff.objects.filter(username="zhoumin").exists()


def test_facts_roles_and_password_of_somebody_are_changed(security: Client, world: World) -> None:
    url = f"/admin/staff/{world.staff['head'].pk}/"
    security.post(url, {"name": "郝建平", "office": str(world.other.pk), "phone": "", "takes_intake": ""})
    security.post(f"{url}roles/", {"roles": ["handler", "supervisor"]})
    security.post(f"{url}password/", {"password": "river-stone-17"})
    one = Staff.objects.get(pk=world.staff["head"].pk)
    assert (one.name, one.office, one.must_change_password) == ("郝建平", world.other, True)
    assert one.check_password("river-stone-17")
    assert set(one.role_rows.values_list("role", flat=True)) == {"handler", "supervisor"}


@pytest.mark.parametrize(("who", "roles", "said"), [
    ("head", [], "至少要有一个岗位"), ("head", ["auditor", "head"], "各自的账号"), ("security_admin", ["system_admin"], "最后一位安全管理员"),
])  # fmt: skip
def test_roles_that_cannot_be_are_refused_and_the_old_ones_stay(
    security: Client, world: World, who: str, roles: list[str], said: str
) -> None:
    answer = security.post(f"/admin/staff/{world.staff[who].pk}/roles/", {"roles": roles})
    assert said in text_of(answer)
    assert list(world.staff[who].role_rows.values_list("role", flat=True)) == [who]


def test_who_holds_open_cases_keeps_the_account_and_the_last_role_and_the_number_is_said(
    security: Client, world: World
) -> None:
    for _ in range(3):
        world.case("handling")
    url = f"/admin/staff/{world.staff['handler'].pk}/"
    assert "3件没办结" in text_of(security.post(f"{url}leave/", follow=True))
    assert "3件没办结" in text_of(security.post(f"{url}roles/", {"roles": ["auditor"]}))
    assert "3件没办结" in text_of(security.post(url, {"name": "handler", "office": str(world.other.pk)}))
    one = Staff.objects.get(pk=world.staff["handler"].pk)
    assert one.is_active and one.office == world.section


def test_an_account_ends_at_once_and_comes_back(security: Client, world: World) -> None:
    url, client = f"/admin/staff/{world.staff['other_head'].pk}/", client_of(world, "other_head")
    security.post(f"{url}leave/")
    assert client.get("/desk/")["Location"].startswith("/desk/sign-in/")
    assert "已停用" in text_of(security.get(url))
    security.post(f"{url}return/")
    assert Staff.objects.get(pk=world.staff["other_head"].pk).is_active


def test_the_administrator_issues_no_token_of_anybody_and_can_end_it(security: Client, world: World) -> None:
    url = f"/admin/staff/{world.staff['clerk'].pk}/"
    assert security.post(f"{url}tokens/", {"label": "考勤系统"}).status_code == 404
    _, secret = issue_token(staff=world.staff["clerk"], label="考勤系统", now=NOW)
    shown = text_of(security.get(url))
    assert "考勤系统" in shown and secret not in shown
    security.post(f"{url}tokens/{ApiToken.objects.get().pk}/revoke/")
    assert actor_for_token(secret) is None
    other = world.staff["head"].pk
    assert security.post(f"/admin/staff/{other}/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404


def test_the_auditor_sees_roles_and_the_last_sign_in_and_can_change_nothing(world: World) -> None:
    shown = text_of(client_of(world, "auditor").get("/admin/audit/"))
    assert "单位负责人" in shown and "没有登录过" in shown
    assert "<form" not in shown.split("<main")[1].split("</main>")[0]


def test_what_is_done_to_an_account_leaves_a_record_that_the_auditor_reads_and_nobody_changes(
    security: Client, world: World
) -> None:
    url, auditor = f"/admin/staff/{world.staff['other_head'].pk}/", client_of(world, "auditor")
    security.post(f"{url}password/", {"password": "river-stone-17"})
    security.post(f"{url}roles/", {"roles": ["leader"]})
    token, _ = issue_token(staff=world.staff["other_head"], label="考勤系统", now=NOW)
    security.post(f"{url}tokens/{token.pk}/revoke/")
    security.post(f"{url}leave/")
    own = client_of(world, "leader").post("/desk/tokens/", {"label": "导出", "password": PASSWORD})
    assert own.status_code == 200
    acts = list(AccountAct.objects.order_by("-pk")[:6].values_list("kind", "by__name", "staff__name"))
    by, of = "security_admin", "other_head"
    assert acts == [
        ("token", "leader", "leader"), ("ended", by, of), ("token_ended", by, of), ("token", None, of), ("roles", by, of), ("password", by, of),
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as few:
        shown = text_of(auditor.get("/admin/audit/"))
    for words in ("科室负责人 → 单位负责人", "重设了密码", "机器上的命令", "考勤系统", "停用了账号"):
        assert words in shown
    for _n in range(audit.ACTS):
        security.post(f"{url}return/")
    with CaptureQueriesContext(connection) as many:
        assert "考勤系统" not in text_of(auditor.get("/admin/audit/"))
    assert len(many) == len(few)
    assert "考勤系统" in text_of(auditor.get("/admin/audit/?page=2"))
    assert "这一页没有记录" in text_of(auditor.get("/admin/audit/?page=99"))
    for change in (lambda: AccountAct.objects.update(kind="back"), lambda: AccountAct.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "path", ["/admin/staff/999999/", "/admin/offices/999999/", "/admin/staff/99999999999999999999999/"]
)
def test_what_does_not_exist_is_said(world: World, path: str) -> None:
    role = "security_admin" if "staff" in path else "system_admin"
    assert client_of(world, role).get(path).status_code == 404


def test_drafts_in_the_way_are_passed_on_here_without_being_read(security: Client, world: World) -> None:
    drafts.begin(by=world.actor("clerk"), now=clock.now(), data={"title": "谁也不该看到的题目"})
    url = f"/admin/staff/{world.staff['clerk'].pk}/"
    page = text_of(security.get(url))
    assert "没登记的草稿" in page and "1份，只有接手的人打得开" in page and "谁也不该看到的题目" not in page
    assert "请选同单位办登记的一位" in text_of(security.post(f"{url}drafts/", {"successor": ""}))
    answer = security.post(f"{url}drafts/", {"successor": str(world.staff["counter_head"].pk)}, follow=True)
    assert "转交了" in text_of(answer) and "谁来接手" not in text_of(answer)
