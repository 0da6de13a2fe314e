import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_links_between_matters")]

    operations = [
        migrations.CreateModel(
            name="CaseAgent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("relation", models.CharField(max_length=30)),
                ("phone", models.CharField(blank=True, max_length=30)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agents", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "number"],
                "constraints": [models.UniqueConstraint(fields=("case", "number"), name="agent_number_once")],
            },
        ),
        migrations.AddField("petitioner", "number", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "petitioner",
            "letters",
            models.CharField(blank=True, choices=[("main", "收信"), ("copy", "收副本")], max_length=4),
        ),
        migrations.AddField("petitioner", "since", models.PositiveIntegerField(default=1)),
        migrations.AddField("petitioner", "until", models.PositiveIntegerField(null=True)),
    ]
