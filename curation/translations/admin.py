"""The page of a translator: one record, one language, both texts beside each other."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from curation.accounts.limits import languages_of
from curation.history.admin import address_of
from curation.publishing import may_publish
from curation.translations.beside import form_for, pairs, save
from network.history import because
from network.translations import LANGUAGES, mark, standing


class TranslationPages:
    def save_model(self, request, record, form, change):
        if change:
            is_small = form.cleaned_data.get("is_small_change", False)
            mark(record, form.changed_data, is_small=is_small)
        super().save_model(request, record, form, change)

    def record_tools(self, request, record):
        return [*super().record_tools(request, record), *self.translation_links(record)]

    def translation_links(self, record):
        names = dict(settings.LANGUAGES)
        for language in LANGUAGES:
            if language != record.source_language:
                told = f"{names[language]}: {standing(record, language).label}"
                yield told, address_of(self.model, "translate", record.pk, language)

    def translate_view(self, request, object_id, language):
        record = self.record_or_404(request, object_id)
        if language not in LANGUAGES or language == record.source_language:
            raise Http404
        if not self.has_translate_permission(request, record, language):
            raise PermissionDenied
        form = form_for(record, language, request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self.save_translation(request, form, language)
        return render(request, "admin/curated/translate.html", self.beside(request, form, language))

    def save_translation(self, request, form, language):
        if not may_publish(request.user, form.instance):
            form.instance.publish_at = None  # what was planned is what was looked at
        with because(_("translation: %(language)s") % {"language": language}):
            record = save(form, language)
        self.log_change(request, record, form.changed_data)
        messages.success(request, _("Saved: %(record)s.") % {"record": record})
        return redirect("translation_list")

    def beside(self, request, form, language):
        record = form.instance
        return self.page_of(request, record) | {
            "form": form,
            "pairs": pairs(record, language, form),
            "language": language,
            "language_name": get_language_info(language)["name_translated"],
            "source_name": get_language_info(record.source_language)["name_translated"],
            "standing": standing(record, language),
        }

    def has_translate_permission(self, request, record, language):
        """Editors of the language, and translators, who may change nothing else."""
        if request.user.has_perm("curation.translate"):
            return True
        is_editor = self.has_change_permission(request, record)
        return is_editor and language in languages_of(request.user)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_translate"
        translate = self.admin_site.admin_view(self.translate_view)
        own = path("<int:object_id>/translate/<slug:language>/", translate, name=name)
        return [own, *super().get_urls()]
