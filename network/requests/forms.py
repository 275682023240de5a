from django import forms
from django.utils.translation import gettext_lazy as _

from care.once import OnceForm
from network.requests.models import NetworkRequest

LONGEST = 2_000


class NetworkRequestForm(OnceForm):
    organisation = forms.CharField(label=_("Name of the organisation"), max_length=200)
    website = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https"
    )
    municipality = forms.CharField(
        label=_("Municipality"), required=False, max_length=100, help_text=_("Where it works from.")
    )
    text = forms.CharField(
        label=_("What does it do, and for whom?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Write no names of private persons, and nothing about a family."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        required=False,
        help_text=_("Only if you want an answer. We remove it once you have one."),
    )

    def save(self, kind, language):
        names = ("organisation", "website", "municipality", "text", "email")
        told = {name: self.cleaned_data[name] for name in names}
        stored = {"kind": kind, "language": language, **told}
        return NetworkRequest.objects.get_or_create(form_mark=self.form_mark, defaults=stored)[0]
