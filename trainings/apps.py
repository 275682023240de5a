from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = _("Trainings")

    def ready(self):
        from network.history import keep_history
        from network.models import Actor
        from trainings import also, models  # noqa: F401  registers what a search also finds

        relations = ["providers", "languages", "coverage", "themes", "practices"]
        keep_history(models.Training, relations)
        keep_history(models.TrainingContact)
        keep_history(models.TrainingCitation)
        keep_history(models.Session)
        Actor.named_in.append("trainings")
