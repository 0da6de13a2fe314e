"""What the letters of all branches take from the record: who writes, to whom, which clocks, earlier opinions and recorded words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases import dossiers, letters
from huiyin.cases.dossiers import Dossier, dossier_of
from huiyin.cases.letter_contents import CONTENTS
from huiyin.cases.models import Case, CaseEvent, CaseLetter, Clock
from huiyin.documents.letters.content import Letter, build
from huiyin.kernel.errors import Refused
from huiyin.orgs.models import Office
from huiyin.procedure.papers import BETWEEN_OFFICES, LETTERS
from tests.world import World

DAY = date(2026, 3, 2)
SENT = {"body": "云湖市社会保险事业管理中心", "body_address": "人民路66号", "body_phone": "0700-555 6600"}
HEARD = {
    "hearing_on": "2026-04-08", "hearing_at": "上午9点", "place": "二楼会议室", "chair": "周建国", "participants": "孟庆兰\n陈静",
}  # fmt: skip
DECIDED = {
    "outcome": "maintain", "findings": "面积无误。", "reasons": "标准统一规定。", "basis": "《供暖补贴办法》第四条", "request": "补发",
    "requested_on": "2026-03-02",
}  # fmt: skip
FACTS: dict[str, dict[str, Any]] = {
    "transfer": SENT, "forward": SENT, "assign_letter": SENT | {"result_due_on": "2026-04-30"},
    "inform": SENT | {"passed_how": "机要交换"}, "sealed_transfer": {"body": "云湖市纪委监委"},
    "direction": SENT | {"item": "4", "route": "行政复议", "statute": "《行政复议法》第二十条", "limit": "60日内", "limit_on": "2026-04-25"},
    "duty": {"statute": "《某法》第三条", "doing": "现场检查", "limit_on": "2026-04-27"},
    "duty_reply": {"statute": "《某法》第三条", "outcome": "performed", "done": "已经检查"}, "hearing": HEARD,
    "mediation": {"parties": "孟庆兰\n云湖供电公司", "agreement": "补发180元", "perform_by": "2026-05-15"},
    "withdrawal": {"way": "visit"}, "execution": {"done": "补发180元", "amount": "180", "paid_on": "2026-03-02", "proof": "回单1"},
    "review_receipt": {"request": "撤销处理意见", "on": "2026-03-02"}, "review_opinion": DECIDED | {"superior": "国网"},
    "rereview_opinion": DECIDED,
    "not_again": {"concluded": {"no": "2026-0001", "document": "信访事项复核意见书", "label": "国网信〔2026〕5号", "on": "2026-02-20", "unit": "国网", "says": ""},
                  "same": "上次都查过", "help": "每月上门一次"},
    "not_accepted": {"under_way": {"no": "2026-0001", "unit": "南桥所", "phone": "0700-555 0141", "address": "", "accepted_on": "2026-02-20", "until": "2026-04-21"},
                     "same": "同一笔补贴", "passed_how": "系统转去"},
}  # fmt: skip


def clock(case: Case, term: str, start: date = DAY, days: int = 30) -> Clock:
    due = start + timedelta(days=days)
    return Clock(case=case, term=term, start_on=start, days=days, raw_on=due, due_on=due, internal_on=due, calendar="x")


def handed_on(dossier: Dossier, office: Office) -> tuple[Dossier, CaseEvent]:
    """The matter as if a step had just moved it to that office."""
    case = dossier.case
    event = CaseEvent(
        case=case, seq=case.version + 1, action="forward", effects={"office": office.pk}, facts={"office": office.pk}
    )
    case.office = office
    return replace(dossier, events=[*dossier.events, event]), event


def written(dossier: Dossier, kind: str, **facts: Any) -> Letter:
    data = letters.content(dossier, kind, facts, on=DAY, label="云供信〔2026〕9号")
    letters.check(kind, data)
    return build(kind, data)


def reviewed(world: World) -> Dossier:
    """A matter with its opinion, the review that upheld it, and the clocks of a review and a re-review."""
    dossier = dossier_of(world.case("delivered"))
    clocks = [*dossier.clocks, clock(dossier.case, "review"), clock(dossier.case, "simple-handle")]
    dossier = replace(dossier, clocks=clocks)
    data = letters.content(dossier, "review_opinion", DECIDED, on=DAY, label="云电信〔2026〕1号")
    opinion = CaseLetter(case=dossier.case, kind="review_opinion", label="云电信〔2026〕1号", dated_on=DAY, data=data)
    return replace(dossier, letters=[*dossier.letters, opinion])


def test_every_paper_of_the_procedure_has_its_content() -> None:
    assert set(CONTENTS) == set(LETTERS)
    assert dict(CaseLetter._meta.get_field("kind").flatchoices) == {kind: name.zh for kind, name in LETTERS.items()}


@pytest.mark.parametrize("kind", [*FACTS, "simple_acceptance"])
def test_the_facts_that_a_step_records_are_enough_for_its_letter(world: World, kind: str) -> None:
    letter = written(reviewed(world), kind, **FACTS.get(kind, {}))
    assert letter.sender.unit == "云湖供电公司" and letter.number_label == "云供信〔2026〕9号"
    assert ("孟庆兰同志" in letter.addressee) is (kind not in BETWEEN_OFFICES | {"mediation"})


@pytest.mark.parametrize("kind", [*sorted(set(FACTS) - {"sealed_transfer"}), "simple_acceptance"])
def test_after_a_death_a_letter_goes_to_the_successor_and_names_who_wrote(world: World, kind: str) -> None:
    case = world.perform(
        world.case("delivered"), "succeed", "clerk", on=date(2026, 3, 2), successor="孟小兰", kinship="女儿"
    )
    before, now = reviewed(world), dossier_of(case)
    dossier = replace(before, case=case, petitioner=now.petitioner, late=now.late)
    letter = written(dossier, kind, **FACTS.get(kind, {}))
    title = "".join(letter.title)
    assert "孟小兰反映" not in title and "您于2026年2月" not in letter.text and "孟小兰于" not in letter.text
    assert title.startswith("关于孟庆兰生前反映") or "孟庆兰" not in title
    assert ("孟小兰同志" in letter.addressee) is (kind not in BETWEEN_OFFICES | {"mediation"})


def test_of_a_group_whose_first_died_the_letters_say_so_without_making_all_of_them_dead(world: World) -> None:
    case = world.perform(world.case("handling"), "succeed", "clerk", on=date(2026, 3, 2), successor="孟小兰")
    case.people_count = 3
    data = letters.content(dossier_of(case), "withdrawal", {"way": "visit"}, on=DAY, label="云供信〔2026〕9号")
    assert "".join(build("withdrawal", data).title).startswith("关于孟庆兰等人反映")


@pytest.mark.parametrize("kind", FACTS)
def test_a_letter_without_facts_is_refused_with_a_sentence(world: World, kind: str) -> None:
    dossier = dossier_of(world.register())
    with pytest.raises(Refused) as refused:
        letters.check(kind, letters.content(dossier, kind, {}, on=DAY, label=""))
    assert refused.value.code == "letter_incomplete" and LETTERS[kind].zh in refused.value.zh


def test_a_letter_that_hands_a_matter_on_is_written_by_whoever_had_it_and_names_the_unit_it_went_to(
    world: World,
) -> None:
    dossier, event = handed_on(dossier_of(world.register()), world.sister)
    clocks = [*dossier.clocks, clock(dossier.case, "notice", days=15)]
    dossier = dossiers.before_leaving(replace(dossier, clocks=clocks), event)
    letter = written(dossier, "transfer", result_due_on="2026-04-30")
    assert (letter.sender.unit, letter.sender.office) == ("云湖供电公司", "接待室")
    assert (
        "交办南桥所处理" in letter.text
        and "15日内（最迟2026年3月17日）" in letter.text
        and "2026年4月30日以前" in letter.text
    )
    assert letter.contact == "接待室 0700-555 0123"
    to_unit = written(dossier, "assign_letter", result_due_on="2026-04-30", asked="核对名册")
    assert (
        to_unit.addressee == "南桥所" and "信访人电话：13800000000。" in to_unit.text and "核对名册。" in to_unit.text
    )


def test_other_letters_of_a_step_that_moves_the_matter_are_written_where_it_arrived(world: World) -> None:
    dossier, event = handed_on(dossier_of(world.case("delivered")), world.sister)
    assert dossiers.before_leaving(dossier, event).office == world.section
    world.sister.phone = "0700-555 0199"
    arrived = replace(dossier, unit=world.sister, clocks=[clock(dossier.case, "review")])
    letter = written(arrived, "review_receipt", request="撤销处理意见")
    assert letter.sender.unit == "南桥所" and "云湖供电公司2026年3月2日作出的" in letter.text


def test_a_petition_bureau_cites_its_own_article(world: World) -> None:
    world.unit.role = Office.Role.PETITION_BUREAU
    dossier = replace(dossier_of(world.register()), unit=world.unit)
    assert "第二十二条第一款，" in written(dossier, "forward", **SENT).text
    assert "第二十二条第二款" in written(dossier, "sealed_transfer", body="市纪委").text


def test_an_accusation_leaves_no_petitioner_and_no_matter_in_the_letter(world: World) -> None:
    dossier = dossier_of(world.register())
    data = letters.content(dossier, "sealed_transfer", {"body": "市纪委"}, on=DAY, label="")
    assert not {"孟庆兰", "13800000000", "湖滨路2号", dossier.case.title} & set(str(data).split("'"))
    assert "孟庆兰" not in str(data) and dossier.case.title not in str(data)


def test_a_review_names_the_opinion_its_substance_and_the_day_of_the_request(world: World) -> None:
    letter = written(reviewed(world), "review_opinion", **(DECIDED | {"requested_on": ""}))
    assert (
        "云湖供电公司2026年3月2日作出的《信访处理意见书》（云供信〔2026〕2号）：“补发取暖补贴”，予以支持" in letter.text
    )
    assert "“说明标准”，作出解释说明" in letter.text and "于2026年3月2日向本单位请求复查" in letter.text
    assert "向云江省电力公司请求复核" in letter.remedy


def test_a_rereview_names_both_opinions(world: World) -> None:
    text = written(reviewed(world), "rereview_opinion", **FACTS["rereview_opinion"]).text
    assert (
        "《信访处理意见书》（云供信〔2026〕2号）" in text
        and "《信访事项复查意见书》（云电信〔2026〕1号）：维持原处理意见" in text
    )
    assert "维持云湖供电公司2026年3月2日作出的《信访事项复查意见书》" in text


def test_an_opinion_written_outside_the_register_is_given_by_its_facts(world: World) -> None:
    dossier = replace(dossier_of(world.register()), clocks=[])
    dossier = replace(dossier, clocks=[clock(dossier.case, "review")])
    told = {
        "earlier_label": "南桥信〔2026〕3号",
        "earlier_on": "2026-02-20",
        "earlier_body": "南桥所",
        "request": "撤销",
    }
    text = written(dossier, "review_receipt", **told).text
    assert "南桥所2026年2月20日作出的《信访处理意见书》（南桥信〔2026〕3号）" in text and "最迟2026年4月1日" in text


def test_a_hearing_belongs_to_the_stage_whose_clock_began(world: World) -> None:
    dossier = dossier_of(world.case("handling"))
    assert "第三十一条第六项" in written(dossier, "hearing", **HEARD).text
    again = replace(dossier, clocks=[*dossier.clocks, clock(dossier.case, "rereview")])
    assert "第三十六条第二款" in written(again, "hearing", **HEARD).text


def test_what_was_carried_out_is_told_of_the_last_opinion(world: World) -> None:
    text = written(reviewed(world), "execution", **FACTS["execution"]).text
    assert "《信访事项复查意见书》（云电信〔2026〕1号）中支持您请求的内容" in text
    with pytest.raises(Refused) as refused:
        written(reviewed(world), "execution", **(FACTS["execution"] | {"proof": ""}))
    assert "支付凭证" in refused.value.zh


def test_names_of_letters_are_said_in_both_languages(world: World) -> None:
    from django.utils import translation

    letter = CaseLetter(kind="rereview_opinion")
    assert letter.get_kind_display() == "信访事项复核意见书"
    with translation.override("en"):
        assert letter.get_kind_display() == "opinion on the re-review"
