"""The rights that belong to no record, and the groups that stand for the roles.

What each role may do is filled in after every `migrate` (curation/accounts/roles.py): only then do
all permissions exist.
"""

from django.conf import settings
from django.db import migrations, models

ROLES = [*(f"Editor {code}" for code, _name in settings.LANGUAGES), "Publisher", "Translator"]


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


def remove_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("curation", "0003_saved_selections"),
    ]

    operations = [
        migrations.CreateModel(
            name='Right',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'right',
                'verbose_name_plural': 'rights',
                'permissions': [('write_nl', 'Can write texts in nl'), ('write_fr', 'Can write texts in fr'), ('write_en', 'Can write texts in en'), ('translate', 'Can translate texts side by side')],
                'managed': False,
                'default_permissions': (),
            },
        ),
        migrations.RunPython(make_roles, remove_roles),
    ]
