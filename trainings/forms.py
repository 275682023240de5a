from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from care.confidential import mark_of
from care.once import OnceForm

TOLD = ("name", "organisation", "function", "email", "needs")


class RegistrationForm(OnceForm):
    name = forms.CharField(label=_("Your name"), max_length=150)
    organisation = forms.CharField(label=_("Your organisation"), max_length=200)
    function = forms.CharField(label=_("Your function"), max_length=150)
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        help_text=_("We send a link to your registration there."),
    )
    language = forms.ChoiceField(label=_("In which language do we write to you?"))
    needs = forms.CharField(
        label=_("What do you need to take part?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example a place for a wheelchair, or an interpreter."),
    )
    consent = forms.BooleanField(label=_("I agree with what is kept"))

    def __init__(self, session, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = get_language()
        self.fields["consent"].help_text = now_(
            "What you fill in is kept encrypted. The organiser of this session reads it, to "
            "prepare the session. On %(day)s all of it is removed."
        ) % {"day": date_format(session.kept_until, "DATE_FORMAT")}

    def for_the_session(self):
        """What `registering.register` takes beside the session."""
        cleaned = self.cleaned_data
        corrected = f"{self.form_mark} {cleaned['email']}"  # another address, another registration
        return {
            "told": {name: cleaned[name] for name in TOLD},
            "language": cleaned["language"],
            "form_mark": mark_of(corrected),
        }
