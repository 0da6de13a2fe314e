"""人员和岗位: accounts, roles and first passwords (安全管理员). A token its owner issues; here it is only ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases import draft_handover, holding
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import row_number
from huiyin.orgs import queries as orgs
from huiyin.people import accounts, services
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.web.admin.forms import HouseForm, NewStaffForm, PasswordForm, RolesForm, StaffForm, SuccessorForm
from huiyin.web.admin.found import done, found
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.refusing import sent


@staff_page("admin.staff")
def page(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    rows = [(one, accounts.roles_of(one)) for one in accounts.accounts()]
    return render(request, "admin/staff.html", {"rows": rows})


@staff_page("admin.staff")
def new(request: HttpRequest) -> HttpResponse:
    """A new account with roles and a password to be changed."""
    form = NewStaffForm(orgs.offices(), sent(request))
    if form.is_valid():
        given = {"must_change_password": True, **form.cleaned_data}
        if _accepted(form, lambda: services.create_staff(**given, by=_by(request))):
            messages.success(request, _("{name}的账号建好了，第一次登录要换密码。").format(name=given["name"]))
            return redirect("admin-staff")
    return render(request, "admin/staff_new.html", {"form": form})


@staff_page("admin.staff")
def edit(request: HttpRequest, staff_id: int) -> HttpResponse:
    """One account; the form on top changes name, office, telephone and intake."""
    one = _account(staff_id)
    form = StaffForm(orgs.offices(), sent(request), initial=_initial(one), new=False)
    if form.is_valid() and _accepted(
        form, lambda: services.update_staff(staff=_account(staff_id), **form.cleaned_data, by=_by(request))
    ):
        messages.success(request, _("{name}的资料存好了。").format(name=form.cleaned_data["name"]))
        return redirect("admin-staff-one", staff_id=staff_id)
    return _shown(request, one, form=form)


@staff_page("admin.staff")
@require_POST
def roles(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Gives and takes roles."""
    one, form = _account(staff_id), RolesForm(request.POST, auto_id="roles-%s")
    if form.is_valid() and _accepted(
        form, lambda: services.set_roles(staff=one, roles=form.cleaned_data["roles"], by=_by(request))
    ):
        messages.success(request, _("{name}的岗位改好了，现在就算数。").format(name=one.name))
        return redirect("admin-staff-one", staff_id=staff_id)
    return _shown(request, one, roles_form=form)


@staff_page("admin.staff")
@require_POST
def password(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Sets a password that its owner must change."""
    one, form = _account(staff_id), PasswordForm(request.POST, auto_id="password-%s")

    def act() -> None:
        services.reset_password(staff=one, new=form.cleaned_data["password"], now=clock.now(), by=_by(request))

    if form.is_valid() and _accepted(form, act):
        messages.success(
            request, _("{name}的密码重设了，下次登录要换掉。正在用的页面和接口令牌都停了。").format(name=one.name)
        )
        return redirect("admin-staff-one", staff_id=staff_id)
    return _shown(request, one, password_form=form)


@staff_page("admin.staff")
@require_POST
def drafts(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Passes unregistered drafts on to a successor; nobody reads them here."""
    one = _account(staff_id)
    form = SuccessorForm(draft_handover.successors(one), request.POST)
    to = row_number(request.POST.get("successor", "")) or 0
    if form.is_valid() and _accepted(form, lambda: draft_handover.pass_on(one, to, by=_by(request))):
        messages.success(request, _("{name}没登记的草稿转交了。").format(name=one.name))
        return redirect("admin-staff-one", staff_id=staff_id)
    return _shown(request, one, drafts_form=form)


@staff_page("admin.staff")
@require_POST
def leave(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Ends an account."""
    one = _account(staff_id)
    words = _("{name}的账号停用了，办过的事都留着。").format(name=one.name)
    done(request, lambda: services.deactivate_staff(staff=one, now=clock.now(), by=_by(request)), words)
    return redirect("admin-staff-one", staff_id=staff_id)


@staff_page("admin.staff")
@require_POST
def come_back(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Puts an account back into use."""
    one = _account(staff_id)
    done(
        request,
        lambda: services.reactivate_staff(staff=one, by=_by(request)),
        _("{name}的账号又启用了，请再设一个新密码。").format(name=one.name),
    )
    return redirect("admin-staff-one", staff_id=staff_id)


@staff_page("admin.staff")
@require_POST
def revoke_token(request: HttpRequest, staff_id: int, token_id: int) -> HttpResponse:
    """Ends a token."""
    token = found(lambda: accounts.token(accounts.account(staff_id), token_id))
    done(request, lambda: services.revoke_token(token=token, now=clock.now(), by=_by(request)), _("这个令牌作废了。"))
    return redirect("admin-staff-one", staff_id=staff_id)


def _by(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _account(staff_id: int) -> Staff:
    return found(lambda: accounts.account(staff_id))


def _accepted(form: HouseForm, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _initial(one: Staff) -> dict[str, Any]:
    return {"name": one.name, "office": str(one.office_id), "phone": one.phone, "takes_intake": one.takes_intake}


def _shown(request: HttpRequest, one: Staff, **given: Any) -> HttpResponse:
    held = [role.value for role in accounts.roles_of(one)]
    forms = {
        "form": given.get("form") or StaffForm(orgs.offices(), initial=_initial(one), new=False),
        "roles_form": given.get("roles_form") or RolesForm(initial={"roles": held}, auto_id="roles-%s"),
        "password_form": given.get("password_form") or PasswordForm(auto_id="password-%s"),
    }
    waiting = holding.unregistered(one)
    if waiting or given.get("drafts_form"):
        forms["drafts_form"] = given.get("drafts_form") or SuccessorForm(draft_handover.successors(one))
    context = {
        "waiting": waiting,
        "drafts_form": None,
        "one": one,
        "roles": accounts.roles_of(one),
        "tokens": accounts.tokens_of(one),
    }
    return render(request, "admin/staff_one.html", context | forms)
