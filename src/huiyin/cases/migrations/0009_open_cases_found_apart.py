"""Enters the open cases into their own index."""

from itertools import islice

from django.db import migrations

from huiyin.kernel.db import fulltext
from huiyin.search.tokens import tokens_of

CASE, OPEN_CASE, AT_ONCE = 1, 4, 1000


def enter(apps, schema_editor):
    index = fulltext.index_on(schema_editor.connection, "search_entry", tokens_of)
    entries = apps.get_model("search", "Entry").objects.filter(kind=CASE)
    keys = iter(list(apps.get_model("cases", "Case").objects.filter(is_open=True).values_list("pk", flat=True)))
    while part := list(islice(keys, AT_ONCE)):
        bodies = entries.filter(key__in=part).values_list("key", "body")
        index.put({fulltext.row_id(OPEN_CASE, key): body for key, body in bodies})


def leave(apps, schema_editor):
    index = fulltext.index_on(schema_editor.connection, "search_entry", tokens_of)
    entries = apps.get_model("search", "Entry").objects.filter(kind=OPEN_CASE)
    index.drop(list(entries.values_list("pk", flat=True)))


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_rated_before"), ("search", "0003_kinds_as_tokens")]

    operations = [migrations.RunPython(enter, leave)]
