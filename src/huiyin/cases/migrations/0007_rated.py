"""Whether a matter was rated stands with the matter: a list need not look for each one's rating."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_sealed_accusations_and_successors")]

    operations = [migrations.AddField("case", "rated", models.BooleanField(default=False))]
