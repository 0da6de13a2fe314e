"""Who works at present, and when each scheduled job last ran. The jobs themselves are rows of django-tasks-db."""

from __future__ import annotations

from django.db import models


class LivingWorker(models.Model):
    """A worker process that says again and again that it lives; `host` and `pid` let its neighbours look for themselves."""

    id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class ScheduleRun(models.Model):
    """When a job of the schedule was last queued. Who moves the moment on, queues it: one machine of many."""

    name = models.CharField(max_length=40, unique=True)
    last_run_at = models.DateTimeField()
