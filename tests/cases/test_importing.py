"""Earlier cases come in once each, as they stood; what can't be used waits with its reasons and nothing else is lost."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huiyin.cases import services as cases
from huiyin.cases import verification
from huiyin.cases.models import Case
from huiyin.cases.takeover import services
from huiyin.cases.takeover.report import Report
from huiyin.documents.spreadsheets import read_table
from huiyin.kernel.errors import Forbidden, Invalid, Refused
from huiyin.people.policy import SYSTEM
from huiyin.people.roster.files import Source
from tests.search.keys import keys_of
from tests.ways import CONCLUSION, RECUSAL
from tests.world import NOW, REGISTER, World

HEAD = [
    "external_id",
    "received_at",
    "channel",
    "name",
    "phone",
    "id_number",
    "title",
    "text",
    "topic",
    "state",
    "reply",
    "replied_at",
]
CLOSED = [
    "A1",
    "2019-02-01 10:53:47",
    "letter",
    "孟庆兰",
    "13800000000",
    "",
    "取暖补贴少发",
    "去年少发三个月。",
    "060302",
    "closed",
    "已补发180元。",
    "2019-03-02",
]
OPEN = [
    "A2",
    "2026-02-27",
    "visit",
    "王秀英",
    "0451-82345678",
    "11010519491231002X",
    "体检没有通知",
    "今年体检没有通知到我。",
    "健康体检",
    "open",
    "",
    "",
]
Take = Callable[..., Report]


@pytest.fixture
def take(world: World, tmp_path: Path) -> Take:
    def taken(*rows: list[str], head: list[str] = HEAD, source: str = "旧系统", by: str = "", **options: str) -> Report:
        path = tmp_path / "old.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *rows])
        actor = world.actor(by) if by else SYSTEM
        return services.take_over(Source(path, path.name), by=actor, now=NOW, source=source, **options)

    return taken


def change(row: list[str], **cells: str) -> list[str]:
    return [cells.get(name, cell) for name, cell in zip(HEAD, row, strict=True)]


def figures(report: Report) -> tuple[int, int, int, int]:
    return report.opened, report.closed, report.present, report.rejected.count


def reasons(report: Report) -> dict[int, str]:
    return {number: "".join(one.zh for one in words) for number, _, words in report.rejected}


def test_a_settled_case_arrives_with_its_reply_and_an_honest_event(take: Take) -> None:
    assert figures(take(CLOSED)) == (0, 1, 0, 0)
    case = Case.objects.get()
    assert (case.state, case.is_open, case.received_on, case.source, case.external_id) == (
        "closed", False, date(2019, 2, 1), "旧系统", "A1",
    )  # fmt: skip
    event = case.events.get()
    assert (event.action, event.at, event.by_kind) == ("import_closed", NOW, "system")
    assert (event.facts["reply"], event.facts["replied_on"]) == ("已补发180元。", "2019-03-02")
    assert not case.clocks.exists() and not case.letters.exists() and case.next_alert_on is None
    assert keys_of("case", "少发三个月", 5) == [case.pk]
    assert list(verification.verify()) == []


def test_an_open_case_is_registered_and_its_notice_term_runs_from_the_day_of_receipt(take: Take, world: World) -> None:
    assert figures(take(OPEN)) == (1, 0, 0, 0)
    case = Case.objects.get()
    assert (case.state, case.no, case.channel, case.due_on) == ("registered", "2026-0001", "visit", date(2026, 3, 16))
    assert (case.office, case.responsible) == (world.counter, world.staff["clerk"])
    assert case.topic is not None and case.topic.code == "0802"
    assert case.petitioners.get().phone == "0451-82345678"


def test_the_same_file_again_gives_no_doubles_and_a_longer_one_adds_the_rest(take: Take) -> None:
    take(CLOSED)
    assert figures(take(CLOSED, OPEN)) == (1, 0, 1, 0)
    assert figures(take(CLOSED, OPEN)) == (0, 0, 2, 0)
    assert Case.objects.count() == 2


def test_the_same_number_from_another_source_is_another_case(take: Take) -> None:
    take(CLOSED)
    assert figures(take(CLOSED, source="12345")) == (0, 1, 0, 0)


def test_rows_without_a_number_are_known_by_what_they_say(take: Take) -> None:
    nameless = change(OPEN, external_id="")
    assert figures(take(nameless, nameless, change(nameless, text="另一件事。"))) == (2, 0, 1, 0)
    assert figures(take(nameless)) == (0, 0, 1, 0)


def test_two_rows_with_one_number_and_different_words_have_to_be_mended(take: Take) -> None:
    report = take(CLOSED, CLOSED, change(CLOSED, text="完全是另一件事。"))
    assert figures(report) == (0, 1, 1, 1)
    assert reasons(report)[4] == "原编号“A1”和第2行相同，内容不同。"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"received_at": "2026-13-40"}, "收到日期：没有“2026-13-40”这一天"),
        ({"received_at": "前年"}, "收到日期：“前年”不是日期"),
        ({"received_at": ""}, "没有写“收到日期”。"),
        ({"received_at": "2031-01-01"}, "日期不能晚于今天。"),
        ({"received_at": "1998-05-04"}, "1998-05-04不在可以计算的范围内"),
        ({"channel": "飞鸽"}, "来件渠道“飞鸽”看不懂"),
        ({"channel": ""}, "没有写来件渠道"),
        ({"state": "大概"}, "状态“大概”看不懂"),
        ({"title": "", "text": ""}, "请填写“标题”"),
        ({"text": "长" * 50_001}, "最多50000个字"),
        ({"state": "closed"}, "没有写“答复日期”。"),
        ({"state": "closed", "replied_at": "2026-03-01"}, "请填写“当时的答复”。"),
        ({"state": "closed", "reply": "已答复。", "replied_at": "2025-01-01"}, "答复日期要在收到之后"),
        ({"reply": "正在办。"}, "写着未办结，又有答复"),
        ({"external_id": "长" * 101}, "原编号最多100个字。"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_does_not_stop_the_others(
    take: Take, cells: dict[str, str], reason: str
) -> None:
    report = take(change(OPEN, **cells), CLOSED)
    assert figures(report) == (0, 1, 0, 1)
    assert reason in reasons(report)[2]


def test_all_that_is_wrong_in_a_row_is_said_at_once(take: Take) -> None:
    said = reasons(take(change(CLOSED, received_at="x", channel="y", replied_at="z")))[2]
    assert "收到日期" in said and "来件渠道" in said and "答复日期" in said


def test_contact_data_that_cannot_be_read_are_left_out_and_said(take: Take) -> None:
    report = take(change(OPEN, phone="12345", id_number="110105194912310021"))
    assert figures(report) == (1, 0, 0, 0)
    row = Case.objects.get().petitioners.get()
    assert (row.name, row.phone, row.id_number) == ("王秀英", "", "")
    number, (no, *_), words = next(iter(report.remarked))
    assert (number, no) == (2, "2026-0001")
    assert "电话“12345”没有采用" in words[0].zh and "证件号码“110105194912310021”没有采用" in words[1].zh


def test_a_name_too_long_is_cut_and_said_in_full(take: Take) -> None:
    name = "、".join(["孟庆兰"] * 40)
    report = take(change(OPEN, name=name))
    assert Case.objects.get().petitioner_name == name[:60]
    ((_, _, words),) = report.remarked
    assert name in words[0].zh


def test_what_other_systems_write_is_understood(take: Take) -> None:
    head = [
        "信访编号",
        "登记时间",
        "信访形式",
        "信访人姓名",
        "联系电话",
        "身份证号",
        "主题",
        "信访内容",
        "问题类别",
        "办理状态",
        "处理结果",
        "办结时间",
        "备注",
    ]
    report = take(
        ["X-1", "2020年5月4日 上午9:30", "信件", "张三", "", "", "", "事情很长，但是没有标题。\n第二行。", "没有这一类", "已办结", "办好了。", "20200601", "秘"],
        ["X-2", "2021/5/4", "网上信访", "李四", "", "", "长" * 130, "内容。", "", "", "", "", ""],
        head=head,
    )  # fmt: skip
    assert (figures(report), report.ignored) == ((1, 1, 0, 0), ["备注"])
    first, second = Case.objects.order_by("pk")
    assert (first.title, first.channel, first.state, first.topic) == (
        "事情很长，但是没有标题。",
        "letter",
        "closed",
        None,
    )
    assert first.events.get().facts["replied_on"] == "2020-06-01"
    assert (second.state, len(second.title), second.text) == ("registered", 100, "长" * 130 + "\n内容。")
    assert [len(words) for _, _, words in report.remarked] == [2, 1]


def test_the_channel_may_be_given_for_rows_that_name_none(take: Take) -> None:
    assert figures(take(change(OPEN, channel=""), channel="web")) == (1, 0, 0, 0)
    assert Case.objects.get().channel == "web"


def test_rare_characters_and_halves_of_characters_come_through(take: Take, tmp_path: Path, world: World) -> None:
    take(change(OPEN, name="𠮷䶮", text="😀 供暖不热"))
    assert Case.objects.get().petitioner_name == "𠮷䶮" and Case.objects.get().text == "😀 供暖不热"
    path = tmp_path / "half.jsonl"
    rows = [dict(zip(HEAD, change(OPEN, external_id=name), strict=True)) for name in ("B1", "B2")]
    rows[0]["text"], rows[1]["received_at"] = "半个字\ud83d", "\ud83d"
    path.write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n", "utf-8")
    report = services.take_over(Source(path, path.name), by=SYSTEM, now=NOW, source="旧系统")
    assert figures(report) == (1, 0, 0, 2)
    assert Case.objects.get(external_id="B1").text.startswith("半个字")
    assert report.write_rejected(tmp_path / "mend.xlsx", language="en").exists()


def test_a_workbook_is_read_with_its_dates_and_damaged_numbers_left_out(world: World, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["A2", NOW.replace(tzinfo=None), *OPEN[2:5], 110105194912310021, *OPEN[6:]])
    book.save(tmp_path / "old.xlsx")
    report = services.take_over(Source(tmp_path / "old.xlsx", "old.xlsx"), by=SYSTEM, now=NOW, source="旧系统")
    assert figures(report) == (1, 0, 0, 0)
    assert Case.objects.get().received_on == NOW.date()
    assert Case.objects.get().petitioners.get().id_number == ""
    assert report.remarked.count == 1


def test_the_rows_to_mend_come_back_as_a_file_that_can_be_imported(take: Take, world: World, tmp_path: Path) -> None:
    report = take(change(OPEN, channel="飞鸽"), CLOSED)
    mend = report.write_rejected(tmp_path / "mend.xlsx", language="zh-hans")
    table = read_table(mend, name="mend.xlsx")
    assert table.headers == [*HEAD, "需要改正的地方"]
    (row,) = table.rows
    assert row.cells[2] == "飞鸽" and row.cells[-1].startswith("原文件第2行：来件渠道“飞鸽”看不懂")
    book = openpyxl.load_workbook(mend)
    book.active["C2"] = "来访"
    book.save(mend)
    again = services.take_over(Source(mend, "mend.xlsx"), by=SYSTEM, now=NOW, source="旧系统")
    assert (figures(again), again.ignored) == ((1, 0, 0, 0), ["需要改正的地方"])


def test_a_row_too_long_for_excel_is_written_whole_as_json(take: Take, tmp_path: Path) -> None:
    report = take(change(OPEN, text="长" * 60_000))
    written = report.write_rejected(tmp_path / "mend.xlsx", language="zh-hans")
    assert written.suffix == ".jsonl" and not (tmp_path / "mend.xlsx").exists()
    assert len(json.loads(written.read_text("utf-8"))["text"]) == 60_000


def test_a_file_without_the_columns_is_refused_before_anything_is_done(take: Take) -> None:
    with pytest.raises(Refused, match="没有找到“收到日期”这一列"):
        take(["1", "2"], head=["编号", "内容"])
    with pytest.raises(Refused, match="没有找到“反映的内容”这一列"):
        take(["1", "2"], head=["编号", "收到日期"])
    assert not Case.objects.exists()


def test_only_those_who_may_take_cases_over_do(take: Take) -> None:
    with pytest.raises(Forbidden):
        take(CLOSED, by="handler")
    take(CLOSED, by="clerk")
    assert Case.objects.get().events.get().by_name == "clerk"


def test_someone_known_by_id_number_is_linked_to_the_roster(take: Take, world: World) -> None:
    from huiyin.people.services import save_person

    person = save_person(
        person=None, data={"name": "王秀英", "id_number": "11010519491231002X"}, by=SYSTEM, now=NOW, office=world.unit
    )
    take(OPEN, CLOSED)
    assert Case.objects.get(external_id="A2").petitioners.get().person == person
    assert Case.objects.get(external_id="A1").petitioners.get().person is None


def test_a_takeover_in_pieces_goes_on_where_it_stopped(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PIECE", 4)
    rows = [
        change(OPEN, external_id=f"C{number}", received_at=(NOW - timedelta(days=number)).date().isoformat())
        for number in range(10)
    ]
    heard: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        heard.append((done, total))
        if done >= 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(*rows, progress=stop)  # type: ignore[arg-type]
    assert heard == [(4, 10), (8, 10)] and Case.objects.count() == 8
    assert figures(take(*rows)) == (2, 0, 8, 0)
    numbers = Case.objects.order_by("pk").values_list("no", flat=True)
    assert list(numbers) == [f"2026-{number:04d}" for number in range(1, 11)]


# Art. 35: whoever was answered in the earlier system keeps the review.


def taken_over(world: World, replied_on: str, by: str = "clerk", **facts: Any) -> Case:
    earlier = {**REGISTER, "received_on": "2026-01-10", "reply": "不予补发。", "replied_on": replied_on, **facts}
    return cases.register(by=world.actor(by), now=NOW, facts=earlier, action="import_closed")


def ask(world: World, case: Case, by: str = "petitioner", **facts: Any) -> Case:
    asked = {"received_on": NOW.date().isoformat(), "request": "算错了。"}
    return world.perform(case, "request_review", by, **asked, **facts)


def test_who_was_answered_shortly_before_the_takeover_asks_for_a_review(world: World) -> None:
    case = taken_over(world, "2026-02-20", "sister_clerk")
    window = case.clocks.get(term="request-review")
    assert window.due_on == date(2026, 3, 23) and not case.is_open
    case.refresh_from_db()
    case = ask(world, case)
    assert case.state == "reviewing" and case.clocks.get(term="request-review").outcome == "asked"
    assert case.clocks.get(term="review").due_on == date(2026, 4, 1) and case.marks["delivered_on"] == "2026-02-20"
    case = world.perform(case, "take_review", "leader", **world.to("handler"), **RECUSAL)
    case = world.perform(world.perform(case, "draft_review", "handler", **CONCLUSION), "issue_review", "leader")
    earlier = case.letters.get(kind="review_opinion").data["earlier"]
    assert [(each["unit"], each["on"]) for each in earlier] == [(world.sister.name, "2026-02-20")]
    assert list(verification.verify()) == []


def test_a_reply_that_came_in_a_file_can_be_reviewed_too(take: Take) -> None:
    take(change(CLOSED, replied_at="2026-02-20"))
    assert Case.objects.get().clocks.get().term == "request-review"


def test_a_late_request_about_an_answer_of_the_earlier_system_is_taken_with_its_reason(world: World) -> None:
    case = taken_over(world, "2026-01-15")
    assert not case.clocks.exists()
    with pytest.raises(Invalid) as refused:
        ask(world, case, "clerk")
    assert list(refused.value.errors) == ["late_reason"]
    assert ask(world, case, "clerk", late_reason="当时没有告诉可以复查。").state == "reviewing"


def test_a_reply_of_the_earlier_system_that_is_no_opinion_has_no_review(world: World) -> None:
    case = taken_over(world, "2026-02-20", purpose="enquiry")
    assert not case.clocks.exists()
    with pytest.raises(Refused):
        ask(world, case)
