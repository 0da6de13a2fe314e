"""New facts that a petitioner brings in the portal link the new matter to the earlier one: no member of staff did it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_senders_of_open_matters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="caselink",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__isnull", False), models.Q(("kind", "new_facts"), ("seq", 1)), _connector="OR"),
                name="link_by_somebody_or_its_petitioner",
            ),
        ),
    ]
