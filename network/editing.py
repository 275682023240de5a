"""What every curator's page shares: language tabs, publishing, the search of the public site."""

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from network.history import show
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


class KnownAutocomplete(AutocompleteSelect):
    """Names of rows that are at hand cost no question; `known` maps keys to names."""

    known = {}

    def optgroups(self, name, value, attrs=None):
        chosen = [str(key) for key in value]
        if not chosen or not self.known.keys() >= set(chosen):
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, key, self.known[key], True, 0) for key in chosen]
        return [(None, options, 0)]


class RowsAtHand(admin.TabularInline):
    """Rows below a record, which ask for everything they name at once."""

    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        rows = self.get_queryset(request).filter(**{formset.fk.name: obj}) if obj else []
        for name in self.autocomplete_fields:
            if name in formset.form.base_fields:  # who may only look has no fields
                formset.form.base_fields[name].widget.widget.known = names_of(rows, name)
        return formset


def names_of(rows, relation):
    linked = (getattr(row, relation) for row in rows)
    return {str(one.pk): str(one) for one in linked if one is not None}


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

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """What is chosen by typing gets no boxes: there are thousands of places."""
        if db_field.name in self.autocomplete_fields:
            kwargs.pop("widget", None)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

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
        show(form.instance)
