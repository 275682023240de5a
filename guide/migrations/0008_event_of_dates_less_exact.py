from django.db import migrations, models
from django.db.models import F

from network.publishing import ends_after


def make_as_exact(apps, schema_editor):
    """The rule of before compares the dates as text: it takes no start more exact than the end."""
    rows = apps.get_model("guide", "Event").objects.using(schema_editor.connection.alias)
    for row in rows.exclude(ends_on="").filter(starts_on__gt=F("ends_on")):
        rows.filter(pk=row.pk).update(starts_on=row.ends_on)


def rule(condition):
    return models.CheckConstraint(
        condition=condition,
        name="event_ends_after_it_starts",
        violation_error_message="An event ends after it starts.",
    )


class Migration(migrations.Migration):

    dependencies = [("guide", "0007_trainings_of_recommendations"), ("network", "0006_requests_to_the_network")]

    operations = [
        migrations.RemoveConstraint(model_name="event", name="event_ends_after_it_starts"),
        migrations.RunPython(migrations.RunPython.noop, make_as_exact),
        migrations.AddConstraint(
            model_name="event", constraint=rule(ends_after("ends_on", "starts_on"))
        ),
    ]
