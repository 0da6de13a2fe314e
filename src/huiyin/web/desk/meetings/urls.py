"""Addresses of the meetings, below /desk/meetings/."""

from __future__ import annotations

from django.urls import path

from huiyin.web.desk.meetings import agenda, confirming, pages, papers

urlpatterns = [
    path("", pages.listing, name="desk-meetings"),
    path("new/", pages.new, name="desk-meeting-new"),
    path("review/", pages.review, name="desk-review"),
    path("<int:meeting_id>/", pages.page, name="desk-meeting"),
    path("<int:meeting_id>/edit/", pages.edit, name="desk-meeting-edit"),
    path("<int:meeting_id>/agenda/", agenda.page, name="desk-meeting-agenda"),
    path("<int:meeting_id>/items/<int:item_id>/", agenda.item, name="desk-meeting-item"),
    path("<int:meeting_id>/items/<int:item_id>/move/<slug:way>/", agenda.move, name="desk-meeting-move"),
    path("<int:meeting_id>/items/<int:item_id>/off/", agenda.off, name="desk-meeting-off"),
    path("<int:meeting_id>/confirm/", confirming.confirm, name="desk-meeting-confirm"),
    path("<int:meeting_id>/carry/", confirming.carry, name="desk-meeting-carry"),
    path("<int:meeting_id>/add/", confirming.add, name="desk-meeting-add"),
    path("<int:meeting_id>/minutes/<slug:form>/", papers.minutes, name="desk-meeting-minutes"),
    path("<int:meeting_id>/book/<slug:form>/", papers.book, name="desk-meeting-book"),
]
