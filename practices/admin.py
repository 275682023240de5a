from itertools import groupby

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms.models import ModelChoiceIterator
from django.shortcuts import render
from django.urls import path
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from modeltranslation.admin import TranslationTabularInline

from network.admin import ContactInline
from network.editing import LanguageTabsAdmin, PublishableAdmin, RowsAtHand
from network.models import Offer
from places import gazetteer
from practices.facets import directory
from practices.finder import MOST_SHOWN, Finding
from practices.models import (
    TEXT_FIELDS,
    Citation,
    DeadEnd,
    Practice,
    PracticeContact,
    Situation,
    SituationRule,
    Taxonomy,
    TaxonomyTerm,
    ThemeRule,
)
from search.version import bump, current

FACT_FIELDS = (
    "name",
    "also_known_as",
    *TEXT_FIELDS,
    "lead_actor",
    "partners",
    "coverage",
    "seats",
    "help_languages",
    "cost",
    "anonymity",
    "access",
    "operating_status",
)


INTERVALS = {"verification_months", "contact_verification_months"}


class TermIterator(ModelChoiceIterator):
    """All terms, under the heading of their taxonomy."""

    def __iter__(self):
        terms = self.queryset.select_related("taxonomy").order_by("taxonomy__order", "order")
        for taxonomy, group in groupby(terms, key=lambda term: term.taxonomy):
            yield str(taxonomy), [self.choice(term) for term in group]


class TermField(forms.ModelMultipleChoiceField):
    """The terms in use. Filtered when a form is made: on import, a filter spoils the history."""

    iterator = TermIterator
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, **options):
        super().__init__(*args, limit_choices_to={"is_retired": False}, **options)

    def label_from_instance(self, term):
        return str(term)


def cited_fields():
    """What a citation can support: the fields of a practice, and each taxonomy."""
    names = [(name, Practice._meta.get_field(name).verbose_name) for name in FACT_FIELDS]
    taxonomies = [(f"terms.{t.code}", str(t)) for t in Taxonomy.objects.all()]
    return [("", "---------"), *names, *taxonomies]


class CitationForm(forms.ModelForm):
    field = forms.ChoiceField(label=_("field"), choices=cited_fields)


class CitationInline(RowsAtHand):
    model = Citation
    form = CitationForm
    autocomplete_fields = ("source",)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if "field" in formset.form.base_fields:
            formset.form.base_fields["field"].choices = cited_fields()  # once for all rows
        return formset


class PracticeContactInline(ContactInline):
    model = PracticeContact


class PracticeForm(forms.ModelForm):
    terms = TermField(
        label=_("Terms"),
        queryset=TaxonomyTerm.objects.all(),
        required=False,
        help_text=_("Tick what a source says. A situation only where a source names it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in INTERVALS & self.fields.keys():
            self.fields[name].required = False

    def clean(self):
        """An interval that is left empty stays as it was."""
        cleaned = super().clean()
        for name in INTERVALS & cleaned.keys():
            if cleaned[name] is None:
                cleaned[name] = getattr(self.instance, name)
        return cleaned


@admin.register(Practice)
class PracticeAdmin(PublishableAdmin):
    form = PracticeForm
    search_kind = "practice"
    list_display = (
        "code",
        "name",
        "lead_actor",
        "operating_status",
        "editorial_status",
        "verified_on",
        "updated_at",
    )
    list_display_links = ("code", "name")
    list_filter = (
        "editorial_status",
        "operating_status",
        "is_title_only",
        ("verified_on", admin.EmptyFieldListFilter),
        "help_languages",
        "cost",
        "anonymity",
    )
    list_select_related = ("lead_actor",)
    autocomplete_fields = ("lead_actor", "partners", "coverage", "seats", "successor")
    inlines = (PracticeContactInline, CitationInline)
    save_on_top = True
    # Who opens or saves a record has not checked it: the two days are set by acts of their own.
    readonly_fields = ("published_at", "updated_at", "verified_on", "contacts_verified_on")
    fieldsets = (
        (
            None,
            {
                "description": _(
                    "Every fact needs a citation at the bottom of this page. Leave a field empty "
                    "when no source says anything: the page tells readers what is not known."
                ),
                "fields": (
                    "code",
                    ("editorial_status", "published_at", "updated_at"),
                    ("verified_on", "contacts_verified_on"),
                    ("verification_months", "contact_verification_months"),
                    "is_title_only",
                    "name",
                    "slug",
                    "also_known_as",
                    "summary",
                ),
            },
        ),
        (
            _("For families"),
            {
                "fields": (
                    "for_whom",
                    "first_contact",
                    "activities",
                    "waiting",
                    ("cost", "anonymity", "access"),
                    "help_languages",
                    "coverage",
                    "seats",
                )
            },
        ),
        (
            _("Still working?"),
            {
                "fields": (
                    (
                        "operating_status",
                        "operating_status_date",
                        "is_operating_status_date_unknown",
                    ),
                    "status_note",
                    "successor",
                    "successor_note",
                )
            },
        ),
        (_("Who does it"), {"fields": ("lead_actor", "partners", "partner_note")}),
        (
            _("For professionals"),
            {"fields": ("aims", "method", "period", "reach", "evaluation", "funding", "context")},
        ),
        (_("Facets"), {"fields": ("terms",)}),
    )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "help_languages":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class TermInline(TranslationTabularInline):
    model = TaxonomyTerm
    fields = ("order", "code", "name")
    extra = 0
    show_change_link = True


@admin.register(Taxonomy)
class TaxonomyAdmin(LanguageTabsAdmin):
    list_display = ("code", "name", "order")
    search_fields = ("code", "name_nl", "name_fr", "name_en")
    autocomplete_fields = ("sources",)
    inlines = (TermInline,)


class SituationRuleForm(forms.ModelForm):
    terms = TermField(
        label=_("Terms"),
        queryset=TaxonomyTerm.objects.all(),
        required=False,
        help_text=SituationRule._meta.get_field("terms").help_text,
    )


@admin.register(SituationRule)
class SituationRuleAdmin(admin.ModelAdmin):
    form = SituationRuleForm
    change_form_template = "admin/practices/situationrule/change_form.html"
    list_display = ("code", "all_terms")
    fields = ("code", "terms", "found_now")
    readonly_fields = ("found_now",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("terms")

    @admin.display(description=_("terms"))
    def all_terms(self, rule):
        return ", ".join(str(term) for term in rule.terms.all())

    @admin.display(description=_("This is what a family would now find"))
    def found_now(self, rule):
        if not rule.pk:
            return _("Save the rule first; then this page shows what a family finds with it.")
        shown = [(place_told(place), names_found(rule, place)) for place in PREVIEWED]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", shown))

    def get_urls(self):
        preview = self.admin_site.admin_view(require_POST(self.preview))
        return [
            path("preview/", preview, name="practices_situationrule_preview"),
            *super().get_urls(),
        ]

    def preview(self, request):
        """What a family finds with the rule as it is saved, and with the terms ticked now."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        rule = SituationRule.objects.filter(pk=request.POST.get("rule") or None).first()
        form = self.get_form(request, rule)(request.POST, instance=rule)
        context = self.admin_site.each_context(request) | {"form": form, "rule": rule}
        if form.is_valid():
            context["places"] = [compare(form, place) for place in PREVIEWED]
        return render(request, "admin/practices/situationrule/preview.html", context)


class ThemeRuleForm(forms.ModelForm):
    terms = TermField(
        label=_("Terms"),
        queryset=TaxonomyTerm.objects.all(),
        required=False,
        help_text=ThemeRule._meta.get_field("terms").help_text,
    )
    offer_kinds = forms.MultipleChoiceField(
        label=ThemeRule._meta.get_field("offer_kinds").verbose_name,
        choices=Offer.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=ThemeRule._meta.get_field("offer_kinds").help_text,
    )


@admin.register(ThemeRule)
class ThemeRuleAdmin(admin.ModelAdmin):
    form = ThemeRuleForm
    list_display = ("theme", "all_terms", "all_kinds")
    list_select_related = ("theme",)
    fields = ("theme", "terms", "offer_kinds")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("terms")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        bump()  # the terms are saved after the row

    @admin.display(description=_("terms"))
    def all_terms(self, rule):
        return ", ".join(str(term) for term in rule.terms.all())

    @admin.display(description=_("kinds of offers"))
    def all_kinds(self, rule):
        return ", ".join(str(name) for name in rule.offer_kind_names)


MOST_PREVIEWED = 10
PREVIEWED = ("", "BE-VLG", "BE-BRU", "BE-WAL")  # nowhere told, and each region


def place_told(code):
    return gazetteer.get(code).name if code else _("Without a place")


def names_found(rule, place):
    """The first practices a family would see, as a list of names."""
    found = named(codes_found(rule.code, place)[:MOST_SHOWN])
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((p,) for p in found)))


def codes_found(situation, place, terms=None):
    version = current()
    answers = {"situation": situation, "place": place}
    return Finding(answers, directory(version), version, terms).results.codes


def named(codes):
    """The practices themselves, in the order of the codes."""
    by_code = Practice.objects.published().in_bulk(codes, field_name="code")
    return [by_code[code] for code in codes if code in by_code]


def compare(form, place):
    """The first practices for a place with the terms ticked, and what changes in them."""
    situation, ticked = form.cleaned_data["code"], form.cleaned_data["terms"]
    before = codes_found(situation, place)
    after = codes_found(situation, place, ticked.codes_by_taxonomy())
    seen, seen_before = after[:MOST_PREVIEWED], before[:MOST_PREVIEWED]
    return {
        "place": place_told(place),
        "number": len(after),
        "number_before": len(before),
        "found": [(practice, practice.code not in seen_before) for practice in named(seen)],
        "gone": named([code for code in seen_before if code not in seen]),
    }


@admin.register(TaxonomyTerm)
class TaxonomyTermAdmin(LanguageTabsAdmin):
    list_display = ("code", "name", "taxonomy", "order")
    list_filter = ("taxonomy",)
    list_select_related = ("taxonomy",)
    search_fields = ("code", "name_nl", "name_fr", "name_en")
    autocomplete_fields = ("sources",)


class ShownValuesFilter(admin.SimpleListFilter):
    """Values of the groups that may be shown; one that stands in smaller groups alone is absent."""

    def lookups(self, request, model_admin):
        shown = model_admin.get_queryset(request).order_by(self.parameter_name)
        values = shown.values_list(self.parameter_name, flat=True).distinct()
        return [(str(value) or NOT_SAID, self.label(value)) for value in values]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        value = "" if self.value() == NOT_SAID else self.value()
        return queryset.filter(**{self.parameter_name: value})


NOT_SAID = "-"


class MonthFilter(ShownValuesFilter):
    title, parameter_name = _("month"), "month"

    def label(self, value):
        return month_told(value)


class SituationFilter(ShownValuesFilter):
    title, parameter_name = _("situation"), "situation"

    def label(self, value):
        return situation_told(value)


class ProvinceFilter(ShownValuesFilter):
    title, parameter_name = _("province"), "province"

    def label(self, value):
        return province_told(value)


def month_told(month):
    return date_format(month, "YEAR_MONTH_FORMAT")


def situation_told(code):
    return Situation(code).label if code else _("not said")


def province_told(code):
    return gazetteer.get(code).name if code else _("not said")


@admin.register(DeadEnd)
class DeadEndAdmin(admin.ModelAdmin):
    """Where families found nothing that fits. Small groups are in no list and at no address."""

    list_display = ("in_month", "in_situation", "in_province", "number")
    list_filter = (MonthFilter, SituationFilter, ProvinceFilter)
    fields = readonly_fields = list_display

    def get_queryset(self, request):
        return super().get_queryset(request).shown()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("month"), ordering="month")
    def in_month(self, group):
        return month_told(group.month)

    @admin.display(description=_("situation"), ordering="situation")
    def in_situation(self, group):
        return situation_told(group.situation)

    @admin.display(description=_("province"), ordering="province")
    def in_province(self, group):
        return province_told(group.province)
