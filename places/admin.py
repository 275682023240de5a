from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from places.gazetteer import understand
from places.models import Place, PlaceAlias, PostalCode


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PostalCodeInline(ReadOnlyInline):
    model = PostalCode
    fields = ("code", "is_main")


class AliasInline(ReadOnlyInline):
    model = PlaceAlias
    fields = ("name", "language", "kind")


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Geography comes from the content files; here it can be looked up and chosen, not changed."""

    list_display = ("code", "kind", "name_nl", "name_fr", "name_de", "name_en", "population")
    list_filter = ("kind",)
    search_fields = ("^code", "name_nl", "name_fr", "name_de", "name_en", "postal_codes__code")
    search_help_text = _("A name in any language, a postal code or a REFNIS code.")
    inlines = (PostalCodeInline, AliasInline)
    filter_horizontal = ("containers",)

    def get_queryset(self, request):
        """The wider places first, so that a choice offers Antwerp before its districts."""
        return super().get_queryset(request).order_by("-population", "kind", "code")

    def get_search_results(self, request, queryset, search_term):
        """Also what a visitor would mean by it: the municipality of a postal code, a former one."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        meant = [meaning.spot.code for meaning in understand(search_term)]
        return found | queryset.filter(code__in=meant), has_duplicates

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
