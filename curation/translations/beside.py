"""The text in its first language beside the translation, with what changed since it was made."""

from dataclasses import dataclass

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext_lazy as _

from curation.history.marks import inline
from curation.publishing_admin import AboveAllFields
from network.translations import Standing, settle, text_fields


@dataclass(frozen=True)
class Pair:
    """One field: its first text, with the changes marked, and the box of the translation."""

    label: str
    source: str
    has_changed: bool
    box: object


class StateForm(AboveAllFields, forms.ModelForm):
    state = forms.ChoiceField(
        label=_("What is this translation now?"),
        choices=[
            (Standing.CURRENT, _("It says the same as the first language.")),
            (Standing.HUMAN, _("It is not finished: keep it as a draft by a person.")),
            (Standing.MACHINE, _("A machine made it, and nobody has read all of it yet.")),
        ],
        widget=forms.RadioSelect,
    )


def form_for(record, language, data=None):
    columns = [f"{field}_{language}" for field in text_fields(type(record))]
    slug = f"slug_{language}"
    if hasattr(record, slug) and not kept_slug(record, slug):
        columns.append(slug)  # an address that readers have stays
    kind = modelform_factory(type(record), StateForm, fields=columns, widgets=boxes(columns))
    initial = {"state": getattr(record, f"translation_state_{language}") or Standing.CURRENT}
    if initial["state"] == Standing.OUTDATED:
        initial["state"] = Standing.CURRENT
    return kind(data, instance=record, initial=initial)


def kept_slug(record, slug):
    """As the database holds it, whatever was typed."""
    return type(record).objects.filter(pk=record.pk).values_list(slug, flat=True).first()


def boxes(columns):
    """A sentence needs more room than a name."""
    one_line = ("name_", "slug_")
    return {
        column: forms.Textarea(attrs={"rows": 4})
        for column in columns
        if not column.startswith(one_line)
    }


def pairs(record, language, form):
    """What is to be translated: a field without a first text is shown when it has a translation."""
    earlier = version_translated(record, language)
    fields = [name.removesuffix(f"_{language}") for name in form.fields if name != "state"]
    return [
        pair(record, language, field, earlier, form)
        for field in fields
        if getattr(record, f"{field}_{record.source_language}")
        or getattr(record, f"{field}_{language}")
    ]


def pair(record, language, field, earlier, form):
    column = f"{field}_{record.source_language}"
    now = getattr(record, column) or ""
    then = now if earlier is None else getattr(earlier, column) or ""
    label = record._meta.get_field(field).verbose_name
    return Pair(label, inline(then, now), then != now, form[f"{field}_{language}"])


def version_translated(record, language):
    """What the record said when this translation was last found right; None when nothing tells."""
    at = getattr(record, f"translated_at_{language}")
    if not at or getattr(record, f"translation_state_{language}") != Standing.OUTDATED:
        return None
    kept = record.history.order_by("history_date", "history_id")
    return kept.filter(history_date__lte=at).last() or kept.first()


def save(form, language):
    """The texts and what they are worth, in one row of the history."""
    settle(form.instance, language, Standing(form.cleaned_data["state"]))
    return form.save()
