from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spaces", "0004_people_looked_for")]

    operations = [
        migrations.AddField(model_name="workspace", name="is_ending", field=models.BooleanField(default=False)),
    ]
