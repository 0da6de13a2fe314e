"""Search: one tokenisation for Chinese, two back ends."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _forget_leftovers(**_: object) -> None:
    """SQLite's index is no table that Django empties with the others (`flush`)."""
    from huiyin.search import services

    services.forget_leftovers()


class SearchConfig(AppConfig):
    name = "huiyin.search"
    label = "search"

    def ready(self) -> None:
        post_migrate.connect(_forget_leftovers, sender=self)
