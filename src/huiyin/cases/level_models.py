"""Who had a matter at each level (办理、复查、复核): whoever answered it, reviewed it, re-reviewed it, once it went on from there.

The mark `had` of the case is the truth; these rows are the same, kept for lists.
"""

from __future__ import annotations

from django.db import models

from huiyin.orgs.models import Office
from huiyin.people.models import Staff


class CaseLevel(models.Model):
    """`level` is answer, review or rereview."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="levels")
    level = models.CharField(max_length=10)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "level"], name="level_once_per_case")]
        ordering = ["case_id", "level"]
