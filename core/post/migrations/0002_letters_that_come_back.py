from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("post", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="returned_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown", "mailbox unknown"),
                    ("full", "mailbox full"),
                    ("unreachable", "no mail server could be reached there"),
                    ("refused", "refused by the mail server there"),
                    ("other", "no reason given"),
                ],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
    ]
