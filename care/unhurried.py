"""Forms that a person fills in: programs fill every box, and at once. No puzzle for anybody."""

from datetime import timedelta

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEAST = timedelta(seconds=3)
MOST = timedelta(hours=12)
SALT = "care.unhurried"


def stamp() -> str:
    """When the form was shown, signed."""
    return signing.dumps(timezone.now().timestamp(), salt=SALT)


def age_of(text):
    """How long ago the form was shown; None when we never showed it."""
    try:
        return timedelta(seconds=timezone.now().timestamp() - signing.loads(text, salt=SALT))
    except signing.BadSignature:
        return None


class UnhurriedForm(forms.Form):
    """With a box that nobody sees (`is_trapped` when it is filled) and the time of showing."""

    more = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_trapped(self):
        return bool(self.data.get(self.add_prefix("more")))

    @property
    def stamp(self):
        """For the page: a refused form keeps the moment it was shown first, while that counts."""
        held = self.data.get(self.add_prefix("shown_at"), "")
        age = age_of(held)
        return held if age is not None and age < MOST else stamp()

    def clean(self):
        age = age_of(self.cleaned_data.get("shown_at") or "")
        if age is None or age > MOST:
            raise ValidationError(_("This page was open for a long time. Please send it again."))
        if age < LEAST:
            raise ValidationError(
                _("That was very fast. Wait a few seconds and send it again, please.")
            )
        return super().clean()
