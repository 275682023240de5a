from django.db import migrations
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat


def forget_words(apps, schema_editor):
    """The log copied the first words of the question; from now on it holds the number."""
    entries = apps.get_model("admin", "LogEntry").objects.using(schema_editor.connection.alias)
    of_answers = entries.filter(content_type__app_label="network", content_type__model="publicanswer")
    number = Cast("object_id", CharField(max_length=199))
    of_answers.update(object_repr=Concat(Value("#"), number, output_field=CharField()))


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0006_requests_to_the_network"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forget_words, migrations.RunPython.noop)]
