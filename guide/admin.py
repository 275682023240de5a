from django import forms
from django.contrib import admin

from guide.models import HelpLine, Need
from network.editing import LanguageTabsAdmin, PublishableAdmin


@admin.register(HelpLine)
class HelpLineAdmin(PublishableAdmin):
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

    def get_search_results(self, request, queryset, search_term):
        return admin.ModelAdmin.get_search_results(self, request, queryset, search_term)


@admin.register(Need)
class NeedAdmin(LanguageTabsAdmin):
    list_display = ("code", "name", "order")
    ordering = ("order", "code")
