"""A rating is of one answer and belongs to the unit that gave it; those of earlier answers stay.

Whose answer an earlier rating was of is not on record: it is taken for that of the office that has the matter.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_the_office(apps, schema_editor):
    case = apps.get_model("cases", "Case").objects.filter(pk=OuterRef("case_id"))
    apps.get_model("cases", "Evaluation").objects.update(office_id=Subquery(case.values("office_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_copies_that_left"), ("orgs", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="evaluation",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="evaluations", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="evaluation",
            name="office",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.office"
            ),
        ),
        migrations.RunPython(name_the_office, migrations.RunPython.noop),
    ]
