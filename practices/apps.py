from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self):
        from django.db.models.signals import post_save

        from network.history import keep_history
        from network.models import Actor
        from practices import models
        from practices.models import refresh_practices_of_actor

        relations = ["partners", "coverage", "seats", "help_languages", "terms"]
        keep_history(models.Practice, relations)
        keep_history(models.PracticeContact)
        keep_history(models.Citation)
        keep_history(models.Taxonomy, ["sources"])
        keep_history(models.TaxonomyTerm, ["sources"])
        keep_history(models.SituationRule, ["terms"])
        keep_history(models.ThemeRule, ["terms"])

        # An actor may not know practices; their search entries carry its name.
        post_save.connect(refresh_practices_of_actor, sender=Actor)
