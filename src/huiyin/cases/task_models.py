"""A task on a case (协办): one office and person asked for something by a date, and what they answered.

The events are the truth; these rows are what folding them gives (`cases.tasks`), kept for lists. Who is responsible for the case
never changes by a task.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.orgs.models import Office
from huiyin.people.models import Staff


class CaseTask(models.Model):
    """`number` counts the tasks of a case; `origin` names the meeting that decided it; `ended_on` is when it was answered or recalled.

    `opens_case`: those asked still see the case, because it is open and the task was not recalled.
    """

    class State(models.TextChoices):
        OPEN = "open", _("等回复")
        ANSWERED = "answered", _("已回复")
        RECALLED = "recalled", _("已收回")

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="tasks")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    text = models.TextField()
    origin = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    opens_case = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="task_once"),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True) | (~Q(state="open") & Q(ended_on__isnull=False)),
                name="task_that_ended_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state", "due_on", "id"], name="task_person"),
            models.Index(fields=["person", "case"], name="task_opens_to_person", condition=Q(opens_case=True)),
            models.Index(fields=["office", "case"], name="task_opens_to_office", condition=Q(opens_case=True)),
            models.Index(fields=["due_on", "id"], name="task_open", condition=Q(state="open")),
        ]
        ordering = ["case_id", "number"]
