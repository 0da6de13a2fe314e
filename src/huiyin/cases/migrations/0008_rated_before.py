"""Marks the matters that were rated before there was a column for it; one that is handled again waits for a new rating."""

from django.db import migrations


def mark(apps, schema_editor):
    rated = apps.get_model("cases", "Case").objects.filter(evaluation__isnull=False).exclude(marks__evaluated=None)
    rated.update(rated=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_rated")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
