from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NAME_LANGUAGES = ("nl", "fr", "de", "en")


class Place(models.Model):
    """A part of Belgium. Its code is REFNIS, or the BE-… and COM-… codes of the content files."""

    class Kind(models.TextChoices):
        LOCALITY = "locality", _("locality")
        MUNICIPALITY = "municipality", _("municipality")
        ARRONDISSEMENT = "arrondissement", _("arrondissement")
        PROVINCE = "province", _("province")
        REGION = "region", _("region")
        COMMUNITY = "community", _("community")
        COUNTRY = "country", _("country")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, db_index=True)
    code = models.CharField(_("code"), max_length=40, unique=True)
    name_nl = models.CharField(_("name in Dutch"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_de = models.CharField(_("name in German"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    short_nl = models.CharField(_("short name in Dutch"), max_length=80, blank=True)
    short_fr = models.CharField(_("short name in French"), max_length=80, blank=True)
    short_de = models.CharField(_("short name in German"), max_length=80, blank=True)
    short_en = models.CharField(_("short name in English"), max_length=80, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    containers = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="contents",
        verbose_name=_("lies in"),
        help_text=_(
            "A locality lies in its municipality; a municipality lies in its arrondissement, "
            "province, region and communities."
        ),
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.get_kind_display()})"

    @property
    def name(self):
        return getattr(self, f"name_{(get_language() or 'en')[:2]}", self.name_en)


class PostalCode(models.Model):
    """A postal code in one locality. Three codes touch a second municipality: not the main one."""

    code = models.CharField(_("postal code"), max_length=4, db_index=True)
    locality = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="postal_codes", verbose_name=_("locality")
    )
    is_main = models.BooleanField(_("main municipality of this code"), default=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")
        ordering = ["code", "-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "locality"], name="postal_code_once_a_locality")
        ]

    def __str__(self):
        return f"{self.code} {self.locality.name}"


class PlaceAlias(models.Model):
    """Another name a municipality is looked for: a former municipality, a name abroad."""

    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("place")
    )
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language code"), max_length=2)
    kind = models.CharField(_("kind"), max_length=60)

    class Meta:
        verbose_name = _("other name of a place")
        verbose_name_plural = _("other names of places")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "language"], name="alias_once_a_place")
        ]

    def __str__(self):
        return self.name
