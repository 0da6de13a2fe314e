from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_every_open_case_is_looked_at_once")]
    operations = [migrations.DeleteModel(name="Alert")]
