"""Who passed a matter on (转送、交办): the office that had it and the person who sent it, as long as it is not back with them.

The mark `senders` of the case is the truth; these rows are the same, kept for lists.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.orgs.models import Office
from huiyin.people.models import Staff


class CaseSender(models.Model):
    """`number` counts the hands that a matter went through; the `last` sender decides an objection and tells the petitioner.
    `waits`: the matter is open, so that something may wait for its senders."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="senders")
    number = models.PositiveIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    last = models.BooleanField(default=True)
    waits = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="sender_once_per_place"),
            models.UniqueConstraint(fields=["case"], condition=Q(last=True), name="one_last_sender"),
        ]
        indexes = [models.Index(fields=["case"], name="sender_of_open", condition=Q(waits=True))]
        ordering = ["case_id", "number"]
