"""People: staff and their roles, retirees, sign-in tokens."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "huiyin.people"
    label = "people"

    def ready(self) -> None:
        from huiyin.kernel.db import append_only
        from huiyin.orgs.services import keeps_open
        from huiyin.people.queries import who_keeps_open

        append_only.register("people_accountact")
        keeps_open(who_keeps_open)
