from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self):
        from network import models
        from network.history import keep_history

        keep_history(models.Actor, ["sectors", "languages", "coverage", "roles"])
        keep_history(models.ActorContact)
        keep_history(models.ActorCitation)
        keep_history(models.ActorRelation)
        keep_history(models.Membership)
        keep_history(models.ExpertTheme, ["sources"])
        keep_history(models.Offer, ["languages", "coverage"])
        keep_history(models.OfferContact)
        keep_history(models.OfferCitation)
