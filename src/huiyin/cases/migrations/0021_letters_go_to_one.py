from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_petitioners_have_numbers")]

    operations = [
        migrations.AddConstraint(
            "petitioner",
            models.UniqueConstraint(
                condition=Q(("letters", "main"), ("until", None)), fields=("case",), name="letters_go_to_one"
            ),
        ),
        migrations.AddConstraint(
            "petitioner",
            models.UniqueConstraint(
                condition=Q(("until", None)), fields=("case", "number"), name="petitioner_number_once"
            ),
        ),
    ]
