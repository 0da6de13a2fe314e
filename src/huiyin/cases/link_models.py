"""That two matters belong together: made, and undone, by a person with a reason. The rows only grow.

A link moves nothing: each matter keeps its petitioners, receipt, clocks and letters. It is about matters, never about who brought them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Staff


class CaseLink(models.Model):
    """One act on a pair of matters. `seq` counts the acts of the pair: odd ones make a link, even ones undo it, so that of two
    people acting at once one succeeds. `low` is the matter with the smaller key. `by` is None where the petitioner did it: new facts that
    they brought in the portal."""

    class Kind(models.TextChoices):
        SAME = "same", _("同一件事，并案办理")
        REPEAT = "repeat", _("重复反映")
        SPLIT = "split", _("分开办理")
        NEW_FACTS = "new_facts", _("新的情况")
        REVIEW = "review", _("复查、复核")
        RELATED = "related", _("相关")

    low = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    high = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high", "seq"], name="link_act_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="link_of_two_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="link_has_a_reason"),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(kind="new_facts", seq=1), name="link_by_somebody_or_its_petitioner"
            ),
        ]
        ordering = ["low_id", "high_id", "seq"]

    @property
    def made(self) -> bool:
        """Whether this act made the link (or undid it)."""
        return self.seq % 2 == 1
