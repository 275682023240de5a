from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from care.once import OnceForm
from care.unhurried import UnhurriedForm
from network.consultations.identifying import findings
from network.consultations.models import Consultation
from network.models import ExpertTheme
from places import gazetteer

LONGEST = 5_000
TOLD = ("organisation", "function", "email", "phone", "question")


class WatchedForm(UnhurriedForm):
    """Asks once whether what may lead to a person can be left out; nothing is stored meanwhile."""

    watched = ""  # the field whose words are looked at
    as_it_is = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @cached_property
    def findings(self):
        return findings(self.data.get(self.add_prefix(self.watched), ""))

    @property
    def asks_first(self):
        """Right as it is typed, but it may tell who somebody is and nobody looked at that yet."""
        return bool(self.findings) and not self.cleaned_data["as_it_is"]


class AskForm(WatchedForm, OnceForm):
    watched = "question"

    organisation = forms.CharField(label=_("Your organisation"), max_length=200)
    function = forms.CharField(label=_("Your function"), max_length=150)
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        help_text=_("We send a link to the answer there, never the answer itself."),
    )
    phone = forms.CharField(label=_("Your telephone number at work"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("In which language do you want the answer?"))
    themes = forms.ModelMultipleChoiceField(
        ExpertTheme.objects.none(),
        label=_("What is it about?"),
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(
        label=_("About whom is it?"), choices=[("", "–"), *Consultation.Audience.choices]
    )
    urgency = forms.ChoiceField(
        label=_("How soon do you need an answer?"), choices=Consultation.Urgency.choices
    )
    region = forms.ChoiceField(label=_("Where do you work?"))
    question = forms.CharField(
        label=_("Your question"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 12})
    )
    may_publish = forms.BooleanField(
        label=_("The answer may help others"),
        required=False,
        help_text=_(
            "Then the platform may publish question and answer, without anything that leads to a "
            "person, an organisation or a place, and only when two of its members agree."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = ExpertTheme.objects.all()
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = get_language()
        self.fields["region"].choices = [("", "–"), *regions()]

    def for_the_platform(self):
        """What `acts.ask` takes: what stays encrypted, and what the queue is sorted by."""
        cleaned = self.cleaned_data
        facts = ("language", "audience", "urgency", "region", "may_publish")
        return {
            "told": {name: cleaned[name] for name in TOLD},
            "themes": cleaned["themes"],
            "form_mark": self.form_mark,
            **{name: cleaned[name] for name in facts},
        }


def regions():
    """Regions and provinces, and the whole country."""
    spots = gazetteer.of_kinds(["country", "region", "province"])
    return [(spot.code, spot.name) for spot in spots]


class ReplyForm(WatchedForm):
    watched = "text"

    text = forms.CharField(
        label=_("Your reply"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )


class AnswerForm(forms.Form):
    """By an expert; the same question is asked about what may lead to a person."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
    )
    as_it_is = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @cached_property
    def findings(self):
        return findings(self.data.get("text", ""))

    @property
    def asks_first(self):
        return bool(self.findings) and not self.cleaned_data["as_it_is"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("What the asker reads"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )
