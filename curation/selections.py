"""Filters of a list that a curator keeps under a name."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curation.history.admin import address_of
from curation.models import SavedSelection

MOST = 30


class SavedSelections:
    def changelist_view(self, request, extra_context=None):
        own = {
            "selections": self.selections_of(request),
            "selection_act": address_of(self.model, "selections"),
            "asked": request.GET.urlencode(),
        }
        return super().changelist_view(request, own | (extra_context or {}))

    def selections_of(self, request):
        return SavedSelection.objects.filter(owner=request.user, list_of=self.opts.label_lower)

    def keep_selection(self, request):
        """Keep the filters of the page under a name, or forget a name."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        name, query = request.POST.get("name", "").strip()[:60], request.POST.get("query", "")
        if request.POST.get("act") == "forget":
            self.selections_of(request).filter(name=name).delete()
        elif not name or not query or len(query) > 500:
            messages.error(request, _("Choose filters first, then give them a name."))
        elif self.selections_of(request).count() >= MOST:
            messages.error(request, _("That is as many as can be kept. Forget one first."))
        else:
            self.selections_of(request).update_or_create(
                name=name,
                defaults={"query": query},
                create_defaults={
                    "query": query,
                    "owner": request.user,
                    "list_of": self.opts.label_lower,
                },
            )
        return redirect(f"{address_of(self.model, 'changelist')}?{query}")

    def get_urls(self):
        keep = self.admin_site.admin_view(require_POST(self.keep_selection))
        name = f"{self.opts.app_label}_{self.opts.model_name}_selections"
        return [path("selections/", keep, name=name), *super().get_urls()]
