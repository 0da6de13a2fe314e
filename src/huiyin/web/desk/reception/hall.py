"""候访: taking numbers, calling them, what became of them; who is on duty today; the address of the room's screen."""

from __future__ import annotations

from csp.decorators import csp_exempt
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.kernel import clock
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import row_number
from huiyin.orgs import queries as orgs
from huiyin.reception import duties, papers, queue, statements
from huiyin.reception.models import Ticket
from huiyin.reception.policy import unit_id
from huiyin.web.desk.found import found
from huiyin.web.desk.reception.frame import framed, once, pdf
from huiyin.web.ui import refusing
from huiyin.web.ui.access import actor, staff_page


class TakeForm(forms.Form):
    """How the visitor is called, if they like; nothing about the matter."""

    use_required_attribute = False
    called_as = forms.CharField(label=gettext_lazy("怎样称呼"), required=False, max_length=queue.LONGEST + 20)


@staff_page("reception.see")
def page(request: HttpRequest) -> HttpResponse:
    """The queue of today; htmx asks for the part `hall` now and then."""
    return _shown(request, TakeForm(auto_id="take-%s"))


def _shown(request: HttpRequest, form: TakeForm, ask: Ticket | None = None) -> HttpResponse:
    by, today, calendar = actor(request), clock.today(), orgs.calendar()
    token = queue.screen_token(by)
    taken = row_number(request.GET.get("taken", ""))
    context = framed(
        request, "desk-reception", form=form, today=today, ask=ask, hall=queue.hall(unit_id(by), today),
        unregistered=statements.waiting(by), duty=duties.days(by, first=today, last=today, calendar=calendar)[0],
        screen=request.build_absolute_uri(reverse("desk-reception-screen", args=[token])) if token else "",
    )  # fmt: skip
    context["taken"] = next((ticket for ticket in context["hall"].waiting if ticket.pk == taken), None)
    part = "#hall" if getattr(request, "htmx", False) else ""
    return render(request, f"desk/reception/hall.html{part}", context, status=409 if ask else 200)


@staff_page("reception.work")
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Gives the next number."""
    form = TakeForm(request.POST, auto_id="take-%s")
    if not form.is_valid():
        return _shown(request, form)
    try:
        ticket = queue.take(
            called_as=form.cleaned_data["called_as"], key=once(request), by=actor(request), now=clock.now()
        )
    except Refused as refused:
        refusing.show(form, refused)
        return _shown(request, form)
    return redirect(f"{reverse('desk-reception')}?taken={ticket.pk}")


@staff_page("reception.work")
@require_POST
def call_next(request: HttpRequest) -> HttpResponse:
    """Calls the next number; the page says which. While one that was called has not come, it asks first what becomes of that."""
    key = once(request)
    earlier = queue.unanswered(key=key, by=actor(request), now=clock.now())
    if earlier and request.POST.get("first") not in ("back", "left"):
        return _shown(request, TakeForm(auto_id="take-%s"), ask=earlier)
    try:
        if earlier:
            queue.move(ticket_id=earlier.pk, step=request.POST["first"], by=actor(request), now=clock.now())
        ticket = queue.call_next(key=key, by=actor(request), now=clock.now())
    except Refused as refused:
        messages.warning(request, refused.say(get_language() or "zh"))
    else:
        messages.success(request, _("叫{number}号。").format(number=ticket.number))
    return redirect("desk-reception")


@staff_page("reception.work")
@require_POST
def move(request: HttpRequest, ticket_id: int, step: str) -> HttpResponse:
    """One step of a number: again, seen, done, left."""
    if step not in queue.STEPS:
        raise Http404
    try:
        ticket = queue.move(ticket_id=ticket_id, step=step, by=actor(request), now=clock.now())
    except Refused as refused:
        if refused.code == "not_found":
            raise Http404 from refused
        messages.warning(request, refused.say(get_language() or "zh"))
        return redirect("desk-reception")
    if step == "done":
        return redirect("desk-reception-visit", visit_id=ticket.visit.pk)
    return redirect("desk-reception")


@csp_exempt()  # the browser's own PDF viewer does not work under our policy; nothing here is HTML
@staff_page("reception.see")
def slip(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """The slip with the number, on A6."""
    ticket = found(lambda: queue.one(actor(request), ticket_id))
    return pdf(papers.slip_pdf(ticket, language=get_language() or "zh"), f"{ticket.number}.pdf")


@staff_page("reception.plan")
@require_POST
def renew_screen(request: HttpRequest) -> HttpResponse:
    """A new address for the screen of the room."""
    queue.renew_screen(by=actor(request))
    messages.success(request, _("屏幕的地址换好了，请在屏幕上重新打开。"))
    return redirect("desk-reception")
