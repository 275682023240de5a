from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self):
        from network.history import keep_history
        from network.models import Actor, ActorCitation, ActorContact

        keep_history(Actor, ["sectors", "languages"])
        keep_history(ActorContact)
        keep_history(ActorCitation)
