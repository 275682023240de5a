from django import forms
from django.utils.translation import gettext_lazy as _


class HelpLineChoice(forms.Form):
    """The need and the language somebody asks for, among those that the lines serve and speak."""

    need = forms.ChoiceField(label=_("I am looking for help with"), required=False)
    language = forms.ChoiceField(label=_("A line that speaks"), required=False)

    def __init__(self, data, lines):
        super().__init__(data)
        self.fields["need"].choices = named(line.needs for line in lines)
        self.fields["language"].choices = named(line.languages for line in lines)


def named(relations):
    """Each row once, in the order of the page, as a choice."""
    rows = {row.code: row for relation in relations for row in relation.all()}
    in_order = sorted(rows.values(), key=lambda row: (row.order, row.code))
    return [(row.code, row.name) for row in in_order]
