"""The pages of taxonomies and terms, with what is done to them."""

from django.contrib import admin
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from curation.editing import Tools
from curation.taxonomy import acts, pages
from practices.admin import TaxonomyAdmin, TaxonomyTermAdmin


class CuratedTaxonomyAdmin(Tools, TaxonomyAdmin):
    def list_tools(self, request):
        address = reverse("admin:practices_taxonomy_order")
        return tools_of(request, (_("Order of the taxonomies"), address))

    def record_tools(self, request, record):
        address = reverse("admin:practices_taxonomy_order_terms", args=[record.pk])
        return tools_of(request, (_("Order of its terms"), address))

    def get_urls(self):
        all_rows = self.admin_site.admin_view(pages.order_taxonomies)
        terms = self.admin_site.admin_view(pages.order_terms)
        return [
            path("order/", all_rows, name="practices_taxonomy_order"),
            path("<int:pk>/order/", terms, name="practices_taxonomy_order_terms"),
            *super().get_urls(),
        ]


class CuratedTermAdmin(Tools, TaxonomyTermAdmin):
    list_display = (*TaxonomyTermAdmin.list_display, "is_retired")
    list_filter = (*TaxonomyTermAdmin.list_filter, "is_retired")
    readonly_fields = ("is_retired", "carried_by")

    @admin.display(description=_("carried by"))
    def carried_by(self, term):
        """Told before a name is saved: all of them then show the new one."""
        if not term.pk:
            return "-"
        practices, rules, _theme_rules = acts.carriers(term)
        return _("Published practices: %(practices)s. Rules of the finder: %(rules)s.") % {
            "practices": practices.published().count(),
            "rules": rules.count(),
        }

    def record_tools(self, request, record):
        name = "admin:practices_taxonomyterm"
        retire = _("Use it again") if record.is_retired else _("Retire it")
        return tools_of(
            request,
            (_("Merge it with another"), reverse(f"{name}_merge", args=[record.pk])),
            (retire, reverse(f"{name}_retire", args=[record.pk])),
        )

    def get_urls(self):
        merge = self.admin_site.admin_view(pages.merge_term)
        retire = self.admin_site.admin_view(pages.retire_term)
        return [
            path("<int:pk>/merge/", merge, name="practices_taxonomyterm_merge"),
            path("<int:pk>/retire/", retire, name="practices_taxonomyterm_retire"),
            *super().get_urls(),
        ]


def tools_of(request, *tools):
    return list(tools) if pages.may_look_after(request.user) else []
