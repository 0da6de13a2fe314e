"""Importing a roster file: uploaded, its columns matched beside a preview, imported in the background, what is to be mended given back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.documents import services as documents
from huiyin.jobs import roster as jobs
from huiyin.kernel import clock
from huiyin.kernel.errors import Conflict, Refused
from huiyin.people import listing
from huiyin.people.models import RosterImport
from huiyin.people.roster import importing
from huiyin.web.desk import roster_columns as columns
from huiyin.web.desk.found import found
from huiyin.web.ui import refusing
from huiyin.web.ui.access import staff_page

UPLOADED, RUNNING = RosterImport.State.UPLOADED, RosterImport.State.RUNNING


class UploadForm(forms.Form):
    """The file and the office for rows that name none."""

    use_required_attribute = False
    file = forms.FileField(required=False)
    office = forms.ChoiceField(required=False)

    def __init__(self, offices: Any, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="import-%s")
        self.offices = {str(office.pk): office for office in offices}
        self.fields["file"].label = _("名册文件")
        self.fields["office"].label = _("服务管理单位")
        self.fields["office"].choices = [(pk, office.name) for pk, office in self.offices.items()]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload is None:
            raise forms.ValidationError(_("请先选一个文件：Excel（.xlsx、.xls）或CSV。"))
        if upload.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // (1024 * 1024)
            raise forms.ValidationError(_("文件超过{n}兆，请分成几个文件导入。").format(n=most))
        return upload


@staff_page("roster.import")
def start(request: HttpRequest) -> HttpResponse:
    """Takes a file, and lists what was imported before."""
    actor = request.actor  # type: ignore[attr-defined]
    form = UploadForm(listing.offices_for(actor), refusing.sent(request), request.FILES or None)
    if form.is_valid():
        begun = _begun(request, form)
        if begun is not None:
            return redirect("desk-roster-import", import_id=begun.pk)
    return render(request, "desk/roster_import.html", {"form": form, "imports": listing.imports_for(actor)})


def _begun(request: HttpRequest, form: UploadForm) -> RosterImport | None:
    upload, actor = form.cleaned_data["file"], request.actor  # type: ignore[attr-defined]
    office = form.offices.get(form.cleaned_data["office"]) or next(iter(form.offices.values()))
    try:
        return importing.begin(stream=upload.file, name=upload.name, office=office, by=actor, now=clock.now())
    except Refused as refused:
        refusing.show(form, refused)
    return None


@staff_page("roster.import")
def page(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import: its columns and preview until it is started, then how far it is, at last what came of it."""
    one = _one(request, import_id)
    if one.state != UPLOADED:
        return render(request, "desk/roster_import_result.html", _result(one))
    if request.method != "POST":
        return _columns_page(request, one)
    try:
        importing.choose(
            roster_import=one, columns=columns.chosen(request.POST), sheet=request.POST.get("sheet") or None
        )
        if request.POST.get("do") == "import":
            jobs.queue(one)
    except Conflict:
        pass  # a second click: the page shows how far the first one is
    except Refused as refused:
        return _columns_page(request, one, refused)
    return redirect("desk-roster-import", import_id=one.pk)


def _columns_page(request: HttpRequest, one: RosterImport, refused: Refused | None = None) -> HttpResponse:
    typed = columns.places(request.POST) if refused else None
    said = refused.say(get_language() or "zh") if refused else ""
    return render(
        request, "desk/roster_columns.html", columns.context(one, today=clock.today(), typed=typed, said=said)
    )


@staff_page("roster.import")
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far an import is, as a fragment that asks for itself again until it is done."""
    return render(request, "desk/roster_import_result.html#standing", _result(_one(request, import_id)))


@staff_page("roster.import")
@require_POST
def again(request: HttpRequest, import_id: int) -> HttpResponse:
    """Goes on with an import that stopped."""
    one = _one(request, import_id)
    with suppress(Conflict):  # it runs already
        jobs.queue(one)
    return redirect("desk-roster-import", import_id=one.pk)


@staff_page("roster.import")
def problems(request: HttpRequest, import_id: int) -> Any:
    """The rows to mend, as a file that can be imported again."""
    one = _one(request, import_id)
    if not one.errors_sha256:
        raise Http404
    name = _("{name}-要改正的{n}行.xlsx").format(name=PurePath(one.name).stem[:80], n=one.rejected)
    return FileResponse(documents.open_content(one.errors_sha256), as_attachment=True, filename=name)


def _one(request: HttpRequest, import_id: int) -> RosterImport:
    one = found(lambda: listing.import_for(request.actor, import_id))  # type: ignore[attr-defined]
    jobs.look_after(one)
    return one


def _result(one: RosterImport) -> dict[str, Any]:
    key = "en" if (get_language() or "").startswith("en") else "zh"
    remarks = [words.get(key, "") for words in one.message.get("remarks", [])]
    return {"one": one, "running": one.state == RUNNING, "said": one.message.get(key, ""), "remarks": remarks}
