"""Forms that count once, also when they are sent twice."""

from secrets import token_urlsafe

from django import forms

from care.confidential import mark_of
from care.unhurried import UnhurriedForm


class OnceForm(UnhurriedForm):
    """`form_mark` is the same when the same shown form is sent again."""

    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = token_urlsafe(24)

    @property
    def form_mark(self):
        return mark_of(self.cleaned_data["form_token"] or token_urlsafe(24))
