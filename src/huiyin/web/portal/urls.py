"""Addresses of the portal, at the root."""

from __future__ import annotations

from django.urls import path

from huiyin.web.portal import (
    adding,
    asking_review,
    filing,
    handed_in,
    ledger,
    letters,
    matter,
    new_facts,
    rating,
    reading,
    reception_days,
    taking_back,
    tracking,
)

urlpatterns = [
    path("", reading.home, name="portal-home"),
    path("help/", reading.help_page, name="portal-help"),
    path("regulations/", reading.regulations, name="portal-regulations"),
    path("privacy/", reading.privacy, name="portal-privacy"),
    path("accessibility/", reading.accessibility, name="portal-accessibility"),
    path("reception-days/", reception_days.page, name="portal-reception-days"),
    path("ledger/", ledger.page, name="portal-ledger"),
    path("ledger/checkpoint", ledger.checkpoint, name="portal-ledger-checkpoint"),
    path("ledger/key", ledger.key, name="portal-ledger-key"),
    path("ledger/tile/<str:level>/<path:place>", ledger.tile, name="portal-ledger-tile"),
    path("file/", filing.start, name="portal-file"),
    path("file/what/", filing.what, name="portal-file-what"),
    path("file/papers/", filing.papers, name="portal-file-papers"),
    path("file/papers/<int:file_id>/", filing.paper, name="portal-file-paper"),
    path("file/you/", filing.you, name="portal-file-you"),
    path("file/check/", filing.check, name="portal-file-check"),
    path("file/saved/", filing.saved, name="portal-file-saved"),
    path("file/<slug:step>/keep/", filing.keep, name="portal-file-keep"),
    path("file/new-facts/<str:no>/", new_facts.page, name="portal-new-facts"),
    path("file/done/", handed_in.page, name="portal-file-done"),
    path("track/", tracking.page, name="portal-track"),
    path("t/<str:secret>/", tracking.by_secret, name="portal-secret"),
    path("matter/<str:no>/", matter.page, name="portal-matter"),
    path("matter/<str:no>/open/", tracking.second_fact, name="portal-open"),
    path("matter/<str:no>/close/", matter.close, name="portal-close"),
    path("matter/<str:no>/receipt/", letters.receipt, name="portal-receipt"),
    path("matter/<str:no>/receipt/proof/", ledger.proof, name="portal-receipt-proof"),
    path("matter/<str:no>/letters/<int:letter_id>/", letters.page, name="portal-letter"),
    path("matter/<str:no>/letters/<int:letter_id>/<slug:form>/", letters.file, name="portal-letter-file"),
    path("matter/<str:no>/papers/<int:file_id>/", letters.paper, name="portal-paper"),
    path("matter/<str:no>/add/", adding.page, name="portal-add"),
    path("matter/<str:no>/rate/", rating.page, name="portal-rate"),
    path("matter/<str:no>/review/", asking_review.page, name="portal-review"),
    path("matter/<str:no>/take-back/", taking_back.page, name="portal-take-back"),
]
