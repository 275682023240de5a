from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

import network.requests.admin  # noqa: F401  registers its page
from network.editing import LanguageTabsAdmin, PublishableAdmin, RowsAtHand
from network.models import (
    Actor,
    ActorCitation,
    ActorContact,
    ActorRelation,
    ExpertTheme,
    Language,
    Membership,
    NetworkRole,
    Offer,
    OfferCitation,
    OfferContact,
    Sector,
    Source,
)


@admin.register(Source)
class SourceAdmin(LanguageTabsAdmin):
    list_display = ("key", "publisher", "kind", "year", "url")
    list_filter = ("kind", "year")
    search_fields = ("key", "publisher_nl", "publisher_fr", "publisher_en", "title", "url")


@admin.register(Language, Sector, NetworkRole)
class VocabularyAdmin(LanguageTabsAdmin):
    list_display = ("code", "name", "order")
    search_fields = ("code", "name_nl", "name_fr", "name_en")


@admin.register(ExpertTheme)
class ExpertThemeAdmin(LanguageTabsAdmin):
    list_display = ("name", "code", "order")
    search_fields = ("code", "name_nl", "name_fr", "name_en")
    autocomplete_fields = ("sources",)


class ContactInline(RowsAtHand):
    autocomplete_fields = ("source", "municipality")


class ActorContactInline(ContactInline):
    model = ActorContact


class ActorCitationInline(RowsAtHand):
    model = ActorCitation
    autocomplete_fields = ("source",)


class RelationInline(RowsAtHand):
    model = ActorRelation
    fk_name = "actor"
    autocomplete_fields = ("other", "source")


class MembershipInline(RowsAtHand):
    model = Membership
    autocomplete_fields = ("source",)


@admin.register(Actor)
class ActorAdmin(PublishableAdmin):
    search_kind = "actor"
    list_display = ("code", "name", "legal_form", "seat", "editorial_status", "updated_at")
    list_filter = ("editorial_status", "legal_form", "level", "roles", "sectors", "languages")
    list_select_related = ("seat",)
    autocomplete_fields = ("seat", "coverage")
    inlines = (ActorContactInline, MembershipInline, RelationInline, ActorCitationInline)
    fieldsets = (
        (None, {"fields": ("code", "editorial_status", "name", "also_known_as", "description")}),
        (
            _("What it is"),
            {
                "fields": (
                    *("legal_form", "level", "roles", "sectors", "languages"),
                    *("seat", "coverage"),
                )
            },
        ),
    )
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}


class OfferForm(forms.ModelForm):
    audiences = forms.MultipleChoiceField(
        label=Offer._meta.get_field("audiences").verbose_name,
        choices=Offer.Audience.choices,
        required=False,
        widget=CheckboxSelectMultiple,
    )
    forms = forms.MultipleChoiceField(
        label=Offer._meta.get_field("forms").verbose_name,
        choices=Offer.Form.choices,
        required=False,
        widget=CheckboxSelectMultiple,
    )


class OfferContactInline(ContactInline):
    model = OfferContact


class OfferCitationInline(RowsAtHand):
    model = OfferCitation
    autocomplete_fields = ("source",)


@admin.register(Offer)
class OfferAdmin(PublishableAdmin):
    form = OfferForm
    search_kind = "offer"
    list_display = ("code", "name", "actor", "kind", "editorial_status", "updated_at")
    list_filter = ("editorial_status", "kind", "actor")
    list_select_related = ("actor",)
    autocomplete_fields = ("actor", "coverage")
    inlines = (OfferContactInline, OfferCitationInline)
    fieldsets = (
        (None, {"fields": ("code", "actor", "editorial_status", "name", "summary")}),
        (
            _("What it is"),
            {
                "fields": (
                    *("kind", "audiences", "forms", "length", "hours", "cost"),
                    *("languages", "coverage"),
                )
            },
        ),
        (
            _("How to get it"),
            {"fields": ("available_from", "available_until", "availability", "how_to_ask")},
        ),
    )
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
