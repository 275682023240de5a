from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from practices.models import Practice


class DailyActQuerySet(models.QuerySet):
    def begin(self, name, today):
        """The last day it was done, or None the first time; today, when nothing is left to do."""
        self.get_or_create(name=name)
        row = self.select_for_update().get(name=name)
        last = row.day
        if last is None or last < today:
            row.day = today
            row.save()
        return last


class DailyAct(models.Model):
    """Up to which day something that is done once a day has been done."""

    name = models.CharField(max_length=40, unique=True)
    day = models.DateField(null=True)

    objects = DailyActQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily act")
        verbose_name_plural = _("daily acts")

    def __str__(self):
        return f"{self.name} {self.day}"


class UnaskedOrganisation(models.Model):
    """A practice whose organisation gets no mails from us: a curator asks in another way."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="unasked")

    class Meta:
        verbose_name = _("organisation that is not mailed")
        verbose_name_plural = _("organisations that are not mailed")

    def __str__(self):
        return str(self.practice)


class CheckMail(models.Model):
    """The question to an organisation whether a record is still right, once for each due day."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="check_mails")
    due_on = models.DateField(_("due on"))
    address = models.CharField(_("address"), max_length=300)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    made_at = models.DateTimeField(_("mailed at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to an organisation")
        verbose_name_plural = _("questions to organisations")
        ordering = ["-due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "due_on"], name="organisation_asked_once_a_due_day"
            )
        ]

    def __str__(self):
        return f"{self.practice} {self.due_on}"

    @transaction.atomic
    def confirm(self) -> bool:
        """The organisation says that all is right; a link does so once."""
        open_one = CheckMail.objects.filter(pk=self.pk, confirmed_at=None)
        if not open_one.update(confirmed_at=timezone.now()):
            return False
        self.practice.verify(gettext_noop("confirmed by the organisation"))
        return True


def address_of(practice) -> str:
    """The first e-mail address readers see: of the practice, else of its organisation."""
    lead = practice.public_lead_actor
    found = [*practice.contacts.all(), *(lead.contacts.all() if lead else ())]
    return next((one.value for one in found if one.kind == "email" and is_mailable(one.value)), "")


def is_mailable(address):
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
