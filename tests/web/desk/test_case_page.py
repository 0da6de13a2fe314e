"""The page of one case: complete in every state, and nothing on it for those whom it does not concern."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from PIL import Image

from huiyin.cases import services
from huiyin.cases.archive import pages
from huiyin.cases.archive.contents import contents_of
from huiyin.documents import services as documents
from huiyin.procedure.states import STATES
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def picture() -> io.BytesIO:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "PNG")
    kept.seek(0)
    return kept


def fetched(client: Client, file_id: int) -> Any:
    """The answer for a file, read to its end (`body`) and its file closed."""
    answer: Any = client.get(f"/desk/files/{file_id}/")
    if answer.streaming:
        answer.body = b"".join(answer.streaming_content)
        for close in answer._resource_closers:  # answer.close() would close the test's database connection too
            close()
    return answer


@pytest.mark.parametrize("state", list(STATES))
def test_the_page_is_whole_in_every_state(world: World, at_desk: Any, read: Any, state: str) -> None:
    case = world.case(state, now=NOW - 40 * MINUTE)
    for name in ("clerk", "handler", "head", "leader", "supervisor"):
        response = at_desk(name).get(f"/desk/cases/{case.no}/")
        if response.status_code == 403:
            continue  # a handler has not been given the case yet
        words = read(response).words
        assert case.no in words and "取暖补贴少发" in words and "现在可以做" in words and "经过" in words


def test_head_and_clock_say_until_when_and_why(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("handling")
    page = read(at_desk("handler").get(f"/desk/cases/{case.no}/"))
    assert (
        "办结期限" in page.words and "5月6日" in page.words and "宜办完" in page.words and "4月30日 周四" in page.words
    )
    assert "为什么是5月6日" in page.words and "60日按自然日数（第三十四条）" in page.words
    assert f"/desk/cases/{case.no}/why/handle/" in page.links


def test_the_reasons_of_a_date_are_a_page_of_their_own(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("handling")
    client = at_desk("handler")
    words = read(client.get(f"/desk/cases/{case.no}/why/handle/")).words
    assert "2026年3月2日（周一）受理，当天不计。" in words and "顺延" in words
    assert "2026年3月2日办完" in words or read(client.get(f"/desk/cases/{case.no}/why/notice/"))
    for term in ("extend", "nonsense", "review"):
        assert client.get(f"/desk/cases/{case.no}/why/{term}/").status_code == 404


@pytest.mark.parametrize(
    ("state", "happened"),
    [
        ("agreed", "达成调解、和解协议"),
        ("led", "决定导入法定程序"),
        ("informed", "决定告知向有权机关提出"),
        ("withdrawn", "信访人撤回"),
    ],
)
def test_requests_of_a_matter_that_ended_without_an_answer_say_what_happened_instead(
    world: World, at_desk: Any, read: Any, state: str, happened: str
) -> None:
    case = world.case(state)
    for _ in range(2):
        words = read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words
        assert f"2项，没有逐项答复：{happened}" in words and "已答复0项" not in words
        assert "还没有事实与依据" not in words
        if state != "agreed" or not case.is_open:
            break
        case = world.perform(case, "carry_out", "handler", on="2026-03-02", done="补发180元。")
        case = world.perform(case, "close_agreed", "leader", agreement_checked=True)


def test_the_ways_on_are_those_that_can_be_gone_now(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("handling")
    ways = _ways(read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words)
    assert "延期" in ways and "记录听证结果" not in ways and "拟写" not in ways
    hearing = {
        "hearing_on": "2026-03-02",
        "hearing_at": "9点",
        "place": "会议室",
        "chair": "郑国栋",
        "participants": "双方",
        "subject": "少发",
    }
    case = world.perform(case, "call_hearing", "leader", **hearing)
    assert "记录听证结果" in _ways(read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words)


def _ways(words: str) -> str:
    return words.split("还可以走：", 1)[1].split("走过的路", 1)[0]


def test_a_recorded_day_of_another_year_has_its_year(world: World, at_desk: Any, read: Any) -> None:
    case = world.register()
    led = {**dict(world.path(NOW, "led")[0][3]), "item": "2", "limit_on": "2027-03-01"}
    case = world.perform(case, "lead", "leader", **led)
    assert "时限到哪天：2027年3月1日" in read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words


def test_an_office_that_a_record_names_is_said_by_its_name(world: World, at_desk: Any, read: Any) -> None:
    case = world.register(accused=world.other.pk)
    words = read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words
    assert "反映的是哪个科室、单位：医疗保障科" in words and "—。" not in words


def test_requests_that_wait_for_their_answer_are_counted(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("agreed")
    case = world.perform(case, "break_agreement", "handler", reason="没有按期付。")
    assert "2项，已答复0项" in read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words
    answered = world.case("delivered")
    assert "2项，已答复2项" in read(at_desk("leader").get(f"/desk/cases/{answered.no}/")).words


def test_events_are_said_in_words_newest_first(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("delivered")
    words = read(at_desk("handler").get(f"/desk/cases/{case.no}/")).words
    history = words[words.index("经过") :]
    order = ["送达", "签发处理意见书", "核签", "处理意见已拟写", "调查记录", "交办", "书面告知已送出"]
    places = [history.index(word) for word in order]
    assert places == sorted(places)
    assert "2项诉求：支持 1、解释说明 1" in history and "查阅档案；发放名册；少录面积" in history
    assert "直接送达；签收人：孟庆兰" in history and "leader → handler" in history


def test_what_cannot_be_done_yet_is_listed_with_its_reason(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("accepted")
    world.perform(case, "assign", "leader", office=world.section.pk, staff=world.staff["handler"].pk)
    words = read(at_desk("handler").get(f"/desk/cases/{case.no}/")).words
    panel = words[words.index("还不能做") :]
    assert "拟写处理意见：还没有调查记录" in panel and "核签：先要“拟写处理意见”" in panel


def test_the_step_that_others_take_is_named_with_their_roles(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("issued")
    words = read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words
    assert "送达：由接待员、承办人、科室负责人办" in words


def test_what_is_rarely_done_and_a_review_that_is_given_already_come_last(world: World, at_desk: Any) -> None:
    def offered(case: Any, name: str) -> list[str]:
        actions = at_desk(name).get(f"/desk/cases/{case.no}/").context["actions"]
        return [action.href.split("/")[-2] for action in actions]

    supervised = offered(world.case("handling"), "leader")
    rare = {"urge", "ask_explanation", "supervise", "succeed"} & set(supervised)
    assert rare and set(supervised[-len(rare) - 2 :]) >= rare
    case = world.case("reviewing")
    assert offered(case, "sister_leader")[0] == "take_review"
    given = world.perform(case, "take_review", "sister_leader", **world.to("sister_handler"), recusal_checked=True)
    again = offered(given, "sister_leader")
    assert "take_review" not in again or again.index("take_review") > 0


def test_a_review_by_a_unit_outside_leads_to_recording_its_opinion_and_not_to_naming_somebody(
    world: World, at_desk: Any, read: Any
) -> None:
    case = world.case("delivered")
    case = world.perform(
        case, "request_review", "petitioner", received_on=case.received_on.isoformat(), request="不服。"
    )
    for name in ("leader", "head", "clerk"):
        page = at_desk(name).get(f"/desk/cases/{case.no}/")
        assert "记录外单位的复查意见" in [str(action.words) for action in page.context["actions"]][:2], name
        words = read(page).words
        assert "先把请求和材料转给它" in words and "指定复查承办人" not in words and "先要“拟写复查意见”" not in words
    refused = read(at_desk("leader").get(f"/desk/cases/{case.no}/do/take_review/"))
    assert "上一级单位不在本系统里" in refused.words
    here = at_desk("sister_leader").get(f"/desk/cases/{world.case('reviewing').no}/").context["actions"]
    assert "记录外单位的复查意见" not in [str(action.words) for action in here]


def test_numbers_and_address_are_whole_for_the_responsible_and_masked_for_others(
    world: World, at_desk: Any, read: Any
) -> None:
    case = world.case("handling", petitioners=[{"name": "孟庆兰", "phone": "13800000000", "address": "湖滨路2号院3栋"}])
    for name, whole in (("handler", True), ("clerk", True), ("head", False), ("leader", False), ("supervisor", False)):
        words = read(at_desk(name).get(f"/desk/cases/{case.no}/")).words
        assert ("13800000000" in words) is whole and ("3栋" in words) is whole, name
        assert whole or ("138********" in words and "湖滨路2****" in words), name


def test_a_letter_without_a_sender_says_that_it_is_handled_all_the_same(world: World, at_desk: Any, read: Any) -> None:
    case = world.register(petitioners=[])
    words = read(at_desk("clerk").get(f"/desk/cases/{case.no}/")).words
    assert "没有署名" in words and "姓名地址不清，免" in words


def test_a_matter_found_by_a_screening_is_not_said_to_be_unsigned(world: World, at_desk: Any, read: Any) -> None:
    case = world.register(channel="screening", petitioners=[])
    words = read(at_desk("leader").get(f"/desk/cases/{case.no}/")).words
    assert "排查发现的，没有信访人" in words and "没有信访人，免" in words
    assert "没有署名" not in words and "姓名或地址不清" not in words


def test_people_whom_it_does_not_concern_are_told_so(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("handling")
    for name in ("other_handler", "other_head", "sister_clerk", "sister_leader"):
        response = at_desk(name).get(f"/desk/cases/{case.no}/")
        assert response.status_code == 403 and "这件事不在您的办理范围内" in read(response).words
    assert at_desk("auditor").get(f"/desk/cases/{case.no}/").status_code == 403


@pytest.mark.parametrize("no", ["2026-9999", "nope", "😀", "x" * 300])
def test_a_number_that_does_not_exist_is_said_in_words(world: World, at_desk: Any, read: Any, no: str) -> None:
    response = at_desk("clerk").get(f"/desk/cases/{no}/")
    assert response.status_code == 404 and "没有找到这一页" in read(response).words


def test_the_number_of_queries_does_not_grow_with_the_record(
    world: World, at_desk: Any, django_assert_num_queries: Any
) -> None:
    case, client = world.case("delivered"), at_desk("handler")
    client.get(f"/desk/cases/{case.no}/")
    with django_assert_num_queries(17) as few:
        client.get(f"/desk/cases/{case.no}/")
    for number in range(12):
        services.perform(case, "note", by=world.actor("handler"), now=NOW, facts={"words": f"第{number}次打电话"})
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(f"/desk/cases/{case.no}/")


def test_letters_open_as_pdf_word_and_large_print(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("delivered"), at_desk("handler")
    links = [link for link in read(client.get(f"/desk/cases/{case.no}/")).links if "/letters/" in link]
    assert len(set(links)) == 3 * case.letters.count() == 12
    for link in set(links):
        answer = client.get(link)
        assert answer.status_code == 200 and answer["X-Content-Type-Options"] == "nosniff"
        assert answer.content[:2] == b"PK" if link.endswith("/docx/") else answer.content[:5] == b"%PDF-"
    other = world.case("issued")
    assert client.get(f"/desk/cases/{other.no}/letters/{case.letters.first().pk}/pdf/").status_code == 404
    assert client.get(f"/desk/cases/{case.no}/letters/{case.letters.first().pk}/exe/").status_code == 404


def test_the_receipt_is_printed_again(world: World, at_desk: Any) -> None:
    case = world.register()
    for language in ("zh-hans", "en"):
        client = at_desk("clerk")
        client.cookies["django_language"] = language
        answer = client.get(f"/desk/cases/{case.no}/receipt/")
        assert answer.content[:5] == b"%PDF-" and answer["Cache-Control"] == "private, no-store"


def test_papers_go_out_as_they_came_in_to_those_who_may_see_the_case(world: World, at_desk: Any) -> None:
    kept = documents.keep(picture(), name="来信 第1页.png", by="clerk", now=NOW)
    case = world.register(files=[kept.pk])
    answer = fetched(at_desk("clerk"), kept.pk)
    assert answer.body == picture().getvalue()
    assert answer["Content-Type"] == "image/png" and answer["Content-Disposition"].startswith("inline")
    for name, status in (("leader", 200), ("handler", 403), ("sister_clerk", 403), ("auditor", 403)):
        assert fetched(at_desk(name), kept.pk).status_code == status, name
    assert at_desk("clerk").get("/desk/files/99999999/").status_code == 404
    assert at_desk("clerk").get("/desk/files/99999999999999999999999/").status_code == 404
    assert case.files.count() == 1


def test_what_a_browser_should_not_open_is_offered_for_saving(world: World, at_desk: Any) -> None:
    kept = documents.keep(io.BytesIO("第一行\n第二行".encode()), name="说明.txt", by="clerk", now=NOW)
    tiff = io.BytesIO()
    Image.new("RGB", (40, 30)).save(tiff, "TIFF")
    scan = documents.keep(tiff, name="扫描.tif", by="clerk", now=NOW)
    world.register(files=[kept.pk, scan.pk])
    for file, how in ((kept, "inline"), (scan, "attachment")):
        assert fetched(at_desk("clerk"), file.pk)["Content-Disposition"].startswith(how)


def test_the_whole_file_is_exported_as_one_archive(world: World, at_desk: Any, read: Any) -> None:
    kept = documents.keep(picture(), name="来信.png", by="clerk", now=NOW)
    case = world.case("delivered", files=[kept.pk])
    answer = exported(at_desk("handler"), case.no)
    assert answer["Content-Disposition"] == f'attachment; filename="{case.no}.zip"'
    names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert (
        "index.html" in names and "MANIFEST.sha256" in names and any(name.startswith("attachments/") for name in names)
    )
    documents.store().path(kept.sha256).unlink()
    client = at_desk("handler")
    assert "MANIFEST.sha256" in zipfile.ZipFile(io.BytesIO(exported(client, case.no).body)).namelist()
    assert "来信.png" in read(client.get("/desk/")).words
    assert at_desk("sister_clerk").get(f"/desk/cases/{case.no}/export/").status_code == 403


def exported(client: Client, no: str) -> Any:
    answer: Any = client.get(f"/desk/cases/{no}/export/")
    answer.body = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return answer


def test_an_accusation_says_that_it_is_sealed_and_leads_to_being_passed_on(
    world: World, at_desk: Any, read: Any
) -> None:
    case = world.register(purpose="accusation", title="反映截留补贴")
    leader, clerk = (at_desk(who) for who in ("leader", "clerk"))
    page = leader.get(f"/desk/cases/{case.no}/")
    assert [str(action.words) for action in page.context["actions"] if action.main] == ["移送纪检监察"]
    assert "已经密封" in read(page).words and "先要“受理”" not in read(page).words
    assert (
        "移送纪检监察" in read(leader.get("/desk/")).words
        and "没有被反映的负责人密封移送" in read(clerk.get("/desk/")).words
    )
    assert "负责人决定受理" not in read(clerk.get(f"/desk/register/done/{case.no}/")).words


def test_an_accusation_of_the_whole_unit_leads_whoever_has_it_past_the_unit(
    world: World, at_desk: Any, read: Any
) -> None:
    case = world.register(purpose="accusation", title="反映单位截留补贴", accused=world.unit.pk)
    clerk = at_desk("clerk")
    done, page = clerk.get(f"/desk/register/done/{case.no}/"), clerk.get(f"/desk/cases/{case.no}/")
    assert f'href="/desk/cases/{case.no}/do/send_up_sealed/"' in done.content.decode()
    assert "负责人" not in read(done).words and "移送纪检监察" not in [
        str(row.words) for row in page.context["not_yet"]
    ]
    assert [str(action.words) for action in page.context["actions"] if action.main] == ["密封报送系统外的上级"]
    assert "由他们密封报送" in read(page).words and "负责人看得到" not in read(page).words
    assert "密封报送系统外的上级" in read(clerk.get("/desk/")).words


def test_accepting_an_accusation_is_folded_away_and_says_that_it_is_for_a_wrong_registration(
    world: World, at_desk: Any, read: Any
) -> None:
    case, leader = world.register(purpose="accusation", title="反映截留补贴"), at_desk("leader")
    actions = leader.get(f"/desk/cases/{case.no}/").context["actions"]
    assert {"受理", "简易受理"} <= {str(action.words) for action in actions if action.rare}
    assert "不受理，要移送" in read(leader.get(f"/desk/cases/{case.no}/do/accept/")).words
    assert "不受理，要移送" not in read(leader.get(f"/desk/cases/{world.register().no}/do/accept/")).words


def test_a_clock_that_was_broken_off_is_never_said_to_be_done_in_time(world: World, at_desk: Any, read: Any) -> None:
    asked = {"way": "visit", "on": NOW.date().isoformat(), "freely": True}
    case = world.perform(world.case("handling"), "withdraw", "clerk", **asked)
    page = read(at_desk("clerk").get(f"/desk/cases/{case.no}/")).words
    assert "办结不再走" in page and "办结按期" not in page
    why = read(at_desk("clerk").get(f"/desk/cases/{case.no}/why/handle/")).words
    assert "不再走" in why and "办完" not in why


def test_whoever_has_the_answer_in_hand_was_told_also_on_the_path(world: World, at_desk: Any, read: Any) -> None:
    case = world.register()
    for _, step, by, facts in world.path(NOW, "delivered"):
        if step != "notify" and case.state != "delivered":
            case = world.perform(case, step, by, **facts)
    assert not case.marks.get("notified_on") and case.clocks.get(term="notice").outcome == "met"
    stations = at_desk("clerk").get(f"/desk/cases/{case.no}/").context["stations"]
    assert next(one for one in stations if one.name == "书面告知").state == "done"


def test_a_plea_about_the_whole_unit_is_not_said_to_be_sealed(world: World, at_desk: Any, read: Any) -> None:
    case = world.register(title="单位少发补贴", accused=world.unit.pk)
    done = at_desk("clerk").get(f"/desk/register/done/{case.no}/")
    assert not case.sealed and "密封" not in read(done).words and "send_up_sealed" not in done.content.decode()
    assert "书面告知最晚" in read(done).words


def test_a_term_that_was_late_when_it_was_broken_off_says_so_on_every_page_and_in_the_archive(
    world: World, at_desk: Any, read: Any
) -> None:
    late = NOW + timedelta(days=90)
    asked = {"way": "visit", "on": late.date().isoformat(), "freely": True}
    case = world.perform(world.case("handling"), "withdraw", "clerk", now=late, **asked)
    with time_machine.travel(late, tick=False):
        desk = at_desk("clerk")
        page = read(desk.get(f"/desk/cases/{case.no}/")).words
        assert "办结不再走，停的时候已经过期" in page
        assert "停的时候已经过期" in read(desk.get(f"/desk/cases/{case.no}/why/handle/")).words
    assert "不再走，停的时候已经超期" in pages.page(contents_of(case), "zh-hans")
    kept = world.perform(
        world.case("handling"), "withdraw", "clerk", way="visit", on=NOW.date().isoformat(), freely=True
    )
    assert "停的时候" not in pages.page(contents_of(kept), "zh-hans")
