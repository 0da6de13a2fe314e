"""Reception: who is on duty, who is heard, what was said and what happened in the room."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "huiyin.reception"
    label = "reception"

    def ready(self) -> None:
        from huiyin.cases.supervision import climbing
        from huiyin.kernel.db import append_only
        from huiyin.reception import statements

        for table in ("statementversion", "confirmation", "eventnote", "eventaddition"):
            append_only.register(f"reception_{table}")
        if statements.unregistered not in climbing.ROOMS:
            climbing.ROOMS.append(statements.unregistered)
