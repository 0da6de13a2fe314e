"""The registration page: typed things are kept, scans are read, a matter is registered once, bad input is said in words."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.cases.models import Case, Draft
from huiyin.documents.models import ScanPage
from huiyin.kernel import clock
from huiyin.people.models import Person
from huiyin.people.persons import save_person
from huiyin.people.policy import SYSTEM
from tests.world import World

TYPED = {
    "person_q": "孟庆兰", "person": "", "phone": "13800000000", "channel": "letter", "received_on": "昨天", "title": "取暖补贴少发",
    "text": "少发三个月，请补发。", "claims": "补发\n说明标准", "purpose": "request", "people_count": "1",
}  # fmt: skip


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.staff["clerk"])
    return client


@pytest.fixture
def url() -> str:
    return f"/desk/register/{uuid.uuid4()}/"


def scan(colour: str = "white", form: str = "PNG") -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (600, 800), colour).save(kept, form)
    return SimpleUploadedFile(f"letter.{form.lower()}", kept.getvalue())


def test_opening_the_page_stores_nothing(desk: Client) -> None:
    page = desk.get("/desk/register/", follow=True)
    assert page.status_code == 200 and Draft.objects.count() == 0


def test_a_letter_is_registered_with_its_sender_requests_and_date(desk: Client, url: str) -> None:
    done = desk.post(url, {**TYPED, "do": "register"}, follow=True)
    case = Case.objects.get()
    assert case.no in done.content.decode()
    assert (clock.today() - case.received_on).days == 1
    assert [claim.text for claim in case.claims.all()] == ["补发", "说明标准"]
    assert case.petitioners.get().name == "孟庆兰"


def test_a_double_click_registers_once(desk: Client, url: str) -> None:
    for _ in range(2):
        desk.post(url, {**TYPED, "do": "register"})
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "", "请填写“标题”"),
        ("text", "字" * 50001, "最多50000个字"),
        ("received_on", "2026-02-30", "不是一个日期"),
        ("received_on", "2099-01-01", "不能晚于今天"),
        ("phone", "1380000", "电话"),
        ("id_number", "11010519491231002A", "证件"),
        ("people_count", "许多", "人数"),
    ],
)
def test_what_must_be_mended_is_said_and_what_was_typed_stays(
    desk: Client, url: str, field: str, typed: str, said: str
) -> None:
    page = desk.post(url, {**TYPED, field: typed, "do": "register"})
    shown = page.content.decode()
    assert page.status_code == 200 and said in shown and "说明标准" in shown
    assert Case.objects.count() == 0 and Draft.objects.get().data[field] == typed


def test_rare_characters_emoji_and_fifty_thousand_characters_are_kept(desk: Client, url: str) -> None:
    text = "𠮷䶮🙏" + "长" * 49997
    desk.post(url, {**TYPED, "text": text, "person_q": "䶮𠮷", "do": "register"})
    case = Case.objects.get()
    assert case.text == text and case.petitioner_name == "䶮𠮷"


def test_a_pause_saves_and_the_draft_is_its_owners_alone(desk: Client, url: str, world: World) -> None:
    assert desk.post(f"{url}save/", TYPED).status_code == 204
    assert "少发三个月" in desk.get(url).content.decode()
    other = Client()
    other.force_login(world.staff["counter_head"])
    assert "少发三个月" not in other.get(url).content.decode()
    assert other.post(f"{url}save/", TYPED).status_code == 404


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("letter.jpg", b"MZ\x90\x00\x03 this is a program"),
        SimpleUploadedFile("letter.pdf", b""),
        SimpleUploadedFile("letter.png", scan().read()[:200]),
        SimpleUploadedFile("<script>.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ids=["a program", "empty", "half", "svg"],
)
def test_a_file_that_is_no_scan_is_refused_in_words_and_nothing_typed_is_lost(
    desk: Client, url: str, upload: Any
) -> None:
    upload.seek(0)
    page = desk.post(url, {**TYPED, "scan": upload, "do": "upload"})
    assert page.status_code == 200 and "少发三个月" in page.content.decode()
    assert "请" in page.content.decode() and ScanPage.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_scan_is_shown_at_once_read_in_the_background_and_goes_with_the_case(
    transactional_world: World, client: Client, url: str
) -> None:
    from huiyin.documents import services as documents

    client.force_login(transactional_world.staff["clerk"])
    page = client.post(url, {**TYPED, "text": "", "scan": [scan(), scan("ivory", "TIFF")], "do": "upload"}, follow=True)
    assert page.content.decode().count("<figure") == 2 and 'hx-get="' in page.content.decode()
    first = ScanPage.objects.first()
    assert first is not None
    picture = client.get(f"{url}pages/{first.pk}/")
    assert picture["Content-Type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8")
    for row in ScanPage.objects.all():
        documents.read_scan_page(row.pk)
    partial = client.get(f"{url}reading/").content.decode()
    assert "<html" not in partial and "hx-get" not in partial
    client.post(url, {**TYPED, "do": "register"})
    assert [paper.purpose for paper in Case.objects.get().files.all()] == ["original", "original"]


def test_people_are_found_while_typing_and_names_never_stand_in_an_address(desk: Client) -> None:
    assert desk.get("/desk/register/people/?q=孟").status_code == 405
    assert "data-new" in desk.post("/desk/register/people/", {"q": "孟庆兰"}).content.decode()


@pytest.mark.parametrize("number", ["", "²", "9" * 5000, "9" * 18])
def test_nobody_of_another_units_roster_comes_with_a_number(
    world: World, client: Client, url: str, number: str
) -> None:
    data = {"name": "梁素琴", "phone": "13900000001"}
    person: Person = save_person(person=None, data=data, by=SYSTEM, now=clock.now(), office=world.counter)
    client.force_login(world.staff["sister_clerk"])
    page = client.post(url, {**TYPED, "phone": "", "person": number or str(person.pk), "do": "register"})
    assert page.status_code == 200 and Case.objects.count() == 0
    assert "13900000001" not in page.content.decode() and "少发三个月" in page.content.decode()


def test_a_nul_in_what_is_typed_is_dropped_and_all_else_is_kept(desk: Client, world: World, url: str) -> None:
    nul = {**TYPED, "title": "取暖\0补贴", "text": "少发\0三个月。", "place": "\0"}
    assert desk.post(f"{url}save/", nul).status_code == 204
    assert "取暖补贴" in desk.get(url).content.decode()
    assert desk.post(url, {**nul, "do": "register"}).status_code == 302
    no = Case.objects.get().no
    assert desk.post(f"/desk/cases/{no}/do/hand_over/draft/", {"reason": "休\0假", "x\0": "y"}).status_code == 204
    assert "休假" in desk.get(f"/desk/cases/{no}/do/hand_over/").content.decode()
    assert (
        desk.post(f"/desk/cases/{no}/do/add_material/", {"words": "补", "key": "k\0", "version": 1}).status_code == 302
    )
    assert desk.post("/desk/cases/views/", {"name": "视图\0", "query": "q=\0"}).status_code == 302
    assert desk.get("/desk/cases/%00/").status_code == 404


@pytest.mark.parametrize("do", ["register", "later", "look"])
def test_an_empty_form_leaves_no_draft_and_what_is_typed_then_is_kept(desk: Client, url: str, do: str) -> None:
    empty = {"channel": "letter", "received_on": "2026-03-02", "purpose": "request", "people_count": "1", "text": " "}
    answer = desk.post(url, {**empty, "do": do}, follow=True)
    said = answer.content.decode()
    assert answer.status_code == 200 and "存好了" not in said and ("请填写“标题”" in said) == (do == "register")
    assert not Draft.objects.exists()
    desk.post(f"{url}save/", empty)
    assert not Draft.objects.exists()
    desk.post(f"{url}save/", {**empty, "text": "暖气"})
    assert Draft.objects.get().data["text"] == "暖气"


def test_whom_an_accusation_is_about_is_asked_for_in_the_open_and_not_left_out(
    desk: Client, world: World, url: str
) -> None:
    page = desk.get(url).text
    before_the_fold = page[: page.index('class="reg-more"')]
    assert 'name="accused"' in before_the_fold and "不是本系统的" in before_the_fold
    typed = {**TYPED, "purpose": "accusation", "do": "register"}
    refused = desk.post(url, typed)
    assert "检举控告要写明反映的是哪个科室、单位" in refused.text and not Case.objects.exists()
    desk.post(url, {**typed, "accused": str(world.unit.pk)})
    assert Case.objects.get().accused == world.unit
