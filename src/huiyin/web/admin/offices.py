"""单位: the tree of offices, what stands on their letters, and which one is the counter (系统管理员)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import row_number
from huiyin.orgs import queries, services
from huiyin.orgs.models import Office
from huiyin.web.admin.forms import OfficeForm, depth_of
from huiyin.web.admin.found import done, found
from huiyin.web.ui.access import staff_page
from huiyin.web.ui.refusing import sent

KEPT = ("name", "role", "letter_prefix", "superior", "phone", "address", "hours")
DEEPEST_SHOWN = 6


@staff_page("admin.offices")
def page(request: HttpRequest) -> HttpResponse:
    """The tree, closed offices included."""
    offices, row = list(queries.offices()), queries.installation()
    lines = [{"office": office, "depth": min(depth_of(office), DEEPEST_SHOWN)} for office in offices]
    active = [office for office in offices if office.is_active]
    return render(request, "admin/offices.html", {"rows": lines, "active": active, "installation": row})


@staff_page("admin.offices")
def new(request: HttpRequest) -> HttpResponse:
    """A new office."""
    initial = {"parent": request.GET.get("below", ""), "kind": Office.Kind.SECTION, "role": Office.Role.UNIT}
    form = OfficeForm(queries.offices(), sent(request), initial=initial)
    if form.is_valid() and _created(form):
        messages.success(request, _("“{name}”建好了。").format(name=form.cleaned_data["name"]))
        return redirect("admin-offices")
    return render(request, "admin/office.html", {"form": form, "office": None})


def _created(form: OfficeForm) -> bool:
    try:
        parent = queries.office(form.parent_id) if form.parent_id else None
        services.create_office(kind=form.cleaned_data["kind"], parent=parent, **form.details)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


@staff_page("admin.offices")
def edit(request: HttpRequest, office_id: int) -> HttpResponse:
    """Changes an office and its place in the tree."""
    office = found(lambda: queries.office(office_id))
    initial: dict[str, Any] = {name: getattr(office, name) for name in KEPT} | {"parent": str(office.parent_id or "")}
    form = OfficeForm(queries.offices(), sent(request), initial=initial, new=False)
    if form.is_valid() and _changed(form, office_id):
        messages.success(request, _("“{name}”存好了。").format(name=form.cleaned_data["name"]))
        return redirect("admin-offices")
    return render(request, "admin/office.html", {"form": form, "office": office})


def _changed(form: OfficeForm, office_id: int) -> bool:
    try:
        parent = queries.office(form.parent_id) if form.parent_id else None
        services.change_office(office=queries.office(office_id), parent=parent, **form.details)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


@staff_page("admin.offices")
@require_POST
def close(request: HttpRequest, office_id: int) -> HttpResponse:
    """Takes an office out of use."""
    office = found(lambda: queries.office(office_id))
    words = _("“{name}”停用了，以前的事项都还在。").format(name=office.name)
    done(request, lambda: services.close_office(office=office), words)
    return redirect("admin-offices")


@staff_page("admin.offices")
@require_POST
def reopen(request: HttpRequest, office_id: int) -> HttpResponse:
    """Takes a closed office back into use."""
    office = found(lambda: queries.office(office_id))
    done(request, lambda: services.reopen_office(office=office), _("“{name}”又启用了。").format(name=office.name))
    return redirect("admin-offices")


@staff_page("admin.offices")
@require_POST
def counter(request: HttpRequest) -> HttpResponse:
    """Puts another office at the counter."""
    chosen = row_number(request.POST.get("counter", ""))
    office = found(lambda: queries.office(chosen or 0))
    words = _("接待窗口现在是“{name}”，网上来件到那里。").format(name=office.name)
    done(request, lambda: services.change_counter(counter=office), words)
    return redirect("admin-offices")
