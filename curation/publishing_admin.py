"""Going public from the record's own form: by whom, and when."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from curation.publishing import last_author, may_publish, needs_other_eyes
from network.publishing import EditorialStatus

OWN = {"editorial_status", "publish_at", "change_reason", "is_small_change"}  # no content


class AboveAllFields:
    """A form that may not show every field a rule is about."""

    def add_error(self, field, error):
        """What concerns a field that this page does not show is told above all fields."""
        if field is None and hasattr(error, "error_dict"):
            known = {**self.fields, NON_FIELD_ERRORS: None}
            for name, found in error.error_dict.items():
                super().add_error(name if name in known else None, found)
        else:
            super().add_error(field, error)


class PublishingForm(AboveAllFields, forms.ModelForm):
    """Of one request: `user` is set on the class that is made for it."""

    user = None

    def clean(self):
        cleaned = super().clean()
        goes_public = (
            cleaned.get("editorial_status") == EditorialStatus.PUBLISHED
            and "editorial_status" in self.changed_data
        )
        is_planned = bool(cleaned.get("publish_at")) and "publish_at" in self.changed_data
        if goes_public or is_planned:
            self.look_for_other_eyes("editorial_status" if goes_public else "publish_at")
        return cleaned

    def look_for_other_eyes(self, field):
        changes_text = set(self.changed_data) - OWN
        author = self.user if changes_text or not self.instance.pk else last_author(self.instance)
        if refused := needs_other_eyes(self.user, author):
            self.add_error(field, refused)


class PlansOfWhatWasSeen:
    """What was planned is what somebody who may publish has looked at: a later change ends it."""

    def save_related(self, request, form, formsets, change):
        record, is_planned_now = form.instance, "publish_at" in form.changed_data
        if record.publish_at and not is_planned_now and changes_content(form, formsets):
            self.end_plan(request, record)
        super().save_related(request, form, formsets, change)

    def end_plan(self, request, record):
        if may_publish(request.user, record) and not settings.FOUR_EYES:
            return
        record.publish_at = None
        record.save()
        messages.warning(request, _("It was planned and has changed: it has to be planned anew."))


def changes_content(form, formsets):
    is_changed = set(form.changed_data) - OWN
    return bool(is_changed) or any(formset.has_changed() for formset in formsets)
