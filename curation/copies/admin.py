"""The working copy of a published practice: its form, and the page on which it is decided."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curation.copies.acts import (
    ConflictError,
    apply,
    as_proposed,
    copy_of,
    differences,
    keep_copy,
    throw_away,
)
from curation.copies.slots import values_of
from curation.history.admin import address_of, reason_typed
from curation.models import WorkingCopy
from curation.previews import preview_address, preview_links, token_of
from curation.publishing import may_publish, needs_other_eyes


class PlanForm(forms.ModelForm):
    class Meta:
        model = WorkingCopy
        fields = ["apply_at"]
        widgets = {
            "apply_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        }


class WorkingCopyPages:
    def record_tools(self, request, record):
        tools = super().record_tools(request, record)
        if not self.has_change_permission(request, record):
            return tools
        tools = [*tools, (_("Preview"), preview_address(token_of(record), get_language()))]
        if record.is_published:
            tools.append((_("Working copy"), address_of(self.model, "copy", record.pk)))
        return tools

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Who may not publish changes a published practice in its working copy."""
        record = self.get_object(request, object_id)
        is_theirs = record and self.has_change_permission(request, record)
        if is_theirs and record.is_published and not may_publish(request.user, record):
            return redirect(address_of(self.model, "copy", record.pk))
        return super().change_view(request, object_id, form_url, extra_context)

    def get_fieldsets(self, request, obj=None):
        own = super().get_fieldsets(request, obj)
        return only_content(own) if getattr(request, "saves_copy", False) else own

    # --- The form ---------------------------------------------------------------------------------

    def copy_view(self, request, object_id):
        record = self.published_or_404(request, object_id)
        request.saves_copy, request.copy_version = True, version_of_copy(record)
        with as_proposed(record) as live:
            response = self.changeform_view(request, str(object_id), "", self.about_copy(record))
            is_saved = isinstance(response, Kept)
            proposed = values_of(record) if is_saved else {}
            if hasattr(response, "render"):
                response.render()  # while the database holds what the copy proposes
        if not is_saved:
            return response
        copy = keep_copy(record, live, proposed, request.user, response.reason)
        return self.after_keeping(request, record, copy)

    def about_copy(self, record):
        return {
            "title": _("Working copy of %(record)s") % {"record": record},
            "subtitle": None,
            "is_copy": True,
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            "show_delete": False,
        }

    def after_keeping(self, request, record, copy):
        if copy is None:
            messages.info(request, _("It says what the published page says: no copy is kept."))
            return redirect(address_of(self.model, "change", record.pk))
        messages.success(request, _("Kept. Readers see the published page until it is applied."))
        return redirect(address_of(self.model, "copy_review", record.pk))

    def save_form(self, request, form, change):
        request.reason_of_copy = reason_typed(form)
        return super().save_form(request, form, change)

    def response_change(self, request, record):
        if getattr(request, "saves_copy", False):
            return Kept(request.reason_of_copy)
        return super().response_change(request, record)

    def published_or_404(self, request, object_id):
        record = self.record_or_404(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if not record.is_published:
            raise Http404
        return record

    # --- The review -------------------------------------------------------------------------------

    def copy_review(self, request, object_id):
        record = self.published_or_404(request, object_id)
        copy = copy_of(record)
        if copy is None:
            return redirect(address_of(self.model, "copy", record.pk))
        return render(request, "admin/curated/copy_review.html", self.reviewed(request, copy))

    def reviewed(self, request, copy, plan=None):
        changes = differences(copy)
        return self.page_of(request, copy.practice) | {
            "copy": copy,
            "changes": changes,
            "has_conflict": any(change.is_conflict for change in changes),
            "may_publish": may_publish(request.user, copy.practice),
            "refused": needs_other_eyes(request.user, copy.author),
            "copy_address": address_of(self.model, "copy", copy.practice.pk),
            "act_address": address_of(self.model, "copy_act", copy.practice.pk),
            "previews": preview_links(copy.practice),
            "plan": plan or PlanForm(instance=copy),
        }

    def copy_act(self, request, object_id):
        record = self.published_or_404(request, object_id)
        copy = copy_of(record)
        act = ACTS.get(request.POST.get("act"))
        if copy is None or act is None:
            return redirect(address_of(self.model, "change", record.pk))
        if act in ONLY_PUBLISHERS and not self.may_apply(request, copy):
            raise PermissionDenied
        return act(self, request, copy)

    def may_apply(self, request, copy):
        is_allowed = may_publish(request.user, copy.practice)
        return is_allowed and not needs_other_eyes(request.user, copy.author)

    def send_to_review(self, request, copy):
        copy.state = WorkingCopy.State.IN_REVIEW
        copy.save()
        messages.success(request, _("It waits for somebody who may publish."))
        return self.back_to_review(copy)

    def back_to_draft(self, request, copy):
        copy.state, copy.apply_at = WorkingCopy.State.DRAFT, None
        copy.save()
        messages.success(request, _("It is a draft again."))
        return self.back_to_review(copy)

    def apply_now(self, request, copy):
        try:
            apply(
                copy,
                overwrites="overwrite" in request.POST,
                is_small="is_small_change" in request.POST,
            )
        except ConflictError:
            messages.error(request, _("Somebody changed the same field since. Look at both first."))
            return self.back_to_review(copy)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.back_to_review(copy)
        messages.success(request, _("Published: readers see it now."))
        return redirect(address_of(self.model, "change", copy.practice.pk))

    def plan(self, request, copy):
        form = PlanForm(request.POST, instance=copy)
        if not form.is_valid():
            context = self.reviewed(request, copy, form)
            return render(request, "admin/curated/copy_review.html", context)
        form.save()
        told = _("Planned.") if copy.apply_at else _("No longer planned.")
        messages.success(request, told)
        return self.back_to_review(copy)

    def discard(self, request, copy):
        throw_away(copy)
        messages.success(request, _("The working copy is gone. The published page stays as it is."))
        return redirect(address_of(self.model, "change", copy.practice.pk))

    def back_to_review(self, copy):
        return redirect(address_of(self.model, "copy_review", copy.practice.pk))

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_copy"
        wrap, act = self.admin_site.admin_view, require_POST(self.copy_act)
        return [
            path("<int:object_id>/copy/", wrap(self.copy_view), name=name),
            path("<int:object_id>/copy/review/", wrap(self.copy_review), name=f"{name}_review"),
            path("<int:object_id>/copy/act/", wrap(act), name=f"{name}_act"),
            *super().get_urls(),
        ]


STATE = {
    *("code", "editorial_status", "publish_at", "published_at", "updated_at"),
    *("verified_on", "contacts_verified_on", "source_language", "is_small_change"),
    *("verification_months", "contact_verification_months"),
}
ACTS = {
    "review": WorkingCopyPages.send_to_review,
    "draft": WorkingCopyPages.back_to_draft,
    "apply": WorkingCopyPages.apply_now,
    "plan": WorkingCopyPages.plan,
    "discard": WorkingCopyPages.discard,
}
ONLY_PUBLISHERS = {WorkingCopyPages.apply_now, WorkingCopyPages.plan}


def version_of_copy(record):
    copy = copy_of(record)
    return copy.changed_at.isoformat() if copy else "none yet"


def only_content(fieldsets):
    """Without what is no fact about the practice: its status and its dates stay as they are."""
    return [
        (heading, options | {"fields": [name for name in names_in(options) if name not in STATE]})
        for heading, options in fieldsets
    ]


def names_in(options):
    for entry in options["fields"]:
        yield from [entry] if isinstance(entry, str) else entry


class Kept(HttpResponse):
    """The form was right and is in the database, which is about to forget it."""

    def __init__(self, reason):
        super().__init__(status=204)
        self.reason = reason
