from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guide.models import (
    Event,
    GlossaryTerm,
    HelpLine,
    NativeReading,
    Need,
    Publication,
    Recommendation,
    RecommendationPart,
)
from network.editing import LanguageTabsAdmin, PublishableAdmin
from network.models import Offer
from practices.admin import TermField
from practices.models import TaxonomyTerm


class SearchedByColumn(PublishableAdmin):
    """Of records that have no place in the search of the site."""

    search_help_text = None

    def get_search_results(self, request, queryset, search_term):
        return admin.ModelAdmin.get_search_results(self, request, queryset, search_term)


@admin.register(HelpLine)
class HelpLineAdmin(SearchedByColumn):
    list_display = ("number", "name", "audience", "year", "editorial_status", "order")
    list_display_links = ("number", "name")
    list_filter = ("editorial_status", "audience", "needs", "languages", "is_urgent")
    search_fields = ("number", "name_nl", "name_fr", "name_en")
    autocomplete_fields = ("sources",)

    def view_on_site(self, obj):
        return None

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in {"languages", "needs"}:
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Need)
class NeedAdmin(LanguageTabsAdmin):
    list_display = ("code", "name", "order")
    ordering = ("order", "code")


@admin.register(Publication)
class PublicationAdmin(SearchedByColumn):
    list_display = ("title", "code", "kind", "year", "editorial_status", "order")
    list_filter = ("editorial_status", "kind", "languages", "is_public")
    search_fields = ("code", "title_nl", "title_fr", "title_en")
    autocomplete_fields = ("publishers", "sources")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "languages":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Event)
class EventAdmin(SearchedByColumn):
    list_display = ("name", "code", "kind", "starts_on", "editorial_status", "order")
    list_filter = ("editorial_status", "kind")
    search_fields = ("code", "name_nl", "name_fr", "name_en")
    autocomplete_fields = ("place", "sources")


@admin.register(RecommendationPart)
class RecommendationPartAdmin(LanguageTabsAdmin):
    list_display = ("code", "title", "order")
    search_fields = ("code", "title_nl", "title_fr", "title_en")
    ordering = ("order", "code")


def ticked(field, choices):
    """Boxes for a field that holds a list of codes."""
    return forms.MultipleChoiceField(
        label=field.verbose_name,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=field.help_text,
    )


class RecommendationForm(forms.ModelForm):
    audiences = ticked(Recommendation._meta.get_field("audiences"), Recommendation.Audience.choices)
    offer_kinds = ticked(Recommendation._meta.get_field("offer_kinds"), Offer.Kind.choices)
    terms = TermField(
        label=Recommendation._meta.get_field("terms").verbose_name,
        queryset=TaxonomyTerm.objects.all(),
        required=False,
        help_text=Recommendation._meta.get_field("terms").help_text,
    )


@admin.register(Recommendation)
class RecommendationAdmin(PublishableAdmin):
    form = RecommendationForm
    search_kind = "recommendation"
    list_display = ("code", "statement", "part", "kind", "editorial_status", "order")
    list_filter = ("editorial_status", "kind", "part", "themes")
    list_select_related = ("part",)
    autocomplete_fields = ("trainings", "sources")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "themes":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(PublishableAdmin):
    search_kind = "glossary"
    list_display = ("name", "code", "kind", "editorial_status", "order")
    list_filter = ("editorial_status", "kind")
    autocomplete_fields = ("related", "sources")


class NativeReadingForm(forms.ModelForm):
    """The tick of an older text is not shown: the text of today has to be read again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["is_read"] = self.instance.is_valid


@admin.register(NativeReading)
class NativeReadingAdmin(admin.ModelAdmin):
    form = NativeReadingForm
    list_display = ("language", "is_valid_today", "read_on", "read_by")
    fields = ("language", "is_read", "read_on", "read_by")
    readonly_fields = ("language", "read_on", "read_by")

    @admin.display(description=_("read by a native speaker"), boolean=True)
    def is_valid_today(self, reading):
        return reading.is_valid

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, reading):
        return reverse(f"whom_to_call_{reading.language}")

    def save_model(self, request, obj, form, change):
        obj.tick(request.user) if obj.is_read else obj.untick()
