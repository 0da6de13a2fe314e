"""Jobs: what runs by itself – the worker, the sweep, their schedule."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "huiyin.jobs"
    label = "jobs"
