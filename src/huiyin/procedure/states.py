"""The states that a matter can be in, in the words of the desk and in plain words for the petitioner."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.procedure.words import Words


@dataclass(frozen=True)
class State:
    """`open` matters have a responsible person and are looked at by the sweep; `step` is the place on the path (1-based)."""

    code: str
    name: Words
    plain: Words
    open: bool
    step: int
    waits_for: Words


def _state(
    code: str, step: int, zh: str, en: str, plain: tuple[str, str], waits: tuple[str, str], *, is_open: bool = True
) -> State:
    return State(code, Words(zh, en), Words(*plain), is_open, step, Words(*waits))


STATES: dict[str, State] = {
    state.code: state
    for state in (
        _state("registered", 1, "已登记", "Registered", ("收到了，正在看归谁办", "Received; we are deciding who handles it"),
               ("负责人决定受理", "the head to accept it")),
        _state("forwarded", 1, "已转送、交办", "Passed on", ("转给有权处理的单位了，等它收下", "It was passed to the unit with authority; it is to take it up"),
               ("收到的单位受理，或者5个工作日内提出异议", "the unit that received it to accept, or to object within 5 working days")),
        _state("objected", 1, "异议待核", "Objection raised", ("收到的单位说不归它办，正在核实", "The unit says it isn't theirs; this is being checked"),
               ("转送、交办的一方核实", "whoever passed it on to check the objection")),
        _state("accepted", 2, "已受理", "Accepted", ("决定受理了，正在安排人办", "Accepted; a person is being named"),
               ("负责人交办", "the head to assign it")),
        _state("duty", 3, "依法履责中", "Statutory duty under way", ("正在依法履行职责", "A statutory duty is being performed"),
               ("承办人依法履行，拟写答复", "the handler to perform the duty and draft the reply")),
        _state("handling", 3, "办理中", "Being handled", ("正在调查核实", "The facts are being looked into"),
               ("承办人调查核实、拟写意见", "the handler to investigate and draft")),
        _state("drafted", 4, "待核签", "Awaiting sign-off", ("答复写好了，正在核对", "The answer is drafted and being checked"),
               ("科室负责人核签", "the section head to sign off")),
        _state("approved", 5, "待签发", "Awaiting issue", ("答复核对过了，正在签发", "The answer is checked and about to be signed"),
               ("单位负责人签发", "the leader to issue it")),
        _state("issued", 6, "待送达", "Awaiting delivery", ("答复签发了，正在送给您", "The answer is signed and on its way to you"),
               ("送达信访人", "delivery to the petitioner")),
        _state("delivered", 7, "已送达", "Delivered", ("答复送到了，您可以评价，也可以请上一级复查",
               "The answer has reached you; you may rate it or ask for a review"), ("复查期届满或信访人评价", "the review period to end, or a rating")),
        _state("agreed", 7, "已达成协议", "Agreement reached", ("双方达成了协议，正在履行", "Both sides agreed; it is being carried out"),
               ("协议履行完，另一位负责人核对", "the agreement to be carried out, and another head or leader to check it")),
        _state("informed", 7, "已定向别处提出，待告知", "Elsewhere; to be told", ("这件事不归我们管，正在告诉您归谁管", "It isn't ours; you are being told whose it is"),
               ("把该找谁、材料转给了谁告知信访人", "the petitioner to be told whose it is and where the papers went")),
        _state("led", 7, "已定导入法定程序，待告知", "Another procedure; to be told", ("这件事要走法定程序，正在告诉您怎么走、到哪天为止", "It belongs to another legal procedure; you are being told how, and until when"),
               ("把走什么程序、找谁、时限告知信访人", "the petitioner to be told which procedure, which body and the time limit")),
        _state("not_accepted", 7, "已定不予受理，待告知", "Under way below; to be told", ("下级单位正在办这件事，正在告诉您是哪个单位、最晚哪天答复", "A unit below is handling it; you are being told which, and until when"),
               ("把哪个单位在办、最晚哪天答复告知信访人", "the petitioner to be told which unit has it and until when it answers")),
        _state("not_again", 7, "已定不再受理，待告知", "Not taken again; to be told", ("这件事复核过了，没有新的情况，正在书面告诉您", "It was re-reviewed and nothing is new; you are being told in writing"),
               ("把不再受理的理由和接着的帮助告知信访人", "the petitioner to be told the reasons, and what help goes on")),
        _state("reviewing", 8, "复查中", "Under review", ("上一级正在复查", "The unit above is reviewing it"),
               ("上一级提出复查意见", "the unit above to form its review opinion")),
        _state("review_drafted", 8, "复查待签发", "Review awaits issue", ("复查意见写好了，正在核对", "The review opinion is drafted and being checked"),
               ("复查单位负责人签发", "the reviewing unit's leader to issue it")),
        _state("review_issued", 8, "复查待送达", "Review awaits delivery", ("复查意见签发了，正在送给您", "The review opinion is signed and on its way to you"),
               ("送达信访人", "delivery to the petitioner")),
        _state("reviewed", 9, "复查意见已送达", "Reviewed", ("复查意见送到了；不服的，可以请再上一级复核", "The review opinion has reached you; you may ask for a re-review"),
               ("复核期届满", "the period for a re-review to end")),
        _state("rereviewing", 10, "复核中", "Under re-review", ("再上一级正在复核", "The unit above that is re-reviewing it"),
               ("复核单位提出复核意见", "the re-reviewing unit to form its opinion")),
        _state("rereview_drafted", 10, "复核待签发", "Re-review awaits issue", ("复核意见写好了，正在核对", "The re-review opinion is drafted and being checked"),
               ("复核单位负责人签发", "the re-reviewing unit's leader to issue it")),
        _state("rereview_issued", 10, "复核待送达", "Re-review awaits delivery", ("复核意见签发了，正在送给您", "The re-review opinion is signed and on its way to you"),
               ("送达信访人", "delivery to the petitioner")),
        _state("concluded", 11, "终结", "Concluded", ("复核意见送到了，程序走完了", "The re-review opinion has reached you; the procedure is complete"),
               ("归档", "archiving"), is_open=False),
        _state("closed", 11, "办结", "Settled", ("这件事办结了", "This matter is settled"), ("归档", "archiving"), is_open=False),
        _state("archived", 12, "已归档", "Archived", ("办结了，材料已经归档", "Settled, and the papers are archived"), ("无", "nothing"), is_open=False),
        _state("transferred", 12, "已移送纪检监察", "Passed to discipline inspection", ("已经按规定移送，由受理的机关告诉您", "It was passed on as the rules say; the organ that took it will tell you"),
               ("无", "nothing"), is_open=False),
        _state("withdrawn", 12, "已撤回", "Taken back", ("您撤回了这件事", "You took this matter back"), ("无", "nothing"), is_open=False),
    )
}  # fmt: skip
