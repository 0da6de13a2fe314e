"""The requests of a matter where a step asks which of them it meets, and what of them an opinion put otherwise, for whoever signs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from huiyin.cases import claims
from huiyin.cases.models import Case
from huiyin.procedure.actions import Action
from huiyin.web.desk.promised import SIGNED


def choices(case: Case, step: Action) -> dict[str, list[tuple[str, str]]]:
    """The requests to tick, by the name of the field."""
    names = [field.name for field in step.fields if field.kind == "requests"]
    if not names:
        return {}
    wanted = claims.asked(case.events.all())
    words = [format_html('<span lang="zh-CN">{}</span>', text) for text in wanted]
    return {name: [(str(number), text) for number, text in enumerate(words, start=1)] for name in names}


def changed(case: Case, step: str) -> list[str]:
    """Before an opinion is signed: what was registered and is worded otherwise in it, or has no answer of its own, and why."""
    drafts = [event.facts for event in case.events.all() if event.action == "draft"] if step in SIGNED else []
    return list(_changes(drafts[-1])) if drafts else []


def _changes(draft: Mapping[str, Any]) -> Iterator[str]:
    for row in draft["claims"]:
        if "was" in row:
            yield _("登记时写的是“{was}”，现在写的是“{text}”").format(was=row["was"], text=row["text"])
    for text in draft.get("omitted", ()):
        yield _("没有单独答复“{text}”：{reason}").format(text=text, reason=draft["left_out"])
