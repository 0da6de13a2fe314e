from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddIndex(model_name="scanpage", index=models.Index(fields=["state"], name="scan_page_state")),
    ]
