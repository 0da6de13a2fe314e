"""A meeting (碰头会、联席会、局务会梳理): who comes, which matters it takes up in which order, what it decided about each.

What was decided becomes an event of the case; here stands how it came about. Confirmed minutes are kept once more as they were
confirmed, in a table that only grows, as is what is added later.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.orgs.models import Office
from huiyin.people.models import Staff


class Meeting(models.Model):
    """`office` is the one whose matters (and those below it) it is about; `month` belongs to a monthly review, its first day."""

    class Kind(models.TextChoices):
        HUDDLE = "huddle", _("碰头会")
        JOINT = "joint", _("联席会")
        REVIEW = "review", _("局务会梳理")

    class State(models.TextChoices):
        PLANNED = "planned", _("还没有确认")
        CONFIRMED = "confirmed", _("已确认")

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)
    held_on = models.DateField()
    starts = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=80, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    month = models.DateField(null=True)
    chair = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    participants = models.ManyToManyField(Staff, related_name="+", through="Participant")
    outside = models.TextField(blank=True)
    planned_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"], condition=Q(month__isnull=False), name="review_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(kind="review") | Q(month__isnull=True), name="only_reviews_have_a_month"
            ),
        ]
        indexes = [models.Index(fields=["-held_on", "-id"], name="meeting_newest")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"


class Participant(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participant_rows")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "staff"], name="participant_once")]


class AgendaItem(models.Model):
    """One matter of a meeting. `why` are the reasons for which it was suggested; `refusal` says why its decision could not be written
    on the case, `carried_at` when it was; `task` is the number of the task that came of it."""

    class Outcome(models.TextChoices):
        TASK = "task", _("交给人去办")
        NO_ACTION = "no_action", _("不另外办，写明原因")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    why = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    minutes = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decision = models.TextField(blank=True)
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    carried_at = models.DateTimeField(null=True)
    task = models.PositiveIntegerField(null=True)
    refusal = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "case"], name="case_once_a_meeting"),
            models.CheckConstraint(
                condition=~Q(outcome="task") | (Q(owner__isnull=False) & Q(due_on__isnull=False)),
                name="task_has_owner_and_day",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "place", "id"], name="agenda_order")]
        ordering = ["place", "id"]


class Minutes(models.Model):
    """The minutes as the chair confirmed them. `data` is what the paper is made from, and nothing else."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    data = models.JSONField()
    confirmed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()


class Addendum(models.Model):
    """What was added to confirmed minutes; the minutes themselves stay as they are."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="addenda")
    words = models.TextField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
