"""Admin of what the rooms below cannot show by themselves."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from post_office.models import Attachment, Email, EmailTemplate, Log

import curation.suggestions.admin  # noqa: F401  registers its page
import network.consultations.admin  # noqa: F401  registers its pages
from curation.accounts.admin import CuratedAccountAdmin, RoleAdmin
from curation.accounts.inviting import InvitationAdmin
from curation.accounts.models import Invitation
from curation.editing import (
    CuratedActorAdmin,
    CuratedEventAdmin,
    CuratedExpertThemeAdmin,
    CuratedGlossaryTermAdmin,
    CuratedHelpLineAdmin,
    CuratedOfferAdmin,
    CuratedPracticeAdmin,
    CuratedPublicationAdmin,
    CuratedRecommendationAdmin,
    CuratedSourceAdmin,
    CuratedTrainingAdmin,
)
from curation.taxonomy.admin import CuratedTaxonomyAdmin, CuratedTermAdmin
from guide.models import Event, GlossaryTerm, HelpLine, Publication, Recommendation
from network.models import Actor, ExpertTheme, Offer, Source
from practices.models import Practice, Taxonomy, TaxonomyTerm
from search import synonyms
from search.models import SynonymGroup, one_a_line
from search.query import search
from trainings.models import Training

MOST_SHOWN = 15

# Their own pages carry code in the page; what became of a mail, this room tells itself.
admin.site.unregister([Attachment, Email, EmailTemplate, Log])

# The rooms below show their records; curation shows the same pages with its own acts.
CURATED = {
    Practice: CuratedPracticeAdmin,
    Actor: CuratedActorAdmin,
    Offer: CuratedOfferAdmin,
    Training: CuratedTrainingAdmin,
    ExpertTheme: CuratedExpertThemeAdmin,
    HelpLine: CuratedHelpLineAdmin,
    Publication: CuratedPublicationAdmin,
    Event: CuratedEventAdmin,
    Recommendation: CuratedRecommendationAdmin,
    GlossaryTerm: CuratedGlossaryTermAdmin,
    Source: CuratedSourceAdmin,
    Taxonomy: CuratedTaxonomyAdmin,
    TaxonomyTerm: CuratedTermAdmin,
    User: CuratedAccountAdmin,
    Group: RoleAdmin,
}
admin.site.unregister(CURATED)
for model, model_admin in CURATED.items():
    admin.site.register(model, model_admin)
admin.site.register(Invitation, InvitationAdmin)


class SynonymGroupForm(forms.ModelForm):
    """With a question to try the group on before it is saved."""

    question = forms.CharField(
        label=_("Try it with a question"),
        required=False,
        help_text=_("Type what a visitor may type, and see what it would now find."),
    )

    class Meta:
        model = SynonymGroup
        fields = ["code", "language", "words", "leads_to"]


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin):
    form = SynonymGroupForm
    change_form_template = "admin/search/synonymgroup/change_form.html"
    list_display = ("code", "language", "all_words", "all_targets")
    list_filter = ("language",)
    search_fields = ("code", "words", "leads_to")
    fields = ("code", "language", "words", "leads_to", "question")

    @admin.display(description=_("words"))
    def all_words(self, group):
        return ", ".join(one_a_line(group.words))

    @admin.display(description=_("leads to"))
    def all_targets(self, group):
        return ", ".join(one_a_line(group.leads_to))

    def get_urls(self):
        preview = self.admin_site.admin_view(require_POST(self.preview))
        return [
            path("preview/", preview, name="search_synonymgroup_preview"),
            *super().get_urls(),
        ]

    def preview(self, request):
        """What a question finds with the groups as they are, and with this one as it is typed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        group = SynonymGroup.objects.filter(pk=request.POST.get("group") or None).first()
        form = SynonymGroupForm(request.POST, instance=group)
        context = self.admin_site.each_context(request) | {"form": form, "group": group}
        if form.is_valid():
            context |= compare(form.instance, form.cleaned_data["question"])
        return render(request, "admin/search/synonymgroup/preview.html", context)


def compare(group, question):
    others = SynonymGroup.objects.exclude(pk=group.pk)
    before = found(question, synonyms.build(SynonymGroup.objects.all()))
    after = found(question, synonyms.build([*others, group]))
    return {
        "question": question,
        "before": before,
        "after": [(practice, practice not in before) for practice in after],
    }


def found(question, thesaurus):
    """The first practices the public would find, in order."""
    hits = search("practice", question, get_language(), thesaurus=thesaurus)[:MOST_SHOWN]
    by_code = Practice.objects.published().in_bulk([hit.key for hit in hits], field_name="code")
    return [by_code[hit.key] for hit in hits if hit.key in by_code]
