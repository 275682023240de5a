from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import TaxonomyTerm


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label=_("Merge with"),
        queryset=TaxonomyTerm.objects.none(),
        help_text=_("This term stays. The other one is then gone."),
    )

    def __init__(self, *args, term, **kwargs):
        super().__init__(*args, **kwargs)
        others = term.taxonomy.terms.in_use().exclude(pk=term.pk)
        self.fields["into"].queryset = others


class OrderForm(forms.Form):
    """All rows in the order in which they stand on the page, and the move of one of them."""

    UP, DOWN = "up", "down"

    def __init__(self, data, rows):
        super().__init__(data)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["order"] = forms.MultipleChoiceField(choices=[(pk, pk) for pk in self.rows])
        moves = [f"{pk}:{way}" for pk in self.rows for way in (self.UP, self.DOWN)]
        self.fields["move"] = forms.ChoiceField(
            choices=[(move, move) for move in moves], required=False
        )

    def clean_order(self):
        order = self.cleaned_data["order"]
        if sorted(order) != sorted(self.rows):
            raise forms.ValidationError(_("Something was added or removed meanwhile."))
        return order

    def in_order(self):
        """The rows as they are wanted."""
        order = list(self.cleaned_data["order"])
        if self.cleaned_data["move"]:
            pk, way = self.cleaned_data["move"].split(":")
            at = order.index(pk)
            to = at - 1 if way == self.UP else at + 1
            order.insert(max(to, 0), order.pop(at))
        return [self.rows[pk] for pk in order]
