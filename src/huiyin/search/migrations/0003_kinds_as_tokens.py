"""PostgreSQL's index learns each row's kind and keeps nothing aside (`kernel.db.fulltext`); SQLite's needs neither."""

from django.db import migrations

from huiyin.kernel.db import fulltext
from huiyin.search.tokens import tokens_of


def rebuild(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        fulltext.index_on(schema_editor.connection, "search_entry", tokens_of).rebuild()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_fulltext_index")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]
