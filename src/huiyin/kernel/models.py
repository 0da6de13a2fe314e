"""Counters that number things without gaps: case numbers, document numbers."""

from django.db import models


class Counter(models.Model):
    """The last number given out under a name, such as `case:2026`."""

    name = models.CharField(max_length=80, unique=True)
    value = models.PositiveIntegerField(default=0)


class Attempt(models.Model):
    """How often something was tried from one source within one window of time."""

    scope = models.CharField(max_length=40)
    source = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "source", "window"], name="attempt_once_per_window")]
        indexes = [models.Index(fields=["window"], name="attempt_window")]
