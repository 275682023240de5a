from django.db import migrations

from network.begin_history import begin_history

MODELS = {
    "Practice": ["partners", "coverage", "seats", "help_languages", "terms"],
    "PracticeContact": [],
    "Citation": [],
    "Taxonomy": ["sources"],
    "TaxonomyTerm": ["sources"],
    "SituationRule": ["terms"],
}


class Migration(migrations.Migration):
    dependencies = [("practices", "0004_translation_state_and_history")]
    operations = [
        migrations.RunPython(begin_history("practices", MODELS), migrations.RunPython.noop)
    ]
