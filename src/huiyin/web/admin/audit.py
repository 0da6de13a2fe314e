"""审计: who has an account, which roles, when each last signed in, and what was done to accounts. Read only (审计管理员)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from huiyin.cases import copies
from huiyin.kernel.typed import row_number
from huiyin.people import accounts
from huiyin.people.models import AccountAct, Role
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.pages import Pages

ACTS = 50  # on a page


@staff_page("admin.audit")
def page(request: HttpRequest) -> HttpResponse:
    """The accounts as they are, and under them what was done to them, the newest first."""
    number = min(row_number(request.GET.get("page", "")) or 1, 1_000_000)
    acts = accounts.acts(page=number, size=ACTS)
    context = {
        "rows": [(one, accounts.roles_of(one)) for one in accounts.accounts()],
        "acts": [(act, _detail(act)) for act in acts[:ACTS]],
        "copies": copies.latest(ACTS),
        "page": Pages(number, ACTS, len(acts[:ACTS]), None, len(acts) > ACTS),
    }
    return render(request, "admin/audit.html", context)


def _detail(act: AccountAct) -> str:
    """What of it: the roles or the office before and after, or what a token was for."""
    if "roles" in act.detail:
        return _change(*(_("、").join(str(Role(code).label) for code in codes) for codes in act.detail["roles"]))
    return _change(*act.detail["office"]) if "office" in act.detail else str(act.detail.get("label", ""))


def _change(before: str, after: str) -> str:
    return f"{before} → {after}" if before else after
