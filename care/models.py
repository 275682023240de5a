from datetime import timedelta

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


class FormPostQuerySet(models.QuerySet):
    def old(self):
        return self.filter(at__lt=timezone.now() - self.model.KEPT)

    def take(self, sender, most, within) -> bool:
        """Whether this form is one of the `most` of its sender; if not, it does not count.

        It is written before it is counted: of several at once, none is overlooked.
        """
        self.old().delete()
        now = timezone.now()
        post = self.create(sender=sender, at=now)
        is_one = self.filter(sender=sender, at__gt=now - within).count() <= most
        if not is_one:
            post.delete()
        return is_one


class FormPost(models.Model):
    """That somebody sent a form: a key that changes every day, and no address."""

    KEPT = timedelta(minutes=10)

    sender = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects = FormPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")
        indexes = [models.Index(fields=["sender", "at"], name="form_posts_of_a_sender")]

    def __str__(self):
        return self.sender
