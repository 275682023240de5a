"""What somebody may do beyond adding, changing and seeing records."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Right(models.Model):  # noqa: DJ008
    """Has no rows and no table: it carries the permissions that belong to no record."""

    class Meta:
        app_label = "curation"
        managed = False
        default_permissions = ()
        verbose_name = _("right")
        verbose_name_plural = _("rights")
        permissions = [
            *((f"write_{code}", f"Can write texts in {code}") for code, _ in settings.LANGUAGES),
            ("translate", "Can translate texts side by side"),
        ]
