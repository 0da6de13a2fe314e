"""Meetings about matters: agenda from cases, minutes, decisions that go to their cases, the month's review book."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "huiyin.coordination"
    label = "coordination"

    def ready(self) -> None:
        from huiyin.kernel.db import append_only

        append_only.register("coordination_minutes")
        append_only.register("coordination_addendum")
