"""Two people edit one record: the second one is shown both versions before anything is stored."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from curation.history.acts import differences
from curation.history.rows import Reader, rows_of
from curation.publishing_admin import OWN


@dataclass(frozen=True)
class Conflict:
    """`is_taken` says that the form now holds theirs, because you had not touched the field."""

    label: str
    theirs: str
    yours: str
    is_taken: bool


def version_of(record):
    """The number of the newest kept row; every save keeps one."""
    newest = record.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return str(newest or "")


class ConflictForm(forms.ModelForm):
    held = forms.CharField(required=False, widget=forms.HiddenInput)
    copy_version = None  # of the working copy that the form is about, if it is about one
    conflicts = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["held"] = self.copy_version or version_of(self.instance)

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if name != "held"]

    def clean(self):
        cleaned = super().clean()
        held = cleaned.get("held")
        if held and self.instance.pk and held != self.initial.get("held"):
            self.show_both(held)
        return cleaned

    def show_both(self, held):
        self.data = self.data.copy()
        self.data[self.add_prefix("held")] = self.initial["held"]
        if self.copy_version:
            self.conflicts = [self.beside(name) for name in self.changed_data if name not in OWN]
        else:
            self.conflicts = [self.settle(*change) for change in self.their_changes(held)]
        told = _("Somebody saved this record while you were writing. Look at both and save again.")
        self.add_error(None, told)

    def beside(self, name):
        """The form of a copy was opened on theirs: what differs from it is yours."""
        bound, theirs = self[name], self.get_initial_for_field(self.fields[name], name)
        return Conflict(bound.label, told(theirs), self.told_as_typed(name), is_taken=False)

    def their_changes(self, held):
        """(name, old value, their value, told) of every field they changed since."""
        then = self.instance.history.filter(history_id=held) if held.isdigit() else []
        rows = rows_of([*then, self.instance.history.order_by("-history_id").first()])
        if len(rows) < 2:
            return
        before, after = rows
        for change in differences(before, after, Reader()):
            yield change, before.value(change.name), after.raw_or_relation(change.name)

    def settle(self, change, old, theirs):
        """Theirs, where nothing was typed; where both wrote, yours stays and both are shown."""
        column = change.name
        if column not in self.fields:
            return Conflict(change.label, change.new, "", is_taken=True)
        is_untouched = self.typed(column) == old
        if is_untouched:
            self.put(column, theirs)
        yours = change.old if is_untouched else self.told_as_typed(column)
        return Conflict(change.label, change.new, yours, is_taken=is_untouched)

    def typed(self, name):
        """In the shape in which a kept row tells a value."""
        value = self.cleaned_data.get(name)
        if hasattr(value, "values_list"):
            return sorted(value.values_list("pk", flat=True))
        value = getattr(value, "pk", value)
        return "" if value is None else value

    def told_as_typed(self, name):
        return told(self.cleaned_data.get(name))

    def put(self, name, value):
        field, key = self.fields[name], self.add_prefix(name)
        if isinstance(value, list):
            self.data.setlist(key, [str(pk) for pk in value])
        elif isinstance(field, forms.BooleanField):
            self.data.setlist(key, ["on"] if value else [])
        else:
            shown = field.widget.format_value(field.prepare_value(value))
            self.data.setlist(key, shown if isinstance(shown, list) else [shown or ""])


def told(value):
    if hasattr(value, "values_list") or isinstance(value, list):
        return ", ".join(sorted(map(str, value)))
    return str(value if value is not None else "")
