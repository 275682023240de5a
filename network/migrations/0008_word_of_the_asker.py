from django.db import migrations, models
from django.db.models import Q


def note_who_agreed(apps, schema_editor):
    """Without the word of who asked it, an answer goes off the site until it is there."""
    answers = apps.get_model("network", "PublicAnswer").objects
    answers = answers.using(schema_editor.connection.alias)
    published = answers.filter(agreed_at__isnull=False)
    published.filter(consultation__may_publish=True).update(asker_agreed=True)
    published.filter(asker_agreed=False).update(agreed_at=None, agreed_by=None)


class Migration(migrations.Migration):

    dependencies = [("network", "0007_forget_words_in_the_log")]

    operations = [
        migrations.AddField(
            model_name="publicanswer",
            name="asker_agreed",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(note_who_agreed, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="publicanswer",
            constraint=models.CheckConstraint(
                condition=Q(("agreed_at", None), ("asker_agreed", True), _connector="OR"),
                name="public_answer_has_the_word_of_the_asker",
            ),
        ),
    ]
