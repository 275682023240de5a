from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    name = "care"
    verbose_name = _("Access")

    def ready(self):
        import_module("care.sign_ins")  # connects the receivers
