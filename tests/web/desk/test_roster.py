"""The roster on the desk: found without leaving names behind, kept in words, imported and mended, and silent about petitions."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.jobs.roster import import_roster
from huiyin.kernel import clock
from huiyin.kernel.ids import digest
from huiyin.kernel.models import Attempt
from huiyin.people.ids import check_character
from huiyin.people.looking_up import WEEK, WRONG_NUMBERS, is_unfinished
from huiyin.people.models import AccountAct, Person, RosterImport
from huiyin.people.persons import save_person
from huiyin.people.roster import importing
from huiyin.people.roster.sample import write_sample
from tests.world import NOW, World

ROWS = "姓名,身份证号,手机\n孟庆兰,{good},13800000000\n王*,,\n李国强,{bad},\n"


def number(sequence: int = 2) -> str:
    digits = f"23170119491231{sequence:03d}"
    return digits + check_character(digits)


def desk_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.staff[name])
    return client


@pytest.fixture
def desk(world: World) -> Client:
    return desk_of(world, "clerk")


@pytest.fixture
def meng(world: World) -> Person:
    data = {"name": "孟庆兰", "id_number": number(), "phone": "13800000000", "address": "湖滨路2号"}
    yesterday = clock.now() - timedelta(days=1)
    return save_person(person=None, data=data, office=world.unit, by=world.actor("clerk"), now=yesterday)


def enter(world: World, name: str) -> Person:
    return save_person(person=None, data={"name": name}, office=world.unit, by=world.actor("clerk"), now=clock.now())


def text_of(response: Any) -> str:
    return str(response.content.decode()).replace("<wbr>", "")


def upload(desk: Client, content: bytes, name: str = "名册.csv") -> Any:
    return desk.post("/desk/roster/import/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def csv() -> bytes:
    return ROWS.format(good=number(), bad=number()[:17] + ("1" if number()[17] != "1" else "2")).encode()


def run_waiting() -> None:
    for row in RosterImport.objects.filter(state="running"):
        import_roster.call(row.pk)


def test_the_list_masks_numbers_and_leads_to_each_person(desk: Client, meng: Person) -> None:
    shown = text_of(desk.get("/desk/roster/"))
    assert "孟庆兰" in shown and "138********" in shown and f"/desk/roster/{meng.pk}/" in shown
    assert number() not in shown and "13800000000" not in shown


@pytest.mark.parametrize("typed", ["孟", "mql", "孟庆兰", number(), "13800", "0000", number()[-4:]])
def test_somebody_is_found_in_every_way_and_the_address_says_nothing(
    desk: Client, world: World, meng: Person, typed: str
) -> None:
    enter(world, "王秀英")
    answer = desk.post("/desk/roster/", {"typed": typed})
    assert answer["Location"] == "/desk/roster/?found=1"
    shown = text_of(desk.get(answer["Location"]))
    assert "孟庆兰" in shown and "王秀英" not in shown


def test_the_part_that_htmx_gets_is_the_page_without_its_frame(desk: Client, meng: Person) -> None:
    part = text_of(desk.post("/desk/roster/", {"typed": "mql"}, headers={"HX-Request": "true"})).strip()
    assert "<html" not in part and part in text_of(desk.get("/desk/roster/?found=1"))


def test_nobody_found_and_odd_pages_say_what_to_do(desk: Client, meng: Person) -> None:
    desk.post("/desk/roster/", {"typed": "查无此人"})
    assert "换个写法" in text_of(desk.get("/desk/roster/?found=1"))
    for page in ("0", "-3", "9999999999", "x", "²"):
        assert desk.get(f"/desk/roster/?page={page}").status_code == 200


def test_pages_follow_each_other_without_gap_or_double(desk: Client, world: World) -> None:
    for place in range(53):
        enter(world, f"孟庆{chr(0x5170 + place)}")
    first, second = (text_of(desk.get(f"/desk/roster/?page={page}")) for page in (1, 2))
    assert first.count("data-open") == 50 and second.count("data-open") == 3 and "共53人" in first


def test_a_person_is_masked_for_those_who_do_not_keep_the_roster(world: World, meng: Person) -> None:
    kept = text_of(desk_of(world, "clerk").get(f"/desk/roster/{meng.pk}/"))
    seen = text_of(desk_of(world, "handler").get(f"/desk/roster/{meng.pk}/"))
    for secret in (number(), "13800000000", "湖滨路2号"):
        assert secret in kept and secret not in seen
    assert "登记到名册" in seen


@pytest.mark.parametrize(("typed", "found"), [
    (number(), True), ("13800000000", True), ("mql", True), (number()[-4:], False), ("0000", False), (number()[:12], False), ("13800", False),
])  # fmt: skip
def test_who_sees_numbers_masked_finds_nobody_by_a_part_of_one(
    world: World, meng: Person, typed: str, found: bool
) -> None:
    handler = desk_of(world, "handler")
    for path, said in (("/desk/roster/", "typed"), ("/desk/register/people/", "q")):
        answer = handler.post(path, {said: typed}, follow=True)
        assert (meng.name in text_of(answer)) == found, path


def wrong(place: int) -> str:
    """Another's whole number: as well formed as a real one."""
    return f"139{place:08}"


def test_whole_numbers_are_not_guessed_through_by_who_sees_them_masked(world: World, meng: Person) -> None:
    handler = desk_of(world, "handler")
    with time_machine.travel(NOW, tick=False) as moment:
        for place in range(30):  # what is found, and parts of a number, which find nobody, are not counted
            assert meng.name in text_of(handler.post("/desk/register/people/", {"q": number()}))
            handler.post("/desk/register/people/", {"q": wrong(place)[:10]})
        for place in range(WRONG_NUMBERS):
            assert "不在名册" in text_of(handler.post("/desk/register/people/", {"q": wrong(place)}))
        for path, said in (("/desk/roster/", "typed"), ("/desk/register/people/", "q")):
            told = text_of(handler.post(path, {said: number()}, follow=True))
            assert "不能再按号码找了" in told and meng.name not in told, path
        handler.cookies["django_language"] = "en"
        assert "Look for the name" in text_of(handler.post("/desk/register/people/", {"q": number()}))
        assert meng.name in text_of(handler.post("/desk/register/people/", {"q": "mql"}))
        note = AccountAct.objects.get(kind="numbers")
        assert (note.staff, note.by, note.detail) == (world.staff["handler"],) * 2 + ({"label": str(WRONG_NUMBERS)},)
        assert "多次没找到" in text_of(desk_of(world, "auditor").get("/admin/audit/"))
        moment.shift(WEEK)
        assert meng.name in text_of(handler.post("/desk/register/people/", {"q": number()}))


def test_a_number_is_counted_once_a_day_and_not_while_it_is_typed(world: World, meng: Person) -> None:
    handler, address, day = desk_of(world, "handler"), "/desk/register/people/", timedelta(days=1)
    with time_machine.travel(NOW, tick=False) as moment:
        for place in range(WRONG_NUMBERS * 2):
            assert "按回车再找" in text_of(handler.post(address, {"q": f"045182{place:05}", "typing": "1"}))
        assert meng.name in text_of(handler.post(address, {"q": number(), "typing": "1"}))
        for _ in range(WRONG_NUMBERS * 2):
            assert "不在名册" in text_of(handler.post(address, {"q": wrong(1)}))
            assert "不在名册" in text_of(handler.post(address, {"q": f" {wrong(1)[:3]} {wrong(1)[3:]}"}))
        moment.shift(day)
        assert "不在名册" in text_of(handler.post(address, {"q": wrong(1)}))
        counted = Attempt.objects.get(scope="numbers", source=digest(str(world.staff["handler"].pk)))
        assert counted.count == 2
        assert "按回车再找" not in text_of(desk_of(world, "clerk").post(address, {"q": "04515550123", "typing": "1"}))


@pytest.mark.parametrize(("typed", "finished"), [
    ("13800000000", True), ("138 0000 0000", True), ("110105194912310021", True), ("11010519491231002X", True),
    ("13010219500", False), ("15010220010", False), ("045182345678", False),
])  # fmt: skip
def test_what_may_be_the_beginning_of_a_longer_number_is_not_finished(world: World, typed: str, finished: bool) -> None:
    assert is_unfinished(typed, by=world.actor("handler")) is not finished
    assert not is_unfinished(typed, by=world.actor("clerk"))


def test_who_keeps_the_roster_looks_up_numbers_without_count(world: World, meng: Person) -> None:
    clerk = desk_of(world, "clerk")
    for place in range(WRONG_NUMBERS + 1):
        clerk.post("/desk/register/people/", {"q": wrong(place)})
    assert meng.name in text_of(clerk.post("/desk/register/people/", {"q": number()}))
    assert not AccountAct.objects.filter(kind="numbers").exists()


def test_the_history_says_in_words_what_was_changed_masked_for_others(world: World, meng: Person) -> None:
    save_person(
        person=meng,
        data={"phone": "13900001111", "sex": "female", "lives_elsewhere": "yes"},
        by=world.actor("clerk"),
        now=clock.now(),
    )
    kept = text_of(desk_of(world, "head").get(f"/desk/roster/{meng.pk}/"))
    assert "13800000000 → 13900001111" in kept and "异地居住：否 → 是" in kept and "True" not in kept
    seen = text_of(desk_of(world, "handler").get(f"/desk/roster/{meng.pk}/"))
    assert "138******** → 139********" in seen


def test_a_persons_page_says_nothing_of_petitions(world: World, desk: Client, meng: Person) -> None:
    case = world.register(petitioners=[{"name": "孟庆兰", "person": str(meng.pk)}])
    shown = text_of(desk.get(f"/desk/roster/{meng.pk}/"))
    assert case.no not in shown and case.title not in shown and "/desk/cases/" not in shown.split("<main")[1]


def test_people_of_another_unit_are_neither_listed_nor_opened(world: World, meng: Person) -> None:
    sister = desk_of(world, "sister_clerk")
    assert "孟庆兰" not in text_of(sister.get("/desk/roster/"))
    assert sister.get(f"/desk/roster/{meng.pk}/").status_code == 403
    assert sister.get("/desk/roster/99999999999999999999/").status_code == 404


@pytest.mark.parametrize(("role", "path", "status"), [
    ("handler", "new/", 403), ("handler", "import/", 403), ("handler", "", 200), ("auditor", "", 403), ("system_admin", "", 403),
])  # fmt: skip
def test_who_may_what(world: World, role: str, path: str, status: int) -> None:
    assert desk_of(world, role).get(f"/desk/roster/{path}").status_code == status


def test_a_name_alone_is_enough_to_be_entered(desk: Client, world: World) -> None:
    answer = desk.post("/desk/roster/new/", {"name": "䶮𠮷", "office": str(world.section.pk)})
    person = Person.objects.get()
    assert answer["Location"] == f"/desk/roster/{person.pk}/"
    assert (person.name, person.office) == ("䶮𠮷", world.section)


@pytest.mark.parametrize(("field", "typed", "said"), [
    ("name", "", "姓名是空的"), ("id_number", "11010519491231002A", "最后一位可以是X"), ("id_number", number()[:17] + "0", "校验码不对"),
    ("born_on", "2026-02-30", "没有"), ("phone", "12", "电话"), ("sex", "其他", "看不懂"), ("name", "孟" * 61, "最多60字"), ("name", "孟🙏", "生僻字"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    desk: Client, world: World, field: str, typed: str, said: str
) -> None:
    assert number()[17] != "0"
    answer = desk.post(
        "/desk/roster/new/", {"name": "孟庆兰", "address": "湖滨路2号", "office": str(world.unit.pk), field: typed}
    )
    shown = text_of(answer)
    assert answer.status_code == 200 and said in shown and "湖滨路2号" in shown and not Person.objects.exists()


def test_a_change_is_saved_and_a_number_of_somebody_else_refused(desk: Client, world: World, meng: Person) -> None:
    page = desk.get(f"/desk/roster/{meng.pk}/edit/")
    initial = page.context["form"].initial
    done = desk.post(f"/desk/roster/{meng.pk}/edit/", {**initial, "address": "新华路8号"}, follow=True)
    assert "新华路8号" in text_of(done) and "存好了" in text_of(done)
    other = enter(world, "王秀英")
    taken = desk.post(
        f"/desk/roster/{other.pk}/edit/", {"name": "王秀英", "id_number": number(), "office": str(world.unit.pk)}
    )
    assert "已经在名册上" in text_of(taken)


def test_of_two_who_change_the_same_person_the_second_is_told_and_keeps_the_text(
    desk: Client, world: World, meng: Person
) -> None:
    url = f"/desk/roster/{meng.pk}/edit/"
    opened = desk.get(url).context["form"].initial
    desk_of(world, "head").post(url, {**opened, "address": "新华路8号"})
    late = desk.post(url, {**opened, "address": "南桥巷5号"})
    shown = text_of(late)
    meng.refresh_from_db()
    assert "有人改过" in shown and "南桥巷5号" in shown and meng.address == "新华路8号"
    again = {**opened, "address": "南桥巷5号", "seen_at": late.context["form"].data["seen_at"]}
    desk.post(url, again)
    meng.refresh_from_db()
    assert meng.address == "南桥巷5号"


def test_a_file_is_matched_previewed_imported_mended_and_imported_again(desk: Client) -> None:
    page = upload(desk, csv())
    shown, url = text_of(page), page.redirect_chain[-1][0]
    assert "校验码不对" in shown and "前3行会怎样" in shown and not Person.objects.exists()
    chosen = {"column-name": "0", "column-id_number": "1", "column-phone": "2"}
    started = text_of(desk.post(url, {**chosen, "do": "import"}, follow=True))
    assert "正在导入" in started and 'hx-get="' in started
    run_waiting()
    done = text_of(desk.get(url))
    assert "导完了，共3行" in done and 'hx-get="' not in done
    found = RosterImport.objects.get()
    assert (found.created, found.rejected) == (2, 1)
    book = openpyxl.load_workbook(BytesIO(b"".join(desk.get(f"{url}problems/").streaming_content)))  # type: ignore[attr-defined]
    sheet = book.active
    assert sheet is not None
    assert "校验码" in str(sheet.cell(2, 4).value)
    sheet.cell(2, 2).value = ""
    kept = BytesIO()
    book.save(kept)
    mended = upload(desk, kept.getvalue(), "改好.xlsx")
    desk.post(mended.redirect_chain[-1][0], {**chosen, "do": "import"})
    run_waiting()
    assert Person.objects.count() == 3 and RosterImport.objects.latest("pk").rejected == 0


def test_two_clicks_start_one_import(desk: Client) -> None:
    from django_tasks_db.models import DBTaskResult

    url = upload(desk, csv()).redirect_chain[-1][0]
    for _ in range(2):
        answer = desk.post(url, {"column-name": "0", "do": "import"}, follow=True)
    assert DBTaskResult.objects.count() == 1 and "正在导入" in text_of(answer)


@pytest.mark.parametrize(("chosen", "said"), [
    ({"column-phone": "2"}, "哪一列是姓名"), ({"column-name": "0", "column-phone": "0"}, "同一列"), ({"column-name": "7"}, "没有"),
])  # fmt: skip
def test_columns_that_will_not_do_are_refused_and_the_choice_stays(
    desk: Client, chosen: dict[str, str], said: str
) -> None:
    url = upload(desk, csv()).redirect_chain[-1][0]
    answer = desk.post(url, {**chosen, "do": "import"})
    assert answer.status_code == 200 and said in text_of(answer)
    assert RosterImport.objects.get().state == "uploaded"


@pytest.mark.parametrize(("name", "content"), [
    ("名册.xlsx", b"MZ\x90\x00\x03 this is a program"), ("名册.csv", b""), ("名册.xlsx", b"PK\x03\x04 half"), ("名册.xls", b"\xd0\xcf\x11\xe0 half"),
    ("名册.csv", b"\x00\x01\x02\x03" * 50),
], ids=["a program", "empty", "half a workbook", "half an old one", "bytes"])  # fmt: skip
def test_what_is_no_table_is_refused_in_words(desk: Client, name: str, content: bytes) -> None:
    answer = desk.post("/desk/roster/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200 and "field--wrong" in text_of(answer) and not RosterImport.objects.exists()


def test_a_file_must_be_chosen(desk: Client) -> None:
    assert "请先选一个文件" in text_of(desk.post("/desk/roster/import/", {}))


def test_an_import_that_broke_says_so_and_can_be_sent_again(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    url = upload(desk, csv()).redirect_chain[-1][0]
    desk.post(url, {"column-name": "0", "do": "import"})
    with monkeypatch.context() as broken:
        broken.setattr(importing, "PIECE", "x")
        with pytest.raises(ValueError):
            run_waiting()
    assert "没有导完" in text_of(desk.get(url))
    desk.post(f"{url}again/")
    run_waiting()
    assert "导完了" in text_of(desk.get(url))


def test_an_import_of_another_unit_is_nobodys_business(desk: Client, world: World) -> None:
    url = upload(desk, csv()).redirect_chain[-1][0]
    assert desk_of(world, "sister_clerk").get(url).status_code == 403


def test_a_sample_of_a_thousand_goes_through(desk: Client, tmp_path: Path) -> None:
    path = tmp_path / "sample.xlsx"
    write_sample(path, 1000)
    page = upload(desk, path.read_bytes(), "sample.xlsx")
    taken = {
        f"column-{target['field']}": target["place"]
        for target in page.context["targets"]
        if target["place"] is not None
    }
    desk.post(page.redirect_chain[-1][0], {**taken, "do": "import"})
    run_waiting()
    assert Person.objects.count() == 1000
