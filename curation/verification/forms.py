from django import forms
from django.utils.translation import gettext_lazy as _

from curation.suggestions.models import Suggestion

LONGEST = 5_000


class PlainText(forms.CharField):
    """Browsers send other ends of lines than we keep: that alone is no correction."""

    def to_python(self, value):
        return "\n".join(super().to_python(value).splitlines())


class CorrectionForm(forms.Form):
    """One box a fact, filled in with what stands there; what is changed becomes a proposal."""

    def __init__(self, *args, facts, **kwargs):
        super().__init__(*args, **kwargs)
        self.facts = {fact.field: fact for fact in facts}
        for fact in facts:
            self.fields[fact.field] = field_for(fact)
        self.fields["else"] = text_field(_("Something else"), "")

    def rows(self):
        """(what stands there now, the box to correct it)"""
        return [(self.facts.get(name), self[name]) for name in self.fields]

    def propose(self, practice, language):
        """Each once, however often the form is sent. Returns how many were changed."""
        changed = [name for name in self.changed_data if self.cleaned_data[name]]
        for name in changed:
            Suggestion.objects.get_or_create(
                practice=practice,
                field="" if name == "else" else name,
                text=self.cleaned_data[name],
                language=language,
                is_by_organisation=True,
                state=Suggestion.State.NEW,
            )
        return len(changed)


def field_for(fact):
    """What is one value is changed in place; of the others somebody says what they should be."""
    if fact.contact:
        return text_field(fact.label, fact.value, widget=forms.TextInput, longest=300)
    if fact.column is None:
        return text_field(fact.label, "")
    if fact.column.choices:
        chosen = fact.column.value_from_object(fact.record)
        choices = [("", "–"), *fact.column.choices]
        return forms.ChoiceField(label=fact.label, choices=choices, initial=chosen, required=False)
    return text_field(fact.label, fact.value, longest=fact.column.max_length)


def text_field(label, value, *, widget=forms.Textarea, longest=None):
    lines = 2 if len(value) < 100 else 6
    attributes = {"rows": lines} if widget is forms.Textarea else {}
    kept = "\n".join(value.strip().splitlines())
    return PlainText(
        label=label,
        initial=kept,
        required=False,
        max_length=longest or LONGEST,
        widget=widget(attrs=attributes),
    )
