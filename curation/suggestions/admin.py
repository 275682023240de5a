from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from curation.suggestions.models import Suggestion

SHOWN = (
    "made_at",
    "about",
    "label",
    "stands_now",
    "text",
    "is_by_organisation",
    "wants_answer",
    "state",
    "closed_at",
    "closed_by",
)


@admin.register(Suggestion)
class SuggestionAdmin(admin.ModelAdmin):
    """What readers and organisations say is wrong; a curator accepts or refuses it, once."""

    change_form_template = "admin/curation/suggestion/change_form.html"
    list_display = ("made_at", "about", "label", "text_in_short", "is_by_organisation", "state")
    list_filter = ("state", "is_by_organisation")
    list_select_related = ("practice", "actor")
    fields = readonly_fields = SHOWN

    def has_add_permission(self, request):
        return False

    def get_urls(self):
        close = self.admin_site.admin_view(require_POST(self.close_view))
        return [
            path("<int:pk>/close/", close, name="curation_suggestion_close"),
            *super().get_urls(),
        ]

    def close_view(self, request, pk):
        suggestion = get_object_or_404(Suggestion, pk=pk)
        if not self.has_change_permission(request, suggestion):
            raise PermissionDenied
        if "accept" in request.POST:
            return self.accept(request, suggestion)
        if "refuse" in request.POST:
            suggestion.refuse(request.user, request.POST.get("answer", ""))
            messages.success(request, _("The suggestion is refused."))
        return redirect("admin:curation_suggestion_changelist")

    def accept(self, request, suggestion):
        """Then the curator goes on with the record itself."""
        if suggestion.has_value and not may_change(request.user, suggestion.record):
            raise PermissionDenied
        is_applied = suggestion.has_value
        try:
            suggestion.accept(request.user, request.POST.get("answer", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("admin:curation_suggestion_change", suggestion.pk)
        told = _("The new value is on the page.") if is_applied else _("Now change the record.")
        messages.success(request, format_html("{} {}", _("The suggestion is accepted."), told))
        return redirect(address_of(suggestion.record))

    @admin.display(description=_("record"))
    def about(self, suggestion):
        address = address_of(suggestion.record)
        return format_html('<a href="{}">{}</a>', address, suggestion.record)

    @admin.display(description=_("field"))
    def label(self, suggestion):
        return suggestion.label

    @admin.display(description=_("what stands there now"))
    def stands_now(self, suggestion):
        return suggestion.fact.value or "–"

    @admin.display(description=_("text"))
    def text_in_short(self, suggestion):
        return suggestion.text[:80]

    @admin.display(description=_("wants an answer"), boolean=True)
    def wants_answer(self, suggestion):
        return bool(suggestion.email)


def address_of(record):
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def may_change(user, record):
    return user.has_perm(f"{record._meta.app_label}.change_{record._meta.model_name}")
