"""What is shown rather than filled in: dates, steps, lists, tables, dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiyin.web.ui import parts
from huiyin.web.ui.tags.words import day

register = template.Library()
COMPONENTS = "ui/components/"
MOST_ACTIONS = 9  # as many as there are digits to press


@register.simple_block_tag
def notice(content: str, kind: str = "calm", title: Any = "", alert: bool = False) -> str:
    """A bar and words. kind: calm, soon (amber), late (red: we are late), done (green). `alert` reads it out at once."""
    return render_to_string(
        f"{COMPONENTS}notice.html", {"words": content, "kind": kind, "title": title, "alert": alert}
    )


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(facts: Sequence[parts.Fact]) -> dict[str, Any]:
    """Key, value and 修改 with hidden words that name the row."""
    return {"facts": facts}


@register.simple_block_tag
def status_box(
    content: str, why: Any = "", why_title: Any = "", note: Any = "", two: bool = False, is_open: bool = True
) -> str:
    """Who, until when, and how the date was found. Fill it with {% status_cell %}; `why` is a list of sentences."""
    here = {
        "cells": content,
        "why": why,
        "why_title": why_title or _("这一天是怎么算出来的"),
        "note": note,
        "two": two,
        "open": is_open,
    }
    return render_to_string(f"{COMPONENTS}status_box.html", here)


@register.simple_block_tag
def status_cell(content: str, over: Any, name: Any = "", date: Any = "", urgency: str = "calm") -> str:
    """A cell of the status box: small words above, a name or a date, more below."""
    here = {"more": content, "over": over, "name": name, "date": date, "urgency": urgency}
    return render_to_string(f"{COMPONENTS}status_cell.html", here)


@register.inclusion_tag("ui/components/timeline.html")
def timeline(steps: Sequence[parts.Step]) -> dict[str, Any]:
    """The portal's way of a matter: tick, ring, dashed."""
    return {"steps": steps}


@register.inclusion_tag("ui/components/history.html")
def history(entries: Sequence[parts.Entry]) -> dict[str, Any]:
    """The desk's record, newest first."""
    return {"entries": entries}


@register.simple_tag
def due(value: parts.Due | None, with_date: bool = False, week: bool = False) -> SafeString:
    """Due words as a small label; `with_date` adds the date inside it. Drawn in Python: lists show it a hundred times."""
    if value is None:
        return SafeString("")
    tick = SafeString('<span aria-hidden="true">✓ </span>') if value.urgency == "done" else ""
    inside = (
        format_html('<span class="due-date">{}</span>', day(value.on, "week" if week else ""))
        if with_date and value.on
        else ""
    )
    note = format_html(' <span class="due due--provisional">{}</span>', value.note) if value.note else ""
    return format_html('<span class="due due--{}">{}{}{}</span>{}', value.urgency, tick, value.words, inside, note)


@register.simple_tag
def due_cells(value: parts.Due | None) -> SafeString:
    """The same as three table cells: words, date, article."""
    on, article = (day(value.on) if value.on else "—", value.article) if value else ("—", "")
    cells = '<td class="due-words">{}</td><td class="due-on num">{}</td><td class="due-article second">{}</td>'
    return format_html(cells, due(value), on, article)


@register.inclusion_tag("ui/components/day_ruler.html")
def day_ruler(days: Sequence[parts.Day], small: bool = False, label: Any = "") -> dict[str, Any]:
    """Working days white, rest hatched, 班 marked, today ink."""
    first = days[0].on if days else None
    cells = [{"day": day, "month": day.on.day == 1 or day.on == first} for day in days]
    return {"cells": cells, "small": small, "label": label or _("日子")}


@register.inclusion_tag("ui/components/clock.html")
def clock(value: parts.Clock) -> dict[str, Any]:
    """A term as a bar: elapsed, today, 宜办完, statutory date."""
    top = 18
    labels = [(mark, top + 30 + mark.row * 18) for mark in value.marks if mark.words]
    return {"clock": value, "labels": labels, "top": top, "height": top + 18 + value.rows * 18}


@register.inclusion_tag("ui/components/path.html")
def path(stations: Sequence[parts.Station], sentence: Any = "") -> dict[str, Any]:
    """The way through the procedure; branches are a sentence below."""
    return {"stations": stations, "sentence": sentence}


@register.inclusion_tag("ui/components/claims.html")
def claims(rows: Sequence[parts.Claim]) -> dict[str, Any]:
    """What was asked for, and what the answer is. Results have no colour."""
    return {"claims": rows}


@register.inclusion_tag("ui/components/action_panel.html")
def action_panel(
    actions: Sequence[parts.Action], not_yet: Sequence[parts.NotYet] = (), note: Any = ""
) -> dict[str, Any]:
    """What may be done now, and what not yet and why. Where there are many, the rare ones are folded behind 更多."""
    rare = [action for action in actions if action.rare] if len(actions) > MOST_ACTIONS else []
    often = [action for action in actions if action not in rare]
    return {"actions": often, "rare": rare, "not_yet": not_yet, "note": note}


@register.simple_block_tag
def suggestion(content: str, words: Any, kind: str = "suggest", reason: Any = "") -> str:
    """A suggestion with its reason. kind: suggest (建议), maybe (可能), none (没有建议), changed (已改). Content: accept, change."""
    return render_to_string(
        f"{COMPONENTS}suggestion.html", {"actions": content, "words": words, "kind": kind, "reason": reason}
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: Any, words: Any = "") -> str:
    """A question about a consequence. Open it with `dialog=` of a button or link; the link's address is the page without script."""
    return render_to_string(f"{COMPONENTS}dialog.html", {"content": content, "id": id, "title": title, "words": words})


@register.inclusion_tag("ui/components/code.html")
def code(digits: str, wrong_group: int = 0) -> dict[str, Any]:
    """Twelve digits as 4-4-4. `wrong_group` (1–3) frames one of them."""
    bare = "".join(char for char in str(digits) if char.isdigit())
    groups = [bare[at : at + 4] for at in range(0, len(bare), 4)]
    return {"groups": groups, "spoken": ", ".join(" ".join(group) for group in groups), "wrong": wrong_group}


@register.simple_block_tag
def receipt_box(content: str, digits: str, qr: str = "", title: Any = "") -> str:
    """The enquiry code with its QR picture (an address) and words beside it."""
    return render_to_string(
        f"{COMPONENTS}receipt_box.html",
        {"words": content, "digits": digits, "qr": qr, "title": title or _("您的查询码")},
    )


@register.inclusion_tag("ui/components/steps.html")
def steps(number: int, total: int) -> dict[str, Any]:
    """第1步，共4步 with its bars."""
    return {"number": number, "total": total, "bars": [at <= number for at in range(1, total + 1)]}


@register.inclusion_tag("ui/components/back.html")
def back(href: str, words: Any = "") -> dict[str, Any]:
    """上一步, or other words, above the h1."""
    return {"href": href, "words": words or _("上一步")}


@register.inclusion_tag("ui/components/door.html")
def door(href: str, words: Any, more: Any = "", primary: bool = False) -> dict[str, Any]:
    """A large way in on the portal's home page."""
    return {"href": href, "words": words, "more": more, "primary": primary}


@register.inclusion_tag("ui/components/photos.html")
def photos(rows: Sequence[parts.Photo]) -> dict[str, Any]:
    """Papers that were sent in."""
    return {"photos": rows}


@register.inclusion_tag("ui/components/heading.html")
def heading(
    words: Any, note: Any = "", href: str = "", link: Any = "", key: str = "", id: str = "", level: int = 2
) -> dict[str, Any]:
    """A section's heading on the desk: words, a note, a link with its key at the right."""
    return {"words": words, "note": note, "href": href, "link": link, "key": key, "id": id, "level": level}


@register.simple_block_tag
def rows_table(content: str, label: Any, cursor: bool = True, lines: str = "", id: str = "") -> str:
    """A table of 36 px rows that scrolls inside itself. Write thead and tbody as content.

    `cursor`: j and k walk the rows, ⏎ follows the row's first link (or [data-open]), x ticks its box.
    `lines="tall"` lets cells wrap.
    """
    return render_to_string(
        f"{COMPONENTS}rows_table.html", {"content": content, "label": label, "cursor": cursor, "lines": lines, "id": id}
    )


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], unit: Any = "") -> dict[str, Any]:
    """第1–17件，共86件, and the pages around; keeps the other parameters of the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "unit": unit or _("件"), "rest": query.urlencode()}


@register.simple_block_tag
def empty(content: str, title: Any, words: Any = "") -> str:
    """Nothing here: say why, and give a way on as content."""
    return render_to_string(f"{COMPONENTS}empty.html", {"title": title, "words": words, "ways": content})


@register.simple_block_tag
def chips(content: str, rows: Sequence[parts.Chip], label: Any = "") -> str:
    """Filters in force; each can be taken away. Content: a way to add one, counts at the right."""
    return render_to_string(f"{COMPONENTS}chips.html", {"chips": rows, "label": label or _("筛选"), "rest": content})


@register.inclusion_tag("ui/components/tabs.html")
def tabs(rows: Sequence[parts.Tab], label: Any = "") -> dict[str, Any]:
    """Saved views below the top bar."""
    return {"tabs": rows, "label": label or _("看哪一些")}


@register.inclusion_tag("ui/components/progress.html")
def progress(words: Any, done: int, total: int, more: Any = "") -> dict[str, Any]:
    """Work in the background (reading a scan, importing a roster): so many of so many, in words and as a bar."""
    return {"words": words, "done": done, "total": total, "more": more}


@register.simple_block_tag
def wrong(content: str, title: Any, happened: Any, kept: Any, todo: Any) -> str:
    """Something did not work: what happened, what is kept, what to do; buttons as content (desk)."""
    here = {"title": title, "happened": happened, "kept": kept, "todo": todo, "buttons": content}
    return render_to_string(f"{COMPONENTS}wrong.html", here)


@register.simple_tag
def echo() -> SafeString:
    """The echo on the portal's home page: four squares, one in the other. For the eye alone."""
    squares = ((1, 98, 6), (13, 74, 5), (26, 48, 4), (38, 24, 3))
    rects = format_html_join("", '<rect x="{0}" y="{0}" width="{1}" height="{1}" rx="{2}"/>', squares)
    return format_html('<svg class="echo" viewBox="0 0 100 100" aria-hidden="true" focusable="false">{}</svg>', rects)
