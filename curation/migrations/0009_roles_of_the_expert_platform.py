"""The groups of those who coordinate and answer questions to the expert platform."""

from django.db import migrations

ROLES = ["Coordinator", "Expert"]


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


def remove_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):

    dependencies = [("curation", "0008_import_drafts"), ("network", "0005_consultations")]

    operations = [migrations.RunPython(make_roles, remove_roles)]
