"""Addresses of the three administrators, below /admin/."""

from __future__ import annotations

from django.urls import path

from huiyin.web.admin import audit, calendar, offices, staff, start

urlpatterns = [
    path("", start.page, name="admin-start"),
    path("offices/", offices.page, name="admin-offices"),
    path("offices/new/", offices.new, name="admin-office-new"),
    path("offices/counter/", offices.counter, name="admin-counter"),
    path("offices/<int:office_id>/", offices.edit, name="admin-office"),
    path("offices/<int:office_id>/close/", offices.close, name="admin-office-close"),
    path("offices/<int:office_id>/reopen/", offices.reopen, name="admin-office-reopen"),
    path("staff/", staff.page, name="admin-staff"),
    path("staff/new/", staff.new, name="admin-staff-new"),
    path("staff/<int:staff_id>/", staff.edit, name="admin-staff-one"),
    path("staff/<int:staff_id>/roles/", staff.roles, name="admin-staff-roles"),
    path("staff/<int:staff_id>/password/", staff.password, name="admin-staff-password"),
    path("staff/<int:staff_id>/drafts/", staff.drafts, name="admin-staff-drafts"),
    path("staff/<int:staff_id>/leave/", staff.leave, name="admin-staff-leave"),
    path("staff/<int:staff_id>/return/", staff.come_back, name="admin-staff-return"),
    path("staff/<int:staff_id>/tokens/<int:token_id>/revoke/", staff.revoke_token, name="admin-token-revoke"),
    path("calendar/", calendar.page, name="admin-calendar"),
    path("calendar/import/", calendar.bring, name="admin-calendar-import"),
    path("calendar/recompute/", calendar.recompute, name="admin-recompute"),
    path("calendar/recomputing/<uuid:task_id>/", calendar.recomputing, name="admin-recomputing"),
    path("calendar/<int:year>.csv", calendar.year_csv, name="admin-calendar-year"),
    path("audit/", audit.page, name="admin-audit"),
]
