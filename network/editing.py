"""What every curator's page shares: language tabs, publishing, the search of the public site."""

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from search.query import search
from search.version import bump
from wording.check import check_languages
from wording.records import LANGUAGES, readers_of


class LanguageTabsAdmin(TranslationAdmin):
    """One tab a language, by a small script of our own; without script all languages show."""

    class Media:
        css = {"all": ["admin_tabs.css"]}
        js = ["admin_tabs.js"]

    def render_change_form(self, request, context, *args, **kwargs):
        advise(context["adminform"].form, self.model)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        bump()


def advise(form, model):
    """Tells below each translated field what could be better in what it holds."""
    for field, reader in readers_of(model).items():
        names = {language: f"{field}_{language}" for language in LANGUAGES}
        if not form.fields.keys() >= set(names.values()):
            continue  # somebody who may only look has no fields
        texts = {language: form[name].value() or "" for language, name in names.items()}
        for language, findings in check_languages(texts, reader).items():
            tell_below(form[names[language]], findings)


def tell_below(bound, findings):
    if findings:
        context = {"help_text": bound.help_text, "findings": findings}
        told = render_to_string("admin/_advice.html", context)
        bound.help_text = bound.field.help_text = told  # the second ties it to the box


class PublishableAdmin(LanguageTabsAdmin):
    """Admin of a model with an editorial status; `search_kind` names its search documents."""

    search_kind = ""
    search_fields = ("code",)
    search_help_text = _("The same search as on the site, over records of every status.")
    list_per_page = 50

    def has_publish_permission(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published else None

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip() or not self.search_kind:
            return queryset, False
        hits = search(self.search_kind, search_term, get_language(), public_only=False)
        return queryset.filter(code__in=[hit.key for hit in hits]), False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record = self.model.objects.get(pk=form.instance.pk)
        if hasattr(record, "refresh_search"):
            record.refresh_search()
