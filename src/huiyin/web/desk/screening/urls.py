"""Addresses of screenings, below /desk/screening/."""

from __future__ import annotations

from django.urls import path

from huiyin.web.desk.screening import campaign, finding, plan, report, sheet, start

urlpatterns = [
    path("", start.page, name="desk-screening"),
    path("new/", plan.new, name="desk-screening-new"),
    path("<int:campaign_id>/", campaign.page, name="desk-screening-campaign"),
    path("<int:campaign_id>/edit/", plan.edit, name="desk-screening-edit"),
    path("<int:campaign_id>/start/", campaign.start, name="desk-screening-start"),
    path("<int:campaign_id>/close/", campaign.close, name="desk-screening-close"),
    path("<int:campaign_id>/copy/", campaign.copy, name="desk-screening-copy"),
    path("<int:campaign_id>/report/", report.page, name="desk-screening-report"),
    path("<int:campaign_id>/report.xlsx", report.table, name="desk-screening-table"),
    path("sheets/<int:sheet_id>/", sheet.page, name="desk-screening-sheet"),
    path("sheets/<int:sheet_id>/draft/", sheet.draft, name="desk-screening-sheet-draft"),
    path("sheets/<int:sheet_id>/return/", sheet.give_back, name="desk-screening-return"),
    path("sheets/<int:sheet_id>/findings/new/", finding.new, name="desk-screening-finding-new"),
    path("findings/<int:finding_id>/", finding.page, name="desk-screening-finding"),
    path("findings/<int:finding_id>/edit/", finding.edit, name="desk-screening-finding-edit"),
    path("findings/<int:finding_id>/settle/", finding.settle, name="desk-screening-settle"),
    path("findings/<int:finding_id>/hand/", finding.hand, name="desk-screening-hand"),
    path("findings/<int:finding_id>/case/", finding.case, name="desk-screening-case"),
]
