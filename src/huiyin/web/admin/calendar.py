"""放假日历: which years are published, a new one brought in with a look at what changes, and the dates recomputed (系统管理员)."""

from __future__ import annotations

import csv
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from huiyin.cases.recomputing import waiting
from huiyin.jobs import calendars as jobs
from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.orgs import queries, services
from huiyin.web.admin import calendar_days as days
from huiyin.web.admin.forms import CalendarForm
from huiyin.web.ui.access import staff_page

MOST = 1 << 20  # bytes of an uploaded calendar


@staff_page("admin.calendar")
def page(request: HttpRequest) -> HttpResponse:
    """The calendar in force, year by year, and whether dates wait to be recomputed."""
    calendar = queries.calendar()
    years = days.years(calendar, since=clock.today().year - 2)
    context = {"calendar": calendar, "years": years, "waiting": waiting(), "editions": queries.calendar_editions()}
    return render(request, "admin/calendar.html", context)


@staff_page("admin.calendar")
def bring(request: HttpRequest) -> HttpResponse:
    """Takes rows, says what is wrong with them or what they would change, and imports them when told to."""
    form, changes = CalendarForm(_typed(request), auto_id="calendar-%s"), None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            rows = _rows(request, form)
            if request.POST.get("do") == "import":
                return redirect("admin-recomputing", task_id=_imported(request, rows, version))
            changes = days.changes(queries.calendar(), services.preview_calendar(rows=rows, version=version))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "admin/calendar_import.html", {"form": form, "changes": changes})


def _typed(request: HttpRequest) -> Any:
    """What was sent, an uploaded table as the text that it holds; None where nothing was sent. A file that is no table
    takes nothing away that was typed."""
    if request.method != "POST":
        return None
    upload, rows = request.FILES.get("file"), request.POST.get("rows", "")
    if upload is None:
        return request.POST
    content = upload.read(MOST)
    return {
        **request.POST.dict(),
        "rows": rows if rows.strip() and not days.is_table(content) else days.text_of(content),
    }


def _rows(request: HttpRequest, form: CalendarForm) -> list[dict[str, str]]:
    upload = request.FILES.get("file")
    if upload is not None and upload.size is not None and upload.size > MOST:
        raise Refused(
            "文件超过1兆，不像一份日历。", "The file is larger than 1 MB; that is hardly a calendar.", field="file"
        )
    if upload is None:
        return days.rows_in(form.cleaned_data["rows"].encode(), field="rows")
    upload.seek(0)
    return days.rows_in(upload.read(), field="file")


def _imported(request: HttpRequest, rows: list[dict[str, str]], version: str) -> str:
    by = request.actor.name  # type: ignore[attr-defined]
    return jobs.bring(rows=rows, version=version, by=by, now=clock.now())


@staff_page("admin.calendar")
@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Recomputes what still stands by an older calendar."""
    return redirect("admin-recomputing", task_id=jobs.queue())


@staff_page("admin.calendar")
def recomputing(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    """How far a recomputation is; htmx asks for the part `standing`."""
    standing = jobs.standing(str(task_id))
    if standing is None:
        raise Http404
    template = "admin/recomputing.html#standing" if getattr(request, "htmx", False) else "admin/recomputing.html"
    return render(request, template, {"standing": standing, "task_id": task_id})


@staff_page("admin.calendar")
def year_csv(request: HttpRequest, year: int) -> HttpResponse:
    """A year's days as a file to amend and import again."""
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="calendar-{year}.csv"'},
    )
    answer.write("\ufeff")
    table = csv.DictWriter(answer, days.COLUMNS, extrasaction="ignore")
    table.writeheader()
    table.writerows(days.rows_of_year(queries.calendar(), year))
    return answer
