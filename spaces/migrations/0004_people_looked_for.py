from django.db import migrations, models

from spaces.folding import folded

AT_A_TIME = 500


def fill_in(apps, schema_editor):
    Person = apps.get_model("spaces", "Person")
    waiting = []
    for person in Person.objects.only("name", "email", "sought").iterator(AT_A_TIME):
        person.sought = folded(f"{person.name} {person.email}")
        waiting.append(person)
    Person.objects.bulk_update(waiting, ["sought"], batch_size=AT_A_TIME)


class Migration(migrations.Migration):

    dependencies = [
        ('spaces', '0003_lists_as_they_came'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='sought',
            field=models.TextField(default='', editable=False),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
