"""The operations manual (规范化操作手册): an edition of the procedure as a book in one language, to be printed.

Every step: who takes it and by which article, what to fill in, by when, which letters, what comes next, and what is said when it
can't be taken. Made from the same table that decides; nothing is said here that the table does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from huiyin.procedure.actions import Action, Edition, Field
from huiyin.procedure.articles import cite
from huiyin.procedure.papers import LETTERS
from huiyin.procedure.render import DUTIES, KINDS, RELATIONS, ROLES
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words

TITLE = Words("信访工作操作手册", "Operations Manual of Petition Work")
FOREWORD = Words(
    "本手册由程序表生成：页面、接口和检查用的是同一张表，改了表，请重新印。条文号不写法规名的，指下列法规。",
    "This manual is made from the table of the procedure, the same that pages, API and checks follow; when the table changes, print it anew. Articles without another name are those of:",
)
STEPS, STATES_TITLE, TERMS_TITLE, LETTERS_TITLE = (
    Words("步骤", "Steps"), Words("状态", "States"), Words("期限", "Terms"), Words("文书", "Letters"),
)  # fmt: skip
WHO, STANDING, BASIS, WHEN, DATES, PAPERS, NEXT, READS, FILL, REFUSALS = (
    Words("谁办", "Who"), Words("和事项的关系", "Standing"), Words("依据", "Basis"), Words("什么时候", "When"), Words("时限", "Time limits"),
    Words("文书", "Letters"), Words("下一步", "Next"), Words("信访人看到", "The petitioner reads"), Words("要填什么", "What to fill in"),
    Words("不能办的时候这样说", "What is said when it can't be done"),
)  # fmt: skip
MISTAKES = Words("常见差错", "Usual mistakes")
FIELDS = (Words("记录什么", "Recorded"), Words("填法", "How"), Words("必填", "Required"))
STATE_HEAD = (Words("状态", "State"), Words("对信访人怎么说", "In plain words"), Words("等什么", "Waits for"))
TERM_HEAD = (
    Words("期限", "Term"), Words("多长", "Length"), Words("条文", "Article"), Words("从哪天起", "Counted from the day on which"), Words("谁的", "Whose"),
)  # fmt: skip
LETTER_HEAD = (Words("文书", "Letter"), Words("步骤", "Step"), Words("条文", "Article"))
BEGINS, UNCHANGED, YES = (
    Words("开始一件事", "Begins a matter"),
    Words("状态不变", "The state stays"),
    Words("是", "yes"),
)
STARTS, STOPS = (
    Words("起算：{0}，{1}，{2}；从这天起：{3}", "Starts: {0}, {1}, {2}; from the day on which {3}"),
    Words("停止：{0}", "Stops: {0}"),
)
REACHES, LEADS = Words("到“{0}”，等{1}", "{0}: waits for {1}"), Words("接着可以：{0}", "Then: {0}")
PASSES = Words("责任转到所写的科室和人", "Responsibility passes to the office and person named")


@dataclass(frozen=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True)
class Section:
    """A step, or what belongs together: a paragraph, pairs of a label and its lines, tables, and lists under their titles. Of a step
    also its `name` in the table, who takes it and by which article."""

    title: str
    text: str = ""
    pairs: list[tuple[str, list[str]]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    lists: list[tuple[str, list[str]]] = field(default_factory=list)
    name: str = ""
    who: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Chapter:
    title: str
    sections: list[Section]


@dataclass(frozen=True)
class Book:
    """The whole manual in the language `language`."""

    language: str
    title: str
    law: str
    foreword: str
    chapters: list[Chapter]


def book(edition: Edition, language: str) -> Book:
    """The manual of an edition in `zh` or `en`."""
    writer = Writer(edition, language)
    return Book(language, writer.say(TITLE), writer.say(edition.name), writer.say(FOREWORD), list(writer.chapters()))


class Writer:
    """Writes the chapters in one language."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition, self.language = edition, language

    def say(self, words: Words) -> str:
        return words.say(self.language)

    def joined(self, words: Iterable[Words]) -> str:
        return ("、" if self.language == "zh" else ", ").join(map(self.say, words))

    def each(self, words: Iterable[Words]) -> list[str]:
        return list(dict.fromkeys(map(self.say, words)))

    def head(self, words: Iterable[Words]) -> tuple[str, ...]:
        return tuple(map(self.say, words))

    def chapters(self) -> Iterator[Chapter]:
        steps = list(self.edition.actions.values())
        yield Chapter(self.say(STEPS), [self.step(place, action) for place, action in enumerate(steps, 1)])
        for title, head, rows in (
            (STATES_TITLE, STATE_HEAD, self._states()), (TERMS_TITLE, TERM_HEAD, self._terms()), (LETTERS_TITLE, LETTER_HEAD, self._letters()),
        ):  # fmt: skip
            yield Chapter(self.say(title), [Section("", tables=[Table("", self.head(head), list(rows))])])

    def step(self, place: int, action: Action) -> Section:
        """One step: who, by what, when, what to fill in, by when, letters, what comes next."""
        pairs = [(self.say(label), lines) for label, lines in self._pairs(action) if lines]
        fields = [Table(self.say(FILL), self.head(FIELDS), [self._field(each) for each in action.fields])]
        lists = ((MISTAKES, action.mistakes), (REFUSALS, [guard.words for guard in action.guards]))
        return Section(
            f"{place}  {self.say(action.label)}", self.say(action.help), pairs, fields if action.fields else [],
            [(self.say(title), self.each(lines)) for title, lines in lists if lines], action.name, self._who(action), self.say(cite(action.article)),
        )  # fmt: skip

    def _pairs(self, action: Action) -> Iterator[tuple[Words, list[str]]]:
        yield WHO, [self._who(action)]
        yield STANDING, [self.joined(RELATIONS[one] for one in RELATIONS if one in action.relations)]
        yield BASIS, [self.say(cite(action.article))]
        yield WHEN, [self.joined(STATES[code].name for code in STATES if code in action.sources) or self.say(BEGINS)]
        yield DATES, list(self._dates(action))
        yield PAPERS, [self.joined(LETTERS[kind] for kind in kinds_of(action))] if action.papers else []
        yield NEXT, list(self._next(action))
        yield READS, [self.say(action.plain)] if action.plain.zh else []

    def _who(self, action: Action) -> str:
        return self.joined(ROLES[role] for role in ROLES if role in action.roles)

    def _dates(self, action: Action) -> Iterator[str]:
        for start in action.starts:
            term = self.edition.terms[start.term]
            yield self.say(STARTS).format(*map(self.say, (term.name, term.length, term.citation, term.starts)))
        if action.stops:
            yield self.say(STOPS).format(self.joined(self.edition.terms[stop.term].name for stop in action.stops))

    def _next(self, action: Action) -> Iterator[str]:
        if action.assigns:
            yield self.say(PASSES)
        if action.passes:
            yield self.say(action.passes.words)
        if action.target is None:
            yield self.say(UNCHANGED)
            return
        state = STATES[action.target]
        yield (
            self.say(REACHES).format(self.say(state.name), self.say(state.waits_for))
            if state.open
            else self.say(state.name)
        )
        if leading := [each.label for each in self.edition.from_state(action.target) if each.main]:
            yield self.say(LEADS).format(self.joined(leading))

    def _field(self, each: Field) -> tuple[str, ...]:
        between = "；" if self.language == "zh" else "; "
        options = between.join(self.say(choice.name) for choice in each.choices)
        how = between.join(part for part in (self.say(KINDS[each.kind]), options, self.say(each.hint)) if part)
        return self.say(each.label), how, self.say(YES) if each.required else ""

    def _states(self) -> Iterator[tuple[str, ...]]:
        for state in STATES.values():
            yield self.head((state.name, state.plain, state.waits_for))

    def _terms(self) -> Iterator[tuple[str, ...]]:
        for term in self.edition.terms.values():
            yield self.head((term.name, term.length, term.citation, term.starts, DUTIES[term.duty]))

    def _letters(self) -> Iterator[tuple[str, ...]]:
        for action in self.edition.actions.values():
            for kind in kinds_of(action):
                yield self.head((LETTERS[kind], action.label, cite(action.article)))


def kinds_of(action: Action) -> list[str]:
    """The kinds of letters that a step may make, each once."""
    return list(dict.fromkeys(paper.kind for paper in action.papers))
