from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_no_more_daily_alerts")]
    operations = [
        migrations.AlterField(
            model_name="caseletter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("notice", "信访事项告知书"),
                    ("acceptance", "受理告知书"),
                    ("extension", "延期告知书"),
                    ("opinion", "信访处理意见书"),
                    ("reply", "答复意见书"),
                    ("service", "送达回证"),
                    ("supervision", "督办函"),
                ],
                max_length=12,
            ),
        ),
    ]
