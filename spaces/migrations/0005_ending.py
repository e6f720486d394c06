from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spaces", "0003_lists_as_they_came")]

    operations = [
        migrations.AddField(model_name="workspace", name="is_ending", field=models.BooleanField(default=False)),
    ]
