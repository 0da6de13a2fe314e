"""分件: a letter that holds several matters is registered item by item, each classified and timed by itself (Arts. 22, 23(1)).

The Regulations speak of matters, not of letters: whoever receives one registers it and acts by what it is. The further item stands
where the letter stands, with its day of receipt, its terms and what was told and answered: no term begins anew by splitting, and the 60
days of what was accepted before run on since then (Art. 34). What was taken back and brought again counts from when it was brought
again, as its letter does. What is left stays with the first item, whose state and terms don't change. An accusation is never taken
out of an open matter, whose letter would go on telling of it: the letter itself is sealed (Art. 30), and what is no accusation is taken
out of it in words of its own.
"""

from __future__ import annotations

from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Field, Guard, Running, Situation
from huiyin.procedure.editions import effects_routes_2022 as routes
from huiyin.procedure.editions.forms_2022 import OUTSIDE, PURPOSES
from huiyin.procedure.editions.guards_2022 import is_plea, nature
from huiyin.procedure.editions.guards_routes_2022 import ACCUSED_NAMED
from huiyin.procedure.editions.standing_2022 import SAME_UNIT
from huiyin.procedure.words import Words

SIXTY_DAYS = ("handle", "extend")
KEPT_TERMS = ("notice", "notice-passed", "forward", "object", "result", *SIXTY_DAYS)
KEPT_MARKS = (
    "registered_at", "by_web", "notice_waived", "identified_on", "simple_excluded", "outside", "notified_on", "accepted_on",
    "acceptance_told_on", "extended_on", "extended_days", "extension_told_on", "senders", "forwarded_on", "transfer_told_on",
    "result_owed", "died_on",
)  # fmt: skip
FIELDS = (
    Field("title", "line", Words("另一件的标题", "Title of the further item"), most=100, hint=Words("一句话说清什么事", "The matter in one line")),
    Field("text", "text", Words("信里说这一件的话", "What the letter says of it"), most=50000,
          hint=Words("从来件里摘出来，照原话，不说别的事", "Taken from the letter, in its own words, and of nothing else")),
    Field("part_claims", "claims", Words("另一件的诉求", "Requests of the further item"), required=False, hint=Words("一行一项", "One a line")),
    Field("purpose", "choice", Words("另一件的信访目的", "Purpose of the further item"), required=False, choices=PURPOSES),
    Field("topic", "line", Words("另一件的内容分类", "Topic of the further item"), required=False, most=20),
    Field("accused", "office", Words("另一件反映的是哪个科室、单位", "Which office the further item is about"), required=False,
          hint=Words("反映本系统的科室、单位或者那里的人时选；检举控告一定要选", "For an office of this system or somebody there; an accusation always says it"), choices=OUTSIDE),
    Field("claims", "claims", Words("留在本件的诉求", "Requests that stay here"), required=False, hint=Words("一行一项；分出去的删掉，不填就不变", "One a line; leave out what goes; empty changes nothing")),
    Field("files", "files", Words("一起带过去的材料", "Papers that go along"), required=False),
)  # fmt: skip
SEAL_THE_LETTER = Guard(
    "seal_the_letter", lambda s: s.facts.get("purpose") != "accusation" or nature(s.snapshot.marks) == "accusation",
    Words("检举控告不能从敞开的事项里分出去：原件、原话还留在本件里。请先由负责人把本件改为检举控告，再把别的事分出来（第三十条）。",
          "An accusation can't be taken out of an open matter: its letter would stay here. Have this matter set right as an accusation first, then split off what is none (Art. 30)."),
    field="purpose",
)  # fmt: skip
THE_LETTER_STAYS = Guard(
    "the_letter_stays", lambda s: not s.facts.get("files") or nature(s.snapshot.marks) != "accusation",
    Words("检举控告的来件和材料不带到别的事项里去（第三十条）；需要的部分，摘成干净的另外添加。",
          "No paper of an accusation goes along to another matter (Art. 30); add a clean extract of what is needed there."),
    field="files",
)  # fmt: skip


def begun(letter: Situation, registered: engine.Effects) -> engine.Effects:
    """The effects of an item's first event: as it is `registered`, but standing where the `letter` stood just before the split."""
    kept = {name: letter.snapshot.marks[name] for name in KEPT_MARKS if name in letter.snapshot.marks}
    marks = registered["marks"] | kept
    return registered | {"marks": marks, "clocks": [engine.start_of(clock) for clock in _terms(letter, is_plea(marks))]}


def _terms(letter: Situation, plea: bool) -> list[Running]:
    """The terms that run for the letter; the 60 days for a complaint or request alone. They had stopped where an accepted letter
    turned out to be an accusation."""
    running = [clock for name in KEPT_TERMS if (clock := letter.running(name)) and (plea or name not in SIXTY_DAYS)]
    stopped = plea and letter.mark("accepted_on") and not any(clock.term in SIXTY_DAYS for clock in running)
    return [*running, _since_acceptance(letter)] if stopped else running


def _since_acceptance(letter: Situation) -> Running:
    if again := routes.extension_again(letter):
        return engine.run("extend", again, letter, days=routes.days_extended(letter))
    return engine.run("handle", routes.accepted_since(letter), letter)


ACTIONS = (
    Action(
        "split", Words("分出一件", "Split off an item"), Words("分出一件，另行登记", "An item was split off and registered by itself"),
        Words("您信里还说了另一件事，我们分开登记、分别办", "Your letter speaks of another matter too; it was registered by itself"),
        "第二十三条第一款", Words("一封信说几件事的，一次分出一件，另行登记：自己的编号、分类、责任人和期限，收到日期、在走的期限、已经告知和答复过的，都跟原信一样，在走的法定期限不会从头再算（建议意见等的答复期限由本单位自己定，从这一件受理时起算）；信访人和联系方式带过去，不用再交，原来的查询码都能查。检举控告和别的事写在一起的，密封的是原信，分出来的只写别的事，不带原件。",
              "Where a letter speaks of several matters, split off one at a time: it gets its own number, classification, responsible person and terms, with the letter's day of receipt; the terms that run, and what was told and answered, stand as they stand for the letter, and no statutory term that runs begins anew (the time for an answer to a suggestion, which the office sets itself, counts from when this item is taken up). The petitioner and their contact go along; nothing is handed in again, and the one receipt code shows all. Where an accusation stands beside other matters, the letter itself is sealed; what is split off speaks of the other matter alone, without the original."),
        frozenset({"registered"}), None, frozenset({"clerk", "handler", "head"}), SAME_UNIT, FIELDS, (SEAL_THE_LETTER, THE_LETTER_STAYS, ACCUSED_NAMED),
    ),
)  # fmt: skip
