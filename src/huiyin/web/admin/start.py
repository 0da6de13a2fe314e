"""The administrators' start page: the pages that one's role opens, and what each is for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from huiyin.cases.supervision import queries as supervision
from huiyin.people.policy import may
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.rail import places

ABOUT = {
    "/admin/offices/": _("单位和科室的名称、电话、发文代字、复查机关，哪个科室是接待窗口"),
    "/admin/calendar/": _("放假和调休；导入新的一年，暂定的期限就按它重算"),
    "/admin/staff/": _("谁有账号、什么岗位；重设密码；作废接口令牌"),
    "/admin/audit/": _("有哪些账号、什么岗位、最近什么时候登录过，对账号做过什么；只看不改"),
}


@staff_page("desk")
def page(request: HttpRequest) -> HttpResponse:
    """Links by role."""
    rows = [(row["place"], ABOUT[row["place"].href]) for row in places(request, "admin") if row["place"].href in ABOUT]
    nobody = supervision.nobody_told() if may(request.actor, "admin.staff") else []  # type: ignore[attr-defined]
    return render(request, "admin/start.html", {"rows": rows, "nobody": nobody})
