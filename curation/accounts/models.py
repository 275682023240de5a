"""Rights beyond adding, changing and seeing records, and the way to an account."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

KEY_LASTS = timedelta(hours=72)
SALT = "curation.accounts.invitation"


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


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those whose account nobody has used yet, in time or not."""
        return self.filter(
            accepted_at=None,
            account__last_login=None,
            account__password__startswith=UNUSABLE_PASSWORD_PREFIX,
        )

    def opened_by(self, key):
        """The invitation whose key it is, while the key may be used; otherwise None."""
        try:
            pk, state = signing.loads(key, salt=SALT, max_age=KEY_LASTS)
        except signing.BadSignature:
            return None
        invitation = self.open().filter(pk=pk, account__is_active=True).first()
        return invitation if invitation and invitation.state == state else None

    def invite(self, email, name, roles, *, language, invited_by):
        """An account without a password, and the invitation to give it one."""
        account = get_user_model().objects.create_user(email, email, first_name=name, is_staff=True)
        account.groups.set(roles)
        return self.create(account=account, language=language, invited_by=invited_by)


class Invitation(models.Model):
    """Somebody was asked to keep the directory; the key in the mail sets the first password."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("account")
    )
    language = models.CharField(_("language of the mail"), max_length=8, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        app_label = "curation"
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.account.get_full_name() or self.account.get_username()

    @property
    def valid_until(self):
        return self.sent_at + KEY_LASTS

    @property
    def has_expired(self):
        return timezone.now() >= self.valid_until

    @property
    def key(self):
        return signing.dumps([self.pk, self.state], salt=SALT)

    @property
    def state(self):
        """Another one as soon as the account has a password or the invitation is sent again."""
        account = self.account
        known = (account.password, account.last_login, account.email, self.sent_at.timestamp())
        return salted_hmac(SALT, repr(known), algorithm="sha256").hexdigest()[:32]

    def renew(self):
        """The key that was sent before opens nothing more."""
        self.sent_at = timezone.now()
        self.save()

    def accept(self):
        self.accepted_at = timezone.now()
        self.save()

    def withdraw(self):
        """Takes the account away too: nobody has ever used it."""
        self.account.delete()
