from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from network.requests.models import NetworkRequest


@admin.register(NetworkRequest)
class NetworkRequestAdmin(admin.ModelAdmin):
    """Who wants to join and which practices are named; a publisher accepts or refuses, once."""

    change_form_template = "admin/network/networkrequest/change_form.html"
    list_display = ("made_at", "kind", "organisation", "municipality", "state")
    list_filter = ("state", "kind")
    fields = readonly_fields = (
        *("made_at", "kind", "organisation", "website", "municipality", "text"),
        *("language", "wants_answer", "state", "closed_at", "closed_by"),
    )

    def has_add_permission(self, request):
        return False

    def get_urls(self):
        close = self.admin_site.admin_view(require_POST(self.close_view))
        return [
            path("<int:pk>/close/", close, name="network_networkrequest_close"),
            *super().get_urls(),
        ]

    def close_view(self, request, pk):
        asked = get_object_or_404(NetworkRequest, pk=pk)
        if not self.has_change_permission(request, asked):
            raise PermissionDenied
        answer = request.POST.get("answer", "")
        if "accept" in request.POST and asked.accept(request.user, answer):
            messages.success(request, _("The request is accepted. Now add the record."))
        elif "refuse" in request.POST and asked.refuse(request.user, answer):
            messages.success(request, _("The request is refused."))
        return redirect("admin:network_networkrequest_changelist")

    @admin.display(description=_("wants an answer"), boolean=True)
    def wants_answer(self, asked):
        return bool(asked.email)
