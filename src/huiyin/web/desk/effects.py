"""What a step does to the clocks, in words, before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from huiyin.cases import letter_files, previews
from huiyin.cases.models import Case
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action
from huiyin.procedure.terms import TERMS
from huiyin.web.desk.dates import iso_day
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said


def sentences(case: Case, step: Action, facts: Mapping[str, Any], *, by: Actor, now: datetime) -> list[str]:
    """One sentence for each clock that stops or starts; one that says so where nothing moves."""
    try:
        changes = previews.clock_changes(case, step, _readable(step, facts), by=by, now=now)
    except ValueError:
        return [_("日期或天数还读不懂，改好后这里会算出期限。")]
    told = [_sentence(change) for change in changes] or [_unmoved(case)]
    beside = [_rest_day(facts), unprintable(_words_of(case, facts)) if step.papers else ""]
    return [*told, *filter(None, beside)]


def _rest_day(facts: Mapping[str, Any]) -> str:
    """A hint where a hearing is called for a weekend or a holiday; "" else."""
    day = iso_day(str(facts.get("hearing_on") or ""))
    if day is None or orgs.calendar().is_workday(day):
        return ""
    return _("听证定的{day}是休息日：要参加的人都方便再定。").format(day=day_text(day, "week"))


def _unmoved(case: Case) -> str:
    """What is said where no clock moves: where only the petitioner may still act, no office's term is said to go on."""
    duties = {TERMS[row.term].duty for row in case.clocks.all() if row.stopped_on is None}
    if "office" in duties:
        return _("期限不动，照常走。")
    return _("办理的期限都走完了；信访人请求复查、复核的日子照算。") if duties else _("没有在走的期限。")


def unprintable(text: str) -> str:
    """Says which characters the letter would show as 〓, and what helps; "" if all can be printed."""
    missing = letter_files.unprintable(text)
    if not missing:
        return ""
    return _(
        "这些字现有的字体里没有，文书上会印成〓：{missing}。请把有这些字的字体放进数据文件夹的fonts，或者在Word版里补上。"
    ).format(missing=_("、").join(missing))


def _words_of(case: Case, facts: Mapping[str, Any]) -> str:
    """What the letters of a step are made of: who, what, from whom; what is typed now and what was drafted."""
    drafted: Mapping[str, Any] = next(
        (event.facts for event in reversed(list(case.events.all())) if event.action == "draft"), {}
    )
    people = [name for one in case.petitioners.all() for name in (one.name, one.address)]
    places = [place.name for place in (case.office, orgs.unit_of(case.office)) if place] if case.office else []
    return "\n".join([case.title, *people, *places, *_texts(dict(facts)), *_texts(drafted)])


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return [text for item in items for text in _texts(item)]


def _readable(step: Action, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that clocks depend on; a number outside its bounds counts as not given yet."""
    kept = dict(facts)
    for field in step.fields:
        value = str(kept.get(field.name) or "")
        if field.kind == "number" and not (
            value.isascii() and value.isdigit() and field.least <= int(value[:9]) <= field.most
        ):
            kept.pop(field.name, None)
    return kept


def _sentence(change: Mapping[str, Any]) -> str:
    term = TERMS[change["term"]]
    if change["op"] == "stop":
        return _stopped(change["outcome"], said(term.name))
    if change["open"]:
        return _("{term}：到您写的那天为止，还没有写。").format(term=said(term.name))
    days = term.with_days(change["days"]).length
    due, internal = date.fromisoformat(change["due"]), date.fromisoformat(change["internal"])
    words = _("{term}：从{start}算起{days}，到{due}。").format(
        term=said(term.name),
        start=day_text(date.fromisoformat(change["start"])),
        days=said(days),
        due=day_text(due, "year week"),
    )
    early = _("宜在{day}前办完。").format(day=day_text(internal, "week")) if internal < due else ""
    return words + early + (_("（暂定，放假安排公布后重算）") if change["provisional"] else "")


def _stopped(outcome: str, term: str) -> str:
    words = {
        "met": _("{term}：期限不再走，按期办到。"), "late": _("{term}：期限不再走，办到时已经过期。"),
        "extended": _("{term}改按延长后的期限走。"),
    }  # fmt: skip
    return words.get(outcome, _("{term}：期限不再走。")).format(term=term)
