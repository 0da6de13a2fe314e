"""Of absences of the same days the one entered last remains: it is the one that counted."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Max


def keep_the_last(apps: Any, schema_editor: Any) -> None:
    absences = apps.get_model("people", "Absence").objects.using(schema_editor.connection.alias)
    last = (
        absences.order_by()
        .values("staff_id", "from_on", "to_on")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    absences.exclude(pk__in=list(last)).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0003_absences")]
    operations = [migrations.RunPython(keep_the_last, migrations.RunPython.noop)]
