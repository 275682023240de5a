from django.db import migrations

from network.begin_history import begin_history

MODELS = {"Actor": ["sectors", "languages"], "ActorContact": [], "ActorCitation": []}


class Migration(migrations.Migration):
    dependencies = [("network", "0002_translation_state_and_history")]
    operations = [
        migrations.RunPython(begin_history("network", MODELS), migrations.RunPython.noop)
    ]
