"""Writes an edition of the procedure as a page for people: states, their diagram, every step, the terms, the letters.

The page is made from the same table that decides; nothing is said here that the table does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from huiyin.procedure.actions import Action, Edition, Field
from huiyin.procedure.articles import cite
from huiyin.procedure.papers import LETTERS
from huiyin.procedure.states import STATES
from huiyin.procedure.terms import Term
from huiyin.procedure.words import Words

ROLES = {
    "clerk": Words("接待员", "clerk"), "handler": Words("承办人", "handler"), "head": Words("科室负责人", "section head"),
    "leader": Words("单位负责人", "leader"), "supervisor": Words("督办员", "supervisor"),
    "petitioner": Words("信访人", "petitioner"), "system": Words("系统", "the system"),
}  # fmt: skip
RELATIONS = {
    "self": Words("承办人自己", "who is responsible"), "office": Words("同科室", "the same section"),
    "above": Words("上级科室", "an office above"), "unit": Words("同单位", "the same unit"),
    "first_asked": Words("首问人", "who was asked first"), "asked": Words("被请协办的人和科室", "who was asked to help, and their office"), "sender": Words("转送、交办来的一方", "who passed it on, and their office"),
    "sent_on": Words("更早转送过的一方", "who passed it on before them"), "reviewed": Words("原办理、复查过的一方", "who answered or reviewed it"), "owner": Words("信访人本人", "the petitioner"),
    "any": Words("不限", "any"),
}  # fmt: skip
KINDS = {
    "line": Words("一行字", "one line"), "text": Words("文字", "text"), "date": Words("日期", "date"),
    "choice": Words("选一项", "choice"), "number": Words("数", "number"), "yes": Words("勾选", "tick"),
    "office": Words("科室", "section"), "staff": Words("工作人员", "member of staff"), "claims": Words("诉求", "requests"),
    "rating": Words("评价", "rating"), "files": Words("材料", "papers"), "person": Words("人", "people"),
    "task": Words("一项协办", "a task"), "several": Words("选几项", "several choices"),
    "member": Words("信访人中的一位", "one of the petitioners"), "members": Words("信访人中的几位", "some of the petitioners"), "requests": Words("诉求中的几项", "some of the requests"),
    "agent": Words("受委托的人、监护人", "somebody authorised, a guardian"), "roster": Words("名册上的人", "somebody on the roster"),
}  # fmt: skip
DUTIES = {"office": Words("办理单位", "the office"), "petitioner": Words("信访人", "the petitioner")}


def markdown(edition: Edition) -> str:
    """The page of an edition, in Chinese and English side by side."""
    parts = [_head(edition), _states(), _diagram(edition), *_actions(edition), _terms(edition), _letters(edition)]
    return "\n\n".join(parts) + "\n"


def _head(edition: Edition) -> str:
    return (
        "# 办理程序 · The procedure\n\n"
        "本页由 `huiyin procedure --markdown` 从程序表生成，不要手改；条文号指下列法规。  \n"
        "Made by `huiyin procedure --markdown` from the table of the procedure; don't edit it. Articles are those of:\n\n"
        f"**{edition.name.zh}** · {edition.name.en}, in force since {edition.in_force.isoformat()} (`{edition.code}`)"
    )


def _states() -> str:
    rows = (
        (f"`{state.code}`", _both(state.name), _both(state.plain), _both(state.waits_for), "✓" if state.open else "")
        for state in STATES.values()
    )
    head = ("代码 Code", "状态 State", "对信访人怎么说 In plain words", "等什么 Waits for", "在办 Open")
    return "## 状态 · States\n\n" + _table(head, rows)


def _diagram(edition: Edition) -> str:
    """The moves between states; steps that leave the state as it is are not drawn."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state.name.zh} {state.name.en}" as {state.code}' for state in STATES.values()]
    for action in edition.actions.values():
        for source in _ordered(action.sources) if action.target else ():
            lines.append(f"    {source} --> {action.target}: {action.label.zh} {action.label.en}")
        if not action.sources:
            lines.append(f"    [*] --> {action.target}: {action.label.zh} {action.label.en}")
    return "## 状态图 · State diagram\n\n```mermaid\n" + "\n".join(lines) + "\n```"


def _actions(edition: Edition) -> Iterator[str]:
    yield "## 步骤 · Steps"
    for action in edition.actions.values():
        yield "\n\n".join(part for part in _action(action, edition.terms) if part)


def _action(action: Action, terms: Mapping[str, Term]) -> Iterator[str]:
    yield f"### {_both(action.label)} · `{action.name}`"
    yield f"{_both(cite(action.article))}  \n{action.help.zh}  \n{action.help.en}"
    yield "\n".join(f"- {line}" for line in _rules(action, terms))
    if action.fields:
        head = ("记录什么 Recorded", "填法 Kind", "必填 Required", "代码 Code")
        yield _table(head, (_field(field) for field in action.fields))
    if action.guards:
        yield "不能办的时候这样说 What is said when the step can't be taken:\n\n" + "\n".join(
            f"- {guard.words.zh} {guard.words.en}" for guard in action.guards
        )


def _rules(action: Action, terms: Mapping[str, Term]) -> Iterator[str]:
    sources = "、".join(_both(STATES[code].name) for code in _ordered(action.sources)) or "—"
    yield f"从 From {sources} → {_both(STATES[action.target].name) if action.target else '不变 · unchanged'}"
    yield f"谁可以做 Who: {_listed(ROLES[role] for role in ROLES if role in action.roles)}"
    yield f"和事项的关系 Standing: {_listed(RELATIONS[one] for one in RELATIONS if one in action.relations)}"
    for start in action.starts:
        term = terms[start.term]
        yield f"起算 Starts: {_both(term.name)}（{term.length.zh} {term.length.en}，{term.article}）"
    for stop in action.stops:
        yield f"停止 Stops: {_both(terms[stop.term].name)}"
    if action.assigns:
        yield "责任转到所写的科室和人 · Responsibility passes to the office and person named"
    if action.passes:
        yield _both(action.passes.words)
    if action.papers:
        yield f"文书 Letter: {_listed(LETTERS[kind] for kind in _kinds(action))}"
    if action.plain.zh:
        yield f"信访人看到 The petitioner reads: {_both(action.plain)}"


def _field(field: Field) -> tuple[str, ...]:
    options = "；".join(f"{choice.name.zh} {choice.name.en}" for choice in field.choices)
    kind = _both(KINDS[field.kind]) + (f"：{options}" if options else "")
    return _both(field.label), kind, "✓" if field.required else "", f"`{field.name}`"


def _terms(edition: Edition) -> str:
    rows = (
        (
            f"`{term.code}`",
            _both(term.name),
            _both(term.length),
            _both(term.citation),
            _both(term.starts),
            _both(DUTIES[term.duty]),
        )
        for term in edition.terms.values()
    )
    head = (
        "代码 Code",
        "期限 Term",
        "多长 Length",
        "条文 Article",
        "从哪天起 Counted from the day on which",
        "谁的 Whose",
    )
    return "## 期限 · Terms\n\n" + _table(head, rows)


def _letters(edition: Edition) -> str:
    rows = (
        (_both(LETTERS[kind]), _both(action.label), _both(cite(action.article)))
        for action in edition.actions.values()
        for kind in _kinds(action)
    )
    return "## 文书 · Letters\n\n" + _table(("文书 Letter", "步骤 Step", "条文 Article"), rows)


def _kinds(action: Action) -> list[str]:
    """The kinds of letters that a step may make, each once."""
    return list(dict.fromkeys(paper.kind for paper in action.papers))


def _ordered(codes: Iterable[str]) -> list[str]:
    """States in the order of the path."""
    known = set(codes)
    return [code for code in STATES if code in known]


def _both(words: Words) -> str:
    return words.zh if words.zh == words.en else f"{words.zh} {words.en}"


def _listed(words: Iterable[Words]) -> str:
    found = list(words)
    return f"{'、'.join(word.zh for word in found)} ({', '.join(word.en for word in found)})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
