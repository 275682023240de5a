from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self):
        from django.db.models.signals import post_save

        from network.models import Actor
        from practices.models import refresh_practices_of_actor

        # An actor may not know practices; their search entries carry its name.
        post_save.connect(refresh_practices_of_actor, sender=Actor)
