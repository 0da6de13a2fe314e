"""A draft in the words of its last screen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases import drafts, filing
from huiyin.cases.models import Draft
from huiyin.web.ui.parts import Fact


def title(draft: Draft) -> str:
    """The title that was given, else the one found in the words."""
    return str(draft.data.get("title") or filing.title_of(str(draft.data.get("text", ""))))


def kept(draft: Draft) -> dict[str, Any]:
    """What was being written, for whoever comes back to it."""
    return {"title": title(draft), "saved_at": draft.updated_at, "follows": draft.data.get("follows", "")}


def facts(draft: Draft) -> list[Fact]:
    """The rows of the summary, each with the way back to its screen."""
    return [
        Fact(_("发生了什么事"), draft.data["text"], reverse("portal-file-what"), own=True),
        Fact(_("照片和材料"), _papers(draft), reverse("portal-file-papers")),
        Fact(_("您是谁"), _who(draft), reverse("portal-file-you")),
        Fact(_("怎样告诉您"), _how(draft), reverse("portal-file-you")),
    ]


def _papers(draft: Draft) -> str:
    names = [file.name for file in drafts.files(draft)]
    if not names:
        return _("没有，以后还可以补")
    count = ngettext("{count}份：{names}", "{count}份：{names}", len(names))
    return count.format(count=len(names), names=_("、").join(names))


def _who(draft: Draft) -> str:
    data = draft.data
    name = data.get("name") or _("没有留名字")
    if data.get("who") == "other":
        return _("{name}，替{other}办").format(name=name, other=data.get("acts_for") or _("家里人"))
    return _("{name}，本人").format(name=name)


def _how(draft: Draft) -> str:
    data = draft.data
    way = {
        "phone": _("打电话到{phone}"),
        "message": _("发短信到{phone}"),
        "letter": _("寄信到{address}"),
    }.get(data.get("reply_by", ""), _("您自己用查询码来查"))
    phone = data.get("phone") or _("您上次留的号码")
    address = data.get("address") or _("您上次留的地址")
    lines = [way.format(phone=phone, address=address)]
    return "\n".join(lines + ([_("信用大字印")] if data.get("large_print") else []))
