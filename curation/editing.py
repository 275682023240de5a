"""The pages on which curators edit: those of the rooms below, with what curation adds.

Each act of curation adds one mixin to `Curated`, with its links, addresses and fields.
"""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import CharField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from curation.accounts.limits import OwnLanguages, PublishingIsAPermission
from curation.bulk import BulkActs
from curation.conflicts import ConflictForm
from curation.copies.admin import WorkingCopyPages
from curation.duplicates.admin import PracticeDuplicates
from curation.history.admin import HistoryPages
from curation.publishing_admin import PlansOfWhatWasSeen, PublishingForm
from curation.selections import SavedSelections
from curation.tables.admin import PracticeTables
from curation.translations.admin import TranslationPages
from curation.verification.admin import Verification
from guide.admin import (
    EventAdmin,
    GlossaryTermAdmin,
    HelpLineAdmin,
    PublicationAdmin,
    RecommendationAdmin,
)
from network.admin import ActorAdmin, ExpertThemeAdmin, OfferAdmin, SourceAdmin
from practices.admin import PracticeAdmin
from trainings.admin import TrainingAdmin


class Tools:
    """Links above a record and above a list, as (label, address)."""

    class Media:
        css = {"all": ["curation.css"]}
        js = ["curation.js"]

    change_form_template = "admin/curated/change_form.html"
    change_list_template = "admin/curated/change_list.html"

    def record_tools(self, request, record):
        return []

    def list_tools(self, request):
        return []

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """In a table of contacts or sources each box says to who hears the page what it is."""
        for formset in formsets:
            for fields in (formset.form.base_fields, *(form.fields for form in formset)):
                name_boxes(fields)
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["record_tools"] = self.record_tools(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request, extra_context=None):
        extra_context = {"list_tools": self.list_tools(request)} | (extra_context or {})
        return super().changelist_view(request, extra_context)


def name_boxes(fields):
    for field in fields.values():
        field.widget.attrs.setdefault("aria-label", capfirst(field.label or ""))


ABOUT = ("source_language", "is_small_change", "change_reason")


class CuratedForm(ConflictForm, PublishingForm):
    change_reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=300,
        help_text=_("For your colleagues, in the history. Readers never see it."),
    )

    is_small_change = forms.BooleanField(
        label=_("A small change: the other languages stay right"),
        required=False,
        help_text=_(
            "Tick it for a typing error or a new telephone number in the text. Without it, a "
            "change in the first language marks the other languages as outdated."
        ),
    )


class AboutTheChange:
    """Asks why, and what it means for the other languages, below everything else."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        own = kwargs.pop("form", self.form)
        of_request = {
            "user": request.user,
            "copy_version": getattr(request, "copy_version", None),
        }
        kwargs["form"] = type("CuratedRecordForm", (CuratedForm, own), of_request)
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        own = super().get_fieldsets(request, obj)
        return [*own, (_("About this change"), {"fields": ABOUT})]


class RoomToWrite:
    """A sentence is written in a box that shows all of it."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, CharField) and db_field.name.startswith("summary_"):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 4})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class Curated(
    RoomToWrite,
    BulkActs,
    SavedSelections,
    PublishingIsAPermission,
    PlansOfWhatWasSeen,
    OwnLanguages,
    AboutTheChange,
    TranslationPages,
    HistoryPages,
    Tools,
):
    pass


class CuratedPracticeAdmin(
    WorkingCopyPages, PracticeDuplicates, PracticeTables, Verification, Curated, PracticeAdmin
):
    pass


class CuratedActorAdmin(Curated, ActorAdmin):
    pass


class CuratedOfferAdmin(Curated, OfferAdmin):
    pass


class CuratedTrainingAdmin(Curated, TrainingAdmin):
    pass


class CuratedExpertThemeAdmin(OwnLanguages, Tools, ExpertThemeAdmin):
    pass


class CuratedHelpLineAdmin(Curated, HelpLineAdmin):
    pass


class CuratedPublicationAdmin(Curated, PublicationAdmin):
    pass


class CuratedEventAdmin(Curated, EventAdmin):
    pass


class CuratedRecommendationAdmin(Curated, RecommendationAdmin):
    pass


class CuratedGlossaryTermAdmin(Curated, GlossaryTermAdmin):
    pass


class CuratedSourceAdmin(OwnLanguages, Tools, SourceAdmin):
    pass
