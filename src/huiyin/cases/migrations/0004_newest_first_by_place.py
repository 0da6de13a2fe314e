"""Lists of settled matters, newest first, narrowed to an office, a person, a topic or a channel."""

from django.db import migrations, models


def newest(field: str, name: str) -> migrations.AddIndex:
    return migrations.AddIndex("case", models.Index(fields=[field, "-received_on", "-id"], name=name))


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_letters_by_kind_of_matter")]

    operations = [
        migrations.RemoveIndex("case", "case_office_received"),
        newest("office", "case_office_received"),
        newest("responsible", "case_person_received"),
        newest("first_asked", "case_first_asked_received"),
        newest("topic", "case_topic_received"),
        newest("channel", "case_channel_received"),
        migrations.AddIndex(
            "case", models.Index(fields=["office", "state", "-received_on", "-id"], name="case_office_state_received")
        ),
    ]
