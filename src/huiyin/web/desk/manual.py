"""操作手册: what each step asks for and what follows from it, to be read beside the work, and the whole as one book."""

from __future__ import annotations

from functools import cache

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from huiyin.documents import manual as printing
from huiyin.kernel import clock
from huiyin.procedure.editions import EDITIONS, in_force
from huiyin.procedure.manual import Book, book
from huiyin.web.desk.papers import download
from huiyin.web.ui.access import staff_page

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@staff_page("desk")
def contents(request: HttpRequest) -> HttpResponse:
    """All steps in the order of the procedure, with who takes them; the book to print."""
    return render(request, "desk/manual.html", {"book": _book(_law(), _language())})


@staff_page("desk")
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One step, of the edition asked for, else of the one in force. 404 where that has none of that name."""
    law = request.GET.get("edition") or _law()
    if law not in EDITIONS:
        raise Http404
    steps = _book(law, _language()).chapters[0].sections
    for place, each in enumerate(steps):
        if each.name == name:
            beside = {"earlier": steps[place - 1] if place else None, "later": next(iter(steps[place + 1 :]), None)}
            return render(request, "desk/manual_step.html", {"step": each, **beside})
    raise Http404


@csp_exempt()
@staff_page("desk")
def printed(request: HttpRequest, form: str) -> HttpResponse:
    """The whole book as PDF or Word, in the language of the page."""
    if form not in MIMES:
        raise Http404
    made = _book(_law(), _language())
    content = getattr(printing, form)(made, made_at=clock.now())
    return download(content, MIMES[form], f"{made.title}.{form}", save=form == "docx")


def _law() -> str:
    return in_force(clock.today()).code


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


@cache
def _book(law: str, language: str) -> Book:
    return book(EDITIONS[law], language)
