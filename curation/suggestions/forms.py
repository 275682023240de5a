from django import forms
from django.utils.translation import gettext_lazy as _

from care.unhurried import UnhurriedForm
from curation.suggestions.models import Suggestion

LONGEST = 2_000


class SuggestionForm(UnhurriedForm):
    field = forms.ChoiceField(label=_("What is it about?"), required=False)
    text = forms.CharField(
        label=_("What is wrong, or what should it be?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Write no names of private persons, and nothing about your own situation."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_(
            "Only if you want an answer. Does somebody else read your mail? Then leave it empty."
        ),
    )

    def __init__(self, *args, facts, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [(fact.field, f"{fact.label} – {shortened(fact.value)}") for fact in facts]
        self.fields["field"].choices = [("", _("Something else")), *chosen]

    def save(self, language, **record):
        told = {name: self.cleaned_data[name] for name in ("field", "text", "email")}
        return Suggestion.objects.create(**told, **record, language=language)


def shortened(text, longest=40):
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"
