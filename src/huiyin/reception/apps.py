"""Reception: who is on duty, who is heard, what was said and what happened in the room."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "huiyin.reception"
    label = "reception"

    def ready(self) -> None:
        from huiyin.kernel.db import append_only

        for table in ("statementversion", "confirmation", "eventnote", "eventaddition"):
            append_only.register(f"reception_{table}")
