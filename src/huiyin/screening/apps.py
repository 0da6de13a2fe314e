"""Screening campaigns (排查): offices look for what troubles people before anybody has to write a letter."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "huiyin.screening"
    label = "screening"

    def ready(self) -> None:
        from huiyin.kernel.db import append_only
        from huiyin.orgs.services import keeps_open
        from huiyin.people.services import keeps_staff
        from huiyin.screening.holding import who_keeps_open, who_keeps_staff

        append_only.register("screening_act")
        keeps_open(who_keeps_open)
        keeps_staff(who_keeps_staff)
