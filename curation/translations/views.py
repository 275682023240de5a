"""What is to be translated, by language."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from curation.history.admin import address_of
from curation.publishing import PUBLISHABLE
from network.publishing import EditorialStatus
from network.translations import LANGUAGES, behind, standing


def translation_list(request):
    if not any(may_see(request, model) for model in PUBLISHABLE):
        raise PermissionDenied
    names = dict(settings.LANGUAGES)
    context = admin.site.each_context(request) | {
        "title": _("To translate"),
        "languages": [(names[code], waiting(request, code)) for code in LANGUAGES],
    }
    return render(request, "admin/curated/translations.html", context)


def may_see(request, model):
    return admin.site._registry[model].has_view_or_change_permission(request)


def waiting(request, language):
    """(record, standing, address) of everything behind in a language, the published first."""
    found = [
        (record, standing(record, language), address_of(model, "translate", record.pk, language))
        for model in PUBLISHABLE
        if may_see(request, model)
        for record in records_behind(model, language)
    ]
    return sorted(found, key=lambda entry: not entry[0].is_published)


def records_behind(model, language):
    alive = model.objects.exclude(editorial_status=EditorialStatus.ARCHIVED)
    return alive.filter(behind(model, language)).order_by("code")
