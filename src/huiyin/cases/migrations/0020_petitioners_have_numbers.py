"""Where several brought a matter before now, they are numbered in the order in which they were written down."""

from django.db import migrations
from django.db.models import Count


def number(apps, schema_editor):
    Petitioner = apps.get_model("cases", "Petitioner")
    several = Petitioner.objects.values("case_id").annotate(n=Count("pk")).filter(n__gt=1)
    for case_id in several.values_list("case_id", flat=True):
        for place, pk in enumerate(
            Petitioner.objects.filter(case_id=case_id).order_by("pk").values_list("pk", flat=True), start=1
        ):
            Petitioner.objects.filter(pk=pk).update(number=place)


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_people_of_a_matter")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
