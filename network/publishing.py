"""What every record that is edited, published and sourced has in common."""

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Left, Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from places.models import Place
from search.version import Visible, VisibleQuerySet


class EditorialStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


def published_has_moment(name):
    """Published and the moment of publishing are one fact."""
    published = Q(editorial_status=EditorialStatus.PUBLISHED)
    return models.CheckConstraint(
        condition=~published | Q(published_at__isnull=False),
        name=name,
        violation_error_message=_("A published record needs the moment it was published."),
    )


class TranslationState(models.TextChoices):
    """What is to be known of a text in one language; nothing noted means: up to date."""

    OUTDATED = "outdated", _("outdated")
    MACHINE = "machine", _("draft by a machine")
    HUMAN = "human", _("draft by a person")


class PublishableQuerySet(VisibleQuerySet):
    def due_for_publishing(self, now):
        """Those whose planned moment has come."""
        waiting = self.filter(
            editorial_status__in=[EditorialStatus.DRAFT, EditorialStatus.IN_REVIEW]
        )
        return waiting.filter(publish_at__lte=now)

    def published(self):
        return self.filter(editorial_status=EditorialStatus.PUBLISHED)

    def publish(self):
        """Publish those that are not; the first moment of publishing stays. Returns how many."""
        waiting = self.exclude(editorial_status=EditorialStatus.PUBLISHED)
        return self.move(waiting, EditorialStatus.PUBLISHED)

    def unpublish(self):
        """Back to draft. Returns how many."""
        return self.move(self.published(), EditorialStatus.DRAFT)

    def archive(self):
        """Off the site for good; the address says so. Returns how many."""
        return self.move(
            self.exclude(editorial_status=EditorialStatus.ARCHIVED), EditorialStatus.ARCHIVED
        )

    @staticmethod
    @transaction.atomic
    def move(records, status):
        changed = list(records)
        for record in changed:
            record.editorial_status = status
            record.save()
        return len(changed)

    @transaction.atomic
    def delete(self):
        """One by one, because each also leaves the search index."""
        deleted = [record.delete() for record in self]
        return sum(number for number, _ in deleted), {}

    delete.queryset_only = True


class Publishable(Visible):
    editorial_status = models.CharField(
        _("editorial status"),
        max_length=20,
        choices=EditorialStatus,
        default=EditorialStatus.DRAFT,
        db_index=True,
        help_text=_("Readers see published records only."),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(
        _("publish by itself at"),
        null=True,
        blank=True,
        help_text=_("A draft or a record in review goes public at this moment. Empty: by hand."),
    )
    source_language = models.CharField(
        _("language it is written in first"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.MODELTRANSLATION_DEFAULT_LANGUAGE,
        help_text=_("When its text changes in this language, the others are marked as outdated."),
    )
    translation_state = models.CharField(
        _("state of the text"), max_length=10, choices=TranslationState, blank=True, editable=False
    )
    translated_at = models.DateTimeField(_("translated at"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_published(self):
        return self.editorial_status == EditorialStatus.PUBLISHED

    def clean(self):
        super().clean()
        self.note_publishing()

    def save(self, *args, **kwargs):
        self.note_publishing()
        super().save(*args, **kwargs)

    def note_publishing(self):
        """The first moment of publishing is kept; a plan that came true is none any more."""
        if self.is_published:
            self.published_at = self.published_at or timezone.now()
            self.publish_at = None

    def publishing_problems(self):
        """Why it may not be published yet, as sentences for the curator; empty when it may."""
        return []


class SourceQuerySet(VisibleQuerySet):
    def by_key(self):
        return self.order_by("key")


class Source(Visible):
    """A document or page from which facts were taken."""

    class Kind(models.TextChoices):
        WEBSITE = "website", _("website")
        PRESS = "press", _("press")
        REPORT = "report", _("report")
        GUIDE = "guide", _("guide")
        GOVERNMENT = "government", _("government page")
        PARLIAMENT = "parliament", _("parliament document")
        PRESENTATION = "presentation", _("presentation")
        PROJECT_LIST = "project_list", _("list of projects")
        MINUTES = "minutes", _("minutes of a meeting")
        OTHER = "other", _("other document")

    key = models.CharField(
        _("key"), max_length=20, unique=True, help_text=_("A short name, for example VB-W26.")
    )
    publisher = models.CharField(
        _("publisher"), max_length=200, help_text=_("Who published it: a paper, a city, a service.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.WEBSITE)
    title = models.CharField(
        _("title"), max_length=300, blank=True, help_text=_("Its own title, not translated.")
    )
    url = models.URLField(_("web address"), max_length=500, blank=True)
    language = models.CharField(_("language code"), max_length=8, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("Leave it empty when the source is undated.")
    )
    is_year_inferred = models.BooleanField(
        _("year inferred"), default=False, help_text=_("The source does not state its year itself.")
    )
    dated_on = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        help_text=_("As exact as known: 2016, 2016-02 or 2016-02-15."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_year_inferred=False) | Q(year__isnull=False),
                name="inferred_year_is_stated",
            )
        ]

    def __str__(self):
        return f"{self.key} {self.publisher}"


class Certainty(models.TextChoices):
    STATED = "stated", _("stated")
    PROBABLE = "probable", _("probable")
    INFERRED = "inferred", _("inferred")
    TITLE = "title", _("read off the name only")


class CitationBase(Visible):
    """Which source says what stands in one field of a record."""

    field = models.CharField(
        _("field"), max_length=60, help_text=_("The field whose content the source supports.")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    certainty = models.CharField(
        _("certainty"), max_length=10, choices=Certainty, default=Certainty.STATED
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("For curators, for example a page.")
    )

    class Meta:
        abstract = True
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["field", "source__key"]

    def __str__(self):
        return f"{self.field}: {self.source.key}"


class ContactBase(Visible):
    """A way to reach somebody, with the year of the source it comes from."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        WEBSITE = "website", _("website")
        ADDRESS = "address", _("address")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("value"), max_length=300)
    year = models.PositiveSmallIntegerField(
        _("year of the source"),
        null=True,
        blank=True,
        help_text=_("Leave it empty when the source is undated; the page then says so."),
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    certainty = models.CharField(
        _("certainty"), max_length=10, choices=Certainty, default=Certainty.STATED
    )
    is_protected = models.BooleanField(
        _("protected address"),
        default=False,
        help_text=_("Tick it and readers see the municipality only, on every page and export."),
    )
    municipality = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
        help_text=_("What readers see of a protected address."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(kind="address"),
                name="%(app_label)s_%(class)s_only_addresses_protected",
                violation_error_message=_("Only an address can be protected."),
            ),
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(municipality__isnull=False),
                name="%(app_label)s_%(class)s_protected_has_municipality",
                violation_error_message=_("Give the municipality of a protected address."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self):
        checks = {"phone": PHONE, "email": EMAIL, "website": WEBSITE}
        if self.kind in checks and not checks[self.kind].fullmatch(self.value or ""):
            raise ValidationError({"value": CONTACT_HELP[self.kind]})

    @property
    def href(self):
        """What a tap does; empty for an address."""
        if self.kind == self.Kind.PHONE:
            return "tel:" + re.sub(r"[^\d+]", "", self.value)
        if self.kind == self.Kind.EMAIL:
            return "mailto:" + self.value
        return self.value if self.kind == self.Kind.WEBSITE else ""

    @property
    def shown_value(self):
        """What a person would copy down; of a protected address the municipality only."""
        if self.is_protected:
            return self.municipality.name
        if self.kind != self.Kind.WEBSITE:
            return self.value
        return re.sub(r"^https?://(www\.)?|/$", "", self.value)


PHONE = re.compile(r"\+?\d[\d ]{1,20}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEBSITE = re.compile(r"https?://[^\s]+")
CONTACT_HELP = {
    "phone": _("Write a phone number in groups of digits, for example 078 15 00 10."),
    "email": _("Write an e-mail address, for example info@example.org."),
    "website": _("Write a web address that starts with http:// or https://."),
}


def ends_after(ends, starts):
    """As far as both dates are known: 2018 is not before 2018-03. For a constraint."""
    as_exact = Left(ends, Length(starts)), Left(starts, Length(ends))
    return Q(**{ends: ""}) | Q(GreaterThanOrEqual(*as_exact))


REDUCED_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def validate_reduced_date(value):
    """A year, a month or a day that exists: 2016, 2016-02, 2016-02-15."""
    if value and not is_reduced_date(value):
        raise ValidationError(_("Write a year, a month or a day: 2016, 2016-02 or 2016-02-15."))


def is_reduced_date(value):
    first_day = f"{value}-01-01"[: len("2016-02-15")]
    try:
        date.fromisoformat(first_day)
    except ValueError:
        return False
    return REDUCED_DATE.fullmatch(value) is not None
