"""The pages on which curators edit: those of the rooms below, with what curation adds.

Each act of curation adds one mixin to `Curated`, with its links, addresses and fields.
"""

from curation.duplicates.admin import PracticeDuplicates
from curation.tables.admin import PracticeTables
from guide.admin import HelpLineAdmin
from network.admin import ActorAdmin
from practices.admin import PracticeAdmin


class Tools:
    """Links above a record and above a list, as (label, address)."""

    change_form_template = "admin/curated/change_form.html"
    change_list_template = "admin/curated/change_list.html"

    def record_tools(self, request, record):
        return []

    def list_tools(self, request):
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["record_tools"] = self.record_tools(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request, extra_context=None):
        extra_context = {"list_tools": self.list_tools(request)} | (extra_context or {})
        return super().changelist_view(request, extra_context)


class Curated(Tools):
    pass


class CuratedPracticeAdmin(PracticeDuplicates, PracticeTables, Curated, PracticeAdmin):
    pass


class CuratedActorAdmin(Curated, ActorAdmin):
    pass


class CuratedHelpLineAdmin(Curated, HelpLineAdmin):
    pass
