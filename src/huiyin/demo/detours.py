# data: invented bodies and statutes of the demonstration
"""The ways of an invented matter beside the ordinary path: each takes its own steps and, where it leads back, goes on as usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from huiyin.demo import directions
from huiyin.demo.course import NIGHTLY, Course, Step, Team
from huiyin.kernel.clock import ZONE
from huiyin.people.policy import PETITIONER, SYSTEM
from huiyin.procedure.deadlines import compute
from huiyin.procedure.editions.effects_2022 import PASSED_ON
from huiyin.procedure.terms import TERMS

SHARES = {
    "": 76, "simple": 6, "review": 5, "passed_on": 3, "agreement": 3, "informed": 2, "led": 2, "duty": 1, "objected": 1, "withdrawal": 1,
}  # fmt: skip
FROM_MAIN, FROM_BRANCH = frozenset({"passed_on", "objected"}), frozenset({"review"})
DUTY = "《老年人权益保障法》第七十五条"


@dataclass
class Detour(Course):
    """A course on one of the ways; `other` are the people of the unit below or above."""

    way: str = ""
    other: Team | None = None

    def _all(self) -> Iterator[Step]:
        yield from getattr(self, f"_{self.way}")()

    def _simple(self) -> Iterator[Step]:
        """Handled simply, unless something would be refused."""
        if self.channel == "superior" or any(answer["result"] == "not_supported" for answer in self.matter.answers):
            yield from super()._all()
            return
        self._pace = 0.3
        yield self._step(
            0, 2, "simple_accept", self.team.head, recusal_checked=True, not_excluded=True, ground=self.chance.choice(("clear", "daily")),
            route=self._say("simple_route"), **self._to(self.team.handler),
        )  # fmt: skip
        yield from self._notified(0, 2)
        yield from self._inquiry()
        yield from self._decision()
        yield from self._end()

    def _passed_on(self) -> Iterator[Step]:
        """Passed to the unit below that has authority, and handled there as usual."""
        yield from self._passing()
        assert self.other is not None
        self.team = self.other
        yield from super()._all()

    def _objected(self) -> Iterator[Step]:
        """Passed on, objected to in time, taken back and handled by the sender."""
        yield from self._passing()
        assert self.other is not None
        yield self._step(0, 2, "object", self.other.head, reason=self._say("objection"))
        yield self._step(
            0, 2, "agree_return", self.team.leader, checked=self._say("checked"), **self._to(self.team.clerk)
        )
        self.owed = False  # the notice that was owed has been given: of the passing on
        yield from self._opening()
        yield from self._inquiry()
        yield from self._decision()
        yield from self._end()

    def _passing(self) -> Iterator[Step]:
        assert self.other is not None
        step = self._step(
            0, 3, "forward", self.team.head, mode="forward", asked=self._say("passing"), **self._to(self.other.head)
        )
        yield step
        self.owed = True
        yield self._told("tell_transfer", 0, 2)

    def _informed(self) -> Iterator[Step]:
        at = self._after(0, 4)
        facts = {
            **directions.body_for(self.matter.topic),
            "passed_on": at.date().isoformat(),
            "passed_how": "挂号信寄去，复印件留存",
            "reason": directions.not_ours(self.matter.topic),
        }
        if self.channel in PASSED_ON:
            yield from self._consent()
        yield from self._elsewhere("inform", facts)

    def _consent(self) -> Iterator[Step]:
        """What came from outside the system goes back to its sender first, who agrees (Art. 23(3))."""
        told = self._step(0, 2, "object_outside", self.team.head)
        asked = {
            "sender": "云湖市12345热线",
            "reason": directions.not_ours(self.matter.topic),
            "how": "书面回函",
            "on": told.at.date().isoformat(),
        }
        yield Step(told.at, told.action, told.by, asked)
        answered = self._step(0, 2, "answer_outside", self.team.clerk)
        on = {"answer": "agreed", "on": answered.at.date().isoformat(), "reference": "热线工单退回确认单"}
        yield Step(answered.at, answered.action, answered.by, on)

    def _led(self) -> Iterator[Step]:
        yield from self._elsewhere("lead", directions.procedure_for(self.matter.topic))

    def _elsewhere(self, action: str, facts: dict[str, Any]) -> Iterator[Step]:
        step = self._step(0, 4, action, self.team.head, **facts)
        passed = {"passed_on": step.at.date().isoformat()} if "passed_on" in facts else {}
        yield Step(step.at, step.action, step.by, {**facts, **passed})
        told = self._brought("tell_direction")
        signed = {"mode": "direct", "on": told.at.date().isoformat(), "received_by": self.signer}
        yield Step(told.at, told.action, told.by, signed if "received_for" in told.facts else told.facts)
        yield self._archived()

    def _duty(self) -> Iterator[Step]:
        at, (doing, done) = self._after(0, 3), directions.duty_on(self.matter.topic)
        yield Step(at, "take_duty", self.team.head, {
            "recusal_checked": True, "statute": DUTY, "doing": doing, **self._to(self.team.handler),
            "limit_on": (at.date() + timedelta(days=45)).isoformat(),
        })  # fmt: skip
        self._at = at
        yield from self._notified(0, 3)
        yield self._step(
            4, 25, "draft_duty", self.team.handler, outcome="performed", done=done, covers=self._all_requests,
            remedy="对履行情况不服的，可以自知道之日起60日内申请行政复议。",
        )  # fmt: skip
        yield self._step(0, 2, "approve", self.team.head, opinion=self._say("approval"))
        yield self._step(0, 2, "issue", self.team.leader)
        yield self._brought("deliver")
        yield self._step(0, 4, "close", self.team.handler)
        yield self._archived()

    @property
    def _all_requests(self) -> list[int]:
        return list(range(1, len(self.matter.requests) + 1))

    def _agreement(self) -> Iterator[Step]:
        yield from self._opening()
        yield from self._inquiry()
        at = self._after(1, 6)
        yield Step(at, "settle", self.team.handler, {
            "form": "mediation", "mediator": self._say("mediators"), "held_on": at.date().isoformat(), "voluntary": True,
            "parties": f"{self.signer or '信访人'}\n{self.team.section}", "agreement": self._say("agreed"),
            "perform_by": (at.date() + timedelta(days=20)).isoformat(), "money": "no", "files": [self.signed], "covers": self._all_requests,
        })  # fmt: skip
        self._at = at
        done = self._step(1, 12, "carry_out", self.team.handler)
        carried = {"on": done.at.date().isoformat(), "done": self._say("carried_out")}
        yield Step(done.at, done.action, done.by, carried)
        yield self._step(0, 3, "close_agreed", self.team.head, agreement_checked=True)
        yield self._archived()

    def _withdrawal(self) -> Iterator[Step]:
        """Taken back by whoever brought it; where nobody is named, handled as usual."""
        if not self.signer:
            yield from super()._all()
            return
        yield from self._opening()
        at = self._after(1, 9)
        facts = {"way": self.chance.choice(("visit", "phone")), "on": at.date().isoformat(), "freely": True}
        yield Step(at, "withdraw", self.team.clerk, facts | {"reason": self._say("withdrawn")})
        self._at = at

    def _resumed(self) -> Iterator[Step]:
        """Taken back, and brought again."""
        yield from self._withdrawal()
        if not self.signer:
            return
        again = self._step(2, 6, "resume", self.team.clerk)
        on = again.at.date().isoformat()
        yield Step(
            again.at, again.action, again.by, {"way": "phone", "on": on, "reason": "答应的事还没有办，请接着办。"}
        )
        yield from self._opening()
        yield from self._inquiry()
        yield from self._decision()
        yield from self._end()

    def _urgent(self) -> Iterator[Step]:
        """Urgent from the first day: recorded by the clerk, reported by the leader, then handled as usual."""
        found = self._step(0, 0, "urgent", self.team.clerk)
        on, what = found.at.date().isoformat(), "同楼多位老人遇到同样的事，不及时办可能影响生活。"
        yield Step(found.at, found.action, found.by, {"weight": "urgent", "on": on, "what": what})
        told = self._step(0, 1, "report_urgent", self.team.leader)
        yield Step(told.at, told.action, told.by, {
            "body": "云湖市委、市政府", "on": told.at.date().isoformat(), "how": "电话报告，书面补报", "informed": "主管部门、联席会议办公室",
            "measures": "当天派人上门，先解决眼前的困难。",
        })  # fmt: skip
        yield from super()._all()

    def _review(self) -> Iterator[Step]:
        """Answered, then reviewed by the unit above; some go on to a re-review outside."""
        yield from self._opening()
        yield from self._inquiry()
        yield from self._decision()
        if not self.wish.until and (done := self._execution(soon=True)):
            self._at = done.at
            yield done
        yield from self._reviewing()
        if self.chance.random() < 0.3:
            yield from self._rereviewed_outside()
            return
        window = compute(TERMS["request-rereview"], self._at.date(), self.calendar).due
        night = self._at.combine(window + timedelta(days=1), NIGHTLY, ZONE)
        yield Step(night, "end_window", SYSTEM, {})
        self._at = night + timedelta(seconds=1)
        yield Step(self._at, "close", SYSTEM, {})
        yield self._archived()

    def _reviewing(self) -> Iterator[Step]:
        above = self.other
        assert above is not None
        yield self._asked("request_review")
        yield self._step(0, 3, "take_review", above.leader, recusal_checked=True, **self._to(above.handler))
        yield self._step(
            3, 15, "draft_review", above.handler, outcome="maintain", findings=self._say("reviewed"), reasons=self._say("upheld"),
            basis="《信访工作条例》第三十五条",
        )  # fmt: skip
        yield self._step(0, 2, "issue_review", above.leader)
        yield self._brought("deliver_review", above)

    def _rereviewed_outside(self) -> Iterator[Step]:
        assert self.other is not None
        yield self._asked("request_rereview")
        dated = self._after(10, 24)
        self._at = dated
        brought = self._brought("record_rereview", self.other)
        yield Step(brought.at, brought.action, brought.by, {
            **brought.facts, "body": self.other.superior, "label": f"云江信复〔{dated.year}〕{self.chance.randint(1, 90)}号",
            "dated_on": dated.date().isoformat(), "outcome": "maintain", "reasons": self._say("upheld"), "files": [self.outside],
        })  # fmt: skip
        yield self._archived()

    def _asked(self, action: str) -> Step:
        """A request within the 30 days, through the portal or written down at the counter."""
        self._at = at = self._after(1, 9)
        by = PETITIONER if self.channel == "web" else self.team.clerk
        return Step(at, action, by, {"received_on": at.date().isoformat(), "request": self._say("against")})

    def _told(self, action: str, least: int, most: int) -> Step:
        step = self._step(least, most, action, self.team.clerk)
        return Step(step.at, step.action, step.by, self._notice(step.at.date()))

    def _brought(self, action: str, by: Team | None = None) -> Step:
        step = self._step(0, 4, action, (by or self.team).clerk)
        return Step(step.at, step.action, step.by, self._service(step.at.date()))
