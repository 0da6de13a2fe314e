"""Letters of all branches of the procedure: longer codes; their names come from procedure/papers.py and need no migration more."""

from django.db import migrations, models

import huiyin.cases.models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_newest_first_by_place")]

    operations = [
        migrations.AlterField(
            "caseletter", "kind", models.CharField(choices=huiyin.cases.models.letter_kinds, max_length=20)
        ),
    ]
