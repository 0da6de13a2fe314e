"""Following a matter: what the code shows, what the second fact opens, what may be guessed (nothing), what can be added and said."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.cases import filing, services, tracking
from huiyin.cases.models import Case
from huiyin.cases.sweep import sweep
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from tests import ways
from tests.documents import files
from tests.web.portal.reading import words
from tests.world import NOW, World

TEXT = "我家暖气费补贴少发了三个月"


def of_days_ago(world: World, state: str, days: int = 3, **facts: object) -> Case:
    return world.case(state, now=clock.now() - timedelta(days=days), **facts)


def by_code(client: Client, case: Case) -> str:
    sent = client.post("/track/", {"code": case.receipt_code})
    assert sent.headers["Location"] == f"/matter/{case.no}/"
    return words(client.get(sent.headers["Location"]))


def by_qr(client: Client, case: Case) -> str:
    return words(client.get(f"/t/{case.receipt_secret}/"))


@pytest.mark.parametrize("how", ["{}", "{0:.4} {0:>12.12}", "wide", "spoken"])
def test_the_code_is_read_however_it_is_typed(client: Client, world: World, how: str) -> None:
    code = of_days_ago(world, "registered").receipt_code
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    typed = {"{}": code, "wide": wide, "spoken": f" {code[:4]} - {code[4:8]} . {code[8:]} "}.get(
        how, f"{code[:6]} {code[6:]}"
    )
    assert client.post("/track/", {"code": typed}).status_code == 302


def test_the_code_alone_tells_how_far_it_is_and_no_more(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    html = by_code(client, case)
    assert "书面答复送到您手里" in html
    assert TEXT not in html
    assert case.title not in html
    assert "补发180元" not in html
    letter = case.letters.filter(kind="opinion").get()
    for path in ("add/", "rate/", "receipt/", f"letters/{letter.pk}/", f"letters/{letter.pk}/pdf/"):
        assert client.get(f"/matter/{case.no}/{path}").headers["Location"] == f"/matter/{case.no}/open/"


def test_the_second_fact_opens_letters_and_own_words(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    by_code(client, case)
    wrong = words(client.post(f"/matter/{case.no}/open/", {"fact": "1234"}))
    assert "对不上" in wrong
    few = [words(client.post(f"/matter/{case.no}/open/", {"fact": "00 0"})) for _ in range(9)]
    assert all("现在是3个" in told for told in few), "too few figures are told and are no attempt"
    assert client.post(f"/matter/{case.no}/open/", {"fact": "１３８0000 0000"}).status_code == 302, (
        "the whole number is no mistake"
    )
    html = words(client.get(f"/matter/{case.no}/"))
    assert TEXT in html
    assert "补发180元" in html
    letter = case.letters.filter(kind="opinion").get()
    assert "投诉请求" in words(client.get(f"/matter/{case.no}/letters/{letter.pk}/"))
    for form in ("pdf", "large"):
        assert client.get(f"/matter/{case.no}/letters/{letter.pk}/{form}/").content.startswith(b"%PDF")


def test_the_qr_code_opens_everything_at_once(client: Client, world: World) -> None:
    assert TEXT in by_qr(client, of_days_ago(world, "handling"))
    assert client.get("/t/nothing-of-ours/").status_code == 404


def test_without_the_code_nothing_is_shown(client: Client, world: World) -> None:
    case = of_days_ago(world, "handling")
    for path in ("", "open/", "add/", "review/", "take-back/"):
        assert client.get(f"/matter/{case.no}/{path}").headers["Location"] == "/track/"


def test_guessing_codes_and_second_facts_is_limited(client: Client, world: World) -> None:
    case = of_days_ago(world, "handling")
    by_code(client, case)
    tried = [client.post(f"/matter/{case.no}/open/", {"fact": f"{n:04}"}).status_code for n in range(1, 13)]
    assert tried[:5] == [200] * 5 and set(tried[5:]) == {429}
    codes = [client.post("/track/", {"code": f"{n:012}"}).status_code for n in range(21)]
    assert codes[0] == 200 and codes[-1] == 429
    assert "试的次数太多了" in words(client.post("/track/", {"code": case.receipt_code}))


def test_a_stranger_who_guesses_keeps_the_petitioner_out_for_minutes_at_most(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        case, own = of_days_ago(world, "handling"), Client(REMOTE_ADDR="10.0.1.1")
        for place in (0, 1):
            stranger = Client(REMOTE_ADDR=f"10.0.0.{place}")
            by_code(stranger, case)
            tried = [stranger.post(f"/matter/{case.no}/open/", {"fact": "1234"}).status_code for _ in range(9)]
            assert tried[0] == 200 and tried[-1] == 429
            if place == 0:
                by_code(own, case)
                assert own.post(f"/matter/{case.no}/open/", {"fact": "9999"}).status_code == 200
        assert own.post(f"/matter/{case.no}/open/", {"fact": "0000"}).status_code == 429
        moment.shift(timedelta(minutes=10))
        assert own.post(f"/matter/{case.no}/open/", {"fact": "0000"}).status_code == 302


def test_the_second_fact_cannot_be_guessed_through_in_days_and_the_qr_code_stays_free(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        case, own = of_days_ago(world, "handling"), Client(REMOTE_ADDR="10.0.1.1")
        facts = f"/matter/{case.no}/open/"
        by_code(own, case)
        for _ in range(20):  # what is right is never counted
            tracking.check_fact(case, "0000", address="10.0.1.1", now=clock.now())
            moment.shift(timedelta(minutes=10))
        looked = 0
        for place in range(6):
            for _ in range(20):
                with pytest.raises(Refused) as refused:
                    tracking.check_fact(case, "1234", address=f"10.0.0.{place}", now=clock.now())
                looked += refused.value.code != "too_many"
                moment.shift(timedelta(minutes=2))
            if place == 0:
                assert "今天试的次数太多了" in refused.value.zh
        assert looked <= 60
        told = own.post(facts, {"fact": "0000"})
        assert told.status_code == 429 and "今天试的次数太多了" in words(told)
        assert TEXT in by_qr(own, case)
        moment.shift(timedelta(days=1))
        tracking.check_fact(case, "0000", address="10.0.1.1", now=clock.now())


def test_all_items_of_a_letter_have_one_budget_of_wrong_second_facts(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as moment:
        letter = world.register()
        chain = [letter]
        for title in ("楼道灯坏了", "医药费没有报"):  # the second is split off from the first of them
            facts = {"title": title, "text": title, "purpose": "request"}
            event = services.perform(chain[-1], "split", by=world.actor("clerk"), now=NOW, facts=facts)
            chain.append(Case.objects.get(no=event.facts["part"]))
        for address, most, wait in (("10.0.0.1", 5, 0), ("10.0.0.2", 5, 0), ("10.0.0.3", 0, 10), ("10.0.0.4", 5, 0)):
            told = []
            for place in range(9):
                with pytest.raises(Refused) as refused:
                    tracking.check_fact(chain[place % 3], "1234", address=address, now=clock.now())
                told.append(refused.value.code == "too_many")
            assert told == [False] * most + [True] * (9 - most), address
            moment.shift(timedelta(minutes=wait))
        tracking.check_fact(world.register(), "0000", address="10.0.0.5", now=clock.now())


def test_a_name_is_the_second_fact_where_no_number_was_left(client: Client, world: World) -> None:
    case = of_days_ago(world, "registered", petitioners=[{"name": "龚𠮷"}])
    by_code(client, case)
    assert "登记时留的姓名" in words(client.get(f"/matter/{case.no}/open/"))
    assert client.post(f"/matter/{case.no}/open/", {"fact": "龚 𠮷"}).status_code == 302


@pytest.mark.parametrize(
    ("left", "typed"), [("Maria Lee", "maria lee"), ("阿依古丽·买买提", "阿依古丽 买买提"), ("孟Ａnna", "孟ANNA")]
)
def test_a_name_is_known_however_it_is_typed(world: World, left: str, typed: str) -> None:
    case = world.register(petitioners=[{"name": left, "reply_by": "self"}])
    tracking.check_fact(case, typed, address="10.0.0.9", now=NOW)
    assert tracking.which(case, name=typed, tail="", address="10.0.0.9", now=NOW) == 1
    with pytest.raises(Refused):
        tracking.check_fact(case, typed[:-1], address="10.0.0.9", now=NOW)


def test_the_many_who_have_their_code_keep_nobody_out(world: World) -> None:
    code = world.register().receipt_code
    most = tracking.IN_ALL[0]
    for number in range(most + 1):
        tracking.by_code(code, address=f"10.1.0.{number}", now=NOW)
    for number in range(most):
        with pytest.raises(Refused, match="对不上"):
            tracking.by_code("0" * 11 + "1", address=f"10.2.0.{number}", now=NOW)
    with pytest.raises(Refused) as refused:
        tracking.by_code(code, address="10.3.0.1", now=NOW)
    assert refused.value.code == "too_many"


def test_where_nothing_was_left_the_qr_code_is_asked_for(client: Client, world: World) -> None:
    case = of_days_ago(world, "registered", petitioners=[])
    by_code(client, case)
    assert "请扫收据上的方块码" in words(client.get(f"/matter/{case.no}/open/"))


def test_what_only_the_desk_may_know_is_not_told(client: Client, world: World) -> None:
    html = by_qr(client, of_days_ago(world, "drafted"))
    assert "少录面积" not in html
    assert "补发180元" not in html


def test_lateness_is_said_and_is_red_only_where_it_is_ours(client: Client, world: World) -> None:
    assert "notice--late" in by_qr(client, of_days_ago(world, "handling", 90))
    over = by_qr(client, of_days_ago(world, "delivered", 90))
    assert "notice--late" not in over and "date--late" not in over


@pytest.mark.parametrize(
    "state",
    [
        "registered",
        "accepted",
        "handling",
        "drafted",
        "approved",
        "issued",
        "delivered",
        "closed",
        "archived",
        "withdrawn",
    ],
)
def test_every_state_has_a_page(client: Client, world: World, state: str) -> None:
    case = of_days_ago(world, state)
    assert by_qr(client, case)
    client.cookies["django_language"] = "en"
    assert client.get(f"/matter/{case.no}/").status_code == 200


def test_words_and_papers_are_added_once(client: Client, world: World) -> None:
    case = of_days_ago(world, "handling")
    by_qr(client, case)
    good, bad = (
        SimpleUploadedFile("账单.png", files.encoded("PNG")),
        SimpleUploadedFile("坏.pdf", b"MZ\x90\x00" + bytes(99)),
    )
    page = client.post(f"/matter/{case.no}/add/", {"words": "补一张账单", "files": [good, bad], "key": "k1"})
    html = words(page)
    assert html.count("坏.pdf") == 1 and "补一张账单" in html and "账单.png" in html
    kept = html.split('name="kept" value="')[1].split('"')[0]
    for _again in range(2):
        assert (
            client.post(f"/matter/{case.no}/add/", {"words": "补一张账单", "kept": kept, "key": "k1"}).status_code
            == 302
        )
    assert case.events.filter(action="add_material").count() == 1
    assert case.files.count() == 1
    assert "账单.png" in words(client.get(f"/matter/{case.no}/"))


def test_other_words_from_the_same_page_are_not_lost(client: Client, world: World) -> None:
    case = of_days_ago(world, "handling")
    by_qr(client, case)
    where = f"/matter/{case.no}/add/"
    paper = files.encoded("PNG")
    for _again in range(2):  # a double press brings the papers again too
        sent = client.post(
            where, {"words": "补一张账单", "files": [SimpleUploadedFile("账单.png", paper)], "key": "k1"}
        )
        assert sent.status_code == 302
    page = client.post(where, {"words": "还有一句", "key": "k1"})
    html = words(page)
    assert page.status_code == 200 and "还没有交上" in html and "还有一句" in html
    new = client.post(where, {"words": "还有一句", "key": page.context["key"]})
    assert new.status_code == 302 and case.events.filter(action="add_material").count() == 2


def test_adding_nothing_is_said_kindly(client: Client, world: World) -> None:
    case = of_days_ago(world, "handling")
    by_qr(client, case)
    assert "请写几句话" in words(client.post(f"/matter/{case.no}/add/", {"words": "", "key": "k"}))


def test_a_rating_is_given_once_and_then_shown(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    by_qr(client, case)
    given = {"reception": "satisfied", "handling": "", "procedure": "", "result": "dissatisfied", "comment": "谢谢😀"}
    for _again in range(2):
        assert client.post(f"/matter/{case.no}/rate/", given).status_code == 302
    case.refresh_from_db()
    assert (case.evaluation.reception, case.evaluation.handling, case.evaluation.via) == ("satisfied", "", "portal")
    html = words(client.get(f"/matter/{case.no}/"))
    assert "您是这样评的" in html and "谢谢😀" in html and "去评价" not in html


def test_the_answer_of_a_review_is_rated_by_itself(client: Client, world: World) -> None:
    world.three_levels()
    now = clock.now()
    steps = ways.reviewed(world, now)
    names = [step[1] for step in steps]
    answered, reviewed = names.index("deliver") + 1, names.index("deliver_review") + 1
    case = world.register(now=now)
    for _, step, by, facts in steps[:answered]:
        case = world.perform(case, step, by, now=now, **facts)
    by_qr(client, case)
    given = {"reception": "", "handling": "", "procedure": "", "result": "dissatisfied", "comment": "算错了"}
    client.post(f"/matter/{case.no}/rate/", given)
    for _, step, by, facts in steps[answered:reviewed]:
        case = world.perform(case, step, by, now=clock.now(), **facts)
    assert not case.marks.get("evaluated")
    sent = client.post(f"/matter/{case.no}/rate/", {**given, "result": "satisfied", "comment": "改对了"})
    assert sent.status_code == 302
    case.refresh_from_db()
    assert case.events.filter(action="evaluate").count() == 2 and case.evaluation.result == "satisfied"
    page = words(client.post(f"/matter/{case.no}/rate/", {**given, "comment": "再评"}, follow=True))
    assert "评价只收一次" in page and "再评" not in page


def test_rating_nothing_is_no_rating(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    by_qr(client, case)
    page = client.post(f"/matter/{case.no}/rate/", {"reception": "", "handling": "", "procedure": "", "result": ""})
    assert "四项都没评" in words(page)
    assert "不评这项" in words(page)


def test_asking_for_a_review_says_of_whom_and_until_when(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    by_qr(client, case)
    html = words(client.get(f"/matter/{case.no}/review/"))
    assert "云江省电力公司" in html and "请上一级复查，最晚到" in html


def test_what_was_written_for_a_review_is_never_lost(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    by_qr(client, case)
    where, said = f"/matter/{case.no}/review/", "去年11月的补贴没有算进去"
    with time_machine.travel(clock.now() + timedelta(days=60), tick=False):
        by_qr(client, case)
        html = words(client.post(where, {"request": said}))
        assert "复查期已经过了，这里交不上去" in html and "请打电话" in html and said in html
        sweep(now=clock.now())
        html = words(client.post(where, {"request": said}))
        assert "复查期已经过了，这里交不上去" in html and said in html
        assert client.post(where, {"request": ""}).status_code == client.get(where).status_code == 302
    assert not case.events.filter(action="request_review").exists()


def test_asked_for_twice_a_review_is_asked_for_once_and_other_words_stay(client: Client, world: World) -> None:
    case = of_days_ago(world, "delivered")
    by_qr(client, case)
    where, said = f"/matter/{case.no}/review/", "去年11月的补贴没有算进去"
    for _again in range(2):
        assert client.post(where, {"request": said}).headers["Location"] == f"/matter/{case.no}/"
    page = client.post(where, {"request": "还有12月的"})
    html = words(page)
    assert "已经请求过了" in html and "还有12月的" in html and "复查期已经过了" not in html
    assert case.events.filter(action="request_review").count() == 1


def test_closing_forgets_the_matter_in_this_browser(client: Client, world: World) -> None:
    case = of_days_ago(world, "handling")
    by_qr(client, case)
    client.post(f"/matter/{case.no}/close/")
    assert client.get(f"/matter/{case.no}/").headers["Location"] == "/track/"


def test_adding_to_a_matter_is_limited_and_what_was_written_stays(client: Client, world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        case, most = of_days_ago(world, "handling"), filing.ADDITIONS[0]
        by_qr(client, case)
        for number in range(most):
            sent = client.post(f"/matter/{case.no}/add/", {"words": f"补充{number}", "key": f"k{number}"})
            assert sent.status_code == 302, number
        page = words(client.post(f"/matter/{case.no}/add/", {"words": "再补一句", "key": "more"}))
        assert "太多太快了" in page and "再补一句" in page
        assert case.events.filter(action="add_material").count() == most
        other = of_days_ago(world, "handling")
        by_qr(client, other)
        assert client.post(f"/matter/{other.no}/add/", {"words": "补充", "key": "k"}).status_code == 302
