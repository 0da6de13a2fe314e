"""Alarms and what happened to them. The rules are in `procedure.alarms`; an alarm belongs to the matter wherever it goes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.orgs.models import Office
from huiyin.people.models import Staff

STILL_OPEN = Q(ended_on__isnull=True)


class Alarm(models.Model):
    """Something that somebody must take note of, about a case or about a draft that waits unregistered.

    `office` and `responsible` follow the case; `holder` is who is told now, on which `rung` of the ladder (0: the person),
    None where nobody is left. `occurrence` counts how often the same rang, or is the place of the act that rang it. An open
    alarm has the next day on which it climbs, or on which a promise is over. `how` names the act that ended it.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="alarms")
    draft = models.UUIDField(null=True)
    kind = models.CharField(max_length=16)
    term = models.CharField(max_length=20, blank=True)
    occurrence = models.PositiveIntegerField()
    due_on = models.DateField(null=True)
    raised_on = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    responsible = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    rung = models.PositiveSmallIntegerField(default=0)
    holder = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)
    next_on = models.DateField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)
    promise = models.CharField(max_length=500, blank=True)
    promised_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    how = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True, draft__isnull=False) | Q(case__isnull=False, draft__isnull=True),
                name="alarm_about_one_thing",
            ),
            models.UniqueConstraint(fields=["case", "kind", "term", "occurrence"], name="alarm_never_doubled"),
            models.UniqueConstraint(fields=["case", "kind", "term"], condition=STILL_OPEN, name="alarm_open_once"),
            models.UniqueConstraint(fields=["draft", "kind"], condition=STILL_OPEN, name="alarm_open_once_a_draft"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False) | Q(next_on__isnull=False), name="open_alarm_has_a_next_day"
            ),
            models.CheckConstraint(condition=Q(ended_on__isnull=True) | ~Q(how=""), name="ended_alarm_says_how"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="acknowledged_alarm_names_who",
            ),
        ]
        indexes = [
            models.Index(fields=["next_on", "id"], name="alarm_next", condition=STILL_OPEN),
            models.Index(  # what the board counts by stands in it, so that no alarm and no matter is read
                fields=["office", "kind", "acknowledged_by", "holder", "case", "ended_on"],
                name="alarm_counts",
                condition=STILL_OPEN,
            ),
            models.Index(fields=["holder"], name="alarm_holder", condition=STILL_OPEN),
            models.Index(fields=["responsible"], name="alarm_responsible", condition=STILL_OPEN),
            models.Index(fields=["raised_on", "id"], name="alarm_oldest", condition=STILL_OPEN),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case or self.draft}"


class AlarmEntry(models.Model):
    """One thing that happened to an alarm. Only grows, by triggers; `to` is who was told, `by` who acted (None: the system)."""

    class What(models.TextChoices):
        RANG = "rang", _("响了")
        CLIMBED = "climbed", _("没有人回应，升一级")
        AGAIN = "again", _("再响")
        BROKEN = "broken", _("说好的日子过了，再响")
        FOLLOWED = "followed", _("跟着事项转交")
        ACKNOWLEDGED = "acknowledged", _("知悉")
        ENDED = "ended", _("结束")

    alarm = models.ForeignKey(Alarm, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    what = models.CharField(max_length=12, choices=What)
    rung = models.PositiveSmallIntegerField(default=0)
    to = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)
    words = models.CharField(max_length=500, blank=True)
    on = models.DateField(null=True)

    class Meta:
        ordering = ["alarm_id", "id"]
