"""Copies of a matter that somebody at the desk took: rows that are only added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Staff


class Copy(models.Model):
    """Who took which copy, and when."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("全件")
        MASKED = "masked", _("全件，联系方式遮住")
        RECEIPT = "receipt", _("打印回执")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="copies_newest")]
