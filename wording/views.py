from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wording.check import MOST_WORDS, Reader
from wording.records import LANGUAGES
from wording.words import avoided_words


@require_GET
def how_we_write(request):
    """The rules for curators, and the words that the checks look for."""
    context = {
        "title": _("How we write"),
        "most_for_families": MOST_WORDS[Reader.FAMILY],
        "most_for_professionals": MOST_WORDS[Reader.PROFESSIONAL],
        "lists": [(get_language_info(code) | {"words": avoided_words(code)}) for code in LANGUAGES],
    }
    return render(request, "admin/how_we_write.html", admin.site.each_context(request) | context)
