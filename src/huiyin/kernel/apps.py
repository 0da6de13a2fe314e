"""The kernel holds counters and the engine-specific SQL; it knows no word of the trade."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_triggers(**_: object) -> None:
    """After every migrate, because SQLite loses triggers when a table is rebuilt."""
    from huiyin.kernel.db import append_only

    append_only.install()


class KernelConfig(AppConfig):
    name = "huiyin.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.kernel.db import flags

        flags.install()
        post_migrate.connect(_install_triggers, sender=self)
