from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

import trainings.session_admin  # noqa: F401  registers its pages
from network.admin import ContactInline
from network.editing import PublishableAdmin, RowsAtHand
from network.models import Offer
from trainings.models import Training, TrainingCitation, TrainingContact


def several(column, choices):
    """Boxes to tick for a column that holds several choices."""
    return forms.MultipleChoiceField(
        label=Training._meta.get_field(column).verbose_name,
        choices=choices.choices,
        required=False,
        widget=CheckboxSelectMultiple,
    )


class TrainingForm(forms.ModelForm):
    audiences = several("audiences", Offer.Audience)
    forms = several("forms", Training.Form)
    channels = several("channels", Training.Channel)


class TrainingContactInline(ContactInline):
    model = TrainingContact


class TrainingCitationInline(RowsAtHand):
    model = TrainingCitation
    autocomplete_fields = ("source",)


@admin.register(Training)
class TrainingAdmin(PublishableAdmin):
    form = TrainingForm
    search_kind = "training"
    list_display = ("code", "name", "status", "editorial_status", "updated_at")
    list_filter = ("editorial_status", "status", "providers")
    autocomplete_fields = ("providers", "offer", "coverage", "practices")
    inlines = (TrainingContactInline, TrainingCitationInline)
    fieldsets = (
        (None, {"fields": ("code", "editorial_status", "name", "summary", "contents")}),
        (_("Who gives it"), {"fields": ("providers", "provider_note", "offer")}),
        (
            _("What it is"),
            {
                "fields": (
                    *("audiences", "audience_note", "forms", "channels", "length"),
                    *("languages", "cost", "price_note", "coverage", "themes", "practices"),
                )
            },
        ),
        (
            _("How to get it"),
            {
                "fields": (
                    *("status", "status_date", "is_status_date_unknown", "status_note"),
                    "how_to_ask",
                )
            },
        ),
    )
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
