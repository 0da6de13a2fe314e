"""What waits for whoever passed a matter on is looked for among open matters only."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def nothing_waits_on_a_settled_matter(apps: Any, schema_editor: Any) -> None:
    apps.get_model("cases", "CaseSender").objects.filter(case__is_open=False).update(waits=False)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_letters_go_to_one"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="casesender", name="waits", field=models.BooleanField(default=True)),
        migrations.AddIndex(
            model_name="casesender",
            index=models.Index(condition=models.Q(("waits", True)), fields=["case"], name="sender_of_open"),
        ),
        migrations.RunPython(nothing_waits_on_a_settled_matter, migrations.RunPython.noop),
    ]
