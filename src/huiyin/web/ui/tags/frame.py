"""What surrounds a page: rail, search, keys, messages, and links that keep a preference."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Role
from huiyin.web.ui import rail as rails
from huiyin.web.ui.parts import Keys, Link

register = template.Library()

FOOTER = (
    Link(_("信访工作条例"), "/regulations/"),
    Link(_("您的信息怎样保护"), "/privacy/"),
    Link(_("无障碍说明"), "/accessibility/"),
)
EVERYWHERE = (
    Keys("/", _("搜索")),
    Keys("?", _("这张表")),
    Keys("w", _("为什么是这一天")),
    Keys("1 – 9", _("现在可以做的")),
    Keys("Ctrl ⏎", _("交、登记、存")),
    Keys("Esc", _("关上、回到列表")),
    Keys("⇧ D", _("换大字、高对比")),
)
LISTS = (
    Keys("j k", _("下一行、上一行")),
    Keys("⏎ o", _("打开")),
    Keys("[ ]", _("翻页")),
    Keys("f", _("筛选")),
)


def _address(context: template.Context) -> str:
    request = context.get("request")
    return (
        request.get_full_path() if request and request.method in ("GET", "HEAD") else request.path if request else "/"
    )


@register.simple_tag(takes_context=True)
def preference(context: template.Context, what: str, choice: str) -> str:
    """The address that keeps a choice and comes back here."""
    return f"{reverse('prefer', args=[what, choice])}?{urlencode({'next': _address(context)})}"


@register.simple_tag(takes_context=True)
def language_link(context: template.Context, css: str = "") -> SafeString:
    """The link to the other language, written in that language."""
    code, words, lang = ("zh-hans", "中文", "zh-CN") if context.get("in_english") else ("en", "English", "en")
    href = preference(context, "language", code)
    return format_html(
        '<a class="{}" href="{}" lang="{}" hreflang="{}" rel="nofollow">{}</a>', css, href, lang, lang, words
    )


@register.inclusion_tag("ui/components/rail.html", takes_context=True)
def rail(context: template.Context, which: str = "desk") -> dict[str, Any]:
    """The rail of the desk or of the administration."""
    request = context["request"]
    rows, actor = rails.places(request, which), getattr(request, "actor", None)
    return {
        "rows": rows,
        "which": which,
        "actor": actor,
        "whose": _whose(actor),
        "sign_out": _exists("/desk/sign-out/"),
        "csrf_token": context.get("csrf_token", ""),
        "password": _exists("/desk/password/"),
        "shortcuts_url": reverse("shortcuts"),
        "request": request,
        "in_english": context.get("in_english"),
    }


def _whose(actor: Any) -> str:
    """Where and as what one works here: 待遇核发科 · 承办人."""
    roles = [str(role.label) for role in Role if actor and role.value in actor.roles]
    return " · ".join(filter(None, [actor.office_name if actor else "", *roles]))


def _exists(path: str) -> str:
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


@register.inclusion_tag("ui/components/search_box.html", takes_context=True)
def search_box(
    context: template.Context, action: str = "/desk/cases/", hint: Any = "", value: str = ""
) -> dict[str, Any]:
    """The search field of the top bar (`q`); `/` goes there."""
    return {"action": action, "hint": hint or _("搜索姓名拼音、编号、正文"), "value": value}


@register.inclusion_tag("ui/components/key_hint.html")
def key_hint(keys: str, words: Any, href: str = "", dialog: str = "") -> dict[str, Any]:
    """Keys and what they do, for the key bar: {% key_hint "j k" _("上下") %}."""
    return {"keys": keys.split(), "words": words, "href": href, "dialog": dialog}


@register.inclusion_tag("ui/components/key_table.html")
def key_table(title: Any, rows: list[Keys] | tuple[Keys, ...]) -> dict[str, Any]:
    """A group of the shortcut table."""
    return {"title": title, "rows": [(row.keys.split(), row.words) for row in rows]}


@register.inclusion_tag("ui/components/key_groups.html", takes_context=True)
def key_groups(context: template.Context, which: str = "desk") -> dict[str, Any]:
    """The groups that every desk page has: where to, everywhere, lists."""
    rows = rails.places(context["request"], which)
    go = [Keys(f"g {row['place'].key}", row["place"].words) for row in rows]
    return {"go": go, "everywhere": EVERYWHERE, "lists": LISTS}


@register.inclusion_tag("ui/components/toasts.html", takes_context=True)
def toasts(context: template.Context) -> dict[str, Any]:
    """Django's messages on the desk: failures are alerts and stay, an `undo` address becomes a button."""
    return {
        "messages": [_message(m) for m in context.get("messages") or ()],
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("ui/components/notices_from_messages.html", takes_context=True)
def notices_from_messages(context: template.Context) -> dict[str, Any]:
    """Django's messages on the portal."""
    return {"messages": [_message(m) for m in context.get("messages") or ()]}


def _message(message: Any) -> dict[str, Any]:
    undo = next((tag[5:] for tag in (message.extra_tags or "").split() if tag.startswith("undo=")), "")
    return {"words": message, "wrong": message.level >= 30, "undo": undo}


@register.inclusion_tag("ui/components/footer_links.html")
def footer_links() -> dict[str, Any]:
    """The portal's footer; only pages that are there."""
    return {"links": [link for link in FOOTER if _exists(link.href)]}
