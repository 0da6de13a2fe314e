"""Every open case is looked at by the next sweep, so that alarms which hold today ring under the new rules too."""

from django.db import migrations
from django.db.models import F


def look(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    Case.objects.filter(is_open=True).update(next_alert_on=F("received_on"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_alarms_that_climb")]
    operations = [migrations.RunPython(look, migrations.RunPython.noop)]
