"""Tasks on a case: what other offices were asked for, by when, and what they answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_no_more_daily_alerts"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "等回复"), ("answered", "已回复"), ("recalled", "已收回")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                ("text", models.TextField()),
                ("origin", models.CharField(blank=True, max_length=200)),
                ("answer", models.TextField(blank=True)),
                ("ended_on", models.DateField(null=True)),
                ("opens_case", models.BooleanField(default=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="cases.case"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.office"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "number"],
                "indexes": [
                    models.Index(fields=["person", "state", "due_on", "id"], name="task_person"),
                    models.Index(
                        condition=models.Q(("opens_case", True)), fields=["person", "case"], name="task_opens_to_person"
                    ),
                    models.Index(
                        condition=models.Q(("opens_case", True)), fields=["office", "case"], name="task_opens_to_office"
                    ),
                    models.Index(condition=models.Q(("state", "open")), fields=["due_on", "id"], name="task_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="task_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_that_ended_has_a_day",
                    ),
                ],
            },
        ),
    ]
