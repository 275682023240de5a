"""The story of a record on its page in the admin, and the way back to an earlier version."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from curation.history.acts import acts_of
from curation.history.restore import restore, what_would_change
from curation.publishing import may_publish
from network.history import because, keep


def address_of(model, act, *arguments):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}"
    return reverse(name, args=arguments)


class HistoryPages:
    """Keeps one record for each save, with the reason the curator gave; shows them; restores."""

    def save_form(self, request, form, change):
        record = super().save_form(request, form, change)
        record.skip_history_when_saving = True  # its relations come later: `save_related` keeps all
        return record

    def save_model(self, request, record, form, change):
        with because(reason_typed(form)):
            super().save_model(request, record, form, change)

    def save_related(self, request, form, formsets, change):
        with because(reason_typed(form)):
            super().save_related(request, form, formsets, change)
            keep(form.instance, "~" if change else "+")

    def history_view(self, request, object_id, extra_context=None):
        record = self.record_or_404(request, object_id)
        context = self.page_of(request, record) | {"acts": acts_of(record)}
        return render(request, "admin/curated/history.html", context)

    def version_view(self, request, object_id, version):
        record = self.record_or_404(request, object_id)
        kept = get_object_or_404(record.history, pk=version)
        if request.method == "POST":
            return self.restore_version(request, record, kept)
        context = self.page_of(request, record) | {
            "kept": kept,
            "changes": what_would_change(record, kept),
            "may_restore": self.has_restore_permission(request, record),
        }
        return render(request, "admin/curated/version.html", context)

    def restore_version(self, request, record, kept):
        if not self.has_restore_permission(request, record):
            raise PermissionDenied
        foreign = self.foreign_texts(request.user)
        names = [name for name in request.POST.getlist("name") if name not in foreign]
        day = date_format(localtime(kept.history_date), "DATETIME_FORMAT")
        try:
            restore(record, kept, names, _("brought back from %(day)s") % {"day": day})
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.path)
        messages.success(request, _("Brought back as it was on %(day)s.") % {"day": day})
        return redirect(address_of(self.model, "change", record.pk))

    def has_restore_permission(self, request, record):
        is_allowed = self.has_change_permission(request, record)
        return is_allowed and (not record.is_published or may_publish(request.user, record))

    def record_or_404(self, request, object_id):
        record = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def page_of(self, request, record):
        """What every page about one record shows."""
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "record": record,
            "title": str(record),
            "change_address": address_of(self.model, "change", record.pk),
            "list_address": address_of(self.model, "changelist"),
            "history_address": address_of(self.model, "history", record.pk),
        }

    def get_urls(self):
        opts = self.opts
        version = self.admin_site.admin_view(self.version_view)
        return [
            path(
                "<int:object_id>/history/<int:version>/",
                version,
                name=f"{opts.app_label}_{opts.model_name}_version",
            ),
            *super().get_urls(),
        ]


def reason_typed(form):
    return form.cleaned_data.get("change_reason", "").strip()
