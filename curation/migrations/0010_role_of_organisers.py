"""The group of those who plan sessions of trainings."""

from django.db import migrations


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.get_or_create(name="Organiser")


def remove_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name="Organiser").delete()


class Migration(migrations.Migration):

    dependencies = [
        ("curation", "0009_roles_of_the_expert_platform"),
        ("trainings", "0001_trainings"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
