"""Taking a step: the form from the table, the one door behind it, and nothing typed is lost."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from huiyin.cases import policy, queries, step_drafts
from huiyin.cases.models import Case, Draft
from huiyin.orgs import services as orgs
from huiyin.people import services as people
from huiyin.procedure.states import STATES
from tests.world import ANSWERS, NOW, PASSWORD, World

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PEOPLE = ("clerk", "handler", "head", "leader", "supervisor")


def png(name: str = "照片.png") -> SimpleUploadedFile:
    Image.new("RGB", (40, 30), "white").save(kept := io.BytesIO(), "PNG")
    return SimpleUploadedFile(name, kept.getvalue())


def send(client: Any, case: Case, action: str, **typed: Any) -> Any:
    """Opens the form, fills it in and sends it, as a browser without scripts does."""
    url = f"/desk/cases/{case.no}/do/{action}/"
    page = client.get(url)
    hidden = {name: value for name, value in page.context["form"].initial.items() if value}
    data = {"version": page.context["version"], "key": page.context["key"], **hidden, **typed}
    return client.post(url, data)


def state(case: Case) -> str:
    return Case.objects.values_list("state", flat=True).get(pk=case.pk)


@pytest.mark.parametrize("here", list(STATES))
def test_every_step_that_is_offered_opens_a_form_with_its_article(
    world: World, at_desk: Any, read: Any, here: str
) -> None:
    case = world.case(here, now=NOW - 40 * MINUTE)
    for name in PEOPLE:
        found = queries.find(case.no)
        if not policy.may(world.actor(name), "see", found):
            continue
        for step in queries.steps(world.actor(name), found, now=NOW):
            words = read(at_desk(name).get(f"/desk/cases/{case.no}/do/{step.action.name}/")).words
            assert step.action.label.zh in words and step.action.article in words, (name, step.action.name)
            if not step.possible:
                assert "这一步现在还不能做" in words


def test_a_case_goes_all_the_way_through_the_forms(world: World, at_desk: Any) -> None:
    case, person = world.register(now=NOW - 1 * MINUTE), str(world.staff["handler"].pk)
    claims = {f"claim-{n}-{name}": value for n, claim in enumerate(ANSWERS, 1) for name, value in claim.items()}
    way: list[tuple[str, str, str, dict[str, Any]]] = [
        ("leader", "accept", "accepted", {"recusal_checked": "on", "route": "由待遇核发科调查核实。"}),
        ("clerk", "notify", "accepted", {"mode": "hand", "on": "今天", "reference": "本人"}),
        ("leader", "assign", "handling", {"staff": person, "instruction": "请尽快。"}),
        (
            "handler",
            "investigate",
            "handling",
            {"kind": "files", "on": "3.2", "source": "名册", "found": "少录。", "files": png()},
        ),
        ("leader", "extend", "handling", {"days": "15", "reason": "要核对十年的台账。"}),
        ("clerk", "tell_extension", "handling", {"mode": "post", "on": "今天", "reference": "XB1"}),
        ("handler", "draft", "drafted", {**claims, "facts": "面积录入有误。", "superior": "云江省电力公司"}),
        ("head", "return", "handling", {"reason": "写明到款日期。"}),
        ("handler", "draft", "drafted", {**claims, "facts": "面积录入有误。", "superior": "云江省电力公司"}),
        ("head", "approve", "approved", {}),
        ("leader", "issue", "issued", {}),
        ("clerk", "deliver", "delivered", {"mode": "direct", "on": "2026-03-02", "received_by": "孟庆兰"}),
        ("clerk", "evaluate", "delivered", {"reception": "satisfied", "result": "mostly", "via": "phone"}),
        ("handler", "carry_out", "delivered", {"on": "2026-03-02", "done": "补发180元。"}),
        ("handler", "close", "closed", {}),
        ("clerk", "archive", "archived", {"retention": "30"}),
    ]
    for name, action, reached, typed in way:
        answer = send(at_desk(name), case, action, **typed)
        assert answer.status_code == 302, (action, answer.content.decode()[:3000])
        assert state(case) == reached, action
    made = ["acceptance", "service", "extension", "service", "opinion", "service", "execution"]
    assert case.files.count() == 1 and [letter.kind for letter in case.letters.all()] == made


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("accepted")
    page = read(send(at_desk("clerk"), case, "notify", mode="", on="二月三十", reference="XB 123 <b>"))
    assert "请选“告知方式”" in page.words and "“告知日期”不是一个日期" in page.words
    assert page.fields["on"] == "二月三十" and page.fields["reference"] == "XB 123 <b>"


@pytest.mark.parametrize("on", ["2026-03-05", "明天", "2026-02-01"])
def test_an_impossible_date_is_refused_with_its_reason(world: World, at_desk: Any, read: Any, on: str) -> None:
    case = world.case("accepted")
    page = read(send(at_desk("clerk"), case, "notify", mode="hand", on=on))
    assert "日期不能" in page.words and page.fields["on"] == on


def test_nobody_accepts_without_checking_for_interests(world: World, at_desk: Any, read: Any) -> None:
    case = world.register()
    page = read(send(at_desk("leader"), case, "accept", route="由待遇核发科调查。"))
    assert "请先核对回避" in page.words and page.fields["route"] == "由待遇核发科调查。"
    assert state(case) == "registered"


def test_the_purpose_that_was_registered_is_marked_and_may_be_set_right(world: World, at_desk: Any, read: Any) -> None:
    case = world.register(purpose="appeal")
    assert read(at_desk("leader").get(f"/desk/cases/{case.no}/do/accept/")).fields["purpose"] == "appeal"
    typed = {"recusal_checked": "on", "route": "由待遇核发科调查。", "purpose": "suggestion"}
    assert send(at_desk("leader"), case, "accept", **typed).status_code == 302
    case.refresh_from_db()
    assert case.purpose == "suggestion" and case.due_term != "handle"


def test_a_step_is_given_only_to_people_in_the_list(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("accepted")
    offered = at_desk("leader").get(f"/desk/cases/{case.no}/do/assign/").content.decode()
    assert "other_handler" in offered and "sister_clerk" not in offered
    for chosen in (
        "",
        "abc",
        "99999999999999999999",
        str(world.staff["auditor"].pk),
        str(world.staff["sister_clerk"].pk),
    ):
        words = read(send(at_desk("leader"), case, "assign", staff=chosen)).words
        assert (
            "请在“承办人”里选一个" in words
            or "请选“承办人”" in words
            or "请选“交给哪个科室”" in words
            or "请选一位承办人" in words
        ), chosen


def test_a_step_that_is_not_offered_is_refused(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("registered")
    assert at_desk("clerk").get(f"/desk/cases/{case.no}/do/accept/").status_code == 403
    assert at_desk("clerk").post(f"/desk/cases/{case.no}/do/accept/", {}).status_code == 403
    assert at_desk("clerk").get(f"/desk/cases/{case.no}/do/nonsense/").status_code == 404
    assert at_desk("clerk").get(f"/desk/cases/{case.no}/do/register/").status_code == 404
    words = read(at_desk("leader").get(f"/desk/cases/{case.no}/do/issue/")).words
    assert "现在是“已登记”，不能做“签发处理意见书”" in words


def test_of_two_who_act_on_the_same_state_one_is_told_what_the_other_did(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("accepted"), at_desk("leader")
    url = f"/desk/cases/{case.no}/do/assign/"
    opened = client.get(url)
    world.perform(case, "note", "leader", words="先给医疗科看了一眼")
    typed = {"staff": str(world.staff["handler"].pk), "instruction": "我写的意见", "key": opened.context["key"]}
    answer = client.post(url, {**typed, "version": opened.context["version"]})
    page = read(answer)
    assert answer.status_code == 409 and "这件事刚刚有人办了一步" in page.words and "先给医疗科看了一眼" in page.words
    assert page.fields["instruction"] == "我写的意见" and page.fields["staff"] == typed["staff"]
    again = client.post(url, {**typed, "version": page.fields["version"], "key": page.fields["key"]})
    assert again.status_code == 302 and state(case) == "handling"


def test_a_double_click_takes_the_step_once(world: World, at_desk: Any) -> None:
    case, client = world.case("handling"), at_desk("handler")
    url = f"/desk/cases/{case.no}/do/note/"
    opened = client.get(url)
    data = {"version": opened.context["version"], "key": opened.context["key"], "words": "打了电话"}
    before = case.events.count()
    assert client.post(url, data).status_code == client.post(url, data).status_code == 302
    assert case.events.count() == before + 1


def test_a_form_without_a_version_or_key_changes_nothing_unseen(world: World, at_desk: Any) -> None:
    case = world.case("handling")
    answer = at_desk("handler").post(f"/desk/cases/{case.no}/do/note/", {"words": "打了电话"})
    assert answer.status_code == 409


def test_the_form_says_what_the_step_does_to_the_clocks(world: World, at_desk: Any, read: Any) -> None:
    case = world.register()
    words = read(at_desk("leader").get(f"/desk/cases/{case.no}/do/accept/")).words
    assert "办结：从3月2日算起60日，到2026年5月6日 周三。宜在4月30日 周四前办完。" in words
    assert "期限不动，照常走。" in read(at_desk("leader").get(f"/desk/cases/{case.no}/do/hand_over/")).words


def test_effects_beyond_the_official_calendar_are_called_provisional(world: World, at_desk: Any, read: Any) -> None:
    case = world.register()
    assert "暂定" not in read(at_desk("leader").get(f"/desk/cases/{case.no}/do/accept/")).words
    with time_machine.travel(NOW + timedelta(days=290), tick=False):
        words = read(at_desk("leader").get(f"/desk/cases/{case.no}/do/accept/")).words
    assert "（暂定，放假安排公布后重算）" in words


def test_what_ends_is_said_in_plain_words(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("approved")
    words = read(at_desk("leader").get(f"/desk/cases/{case.no}/do/issue/")).words
    assert "办结：期限不再走，按期办到。" in words


def test_a_step_that_cannot_be_taken_promises_no_dates(world: World, at_desk: Any, read: Any) -> None:
    case = world.register()
    words = read(at_desk("leader").get(f"/desk/cases/{case.no}/do/issue/")).words
    assert "这一步现在还不能做" in words and "期限会怎样" not in words


def test_the_effect_follows_what_is_typed(world: World, at_desk: Any) -> None:
    case, client = world.case("handling"), at_desk("leader")
    url = f"/desk/cases/{case.no}/do/extend/"
    for typed, words in (("1", "1日"), ("30", "30日"), ("31", "30日"), ("abc", "30日"), ("", "30日")):
        part = client.post(url, {"look": "effects", "days": typed}, headers={"HX-Request": "true"}).content.decode()
        assert f"延长办理期限：从5月1日算起{words}" in part and "<html" not in part
    whole = client.post(url, {"look": "effects", "days": "5", "reason": "还在写"})
    assert "5日，到" in whole.content.decode() and "还在写" in whole.content.decode()
    assert state(case) == "handling"


def test_uploads_stay_when_something_else_is_wrong(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("handling"), at_desk("handler")
    first = send(client, case, "investigate", kind="files", on="今天", source="", found="少录。", files=png("名册.png"))
    page = read(first)
    assert "名册.png" in page.words and page.fields["kept"]
    again = {"kind": "files", "on": "今天", "source": "名册", "found": "少录。", "kept": page.fields["kept"]}
    sent = client.post(
        f"/desk/cases/{case.no}/do/investigate/",
        {**again, "version": page.fields["version"], "key": page.fields["key"]},
    )
    assert sent.status_code == 302 and case.files.get().file.name == "名册.png"


def test_a_file_of_somebody_else_cannot_be_slipped_in(world: World, at_desk: Any) -> None:
    mine, theirs = world.case("handling"), world.case("handling")
    send(
        at_desk("handler"),
        theirs,
        "investigate",
        kind="files",
        on="今天",
        source="名册",
        found="少录。",
        files=png("别人的.png"),
    )
    client = at_desk("clerk")
    page = client.get(f"/desk/cases/{mine.no}/do/add_material/")
    data = {"version": page.context["version"], "key": page.context["key"], "words": "补充"}
    forged = {**data, "kept": str(theirs.files.get().file_id), "files": str(theirs.files.get().file_id)}
    assert client.post(f"/desk/cases/{mine.no}/do/add_material/", forged).status_code == 302
    assert mine.files.count() == 0


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("来信.jpg", b"MZ\x90\x00" + b"\x00" * 200), "程序"),
        (SimpleUploadedFile("空.pdf", b""), "没有选"),
        (SimpleUploadedFile("坏.pdf", b"%PDF-1.7 nothing more"), "坏.pdf"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_a_sentence(
    world: World, at_desk: Any, read: Any, upload: SimpleUploadedFile, words: str
) -> None:
    case = world.case("handling")
    upload.seek(0)
    answer = send(
        at_desk("handler"), case, "investigate", kind="files", on="今天", source="名册", found="我写的话", files=upload
    )
    page = read(answer)
    assert answer.status_code == 200 and page.fields["found"] == "我写的话"
    assert words in page.words or "0字节" in page.words


def test_fifty_thousand_characters_and_rare_ones_are_refused_or_kept_whole(
    world: World, at_desk: Any, read: Any
) -> None:
    case, client = world.case("handling"), at_desk("handler")
    page = read(send(client, case, "note", words="长" * 50_000))
    assert "最多5000个字" in page.words and len(page.fields["words"]) == 50_000
    assert send(client, case, "note", words="𠮷家的䶮老师😀\x00\x07说\r\n好").status_code in (200, 302)
    sent = send(client, case, "note", words="𠮷家的䶮老师😀说\r\n好")
    assert sent.status_code == 302
    assert case.events.order_by("-seq").first().facts["words"] == "𠮷家的䶮老师😀说\n好"


def test_what_is_typed_is_saved_by_itself_and_found_again(world: World, at_desk: Any, read: Any) -> None:
    case, client = world.case("handling"), at_desk("handler")
    url = f"/desk/cases/{case.no}/do/investigate/"
    assert (
        client.post(f"{url}draft/", {"source": "写到一半", "on": "昨天", "version": "3", "key": "x"}).status_code == 204
    )
    assert client.post(f"{url}draft/", {"source": "写到一多半", "on": "昨天"}).status_code == 204
    page = read(client.get(url))
    assert page.fields["source"] == "写到一多半" and "接着写就行" in page.words
    assert Draft.objects.count() == 1 and "写到一多半" not in read(at_desk("head").get(f"/desk/cases/{case.no}/")).words
    assert step_drafts.kept(case, "investigate", by=world.actor("other_handler")) is None
    client.post(f"{url}draft/", {"forget": "1"})
    assert read(client.get(url)).fields["source"] == ""


def test_a_draft_is_forgotten_when_its_step_is_taken(world: World, at_desk: Any) -> None:
    case, client = world.case("handling"), at_desk("handler")
    client.post(f"/desk/cases/{case.no}/do/note/draft/", {"words": "写到一半"})
    assert send(client, case, "note", words="写完了").status_code == 302
    assert not Draft.objects.exists()


def test_a_drafter_cannot_sign_off_their_own_draft(world: World, at_desk: Any, read: Any) -> None:
    from huiyin.people import services as people

    people.grant_role(staff=world.staff["handler"], role="head")
    case = world.case("drafted")
    words = read(at_desk("handler").get(f"/desk/cases/{case.no}/do/approve/")).words
    assert "拟稿人不能核签" in words
    assert send_anyway(at_desk("handler"), case, "approve") == 200 and state(case) == "drafted"


def send_anyway(client: Any, case: Case, action: str) -> int:
    page = client.get(f"/desk/cases/{case.no}/do/{action}/")
    data = {"version": page.context["version"], "key": page.context["key"]}
    return int(client.post(f"/desk/cases/{case.no}/do/{action}/", data).status_code)


def test_json_or_nonsense_in_the_body_is_no_server_error(world: World, at_desk: Any) -> None:
    case = world.case("handling")
    url = f"/desk/cases/{case.no}/do/draft/"
    for data in (
        json.dumps({"a": 1}),
        "\x00\xff",
        "claim-x-text=1&claim-99999999999-text=2&claim--=3&version=abc&look=pdf",
    ):
        answer = at_desk("handler").post(url, data, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500


def test_days_to_come_start_empty_and_days_that_may_be_left_out_too(world: World, at_desk: Any, read: Any) -> None:
    case = world.case("accepted")
    duty = read(at_desk("leader").get(f"/desk/cases/{case.no}/do/take_duty/")).fields
    assert duty["limit_on"] == ""
    handled = world.case("handling")
    settled = read(at_desk("handler").get(f"/desk/cases/{handled.no}/do/settle/")).fields
    assert settled["perform_by"] == "" and settled["held_on"] == NOW.date().isoformat()
    died = read(at_desk("handler").get(f"/desk/cases/{handled.no}/do/succeed/")).fields
    assert died["on"] == ""  # the day of a death is never supposed


def test_people_to_choose_stand_under_their_office_and_in_another_unit_under_its_name_too(
    world: World, at_desk: Any
) -> None:
    desk = orgs.create_office(name="待遇科", kind="section", parent=world.sister, phone="")
    people.create_staff(username="far", name="远处的人", office=desk, roles=["handler"], password=PASSWORD)
    case = world.case("handling")
    shown = at_desk("leader").get(f"/desk/cases/{case.no}/do/ask/").content.decode()
    assert '<optgroup label="南桥所 · 待遇科">' in shown and '<optgroup label="医疗保障科">' in shown


@pytest.mark.parametrize("here, name", [("review_drafted", "sister_leader"), ("rereview_drafted", "leader")])
def test_who_signs_or_returns_a_review_reads_its_opinion(
    world: World, at_desk: Any, read: Any, here: str, name: str
) -> None:
    case = world.case(here)
    level = here.partition("_")[0]
    for step in (f"issue_{level}", f"return_{level}"):
        words = read(at_desk(name).get(f"/desk/cases/{case.no}/do/{step}/")).words
        assert "拟好的意见书" in words and "账目相符。" in words and "原意见有据。" in words


def test_who_signs_or_returns_the_reply_of_a_duty_reads_it(world: World, at_desk: Any, read: Any) -> None:
    replied = {
        "covers": [1, 2],
        "outcome": "performed",
        "done": "已上门核查并处理。",
        "remedy": "可以依法申请行政复议。",
    }
    case = world.perform(world.case("duty"), "draft_duty", "handler", **replied)
    for name, step in (("head", "approve"), ("head", "return_duty")):
        words = read(at_desk(name).get(f"/desk/cases/{case.no}/do/{step}/")).words
        assert "拟好的意见书" in words and "已上门核查并处理。" in words
    approved = world.perform(case, "approve", "head")
    assert "已上门核查并处理。" in read(at_desk("leader").get(f"/desk/cases/{approved.no}/do/issue/")).words


def test_what_is_not_ticked_is_said_together_with_everything_else(world: World, at_desk: Any, read: Any) -> None:
    page = read(send(at_desk("leader"), world.register(), "accept", route=""))
    assert "请填写“处理途径和程序”" in page.words and "请先核对回避" in page.words
    page = read(send(at_desk("leader"), world.register(), "simple_accept"))
    assert all(said in page.words for said in ("请先核对回避", "请选“"))


def test_a_hearing_that_is_called_for_a_day_of_rest_gets_a_hint(world: World, at_desk: Any, read: Any) -> None:
    case, leader = world.case("handling"), at_desk("leader")
    url = f"/desk/cases/{case.no}/do/call_hearing/"
    said = [
        read(leader.post(url, {"look": "effects", "hearing_on": day})).words
        for day in ("2026-03-06", "2026-03-07", "2026-04-06")
    ]
    assert ["是休息日" in words for words in said] == [False, True, True]
