"""Going public from the record's own form: by whom, and when."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from curation.publishing import last_author, needs_other_eyes
from network.publishing import EditorialStatus


class PublishingForm(forms.ModelForm):
    """Of one request: `user` is set on the class that is made for it."""

    user = None

    def add_error(self, field, error):
        """What concerns a field that this page does not show is told above all fields."""
        if field is None and hasattr(error, "error_dict"):
            known = {**self.fields, NON_FIELD_ERRORS: None}
            for name, found in error.error_dict.items():
                super().add_error(name if name in known else None, found)
        else:
            super().add_error(field, error)

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
        own = {"editorial_status", "publish_at", "change_reason", "is_small_change"}
        changes_text = set(self.changed_data) - own
        author = self.user if changes_text or not self.instance.pk else last_author(self.instance)
        if refused := needs_other_eyes(self.user, author):
            self.add_error(field, refused)
