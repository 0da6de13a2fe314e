"""Pages for staff."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huiyin.web.desk"
    label = "desk"

    def ready(self) -> None:
        from huiyin.web.desk.counting import counts
        from huiyin.web.ui.rail import count_with

        count_with(counts)
