"""Filing without a browser's help: plain forms, saved at every turn, registered once, nothing typed lost."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.cases import drafts, filing
from huiyin.cases.models import Case, Draft
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.jobs import tasks
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from tests.documents import files
from tests.web.portal.reading import words
from tests.world import World

STORY = "尊敬的领导：您好！今年的取暖补贴到现在没有发给我。希望补发，以后按时发。"
YOU = {"who": "self", "name": "孟庆兰", "phone": "13800000000", "address": "", "reply_by": "phone"}


def write(client: Client, story: str = STORY) -> None:
    assert client.post("/file/what/", {"text": story, "go": "next"}).status_code == 302
    assert client.post("/file/papers/", {"go": "next"}).headers["Location"] == "/file/you/"


def hand_in(client: Client, **you: str) -> Case:
    write(client)
    assert client.post("/file/you/", {**YOU, **you, "go": "next"}).headers["Location"] == "/file/check/"
    sent = client.post("/file/check/", {"title": "取暖补贴没有发", "go": "hand-in"})
    assert sent.headers["Location"] == "/file/done/"
    return Case.objects.get()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_four_screens_register_a_matter(client: Client, world: World) -> None:
    case = hand_in(client)
    assert (case.title, case.text, case.channel) == ("取暖补贴没有发", STORY, "web")
    person = case.petitioners.get()
    assert (person.name, person.phone, person.reply_by) == ("孟庆兰", "13800000000", "phone")
    done = words(client.get("/file/done/"))
    assert case.receipt_code[:4] in done
    assert "data:image/svg+xml" in done
    assert client.get(f"/matter/{case.no}/").status_code == 200


def test_a_double_click_registers_once(client: Client, world: World) -> None:
    case = hand_in(client)
    again = client.post("/file/check/", {"title": "取暖补贴没有发", "go": "hand-in"})
    assert again.headers["Location"] == "/file/done/"
    assert Case.objects.get() == case


def test_all_about_the_person_may_stay_empty(client: Client, world: World) -> None:
    case = hand_in(client, name="", phone="", reply_by="")
    assert not case.petitioners.exists()


def test_what_the_way_of_answering_needs_is_asked_for(client: Client, world: World) -> None:
    write(client)
    page = client.post("/file/you/", {**YOU, "phone": "", "name": "龚𠮷", "go": "next"})
    assert "要我们打电话" in words(page)
    assert 'value="龚𠮷"' in words(page)
    page = client.post("/file/you/", {**YOU, "reply_by": "letter", "go": "next"})
    assert "要我们寄信，请写地址" in words(page)


def test_no_way_of_answering_is_marked_before_somebody_marks_one(client: Client, world: World) -> None:
    write(client)
    shown = client.get("/file/you/").content.decode()
    ways = re.findall(r'<input[^>]*name="reply_by"[^>]*>', shown)
    assert len(ways) == 4 and not any("checked" in way for way in ways)
    client.post("/file/you/", {**YOU, "reply_by": "", "go": "next"})
    again = re.findall(r'<input[^>]*name="reply_by"[^>]*>', client.get("/file/you/").content.decode())
    assert ["checked" in way for way in again] == [False, False, False, True]


@pytest.mark.parametrize(
    ("left", "way"),
    [
        ({}, "phone"),
        ({"phone": "", "address": "云州市河东路5号"}, "letter"),
        ({"phone": ""}, ""),
    ],
)
def test_whoever_leaves_the_answer_open_is_answered_by_what_they_left_us(
    client: Client, world: World, left: dict[str, str], way: str
) -> None:
    write(client)
    open_ = {name: value for name, value in {**YOU, **left}.items() if name != "reply_by"}
    assert client.post("/file/you/", {**open_, "go": "next"}).headers["Location"] == "/file/check/"
    assert Draft.objects.get().data["reply_by"] == way


def test_a_choice_left_open_stays_open_while_one_writes_on(client: Client, world: World) -> None:
    write(client)
    kept = {"who": "self", "name": "孟庆兰", "phone": "", "address": ""}
    client.post("/file/you/keep/", kept)
    shown = client.get("/file/you/").content.decode()
    assert 'value="孟庆兰"' in shown
    assert not any("checked" in way for way in re.findall(r'<input[^>]*name="reply_by"[^>]*>', shown))


def test_filing_for_somebody_else_names_them(client: Client, world: World) -> None:
    person = hand_in(client, who="other", acts_for="王桂芝").petitioners.get()
    assert (person.name, person.acts_for) == ("孟庆兰", "王桂芝")


def test_an_empty_story_is_asked_for_and_an_empty_draft_is_not_kept(client: Client, world: World) -> None:
    page = client.post("/file/what/", {"text": "  ", "go": "next"})
    assert "这里还空着" in words(page)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("story", ["😀𠮷䶮" * 10, "字" * 50000, "一\r\n二\0三"], ids=["rare", "long", "control"])
def test_any_text_is_taken_as_it_was_written(client: Client, world: World, story: str) -> None:
    write(client, story)
    client.post("/file/you/", {**YOU, "go": "next"})
    client.post("/file/check/", {"title": "", "go": "hand-in"})
    assert Case.objects.get().text == story.replace("\r\n", "\n").replace("\0", "")


def test_too_long_a_text_is_kept_while_it_is_refused(client: Client, world: World) -> None:
    page = words(client.post("/file/what/", {"text": "字" * 50001, "go": "next"}))
    assert "最多写50000个字，现在有50001个字" in page
    assert "字" * 50001 in page
    assert len(Draft.objects.get().data["text"]) == 50001


def test_saving_for_later_keeps_the_draft_in_the_browser(client: Client, world: World) -> None:
    assert client.post("/file/what/", {"text": STORY, "go": "save"}).headers["Location"] == "/file/saved/"
    cookie = client.cookies["huiyin_draft"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/file/"
    assert "上次写的还在" in words(client.get("/file/"))
    assert STORY in words(client.get("/file/what/"))
    assert Client().get("/file/you/").status_code == 302


def test_beginning_anew_forgets_what_was_written(client: Client, world: World) -> None:
    write(client)
    client.post("/file/")
    assert not Draft.objects.exists()
    assert STORY not in words(client.get("/file/what/"))


def test_bad_files_are_refused_in_a_sentence_and_good_ones_stay(client: Client, world: World) -> None:
    client.post("/file/what/", {"text": STORY, "go": "next"})
    sent = [
        upload("通知.png", files.encoded("PNG")), upload("病毒.jpg", b"MZ\x90\x00\x03" + bytes(200)),
        upload("空.pdf", b""), upload("大.png", files.png_of_claimed_size(40000, 40000)),
    ]  # fmt: skip
    page = client.post("/file/papers/", {"files": sent, "go": "next"})
    html = words(page)
    assert page.status_code == 200
    assert [html.count(name) for name in ("病毒.jpg", "空.pdf", "大.png")] == [1, 1, 1]
    assert "看是哪一份、为什么" in html
    assert [file.name for file in Draft.objects.get().files.all()] == ["通知.png"]
    assert client.post("/file/papers/", {"go": "next"}).status_code == 302


def test_only_the_writer_sees_the_pictures_of_a_draft(client: Client, world: World) -> None:
    client.post("/file/what/", {"text": STORY, "go": "next"})
    client.post("/file/papers/", {"files": [upload("通知.png", files.encoded("PNG"))], "go": "add"})
    kept = Draft.objects.get().files.get()
    shown = client.get(f"/file/papers/{kept.pk}/")
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert Client().get(f"/file/papers/{kept.pk}/").status_code == 404
    client.post("/file/papers/", {"remove": str(kept.pk)})
    assert client.get(f"/file/papers/{kept.pk}/").status_code == 404


def test_autosave_keeps_words_without_judging_them(client: Client, world: World) -> None:
    assert client.post("/file/what/keep/", {"text": "今"}).status_code == 204
    assert Draft.objects.get().data["text"] == "今"
    client.post("/file/you/keep/", {**YOU, "phone": "1"})
    assert 'value="1"' in words(client.get("/file/you/"))


def test_handing_in_too_often_is_refused_and_nothing_is_lost(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "HAND_INS", (1, filing.HAND_INS[1]))
    first = hand_in(Client())
    write(client)
    client.post("/file/you/", {**YOU, "go": "next"})
    page = client.post("/file/check/", {"title": "补贴", "go": "hand-in"})
    assert "太多太快了" in words(page)
    assert Case.objects.get() == first
    assert STORY in words(client.get("/file/what/"))


def test_the_matter_can_be_taken_back_within_ten_minutes(client: Client, world: World) -> None:
    case = hand_in(client)
    assert "撤回这件事" in words(client.get("/file/done/"))
    client.post(f"/matter/{case.no}/take-back/", {"reason": ""})
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert "您撤回了这件事" in words(client.get(f"/matter/{case.no}/"))


def test_the_receipt_is_a_pdf_for_whoever_filed(client: Client, world: World) -> None:
    case = hand_in(client)
    assert client.get(f"/matter/{case.no}/receipt/").content.startswith(b"%PDF")
    assert Client().get(f"/matter/{case.no}/receipt/").headers["Location"] == "/track/"


def test_personal_pages_are_neither_cached_nor_listed(client: Client, world: World) -> None:
    case = hand_in(client)
    for path in ("/file/what/", "/file/done/", f"/matter/{case.no}/", f"/t/{case.receipt_secret}/"):
        answer = client.get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="referrer" content="no-referrer">' in words(answer)


def test_an_office_without_anybody_for_intake_says_so(client: Client, world: World) -> None:
    from huiyin.people.models import Staff

    write(client)
    client.post("/file/you/", {**YOU, "go": "next"})
    Staff.objects.update(is_active=False)
    page = client.post("/file/check/", {"title": "补贴", "go": "hand-in"})
    assert page.status_code == 200
    assert "还没有交上，您写的都在" in words(page)


@pytest.mark.parametrize(
    ("story", "title"),
    [
        (STORY, "今年的取暖补贴到现在没有发给我"),
        ("您好。", "您好"),
        ("字" * 50, "字" * 29 + "…"),
        ("往年供电公司冬天都发取暖补贴，今年到现在也没有发给我，打了几次电话。", "往年供电公司冬天都发取暖补贴，今年到现在也没有发给我"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_title_is_the_first_sentence_that_says_something(story: str, title: str) -> None:
    assert filing.title_of(story) == title
    assert len(filing.title_of(story)) <= filing.LONGEST_TITLE


def test_the_address_behind_a_proxy_is_the_one_that_the_proxy_saw(rf: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from huiyin.web.ui import access

    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.7"}, REMOTE_ADDR="127.0.0.1")  # type: ignore[attr-defined]
    assert access.address(request) == "127.0.0.1"
    monkeypatch.setattr(settings, "SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https"))
    assert access.address(request) == "10.0.0.7"


@pytest.mark.parametrize("nothing", ["\u200b", "\u202e \ufeff"])
def test_a_letter_of_signs_that_nobody_sees_is_empty(client: Client, world: World, nothing: str) -> None:
    page = client.post("/file/what/", {"text": nothing, "go": "next"})
    assert page.status_code == 200 and "请说说发生了什么事" in words(page) and "这里还空着" in words(page)


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"), ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"), ("::ffff:10.0.0.7", "10.0.0.7"), ("10.0.0.7", "10.0.0.7"), ("fe80::1%eth0", "fe80::/64"), ("", ""),
    ],
)  # fmt: skip
def test_limits_count_an_ipv6_line_as_one_whatever_addresses_it_takes(rf: object, seen: str, counted: str) -> None:
    from huiyin.web.ui import access

    assert access.address(rf.get("/", REMOTE_ADDR=seen)) == counted  # type: ignore[attr-defined]


def test_what_was_begun_and_left_goes_after_thirty_days_with_its_papers(client: Client, world: World) -> None:
    begun = clock.now()
    with time_machine.travel(begun, tick=False) as moment:
        kept = filing.begin(address="1.1.1.1", now=begun, data={"text": STORY})[0]
        left, handed = (filing.begin(address="1.1.1.1", now=begun, data={"text": STORY})[0] for _ in range(2))
        for draft, content in ((left, b"alone"), (left, b"shared"), (handed, b"shared"), (kept, b"kept")):
            filing.add_paper(draft, upload("a.txt", content), address="1.1.1.1", now=begun)
        case = filing.hand_in(handed, title="补贴", address="1.1.1.1", now=begun)
        drafts.at_desk(world.actor("clerk"), uuid4(), now=begun)
        moment.shift(timedelta(days=29))
        drafts.save(kept, data={"text": "还在写"}, now=clock.now())
        assert filing.forget_abandoned(now=clock.now()) == 0
        moment.shift(timedelta(days=2))
        for file in StoredFile.objects.all():
            os.utime(documents.store().path(file.sha256), (begun.timestamp(), begun.timestamp()))
        tasks.tidy.func()
        assert not Draft.objects.filter(pk=left.pk).exists() and Draft.objects.count() == 3
        assert sorted(file.sha256 for file in StoredFile.objects.all()) == sorted(
            hashlib.sha256(content).hexdigest() for content in (b"shared", b"kept")
        )
        assert hashlib.sha256(b"alone").hexdigest() not in documents.store()
        with documents.open_file(case.files.get().file) as paper:
            assert paper.read() == b"shared"


def test_papers_of_strangers_do_not_fill_the_disk(world: World, settings: Any) -> None:
    now = clock.now()
    draft = filing.begin(address="1.1.1.1", now=now, data={"text": STORY})[0]

    def refused(address: str = "1.1.1.1") -> str:
        with pytest.raises(Refused) as told:
            filing.add_paper(draft, upload("b.txt", b"more"), address=address, now=now)
        return told.value.zh

    settings.PORTAL_ADDRESS_MB = 2
    for content in (b"one", b"two"):  # each counts as a whole MB
        filing.add_paper(draft, upload("a.txt", content), address="1.1.1.1", now=now)
    assert "请明天再试" in refused()
    settings.PORTAL_DRAFTS_LIMIT = 9
    assert "放不下更多材料" in refused("2.2.2.2")
    settings.PORTAL_DRAFTS_LIMIT, settings.FREE_SPACE = 2**40, 2**62
    assert "快满了" in refused("3.3.3.3")
    filing.hand_in(draft, title="补贴", address="1.1.1.1", now=now)
    settings.PORTAL_DRAFTS_LIMIT, settings.FREE_SPACE = 4, 0
    other = filing.begin(address="2.2.2.2", now=now, data={"text": STORY})[0]
    filing.add_paper(other, upload("b.txt", b"more"), address="2.2.2.2", now=now)
