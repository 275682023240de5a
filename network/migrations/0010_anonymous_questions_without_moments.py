from django.db import migrations, models
from django.utils.timezone import localtime


def cut_moments(apps, schema_editor):
    """Of questions that were made anonymous before, as of those to come."""
    alias = schema_editor.connection.alias
    consultations = apps.get_model("network", "Consultation").objects.using(alias)
    old = consultations.filter(anonymised_at__isnull=False)
    apps.get_model("network", "Step").objects.using(alias).filter(consultation__in=old).delete()
    answers = apps.get_model("network", "PublicAnswer").objects.using(alias)
    of_old = answers.filter(consultation__in=old)
    of_old.filter(agreed_at=None).delete()
    of_old.update(consultation=None)
    for one in old:
        if one.answered_at:
            one.waited_days = (one.answered_at - one.made_at).days
        one.made_at, one.moved_at = month_of(one.made_at), month_of(one.moved_at)
        one.answered_at, one.anonymised_at = None, month_of(one.anonymised_at)
        one.save()


def month_of(moment):
    return localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


class Migration(migrations.Migration):

    dependencies = [("network", "0009_link_that_was_opened")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="waited_days",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.RunPython(cut_moments, migrations.RunPython.noop),
    ]
