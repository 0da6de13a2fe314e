"""The people of a matter: who brings it, who may act for them. A row never changes: another takes its place from a later event on.

`since` and `until` are the numbers of the events that brought a row and ended it; `Petitioner.objects` are those of now,
`Petitioner.everyone` also those before. None of it stands in an event, which keeps a digest of them (cases.petitioners).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Person


class OfNow(models.Manager["Petitioner"]):
    """Those who bring the matter as it stands."""

    def get_queryset(self) -> models.QuerySet[Petitioner]:
        return super().get_queryset().filter(until=None)


class Petitioner(models.Model):
    """Someone who brings the matter. `person` links to the roster where that was recognised; all contact data may be empty.
    Who `succeeds` carries it on for a petitioner who died. `number` stays with somebody through all their rows; `letters` says
    who of several is written to, and who gets copies."""

    class Letters(models.TextChoices):
        MAIN = "main", _("收信")
        COPY = "copy", _("收副本")

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="petitioners")
    number = models.PositiveIntegerField(default=1)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    id_kind = models.CharField(max_length=10, blank=True)
    id_number = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    is_representative = models.BooleanField(default=False)
    acts_for = models.CharField(max_length=60, blank=True)
    succeeds = models.BooleanField(default=False)
    reply_by = models.CharField(max_length=12, blank=True)
    large_print = models.BooleanField(default=False)
    letters = models.CharField(max_length=4, choices=Letters, blank=True)
    since = models.PositiveIntegerField(default=1)
    until = models.PositiveIntegerField(null=True)

    objects = OfNow()
    everyone = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(letters="main", until=None), name="letters_go_to_one"),
            models.UniqueConstraint(fields=["case", "number"], condition=Q(until=None), name="petitioner_number_once"),
        ]


class CaseAgent(models.Model):
    """Somebody who may act for a petitioner (委托). For what, from when until when, and whether it still holds, the mark `agents`
    says under the same `number`; here is who it is."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="agents")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    relation = models.CharField(max_length=30)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="agent_number_once")]
        ordering = ["case_id", "number"]

    def __str__(self) -> str:
        return f"{self.name}（{self.relation}）"
