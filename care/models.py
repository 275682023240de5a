from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInEventQuerySet(models.QuerySet):
    def too_old(self):
        return self.filter(at__lt=timezone.now() - settings.SIGN_INS_KEPT)


class SignInEvent(models.Model):
    """One line of the story of an account: who came in, who was refused, from where."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGNED_IN_WITH_RECOVERY_CODE = "recovery_code", _("signed in with a recovery code")
        SIGNED_IN_TO_SET_UP = "password_only", _("signed in to set up the second factor")
        SIGNED_OUT = "signed_out", _("signed out")
        WRONG_PASSWORD = "wrong_password", _("refused: name or password")
        WRONG_CODE = "wrong_code", _("refused: code")
        NOT_STAFF = "not_staff", _("refused: not an account of staff")
        LOCKED_OUT = "locked_out", _("refused for a while after too many tries")
        SECOND_FACTOR_SET_UP = "set_up", _("second factor set up")
        RECOVERY_CODES_RENEWED = "new_codes", _("new recovery codes")
        SECOND_FACTOR_RESET = "reset", _("second factor taken away by the operator")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    account = models.CharField(
        _("account"),
        max_length=150,
        blank=True,
        help_text=_("Empty when there is no account of the name that was typed."),
    )
    address = models.GenericIPAddressField(_("internet address"), null=True, blank=True)

    objects = SignInEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self):
        return f"{self.account or '–'}: {self.get_kind_display()}"
