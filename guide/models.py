from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guide.call_texts import fingerprint
from guide.querysets import HelpLineQuerySet
from network.models import Language, Source
from network.publishing import CONTACT_HELP, PHONE, Publishable, published_has_moment
from search.version import Visible


class Need(Visible):
    """What somebody calls for: a heading of the page of help lines."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name or self.code


class HelpLine(Publishable):
    """A number that answers: urgent numbers and listening lines."""

    class Cost(models.TextChoices):
        FREE = "free", _("free")
        PAID = "paid", _("paid")

    class Anonymity(models.TextChoices):
        ANONYMOUS = "anonymous", _("you need not give a name")
        CONFIDENTIAL = "confidential", _("confidential")

    class Audience(models.TextChoices):
        FAMILIES = "families", _("everyone")
        PROFESSIONALS = "professionals", _("professionals only")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    number = models.CharField(
        _("number"), max_length=30, help_text=_("In Belgian groups, for example 0800 111 72.")
    )
    name = models.CharField(_("name"), max_length=150)
    purpose = models.TextField(
        _("purpose"), help_text=_("One plain sentence: for whom, and when to call.")
    )
    hours = models.TextField(_("hours"), blank=True)
    languages = models.ManyToManyField(Language, blank=True, verbose_name=_("languages"))
    website = models.URLField(_("web address"), blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost, blank=True)
    anonymity = models.CharField(_("anonymity"), max_length=20, choices=Anonymity, blank=True)
    audience = models.CharField(
        _("audience"),
        max_length=20,
        choices=Audience,
        default=Audience.FAMILIES,
        help_text=_("Lines for professionals never stand in the strip for families."),
    )
    needs = models.ManyToManyField(
        Need,
        blank=True,
        verbose_name=_("needs"),
        help_text=_("Tick what the sources say the line is for. It stands under each of them."),
    )
    is_urgent = models.BooleanField(
        _("emergency number"),
        default=False,
        help_text=_("Shown first, without a note on its source."),
    )
    year = models.PositiveSmallIntegerField(
        _("year of the source"),
        null=True,
        blank=True,
        help_text=_("Leave it empty when the source is undated; the page then says so."),
    )
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["order", "code"]
        permissions = [("publish_helpline", "Can publish help lines")]
        constraints = [published_has_moment("published_help_line_has_moment")]

    def __str__(self):
        return f"{self.number} {self.name or ''}".strip()

    def clean(self):
        super().clean()
        if not PHONE.fullmatch(self.number or ""):
            raise ValidationError({"number": CONTACT_HELP["phone"]})

    @property
    def is_for_professionals(self):
        return self.audience == self.Audience.PROFESSIONALS

    def speaks(self, language):
        return language in {spoken.code for spoken in self.languages.all()}

    def is_for(self, need):
        return need in {met.code for met in self.needs.all()}

    @property
    def href(self):
        return "tel:" + self.number.replace(" ", "")


class NativeReading(Visible):
    """Whether a native speaker has read the page "Whom can I call" in a further language."""

    class Language(models.TextChoices):
        GERMAN = "de", _("German")
        ARABIC = "ar", _("Arabic")

    language = models.CharField(_("language"), max_length=8, choices=Language, unique=True)
    is_read = models.BooleanField(
        _("a native speaker has read the text and finds it right"),
        default=False,
        help_text=_(
            "Until you tick this, the page says that it has not been checked. When the text "
            "changes, it says so again."
        ),
    )
    read_on = models.DateField(_("read on"), null=True, blank=True, editable=False)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("ticked by"),
    )
    text_fingerprint = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = _("reading by a native speaker")
        verbose_name_plural = _("readings by native speakers")
        ordering = ["language"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_read=False) | Q(read_on__isnull=False), name="reading_has_its_day"
            )
        ]

    def __str__(self):
        return self.get_language_display()

    @property
    def is_valid(self):
        """Read, and the text is still the one that was read."""
        return self.is_read and self.text_fingerprint == fingerprint(self.language)

    def tick(self, reader):
        """A native speaker finds the text of today right."""
        self.is_read, self.read_by = True, reader
        self.read_on = timezone.localdate()
        self.text_fingerprint = fingerprint(self.language)
        self.save()

    def untick(self):
        self.is_read, self.read_by, self.read_on, self.text_fingerprint = False, None, None, ""
        self.save()
