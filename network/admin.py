from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from network.editing import LanguageTabsAdmin, PublishableAdmin, RowsAtHand
from network.models import Actor, ActorCitation, ActorContact, Language, Sector, Source


@admin.register(Source)
class SourceAdmin(LanguageTabsAdmin):
    list_display = ("key", "publisher", "kind", "year", "url")
    list_filter = ("kind", "year")
    search_fields = ("key", "publisher_nl", "publisher_fr", "publisher_en", "title", "url")


@admin.register(Language, Sector)
class VocabularyAdmin(LanguageTabsAdmin):
    list_display = ("code", "name", "order")
    search_fields = ("code", "name_nl", "name_fr", "name_en")


class ContactInline(RowsAtHand):
    autocomplete_fields = ("source", "municipality")


class ActorContactInline(ContactInline):
    model = ActorContact


class ActorCitationInline(RowsAtHand):
    model = ActorCitation
    autocomplete_fields = ("source",)


@admin.register(Actor)
class ActorAdmin(PublishableAdmin):
    search_kind = "actor"
    list_display = ("code", "name", "legal_form", "seat", "editorial_status", "updated_at")
    list_filter = ("editorial_status", "legal_form", "level", "sectors", "languages")
    list_select_related = ("seat",)
    autocomplete_fields = ("seat",)
    inlines = (ActorContactInline, ActorCitationInline)
    fieldsets = (
        (None, {"fields": ("code", "editorial_status", "name", "also_known_as", "description")}),
        (
            _("What it is"),
            {"fields": ("legal_form", "level", "sectors", "languages", "seat")},
        ),
    )
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
