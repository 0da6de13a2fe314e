"""Addresses of the reception, below /desk/reception/."""

from __future__ import annotations

from django.urls import path

from huiyin.web.desk.reception import events, hall, leaders, rota, screen, statements, visits

urlpatterns = [
    path("", hall.page, name="desk-reception"),
    path("take/", hall.take, name="desk-reception-take"),
    path("next/", hall.call_next, name="desk-reception-next"),
    path("tickets/<int:ticket_id>/slip/", hall.slip, name="desk-reception-slip"),
    path("tickets/<int:ticket_id>/<slug:step>/", hall.move, name="desk-reception-move"),
    path("screen/", hall.renew_screen, name="desk-reception-screen-new"),
    path("screen/<str:token>/", screen.page, name="desk-reception-screen"),
    path("visits/", visits.page, name="desk-reception-visits"),
    path("visits/new/", visits.new, name="desk-reception-visit-new"),
    path("visits/<int:visit_id>/", visits.edit, name="desk-reception-visit"),
    path("statements/", statements.page, name="desk-reception-statements"),
    path("statements/new/", statements.new, name="desk-reception-statement-new"),
    path("statements/<int:statement_id>/", statements.one, name="desk-reception-statement"),
    path("statements/<int:statement_id>/register/", statements.register, name="desk-reception-statement-register"),
    path("statements/<int:statement_id>/sheet/", statements.sheet, name="desk-reception-statement-sheet"),
    path("statements/<int:statement_id>/scan/", statements.scan, name="desk-reception-statement-scan"),
    path("events/", events.page, name="desk-reception-events"),
    path("events/new/", events.new, name="desk-reception-event-new"),
    path("events/<int:event_id>/", events.one, name="desk-reception-event"),
    path("rota/", rota.page, name="desk-reception-rota"),
    path("rota/swap/", rota.swap, name="desk-reception-swap"),
    path("leaders/", leaders.page, name="desk-reception-leaders"),
    path("leaders/<int:day_id>/off/", leaders.call_off, name="desk-reception-leader-off"),
    path("leaders/<int:day_id>/register/", leaders.register, name="desk-reception-leader-register"),
]
