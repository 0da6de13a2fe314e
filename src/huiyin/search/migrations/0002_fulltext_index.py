from django.db import migrations

from huiyin.kernel.db import fulltext


def make(apps, schema_editor):
    fulltext.index_on(schema_editor.connection, "search_entry", str).install()


def remove(apps, schema_editor):
    fulltext.index_on(schema_editor.connection, "search_entry", str).uninstall()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, remove)]
