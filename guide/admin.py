from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guide.models import HelpLine, NativeReading, Need
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
