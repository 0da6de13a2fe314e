"""Addresses of the staff desk, below /desk/."""

from __future__ import annotations

from django.urls import include, path

from huiyin.web.desk import (
    case,
    doing,
    listing,
    papers,
    registering,
    roster,
    roster_import,
    sign_in,
    today,
    tokens,
    why,
)

urlpatterns = [
    path("", today.page, name="desk-today"),
    path("sign-in/", sign_in.sign_in, name="desk-sign-in"),
    path("sign-out/", sign_in.sign_out, name="desk-sign-out"),
    path("password/", sign_in.password, name="desk-password"),
    path("tokens/", tokens.page, name="desk-tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke, name="desk-token-revoke"),
    path("cases/", listing.page, name="desk-cases"),
    path("cases/views/", listing.keep_view, name="desk-views"),
    path("cases/views/<int:view_id>/drop/", listing.drop_view, name="desk-view-drop"),
    path("cases/<str:no>/", case.page, name="desk-case"),
    path("cases/<str:no>/why/<slug:term>/", why.page, name="desk-why"),
    path("cases/<str:no>/do/<slug:action>/", doing.page, name="desk-do"),
    path("cases/<str:no>/do/<slug:action>/draft/", doing.draft, name="desk-do-draft"),
    path("cases/<str:no>/letters/<int:letter_id>/<slug:form>/", papers.letter, name="desk-letter"),
    path("cases/<str:no>/receipt/", papers.receipt, name="desk-receipt"),
    path("cases/<str:no>/export/", papers.export, name="desk-export"),
    path("register/", registering.start, name="desk-register"),
    path("register/people/", registering.people, name="desk-register-people"),
    path("register/follow/<slug:part>/", registering.follow, name="desk-register-follow"),
    path("register/done/<str:no>/", registering.registered, name="desk-registered"),
    path("register/<uuid:draft_id>/", registering.page, name="desk-register-draft"),
    path("register/<uuid:draft_id>/save/", registering.save, name="desk-register-save"),
    path("register/<uuid:draft_id>/discard/", registering.discard, name="desk-register-discard"),
    path("register/<uuid:draft_id>/reading/", registering.reading, name="desk-register-reading"),
    path("register/<uuid:draft_id>/pages/<int:page_id>/", registering.picture, name="desk-register-picture"),
    path("register/<uuid:draft_id>/files/<int:file_id>/remove/", registering.remove, name="desk-register-remove"),
    path("meetings/", include("huiyin.web.desk.meetings.urls")),
    path("files/<int:file_id>/", papers.file, name="desk-file"),
    path("roster/", roster.page, name="desk-roster"),
    path("roster/new/", roster.new, name="desk-roster-new"),
    path("roster/<int:person_id>/", roster.person, name="desk-roster-person"),
    path("roster/<int:person_id>/edit/", roster.edit, name="desk-roster-edit"),
    path("roster/import/", roster_import.start, name="desk-roster-imports"),
    path("roster/import/<int:import_id>/", roster_import.page, name="desk-roster-import"),
    path("roster/import/<int:import_id>/progress/", roster_import.progress, name="desk-roster-progress"),
    path("roster/import/<int:import_id>/again/", roster_import.again, name="desk-roster-again"),
    path("roster/import/<int:import_id>/problems/", roster_import.problems, name="desk-roster-problems"),
]
