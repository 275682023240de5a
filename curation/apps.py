from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")

    def ready(self):
        from curation.accounts.roles import fill_roles

        # The last room: its turn comes when the permissions of all rooms are there.
        post_migrate.connect(fill_roles, sender=self)
