from django.db import migrations, models
from django.db.models import F

from network.publishing import ends_after


def make_as_exact(apps, schema_editor):
    """The rule of before compares the dates as text: it takes no start more exact than the end."""
    rows = apps.get_model("network", "Membership").objects.using(schema_editor.connection.alias)
    for row in rows.exclude(until="").filter(since__gt=F("until")):
        rows.filter(pk=row.pk).update(since=row.until)


def rule(condition):
    return models.CheckConstraint(
        condition=condition,
        name="membership_ends_after_it_began",
        violation_error_message="A membership ends after it began.",
    )


class Migration(migrations.Migration):

    dependencies = [("network", "0011_mark_of_a_form_of_requests")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_ends_after_it_began"),
        migrations.RunPython(migrations.RunPython.noop, make_as_exact),
        migrations.AddConstraint(
            model_name="membership", constraint=rule(ends_after("until", "since"))
        ),
    ]
