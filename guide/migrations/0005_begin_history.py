from django.db import migrations

from network.begin_history import begin_history


class Migration(migrations.Migration):
    dependencies = [("guide", "0004_translation_state_and_history")]
    operations = [
        migrations.RunPython(
            begin_history("guide", {"HelpLine": ["languages", "needs", "sources"]}),
            migrations.RunPython.noop,
        )
    ]
