"""Who had a matter at each level (办理、复查、复核): whoever answered it, reviewed it, re-reviewed it, once it went on from there.

The mark `had` of the case is the truth; these rows are the same, kept for lists.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.orgs.models import Office
from huiyin.people.models import Staff


class CaseLevel(models.Model):
    """`level` is answer, review or rereview. `waits`: the matter is open, so that it is followed."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="levels")
    level = models.CharField(max_length=10)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    waits = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "level"], name="level_once_per_case")]
        indexes = [models.Index(fields=["case"], name="level_of_open", condition=Q(waits=True))]
        ordering = ["case_id", "level"]
