"""Meetings: people, agenda from cases, minutes, confirmed minutes that only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0014_tasks_on_a_case"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("huddle", "碰头会"), ("joint", "联席会"), ("review", "局务会梳理")], max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "还没有确认"), ("confirmed", "已确认")], default="planned", max_length=10
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("held_on", models.DateField()),
                ("starts", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("month", models.DateField(null=True)),
                ("outside", models.TextField(blank=True)),
                ("planned_at", models.DateTimeField()),
                ("key", models.CharField(max_length=64, null=True, unique=True)),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.office"),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="coordination.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("data", models.JSONField()),
                ("confirmed_at", models.DateTimeField()),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="coordination.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participant_rows",
                        to="coordination.meeting",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="participants",
            field=models.ManyToManyField(
                related_name="+", through="coordination.Participant", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("why", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("minutes", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("task", "交给人去办"), ("no_action", "不另外办，写明原因")], max_length=10
                    ),
                ),
                ("decision", models.TextField(blank=True)),
                ("due_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("carried_at", models.DateTimeField(null=True)),
                ("task", models.PositiveIntegerField(null=True)),
                ("refusal", models.JSONField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="coordination.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
                "indexes": [models.Index(fields=["meeting", "place", "id"], name="agenda_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "case"), name="case_once_a_meeting"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "task"), _negated=True),
                            models.Q(("owner__isnull", False), ("due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_has_owner_and_day",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(fields=("meeting", "staff"), name="participant_once"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["-held_on", "-id"], name="meeting_newest"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("month__isnull", False)), fields=("office", "month"), name="review_once_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "review"), ("month__isnull", True), _connector="OR"),
                name="only_reviews_have_a_month",
            ),
        ),
    ]
