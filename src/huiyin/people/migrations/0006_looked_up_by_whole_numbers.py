"""Another act of an account: many whole numbers looked up that found nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_one_absence_for_the_same_days"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accountact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("created", "建了账号"),
                    ("roles", "改了岗位"),
                    ("moved", "换了科室"),
                    ("password", "重设了密码"),
                    ("ended", "停用了账号"),
                    ("back", "重新启用了账号"),
                    ("token", "发了接口令牌"),
                    ("token_ended", "作废了接口令牌"),
                    ("drafts", "交出了没登记的草稿"),
                    ("numbers", "按整个号码找人，多次没找到"),
                ],
                max_length=20,
            ),
        ),
    ]
