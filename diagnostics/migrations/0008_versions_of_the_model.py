"""What stands here is the model 1.0; 2.0 comes beside it with the next `load_model`."""

from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import StrIndex, Substr


def name_wordings(apps, schema_editor):
    """The wording of "T1.team" is "team"."""
    after_the_dot = Substr("key", StrIndex("key", Value(".")) + 1)
    apps.get_model("diagnostics", "Statement").objects.update(wording=after_the_dot)


def tell_observers_apart(apps, schema_editor):
    apps.get_model("diagnostics", "Statement").objects.filter(wording="observer").update(is_observer=True)


def forget_later_versions(apps, schema_editor):
    """On the way back: they have the keys of the first."""
    apps.get_model("diagnostics", "Statement").objects.exclude(model_version="1.0").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0007_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeaderFrame',
            fields=[
                ('language', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('stem', models.CharField(max_length=100)),
                ('frame', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Research',
            fields=[
                ('order', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('topic', models.CharField(max_length=200)),
            ],
            options={
                'verbose_name_plural': 'research',
                'ordering': ['order'],
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='help',
            field=models.CharField(blank=True, default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='indicator',
            name='topic',
            field=models.CharField(default='', max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='statement',
            name='help',
            field=models.CharField(blank=True, default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='statement',
            name='model_version',
            field=models.CharField(default='1.0', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='statement',
            name='wording',
            field=models.CharField(default='', max_length=20),
            preserve_default=False,
        ),
        migrations.RunPython(name_wordings, tell_observers_apart),
        migrations.RemoveField(
            model_name='statement',
            name='is_observer',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='statement_once_per_language',
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('key', 'model_version', 'language'), name='statement_once_per_version_and_language'),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_later_versions),
    ]
