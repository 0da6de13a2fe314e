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
        _state("accepted", 2, "已受理", "Accepted", ("决定受理了，正在安排人办", "Accepted; a person is being named"),
               ("负责人交办", "the head to assign it")),
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
        _state("closed", 8, "办结", "Settled", ("这件事办结了", "This matter is settled"), ("归档", "archiving"), is_open=False),
        _state("archived", 9, "已归档", "Archived", ("办结了，材料已经归档", "Settled, and the papers are archived"), ("无", "nothing"), is_open=False),
        _state("withdrawn", 9, "已撤回", "Taken back", ("您撤回了这件事", "You took this matter back"), ("无", "nothing"), is_open=False),
    )
}  # fmt: skip
